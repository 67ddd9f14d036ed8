/* SPDX-License-Identifier: MIT */
/*
 * tests: base/scan: every way against loops that cannot be wrong.
 *
 * The data lies between fences, at every alignment from both of them, so that reading outside the span crashes.
 */
#include "folio/base/scan/scan.h"

#include "fence.h"
#include "test.h"

#include <string.h>

/* Two of the widest vectors and then some. */
#define ALIGNMENT_COUNT 131
#define LENGTH_MAX      200

/* The first byte with which something may begin that is not shown. */
static void check_special(const char *data, size_t length)
{
    static const char special[] = "\b\r\033\xe1\xe2\xef\xf3";
    size_t first = 0;
    while (first < length && (data[first] == '\0' || !strchr(special, data[first])))
        first++;
    assert_int_equal(scan_special(data, length), first);
}

static uint8_t naive_flag(unsigned char byte)
{
    if (byte == '\n' || (byte >= 0x20 && byte < 0x7f))
        return 0;
    return byte == 0x09   ? SCAN_TAB
           : byte == 0x1b ? SCAN_ESC
           : byte == 0x08 ? SCAN_BS
           : byte == 0x00 ? SCAN_NUL
           : byte == 0x0d ? SCAN_CR
           : byte >= 0x80 ? SCAN_HIGH
                          : SCAN_CONTROL;
}

static void check_counts(const char *data, size_t length, char byte)
{
    uint64_t newline_count = 0, count = 0;
    uint8_t flags = 0;
    size_t last = length, printable = length;
    for (size_t i = 0; i < length; i++) {
        newline_count += data[i] == '\n';
        flags |= naive_flag((unsigned char)data[i]);
        if (printable == length && (data[i] == '\n' || naive_flag((unsigned char)data[i])))
            printable = i;
        if (data[i] == byte) {
            /* Every one of them is asked for, by its number. */
            if (scan_select(data, length, byte, count) != i)
                fail_msg("scan_select %u of length %zu: not %zu", (unsigned)count, length, i);
            count++;
            last = i;
        }
    }
    struct scan_tally tally = scan_tally(data, length);
    assert_int_equal(tally.newline_count, newline_count);
    assert_int_equal(tally.flags, flags);
    assert_int_equal(scan_count(data, length, byte), count);
    assert_int_equal(scan_select(data, length, byte, count), length);
    assert_int_equal(scan_select(data, length, byte, UINT64_MAX), length);
    assert_int_equal(scan_last(data, length, byte), last);
    assert_int_equal(scan_printable(data, length), printable);
    check_special(data, length);
}

/* The first of two bytes, of which either may be missing, or both be the same. */
static void check_either(const char *data, size_t length, char one, char other)
{
    size_t first = 0;
    while (first < length && data[first] != one && data[first] != other)
        first++;
    assert_int_equal(scan_either(data, length, one, other), first);
    assert_int_equal(scan_either(data, length, other, one), first);
}

enum filling { FILL_TEXT, FILL_NEWLINE, FILL_PLAIN, FILL_BYTES, FILL_HIGH, FILL_COUNT };

static void fill(char *data, size_t length, enum filling filling, uint64_t *seed)
{
    for (size_t i = 0; i < length; i++) {
        uint64_t random = random_next(seed) >> 20;
        char text = random % 9 == 0 ? '\n' : (char)(' ' + random % 95);
        data[i] = filling == FILL_TEXT      ? text
                  : filling == FILL_NEWLINE ? '\n'
                  : filling == FILL_PLAIN   ? (char)(' ' + random % 95)
                  : filling == FILL_BYTES   ? (char)random
                                            : (char)(random | 0x80);
    }
}

/* What to look for: what there is a lot of, a little of and none of. */
static char choose(uint64_t *seed)
{
    const char bytes[] = {'\n', '\n', 'e', ' ', 0, (char)0xff, (char)0x8a};
    return bytes[random_next(seed) % sizeof bytes];
}

static void every_alignment(void)
{
    struct fence fence = fence_open(ALIGNMENT_COUNT + LENGTH_MAX);
    uint64_t seed = 88172645463325252U;
    for (int filling = 0; filling < FILL_COUNT; filling++) {
        fill(fence.data, fence.length, (enum filling)filling, &seed);
        for (size_t shift = 0; shift < ALIGNMENT_COUNT; shift++) {
            for (size_t length = 0; length<LENGTH_MAX; length += length> 140 ? 8 : 1) {
                check_counts(fence.data + shift, length, choose(&seed));
                check_counts(fence.data + fence.length - shift - length, length, choose(&seed));
                check_either(fence.data + shift, length, choose(&seed), choose(&seed));
                check_either(fence.data + fence.length - shift - length, length, choose(&seed), 0x1b);
            }
        }
    }
    fence_close(&fence);
}

/* Each byte value, alone in plain text, in every place of a few vectors. */
static void every_byte(void)
{
    struct fence fence = fence_open(1);
    const size_t length = 150;
    char *data = fence.data + fence.length - length;
    memset(data, 'x', length);
    for (int byte = 0; byte < 256; byte++) {
        for (size_t place = 0; place < length; place++) {
            data[place] = (char)byte;
            struct scan_tally tally = scan_tally(data, length);
            assert_int_equal(tally.newline_count, byte == '\n');
            assert_int_equal(tally.flags, naive_flag((unsigned char)byte));
            bool printable = byte != '\n' && !naive_flag((unsigned char)byte);
            assert_int_equal(scan_printable(data, length), printable ? length : place);
            check_special(data, length);
            if (byte != 'x') {
                assert_int_equal(scan_count(data, length, (char)byte), 1);
                assert_int_equal(scan_select(data, length, (char)byte, 0), place);
                assert_int_equal(scan_last(data, length, (char)byte), place);
                size_t first = byte == ('x' ^ 1) && place > 0 ? 0 : place;
                assert_int_equal(scan_either(data, length, (char)byte, (char)(byte ^ 1)), first);
                assert_int_equal(scan_either(data, length, (char)(byte ^ 1), (char)byte), first);
            }
            data[place] = 'x';
        }
    }
    fence_close(&fence);
}

/* Long enough to fill byte counters several times over, with nothing but what is counted. */
static void long_stretches(void)
{
    struct fence fence = fence_open(1 << 18);
    uint64_t seed = 7;
    for (int filling = 0; filling < FILL_COUNT; filling++) {
        fill(fence.data, fence.length, (enum filling)filling, &seed);
        uint64_t newline_count = 0;
        size_t last = 0;
        for (size_t i = 0; i < fence.length; i++) {
            if (fence.data[i] == '\n') {
                newline_count++;
                last = i;
            }
        }
        assert_int_equal(scan_tally(fence.data, fence.length).newline_count, newline_count);
        assert_int_equal(scan_count(fence.data, fence.length, '\n'), newline_count);
        if (newline_count > 0)
            assert_int_equal(scan_select(fence.data, fence.length, '\n', newline_count - 1), last);
        assert_int_equal(scan_select(fence.data, fence.length, '\n', newline_count), fence.length);
    }
    memset(fence.data, ' ', fence.length);
    assert_int_equal(scan_printable(fence.data, fence.length), fence.length);
    assert_int_equal(scan_tally(fence.data, fence.length).flags, 0);
    fence_close(&fence);
}

static void nothing_at_all(void)
{
    assert_int_equal(scan_tally(NULL, 0).newline_count, 0);
    assert_int_equal(scan_tally(NULL, 0).flags, 0);
    assert_int_equal(scan_count(NULL, 0, 'a'), 0);
    assert_int_equal(scan_select(NULL, 0, 'a', 0), 0);
    assert_int_equal(scan_last(NULL, 0, 'a'), 0);
    assert_int_equal(scan_printable(NULL, 0), 0);
    assert_int_equal(scan_either(NULL, 0, 'a', 'b'), 0);
}

static void check_way(enum scan_way way)
{
    if (!scan_use(way))
        skip();
    nothing_at_all();
    every_byte();
    every_alignment();
    long_stretches();
}

static void portable(void **state)
{
    (void)state;
    assert_true(scan_use(SCAN_PORTABLE));
    check_way(SCAN_PORTABLE);
}

static void avx2(void **state)
{
    (void)state;
    check_way(SCAN_AVX2);
}

static void avx512(void **state)
{
    (void)state;
    check_way(SCAN_AVX512);
}

static void no_such_way(void **state)
{
    (void)state;
    assert_false(scan_use(SCAN_WAY_COUNT));
    assert_int_equal(scan_count("a\nb\n", 4, '\n'), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        /* First: with the way that is chosen by itself. */
        cmocka_unit_test(no_such_way),
        cmocka_unit_test(portable),
        cmocka_unit_test(avx2),
        cmocka_unit_test(avx512),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
