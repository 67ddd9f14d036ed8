/* SPDX-License-Identifier: MIT */
/*
 * tests: base/scan/brackets: every way against a loop over bytes, and any cut of a stretch against the whole of it.
 *
 * The data lies before a fence, so that reading behind it crashes.
 */
#include "folio/base/scan/brackets.h"

#include "fence.h"
#include "test.h"

#include "folio/base/scan/scan.h"

#include <string.h>

#define LENGTH_MAX 400

/** How it stands, byte by byte. */
struct plain {
    struct brackets_case as;
    uint64_t quotes;
    bool escaped;
};

static bool plain_junk(unsigned char byte)
{
    return byte > 0 && !strchr(" \t\n\r\x1e+-.,:\"\\[]{}0123456789truefalsnNIiyE", byte);
}

/** Go over one byte; '[', ']', ',' or '"' where it is such a one, 0 where it is nothing. */
static char plain_step(struct plain *plain, char byte, bool lines)
{
    struct brackets_case *as = &plain->as;
    bool escaped = plain->escaped;
    plain->escaped = byte == '\\' && !escaped;
    if (byte == '"' && !escaped) {
        plain->quotes++;
        as->inside = !as->inside;
        return '"';
    }
    if (as->inside) {
        as->inside = byte != '\n' || !lines;
        return 0;
    }
    as->junk = as->junk || plain_junk((unsigned char)byte);
    if (byte == '[' || byte == '{') {
        as->net++;
        return '[';
    }
    if (byte == ']' || byte == '}') {
        if (--as->net < as->least) {
            as->least = as->net;
            as->commas = 0;
        }
        return ']';
    }
    if (byte == ',')
        as->commas += as->net == as->least;
    return byte == ',' ? ',' : 0;
}

static struct plain plain_scan(const char *data, size_t length, bool lines, bool inside, bool escaped)
{
    struct plain plain = {.as.inside = inside, .escaped = escaped};
    for (size_t i = 0; i < length; i++)
        plain_step(&plain, data[i], lines);
    return plain;
}

static void check_case(const struct brackets_case *found, const struct brackets_case *expected)
{
    assert_int_equal(found->net, expected->net);
    assert_int_equal(found->least, expected->least);
    assert_int_equal(found->commas, expected->commas);
    assert_int_equal(found->inside, expected->inside);
    assert_int_equal(found->junk, expected->junk);
}

/** What is said of a stretch holds however it begins. */
static void check_stretch(const struct brackets *found, const char *data, size_t length, bool lines)
{
    for (int begin = 0; begin < 4; begin++) {
        struct brackets_state state = {.inside = begin & 1, .escaped = begin & 2, .depth = 7};
        struct plain plain = plain_scan(data, length, lines, state.inside, state.escaped);
        struct brackets_state after = brackets_after(state, found);
        check_case(brackets_as(found, state), &plain.as);
        assert_int_equal(after.inside, plain.as.inside);
        assert_int_equal(after.escaped, plain.escaped);
        assert_int_equal(after.depth, 7 + plain.as.net);
        assert_true(found->quotes > 0 || plain.quotes == 0);
    }
    assert_int_equal(found->newline, lines && length > 0 && memchr(data, '\n', length));
}

static bool bit(const uint64_t *words, size_t at)
{
    return words[at / 64] >> at % 64 & 1;
}

static void check_map(const char *data, size_t length, bool lines)
{
    static struct brackets_map map;
    for (int begin = 0; begin < 4; begin++) {
        struct plain plain = {.as.inside = begin & 1, .escaped = begin & 2};
        memset(&map, 0, sizeof map);
        brackets_map(&map, 0, data, length, (struct brackets_state){begin & 1, begin & 2, 0}, lines);
        for (size_t at = 0; at < length + 100; at++) {
            char is = at < length ? plain_step(&plain, data[at], lines) : 0;
            assert_int_equal(bit(map.open, at), is == '[');
            assert_int_equal(bit(map.close, at), is == ']');
            assert_int_equal(bit(map.comma, at), is == ',');
            assert_int_equal(bit(map.quote, at), is == '"');
        }
    }
}

static size_t below(size_t limit)
{
    static uint64_t state = 88172645463325252U;
    return (size_t)((random_next(&state) >> 20) % limit);
}

/** What the bytes of a stretch are drawn from: everything meets everything. */
static const char *const alphabets[] = {
    "[]{},:\"\\\na1 \xc3",         "\"\\\\\\\\a", "[],{}",   "\\", "aaaaaaaaaaaa\"bbbbbbbbbb,,[]\\",
    "          \n\n[[[[{{]},\"\"", "\"",          "[1,2],n", ",",
};

#define ALPHABET_COUNT (sizeof alphabets / sizeof *alphabets)

static void fill(char *data, size_t length, unsigned alphabet)
{
    size_t count = strlen(alphabets[alphabet]);
    for (size_t i = 0; i < length; i++)
        data[i] = alphabets[alphabet][below(count)];
}

static void random_stretches(void)
{
    struct fence fence = fence_open(LENGTH_MAX);
    for (unsigned round = 0; round < 20000; round++) {
        size_t length = below(LENGTH_MAX);
        char *data = fence.data + fence.length - length;
        bool lines = round & 1;
        fill(data, length, round / 2 % ALPHABET_COUNT);
        struct brackets found = brackets_scan(data, length, lines);
        check_stretch(&found, data, length, lines);
        if (round % 8 == 0)
            check_map(data, length, lines);
    }
    fence_close(&fence);
}

static bool all_backslashes(const char *data, size_t length)
{
    size_t count = 0;
    while (count < length && data[count] == '\\')
        count++;
    return count == length;
}

/** Cut a stretch in three, put them together in both orders: all is as it was found at once. */
static void random_cuts(void)
{
    char data[LENGTH_MAX];
    for (unsigned round = 0; round < 40000; round++) {
        size_t length = below(round % 3 ? 40 : LENGTH_MAX);
        size_t one = below(length + 1), two = one + below(length - one + 1);
        bool lines = round & 1;
        fill(data, length, round / 2 % ALPHABET_COUNT);
        struct brackets part[3] = {brackets_scan(data, one, lines),
                                   brackets_scan(data + one, two - one, lines),
                                   brackets_scan(data + two, length - two, lines)};
        struct brackets left = brackets_join(&part[0], &part[1]), right = brackets_join(&part[1], &part[2]);
        left = brackets_join(&left, &part[2]);
        right = brackets_join(&part[0], &right);
        check_stretch(&left, data, length, lines);
        check_stretch(&right, data, length, lines);
        assert_int_equal(left.all, all_backslashes(data, length));
    }
}

/** Every byte value is junk, or is not, in a string and outside. */
static void every_byte(void)
{
    char data[100];
    for (int byte = 0; byte < 256; byte++)
        for (size_t place = 0; place < sizeof data; place += 9) {
            memset(data, ' ', sizeof data);
            data[place] = (char)byte;
            struct brackets found = brackets_scan(data, sizeof data, false);
            check_stretch(&found, data, sizeof data, false);
        }
}

/** As many as there can be: the counts of a whole block. */
static void full_blocks(void)
{
    static char data[BRACKETS_MAP_BYTES];
    static const char all[] = ",[]\"\\\n";
    for (size_t i = 0; all[i]; i++)
        for (int lines = 0; lines < 2; lines++) {
            memset(data, all[i], sizeof data);
            struct brackets found = brackets_scan(data, sizeof data, lines);
            check_stretch(&found, data, sizeof data, lines);
        }
}

static void check_way(enum scan_way way)
{
    if (!scan_use(way))
        skip();
    struct brackets nothing = brackets_scan(NULL, 0, true);
    check_stretch(&nothing, "", 0, true);
    every_byte();
    full_blocks();
    random_stretches();
    random_cuts();
}

static void portable(void **state)
{
    (void)state;
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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(portable), cmocka_unit_test(avx2),
                                       cmocka_unit_test(avx512)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
