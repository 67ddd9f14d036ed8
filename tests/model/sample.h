/* SPDX-License-Identifier: MIT */
/**
 * tests: a file with known content, and everything of model that looks at it.
 *
 * The content is kept in memory beside the file, so that a test can compute every answer the plain way. Used by the
 * tests of model and view; one thread.
 */
#ifndef FOLIO_TESTS_MODEL_SAMPLE_H
#define FOLIO_TESTS_MODEL_SAMPLE_H

#include "test.h"

#include "folio/io/page/mapping.h"
#include "folio/model/known/lines.h"
#include "folio/model/reader/reader.h"
#include "folio/model/survey/summary.h"
#include "folio/model/survey/survey.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define KIB ((size_t)1 << 10)
#define MIB ((size_t)1 << 20)

struct sample {
    int fd;
    char *data;
    size_t length;
    struct mapping *mapping;
    struct reader *reader;
    struct survey *survey;
    struct summary *lines;
    /** Offsets of all newlines in `data`. */
    uint64_t *newline;
    size_t newline_count;
};

/** Numbers that look random and are the same in every run. */
static inline uint64_t sample_random(void)
{
    static uint64_t seed = 0x9e3779b97f4a7c15u;
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed * 0x2545f4914f6cdd1du >> 16;
}

/** Does a sanitizer make everything slow here? */
static inline bool sample_sanitized(void)
{
    const char *sanitizer = getenv("SANITIZER");
    return sanitizer && sanitizer[0];
}

/**
 * How often to try something random: a sixth where a sanitizer makes everything slow, and half of either unless
 * FOLIO_TEST_WHOLE is set, as it is by script/test --all. What is not random is not for this.
 */
static inline int sample_rounds(int rounds)
{
    int whole = sample_sanitized() ? rounds / 6 + 1 : rounds;
    return getenv("FOLIO_TEST_WHOLE") ? whole : whole / 2 + 1;
}

/**
 * Is case `i` of a list passed over? A sanitizer is asked about every third: the code is the same for its neighbours, and
 * that they are right the other builds prove, with all of them. script/test --all leaves none out.
 */
static inline bool sample_skips(size_t i)
{
    return i % 3 != 0 && sample_sanitized() && !getenv("FOLIO_TEST_WHOLE");
}

/** A number from 0 to `limit` - 1; 0 for limit 0. */
static inline size_t sample_below(size_t limit)
{
    return limit ? (size_t)(sample_random() % limit) : 0;
}

static inline void sample_sleep(long milliseconds)
{
    nanosleep(&(struct timespec){milliseconds / 1000, milliseconds % 1000 * 1000000}, NULL);
}

/** Threads of this process. */
static inline unsigned sample_threads(void)
{
    DIR *tasks = opendir("/proc/self/task");
    unsigned count = 0;
    for (const struct dirent *entry; tasks && (entry = readdir(tasks));)
        count += entry->d_name[0] != '.';
    if (tasks)
        closedir(tasks);
    return count;
}

/** Wait until no more than `threads` run, so that what closers leave to helpers is done. */
static inline bool sample_settled(unsigned threads)
{
    for (int tries = 0; tries < 6000; tries++, sample_sleep(5))
        if (sample_threads() <= threads)
            return true;
    return false;
}

static inline int sample_file(void)
{
    char path[] = "/tmp/folio-sample-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    unlink(path);
    return fd;
}

static inline void sample_write(int fd, uint64_t offset, const char *data, size_t length)
{
    while (length) {
        ssize_t count = pwrite(fd, data, length, (off_t)offset);
        assert_true(count > 0);
        data += count;
        offset += (uint64_t)count;
        length -= (size_t)count;
    }
}

/** Find all newlines, the plain way. */
static inline void sample_list(struct sample *sample)
{
    size_t capacity = 0;
    sample->newline_count = 0;
    free(sample->newline);
    sample->newline = NULL;
    for (const char *at = sample->data;
         (at = memchr(at, '\n', (size_t)(sample->data + sample->length - at)));) {
        if (sample->newline_count == capacity) {
            capacity = capacity * 2 + 64;
            sample->newline = realloc(sample->newline, capacity * sizeof *sample->newline);
            assert_non_null(sample->newline);
        }
        sample->newline[sample->newline_count++] = (uint64_t)(at++ - sample->data);
        if (at == sample->data + sample->length)
            break;
    }
}

/** Look at the file `fd` with this content (both taken over). The survey is not started yet. */
static inline void sample_attach(struct sample *sample, int fd, char *data, size_t length, unsigned workers)
{
    struct error error;
    *sample = (struct sample){.fd = fd, .data = data, .length = length};
    sample->mapping = mapping_open(fd, "sample", MAPPING_SHARED, ADVICE_AUTO, &error);
    assert_non_null(sample->mapping);
    assert_int_equal(mapping_size(sample->mapping), length);
    sample->reader = reader_open(sample->mapping);
    sample->survey = survey_open(fd, length, workers, ADVICE_AUTO, NULL, &error);
    assert_non_null(sample->survey);
    sample->lines = survey_add(sample->survey, &lines_kind, NULL, &error);
    assert_non_null(sample->lines);
    if (length)
        sample_list(sample);
}

/** A file of this content, which is taken over. */
static inline void sample_open(struct sample *sample, char *data, size_t length)
{
    int fd = sample_file();
    sample_write(fd, 0, data, length);
    sample_attach(sample, fd, data, length, 3);
}

/** A file of a copy of this string. */
static inline void sample_open_text(struct sample *sample, const char *text)
{
    sample_open(sample, strdup(text), strlen(text));
}

static inline void sample_close(struct sample *sample)
{
    survey_close(sample->survey);
    reader_close(sample->reader);
    mapping_close(sample->mapping);
    close(sample->fd);
    free(sample->data);
    free(sample->newline);
}

/** Take in a new size, as document_look does. */
static inline void sample_resize(struct sample *sample, bool rewritten)
{
    mapping_refresh(sample->mapping);
    reader_forget(sample->reader);
    survey_resize(sample->survey, mapping_size(sample->mapping), rewritten);
    sample_list(sample);
}

/** Append a copy of `data` to the file and look again. */
static inline void sample_append(struct sample *sample, const char *data, size_t length)
{
    sample_write(sample->fd, sample->length, data, length);
    sample->data = realloc(sample->data, sample->length + length);
    assert_non_null(sample->data);
    memcpy(sample->data + sample->length, data, length);
    sample->length += length;
    sample_resize(sample, false);
}

static inline void sample_wait(const struct summary *summary)
{
    for (int tries = 0; tries < 60000; tries++, sample_sleep(1))
        if (summary_state(summary).complete)
            return;
    fail_msg("the survey does not come to its end");
}

/** How many newlines lie before `offset`. */
static inline size_t sample_rank(const struct sample *sample, uint64_t offset)
{
    size_t low = 0, high = sample->newline_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sample->newline[middle] < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static inline uint64_t sample_line_begin(const struct sample *sample, uint64_t offset)
{
    size_t rank = sample_rank(sample, offset);
    return rank ? sample->newline[rank - 1] + 1 : 0;
}

static inline uint64_t sample_line_end(const struct sample *sample, uint64_t offset)
{
    size_t rank = sample_rank(sample, offset);
    return rank < sample->newline_count ? sample->newline[rank] : sample->length;
}

/** Where ends what a pattern sees of the line whose newline is at `end`: before a CR there, which is not shown. */
static inline uint64_t sample_shown_end(const struct sample *sample, uint64_t begin, uint64_t end)
{
    return end < sample->length && end > begin && sample->data[end - 1] == '\r' ? end - 1 : end;
}

/** Lines of the file; a last one without newline counts. */
static inline uint64_t sample_line_count(const struct sample *sample)
{
    return sample->newline_count + (sample->length && sample->data[sample->length - 1] != '\n');
}

/** Lines of random lengths up to `longest`, mostly printable. */
static inline char *sample_lines(size_t length, size_t longest)
{
    char *data = malloc(length + 1);
    assert_non_null(data);
    for (size_t at = 0; at < length;) {
        size_t line = sample_below(longest + 1);
        for (; line-- > 0 && at < length; at++)
            data[at] = (char)(' ' + (at * 7 + line) % 95);
        if (at < length)
            data[at++] = '\n';
    }
    return data;
}

#endif
