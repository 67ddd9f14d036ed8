/* SPDX-License-Identifier: MIT */
/**
 * model/byte/diff: differences, neighbours and ranks equal a loop over all bytes of both files, as they stand beside each
 * other; what was put in and taken out is found where it was.
 */
#include "folio/model/byte/diff.h"

#include "model/sample.h"
#include "model/units.h"
#include "test.h"

#include "folio/io/page/guard.h"
#include "folio/model/survey/forget.h"

#include <stdio.h>

#define DEPTH 16 /* MiB of a chunk */

/** Where the files are made. */
static const char *folder = "/tmp";

/** Two files in a folder of the test. */
struct two {
    char path[2][64];
    char *data[2];
    size_t length[2];
    struct document *document;
    struct diff *diff;
    struct units units;
};

static struct document *two_document(const char *path)
{
    struct error error;
    struct document_options options = {.stdin_fd = -1};
    struct document *document = document_open(path, &options, &error);
    assert_non_null(document);
    return document;
}

static void two_write(struct two *two, unsigned which)
{
    snprintf(two->path[which], sizeof two->path[which], "%s/folio-diff-XXXXXX", folder);
    int fd = mkstemp(two->path[which]);
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, (off_t)two->length[which]), 0);
    /* Pages of zeros stay holes. */
    static const char zeros[4096];
    for (size_t at = 0; at < two->length[which]; at += 4096) {
        size_t some = two->length[which] - at < 4096 ? two->length[which] - at : 4096;
        if (memcmp(two->data[which] + at, zeros, some) != 0)
            sample_write(fd, at, two->data[which] + at, some);
    }
    close(fd);
}

static bool two_differ(const struct two *two, const struct shift_stretch *stretch, size_t at)
{
    size_t other = at + (size_t)stretch->by;
    return stretch->only || at >= two->length[0] || other >= two->length[1] ||
           two->data[0][at] != two->data[1][other];
}

/** Are the next 4096 bytes the same, all in this stretch? */
static bool two_same_page(const struct two *two, const struct shift_stretch *stretch, size_t at)
{
    size_t other = at + (size_t)stretch->by, begin = stretch->range.begin;
    return !stretch->only && (at > begin || !stretch->more) && stretch->range.end - at > 4096 &&
           at + 4096 <= two->length[0] && other + 4096 <= two->length[1] &&
           memcmp(two->data[0] + at, two->data[1] + other, 4096) == 0;
}

/** The differences, as the files are said to be shifted. */
static void two_find(struct two *two)
{
    const size_t size = diff_size(two->diff);
    struct shift_stretch stretch = {.range = {0, 0}};
    bool differing = false;
    two->units.count = 0;
    for (size_t at = 0; at < size; at++) {
        if (at == stretch.range.end)
            stretch = diff_stretch(two->diff, at);
        for (; !differing && two_same_page(two, &stretch, at); at += 4096)
            continue;
        if (at == size)
            break;
        bool more = stretch.more && stretch.range.begin == at, differs = two_differ(two, &stretch, at);
        if ((more || differs) && !differing)
            units_add(&two->units, at);
        differing = differs;
    }
}

/** Until it is known how they are shifted. */
static void two_align(struct two *two)
{
    for (int tries = 0; tries < 60000 && !diff_state(two->diff).aligned; tries++, sample_sleep(1))
        diff_look(two->diff);
    assert_true(diff_state(two->diff).aligned);
    two_find(two);
}

static void two_open(struct two *two)
{
    struct error error;
    two_write(two, 0);
    two_write(two, 1);
    two->document = two_document(two->path[0]);
    two->diff = diff_open(two->document, two_document(two->path[1]), &error);
    assert_non_null(two->diff);
}

static void two_close(struct two *two)
{
    diff_close(two->diff);
    document_close(two->document);
    for (unsigned which = 0; which < 2; which++) {
        unlink(two->path[which]);
        free(two->data[which]);
    }
    free(two->units.unit);
}

static void check_neighbour(struct two *two, uint64_t offset, bool forward, bool complete)
{
    uint64_t begin;
    const struct units *units = &two->units;
    size_t rank = units_rank(units, offset);
    bool some = forward ? rank < units->count : rank > 0;
    enum matches_result result = diff_next(two->diff, offset, forward, &begin);
    if (result == MATCHES_UNKNOWN && !complete)
        return;
    assert_int_equal(result, some ? MATCHES_FOUND : MATCHES_NONE);
    if (some)
        assert_int_equal(begin, units->unit[forward ? rank : rank - 1]);
}

static void check_place(struct two *two, bool complete)
{
    const struct units *units = &two->units;
    uint64_t offset = sample_below(two->length[0] + 1), rank;
    if (units->count && sample_below(2))
        offset = units->unit[sample_below(units->count)] + sample_below(2);
    if (offset > two->length[0])
        offset = two->length[0];
    if (sample_below(4) == 0)
        offset -= offset % SURVEY_BLOCK;
    check_neighbour(two, offset, true, complete);
    check_neighbour(two, offset, false, complete);
    if (diff_rank(two->diff, offset, &rank))
        assert_int_equal(rank, units_rank(units, offset));
    else
        assert_false(complete);
}

static void two_wait(struct two *two)
{
    for (int tries = 0; tries < 60000; tries++, sample_sleep(1)) {
        diff_look(two->diff);
        if (diff_state(two->diff).summary.complete)
            return;
    }
    fail_msg("the comparison does not come to its end");
}

/** Everything about two files, which are closed then. */
static void check_two(struct two *two)
{
    two_open(two);
    two_align(two);
    while (!diff_state(two->diff).summary.complete)
        check_place(two, false);
    assert_int_equal(diff_state(two->diff).summary.count, two->units.count);
    for (int i = 0; i < sample_rounds(120); i++)
        check_place(two, true);
    diff_look(two->diff);
    struct diff_state state = diff_state(two->diff);
    assert_int_equal(state.code, 0);
    assert_false(state.changed || state.replaced);
    two_close(two);
}

/** Two files of these lengths, the same where both have something. */
static struct two twins(size_t one, size_t other)
{
    struct two two = {.length = {one, other}};
    size_t longer = one > other ? one : other;
    two.data[0] = calloc(1, longer + 1);
    two.data[1] = calloc(1, longer + 1);
    assert_non_null(two.data[0]);
    assert_non_null(two.data[1]);
    for (size_t at = 0; at < longer; at++)
        two.data[0][at] = two.data[1][at] = (char)(sample_random() >> 3);
    return two;
}

/** Change `count` stretches of up to `longest` bytes in one of the two. */
static void spoil(struct two *two, int count, size_t longest)
{
    for (; count > 0; count--) {
        unsigned which = (unsigned)sample_below(2);
        size_t at = sample_below(two->length[which]), length = 1 + sample_below(longest);
        if (sample_below(3) == 0)
            at -= at % SURVEY_BLOCK;
        for (; length > 0 && at < two->length[which]; length--, at++)
            two->data[which][at] ^= (char)sample_below(20) ? 1 : 0;
    }
}

static void random_files(void **state)
{
    (void)state;
    for (int round = 0; round < sample_rounds(30); round++) {
        size_t one = 1 + sample_below(round % 4 ? 300 * KIB : 18 * MIB);
        size_t other = sample_below(3) ? one : 1 + sample_below(2 * one);
        struct two two = twins(one, other);
        spoil(&two, (int)sample_below(40), 1 + sample_below(round % 5 ? 30 : 200000));
        check_two(&two);
    }
}

/** Where both files are looked at in mappings, one scan in another: one is cut off meanwhile. */
static void in_memory(void **state)
{
    (void)state;
    guard_install();
    if (access("/dev/shm", W_OK) != 0)
        skip();
    folder = "/dev/shm";
    for (int round = 0; round < sample_rounds(8); round++) {
        size_t one = 1 + sample_below(5 * MIB);
        struct two two = twins(one, sample_below(2) ? one : 1 + sample_below(2 * one));
        spoil(&two, (int)sample_below(40), 2000);
        check_two(&two);
    }
    for (int round = 0; round < sample_rounds(8); round++) {
        struct two two = twins(30 * MIB, 30 * MIB);
        two_open(&two);
        assert_int_equal(truncate(two.path[round % 2], 3 * MIB), 0);
        for (int tries = 0; tries < 60000 && round % 2 && !diff_state(two.diff).changed;
             tries++, sample_sleep(1))
            diff_look(two.diff);
        while (round % 2 == 0 && !document_look(two.document, true))
            sample_sleep(1);
        diff_look(two.diff);
        two_wait(&two);
        two_close(&two);
    }
    folder = "/tmp";
}

/** Not one byte is the same, or every other one. */
static void unlike_files(void **state)
{
    (void)state;
    for (unsigned step = 1; step < 4; step++) {
        struct two two = twins(3 * SURVEY_BLOCK + 100, 3 * SURVEY_BLOCK + 100);
        for (size_t at = 0; at < two.length[0]; at += step)
            two.data[1][at] ^= 0x40;
        check_two(&two);
    }
}

static void ends(void **state)
{
    static const size_t length[] = {
        0, 1, 64, 65, SURVEY_BLOCK - 1, SURVEY_BLOCK, SURVEY_BLOCK + 1, 3 * SURVEY_BLOCK};
    (void)state;
    for (unsigned i = 0; i < 8; i++)
        for (unsigned j = 0; j < 8; j++)
            for (unsigned last = 0; last < 2; last++) {
                struct two two = twins(length[i], length[j]);
                size_t common = length[i] < length[j] ? length[i] : length[j];
                if (last && common)
                    two.data[0][common - 1] ^= 1;
                check_two(&two);
            }
}

/** Data in a hole of the first, holes in the other, the end of one in a hole of the other. */
static void holes(void **state)
{
    (void)state;
    for (int round = 0; round < sample_rounds(12); round++) {
        struct two two = {.length = {(size_t)(3 * DEPTH + 1) * MIB, (size_t)(3 * DEPTH + 1) * MIB}};
        if (round % 3)
            two.length[round % 2] -= sample_below(3 * DEPTH * MIB);
        for (unsigned which = 0; which < 2; which++) {
            two.data[which] = calloc(1, (size_t)(3 * DEPTH + 1) * MIB);
            assert_non_null(two.data[which]);
        }
        for (int i = 0; i < 12; i++) {
            size_t at = sample_below(2 * DEPTH * MIB), length = 1 + sample_below(100000);
            memset(two.data[sample_below(2)] + at, 'h', length);
            if (i % 3 == 0) {
                memset(two.data[0] + at, 'b', length);
                memset(two.data[1] + at, 'b', length);
            }
        }
        for (unsigned which = 0; which < 2; which++)
            memset(two.data[which] + two.length[which], 0, (size_t)(3 * DEPTH + 1) * MIB - two.length[which]);
        check_two(&two);
    }
}

/** The first one grows, and is written anew. */
static void first_changes(void **state)
{
    (void)state;
    struct two two = twins(SURVEY_BLOCK, 2 * SURVEY_BLOCK);
    two_open(&two);
    two_wait(&two);
    assert_int_equal(diff_state(two.diff).summary.count, 1);
    int fd = open(two.path[0], O_WRONLY);
    sample_write(fd, SURVEY_BLOCK, two.data[1] + SURVEY_BLOCK, SURVEY_BLOCK);
    while (!document_look(two.document, true))
        sample_sleep(1);
    assert_true(diff_look(two.diff));
    two_wait(&two);
    assert_int_equal(diff_state(two.diff).summary.count, 0);
    assert_int_equal(ftruncate(fd, 100), 0);
    while (!document_look(two.document, true))
        sample_sleep(1);
    assert_true(diff_look(two.diff));
    two_wait(&two);
    assert_int_equal(diff_state(two.diff).summary.count, 1);
    close(fd);
    two_close(&two);
}

/** A byte of the first one is changed by us: only what was counted near it is counted again. */
static void first_is_poked(void **state)
{
    (void)state;
    struct two two = twins(20 * MIB, 20 * MIB);
    two_open(&two);
    two_wait(&two);
    int fd = open(two.path[0], O_WRONLY);
    for (int i = 0; i < 10; i++) {
        size_t at = sample_below(20 * MIB);
        two.data[0][at] ^= 1;
        sample_write(fd, at, two.data[0] + at, 1);
        reader_forget(two.document->reader);
        survey_forget(two.document->survey, (struct range){at, at + 1});
        two_wait(&two);
        two_find(&two);
        assert_int_equal(diff_state(two.diff).summary.count, two.units.count);
        check_place(&two, true);
    }
    close(fd);
    two_close(&two);
}

/** The other one becomes shorter: that is said, and nothing breaks. */
static void other_changes(void **state)
{
    (void)state;
    guard_install();
    struct two two = twins(20 * MIB, 20 * MIB);
    two_open(&two);
    assert_int_equal(truncate(two.path[1], 5 * MIB), 0);
    two_wait(&two);
    for (int tries = 0; tries < 60000 && !diff_state(two.diff).changed; tries++, sample_sleep(1))
        diff_look(two.diff);
    assert_true(diff_state(two.diff).changed);
    unlink(two.path[1]);
    for (int tries = 0; tries < 60000 && !diff_state(two.diff).replaced; tries++, sample_sleep(1))
        diff_look(two.diff);
    assert_true(diff_state(two.diff).replaced);
    two_close(&two);
}

static void other_is_no_file(void **state)
{
    (void)state;
    struct error error;
    struct document *document = two_document("/dev/null");
    struct document_options options = {.stdin_fd = -1};
    struct document *other = document_open("/proc/self/status", &options, &error);
    assert_non_null(other);
    assert_null(diff_open(document, other, &error));
    assert_string_equal(error.message, "/proc/self/status is not a regular file");
    document_close(document);
}

/** It can be ended at any time. */
static void left_early(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i++) {
        struct two two = twins(3 * MIB, 3 * MIB);
        two_open(&two);
        two_close(&two);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends),          cmocka_unit_test(unlike_files),   cmocka_unit_test(in_memory),
        cmocka_unit_test(random_files),  cmocka_unit_test(holes),          cmocka_unit_test(first_changes),
        cmocka_unit_test(other_changes), cmocka_unit_test(first_is_poked), cmocka_unit_test(other_is_no_file),
        cmocka_unit_test(left_early),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
