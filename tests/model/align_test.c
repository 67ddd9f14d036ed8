/* SPDX-License-Identifier: MIT */
/** model/byte/align: what was put into a file and taken out of it is found again, where it was, and nothing else is. */
#include "folio/model/byte/align.h"

#include "model/sample.h"
#include "test.h"

#include <stdio.h>

/** Two files in memory, and what was done to make the one of the other. */
struct two {
    char *data[2];
    size_t length[2];
    /** Stretches put in or taken out, and bytes of all that was done. */
    size_t shifts, cost;
    uint64_t bad[2]; /**< a page of each that cannot be read; UINT64_MAX: none */
    bool stop;
    struct shifts *found;
};

static bool two_bring(void *context, unsigned file, uint64_t offset, char *data, size_t length)
{
    const struct two *two = context;
    uint64_t bad = two->bad[file];
    assert_true(offset + length <= two->length[file]);
    if (bad != UINT64_MAX && offset < bad + 4096 && offset + length > bad)
        return false;
    memcpy(data, two->data[file] + offset, length);
    return true;
}

static bool two_stopped(void *context)
{
    const struct two *two = context;
    return two->stop;
}

static bool two_align(struct two *two)
{
    const struct align_source source = {two_bring, two_stopped, two, {two->length[0], two->length[1]}};
    return align_files(&source, two->found);
}

static struct two two_new(size_t room)
{
    struct two two = {.bad = {UINT64_MAX, UINT64_MAX}};
    two.found = malloc(shifts_size(SHIFTS_MAX));
    two.data[0] = calloc(1, room);
    two.data[1] = calloc(1, room);
    assert_non_null(two.found);
    assert_non_null(two.data[0]);
    assert_non_null(two.data[1]);
    return two;
}

static void two_free(struct two *two)
{
    free(two->data[0]);
    free(two->data[1]);
    free(two->found);
}

/** What a file may be made of. */
enum matter { NOISE, LINES, FIELDS };

/** Put `length` more bytes behind a file. */
static void put(struct two *two, unsigned file, enum matter matter, size_t length)
{
    char *out = two->data[file] + two->length[file];
    char line[64] = "";
    size_t at = 0, end = 0;
    for (size_t i = 0; i < length; i++) {
        if (matter == LINES && at == end) {
            end = (size_t)snprintf(line, sizeof line, "INFO  [http-2] depot.stock - item %u of %u\n",
                                   (unsigned)sample_below(1000000), (unsigned)sample_below(100));
            at = 0;
        }
        out[i] = matter == LINES                     ? line[at++]
                 : matter == FIELDS && i % 100 >= 30 ? '\0'
                                                     : (char)(sample_random() >> 5);
    }
    two->length[file] += length;
}

/** Put the same behind both. */
static void put_both(struct two *two, enum matter matter, size_t length)
{
    put(two, 0, matter, length);
    memcpy(two->data[1] + two->length[1], two->data[0] + two->length[0] - length, length);
    two->length[1] += length;
}

/** How many bytes are in one only, or differ, as the files are said to stand; and all of it makes sense. */
static size_t check_table(const struct two *two)
{
    size_t cost = 0, other = 0;
    for (uint64_t at = 0; at < two->length[0];) {
        struct shift_stretch stretch = shifts_at(two->found, at);
        uint64_t end = stretch.range.end < two->length[0] ? stretch.range.end : two->length[0];
        assert_true(stretch.range.begin == at && end > at);
        if (stretch.more)
            assert_int_equal(stretch.more_at, other);
        other += stretch.more;
        cost += stretch.more;
        if (stretch.only) {
            cost += end - at;
        } else {
            assert_int_equal(at + (uint64_t)stretch.by, other);
            for (uint64_t i = at; i < end; i++, other++)
                cost += other >= two->length[1] || two->data[0][i] != two->data[1][other];
        }
        at = end;
    }
    return cost + (other < two->length[1] ? two->length[1] - other : 0);
}

/**
 * Two files with the same matter, of which now and then some is in one of them only, or another byte is in both. After a
 * long stretch of the one a long one of both has to follow, to be found again.
 */
static struct two two_random(enum matter matter, size_t pieces, size_t longest)
{
    const size_t least = longest < 1000 ? 200 : 200 + longest / 4;
    struct two two = two_new(pieces * (longest + least + 3000) + 10000);
    put_both(&two, matter, 100 + sample_below(3000));
    for (size_t i = 0; i < pieces; i++) {
        size_t length = 1 + sample_below(sample_below(3) ? 10 : longest);
        if (sample_below(4) == 0) {
            two.data[1][two.length[1] - 50] ^= 1;
            two.cost++;
        } else {
            put(&two, (unsigned)sample_below(2), matter, length);
            two.cost += length;
            two.shifts++;
        }
        put_both(&two, matter, least + sample_below(3000));
    }
    return two;
}

/** In noise nothing is the same by accident: exactly what was done is found. */
static void noise(void **state)
{
    (void)state;
    for (int round = 0; round < sample_rounds(60); round++) {
        struct two two = two_random(NOISE, sample_below(20), round % 4 ? 300 : 60000);
        assert_true(two_align(&two));
        assert_true(check_table(&two) <= two.cost);
        assert_int_equal(two.found->count, two.shifts);
        two_free(&two);
    }
}

/** Where the same comes again and again, it may be dearer than what was done, but by a line or two each time. */
static void alike(void **state)
{
    (void)state;
    for (int round = 0; round < sample_rounds(60); round++) {
        struct two two = two_random(round % 2 ? LINES : FIELDS, sample_below(20), round % 4 ? 300 : 20000);
        assert_true(two_align(&two));
        assert_true(check_table(&two) <= 2 * two.cost + 100 * two.shifts);
        two_free(&two);
    }
}

/** The very place, also among zeros that are the same either way, in short files, and at their ends. */
static void places(void **state)
{
    static const struct {
        const char *first, *other;
        size_t count;
        struct shift shift[3];
    } cases[] = {
        {"", "abc", 0, {{0}}},
        {"abcdefgh", "abcdefgh", 0, {{0}}},
        {"abcdefghijkl", "Xabcdefghijkl", 1, {{0, 1}}},
        {"abcdefghijkl", "abcXXdefghijkl", 1, {{3, 2}}},
        {"abcXXdefghijkl", "abcdefghijkl", 1, {{3, -2}}},
        {"abcdefghijkl", "abcdefghijklmore", 0, {{0}}},
        {"abcXefghijklm", "abcYZefghijklm", 1, {{4, 1}}},
        {"A........................................................................B0123456789abcdef",
         "AX........................................................................B0123456789abcdef",
         1,
         {{1, 1}}},
        {"A........................................................................B0123456789abcdef",
         "A......................................................................B0123456789abcdef",
         1,
         {{71, -2}}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct two two = two_new(200);
        two.length[0] = strlen(cases[i].first);
        two.length[1] = strlen(cases[i].other);
        memcpy(two.data[0], cases[i].first, two.length[0]);
        memcpy(two.data[1], cases[i].other, two.length[1]);
        assert_true(two_align(&two));
        check_table(&two);
        assert_int_equal(two.found->count, cases[i].count);
        for (size_t k = 0; k < cases[i].count; k++) {
            assert_int_equal(two.found->shift[k].at, cases[i].shift[k].at);
            assert_int_equal(two.found->shift[k].by, cases[i].shift[k].by);
        }
        two_free(&two);
    }
}

/** A record taken out of a table of records that are nearly the same. */
static void records(void **state)
{
    (void)state;
    struct two two = two_new(400000);
    for (unsigned i = 0; i < 3000; i++) {
        char record[101];
        snprintf(record, sizeof record, "%094u%05u\n", 0, i);
        for (unsigned file = 0; file < 2; file++)
            if (file == 0 || i != 1000) {
                memcpy(two.data[file] + two.length[file], record, 100);
                two.length[file] += 100;
            }
    }
    assert_true(two_align(&two));
    assert_int_equal(check_table(&two), 100);
    assert_int_equal(two.found->count, 1);
    two_free(&two);
}

/** Something long was put in: further away than small blocks reach. */
static void long_stretch(void **state)
{
    (void)state;
    for (unsigned file = 0; file < 2; file++) {
        struct two two = two_new(8 * MIB);
        put_both(&two, NOISE, 100000);
        put(&two, file, NOISE, 3 * MIB + 12345);
        put_both(&two, NOISE, 2 * MIB);
        assert_true(two_align(&two));
        assert_int_equal(two.found->count, 1);
        assert_int_equal(two.found->shift[0].at, 100000);
        assert_int_equal(check_table(&two), 3 * MIB + 12345);
        two_free(&two);
    }
}

/** Files that have nothing in common, and one of zeros: nothing is shifted, and it comes to an end. */
static void strangers(void **state)
{
    (void)state;
    struct two two = two_new(2 * MIB);
    put(&two, 0, NOISE, MIB);
    put(&two, 1, NOISE, MIB + 1000);
    assert_true(two_align(&two));
    assert_int_equal(two.found->count, 0);
    memset(two.data[1], 0, two.length[1]);
    assert_true(two_align(&two));
    assert_int_equal(two.found->count, 0);
    two_free(&two);
}

/** More shifts than there is room for: those there are hold, and it is said. */
static void too_many(void **state)
{
    (void)state;
    struct two two = two_new(2 * (SHIFTS_MAX + 10) * 102);
    for (unsigned i = 0; i < SHIFTS_MAX + 10; i++) {
        put_both(&two, NOISE, 100);
        put(&two, 1, NOISE, 1);
    }
    assert_true(two_align(&two));
    check_table(&two);
    assert_true(two.found->full);
    assert_int_equal(two.found->count, SHIFTS_MAX);
    two_free(&two);
}

/** A page cannot be read, of either file: what is behind it is found all the same; and it can be stopped. */
static void unreadable(void **state)
{
    (void)state;
    for (unsigned file = 0; file < 2; file++) {
        struct two two = two_new(MIB);
        put_both(&two, NOISE, 200000);
        put(&two, 1 - file, NOISE, 7);
        put_both(&two, NOISE, 200000);
        two.bad[file] = 81920;
        assert_true(two_align(&two));
        assert_int_equal(two.found->count, 1);
        assert_int_equal(two.found->shift[0].at, 200000);
        two.stop = true;
        assert_false(two_align(&two));
        two_free(&two);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places),       cmocka_unit_test(noise),      cmocka_unit_test(alike),
        cmocka_unit_test(records),      cmocka_unit_test(strangers),  cmocka_unit_test(too_many),
        cmocka_unit_test(long_stretch), cmocka_unit_test(unreadable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
