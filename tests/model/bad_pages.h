/* SPDX-License-Identifier: MIT */
/**
 * tests: a window and a reader that are made up here, and show one file in which pages cannot be read.
 *
 * For a test program that links neither of the real ones; included by its one source file.
 */
#ifndef FOLIO_TESTS_MODEL_BAD_PAGES_H
#define FOLIO_TESTS_MODEL_BAD_PAGES_H

#include "model/sample.h"

#include "folio/io/page/window.h"
#include "folio/model/reader/hole.h"
#include "folio/model/reader/overlay.h"

#define SIZE     (20 * MIB + 77)
#define PAGE_MAX (SIZE / SURVEY_PAGE + 1)

/** The file that every window and every reader shows. */
static struct {
    char *data;
    bool bad[PAGE_MAX];
} file;

struct window {
    uint64_t bad;
};

struct window *window_open(int fd, enum advice advice, struct error *error)
{
    (void)fd;
    (void)advice;
    (void)error;
    return calloc(1, sizeof(struct window));
}

void window_close(struct window *window)
{
    free(window);
}

/** The first bad page that [begin, end) touches, as an offset, or `end`. */
static inline uint64_t bad_in(uint64_t begin, uint64_t end)
{
    for (uint64_t at = begin; at < end; at = at - at % SURVEY_PAGE + SURVEY_PAGE)
        if (file.bad[at / SURVEY_PAGE])
            return at;
    return end;
}

enum window_result window_run(struct window *window, struct range range,
                              void (*scan)(struct span bytes, void *argument), void *argument,
                              const atomic_bool *stop, struct error *error)
{
    (void)stop;
    (void)error;
    window->bad = bad_in(range.begin, range.end);
    if (window->bad < range.end)
        return WINDOW_UNREADABLE;
    scan((struct span){file.data + range.begin, (size_t)(range.end - range.begin)}, argument);
    return WINDOW_DONE;
}

uint64_t window_bad(const struct window *window)
{
    return window->bad;
}

void window_prefetch(struct window *window, struct range range)
{
    (void)window;
    (void)range;
}

bool window_holds(const struct window *window, uint64_t size)
{
    (void)window;
    return size <= SIZE;
}

bool window_data(const struct window *window, uint64_t offset, uint64_t size, struct range *data)
{
    (void)window;
    *data = (struct range){offset, size};
    return offset < size;
}

struct reader *reader_beneath(struct reader *reader)
{
    return reader;
}

const struct edits *reader_edits(const struct reader *reader)
{
    (void)reader;
    return NULL;
}

bool reader_hole(struct reader *reader, uint64_t offset, struct range *stretch)
{
    (void)reader;
    *stretch = (struct range){offset, SIZE};
    return false;
}

uint64_t reader_size(const struct reader *reader)
{
    (void)reader;
    return SIZE;
}

enum reader_result reader_span(struct reader *reader, uint64_t offset, size_t want, struct span *span)
{
    (void)reader;
    uint64_t end = offset + want < SIZE ? offset + want : SIZE;
    *span = (struct span){"", 0};
    if (offset >= SIZE)
        return READER_END;
    end = bad_in(offset, end);
    if (end == offset)
        return READER_UNREADABLE;
    *span = (struct span){file.data + offset, (size_t)(end - offset)};
    return READER_OK;
}

#endif
