/* SPDX-License-Identifier: MIT */
/* tests: model/pattern/bytes: what is a pattern of bytes, and that it is found where a plain loop finds it. */
#include "base/fence.h"
#include "test.h"

#include "folio/base/scan/scan.h"
#include "folio/model/pattern/bytes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** A pattern as the test knows it. */
struct plain {
    unsigned char value[600], mask[600];
    size_t length;
};

static struct pattern *compile(const char *text)
{
    struct error error = {0};
    struct pattern *pattern = pattern_compile_bytes(text, strlen(text), &error);
    if (!pattern)
        fail_msg("%s: %s", text, error.message);
    return pattern;
}

static size_t plain_find(const struct plain *plain, const unsigned char *data, size_t length, size_t from)
{
    for (; from + plain->length <= length; from++) {
        size_t same = 0;
        while (same < plain->length && (data[from + same] & plain->mask[same]) == plain->value[same])
            same++;
        if (same == plain->length)
            return from;
    }
    return SIZE_MAX;
}

/** All matches from every place, against the loop. */
static void check(const char *text, const struct plain *plain, const char *data, size_t length)
{
    struct error error;
    struct pattern *pattern = compile(text);
    struct matcher *matcher = matcher_open(pattern, &error);
    struct hit hit = {0};
    assert_non_null(matcher);
    assert_int_equal(pattern_reach(pattern), plain->length);
    for (size_t from = 0; from <= length;) {
        size_t expected = plain_find(plain, (const unsigned char *)data, length, from);
        enum pattern_result result = matcher_find(matcher, (struct span){data, length}, from, &hit);
        assert_int_equal(result, expected == SIZE_MAX ? PATTERN_NONE : PATTERN_FOUND);
        if (result != PATTERN_FOUND)
            break;
        assert_int_equal(hit.begin, expected);
        assert_int_equal(hit.end, expected + plain->length);
        from = hit.begin + 1;
    }
    matcher_close(matcher);
    pattern_free(pattern);
}

/** Does `text` stand for these bytes, `??` among them as they stand in `form`? */
static void reads_as(const char *text, const char *value, const char *mask, size_t length)
{
    struct plain plain = {.length = length};
    char data[32] = "........................";
    memcpy(plain.value, value, length);
    memcpy(plain.mask, mask, length);
    memcpy(data + 3, value, length);
    assert_true(pattern_is_bytes(text));
    check(text, &plain, data, sizeof data);
    for (size_t at = 0; at < length; at++) { /* one bit that matters is wrong */
        data[3 + at] ^= mask[at] & 0x11;
        check(text, &plain, data, sizeof data);
        data[3 + at] ^= mask[at] & 0x11;
    }
}

static void what_is_read(void **state)
{
    (void)state;
    reads_as("41", "A", "\xff", 1);
    reads_as("deadbeef", "\xde\xad\xbe\xef", "\xff\xff\xff\xff", 4);
    reads_as("DEad BeeF", "\xde\xad\xbe\xef", "\xff\xff\xff\xff", 4);
    reads_as(" 41\t?? 4? \"JFIF\" 00 ", "A\0@JFIF\0", "\xff\0\xf0\xff\xff\xff\xff\xff", 8);
    reads_as("?1'say \"x\"'\"it's\"", "\1say \"x\"it's",
             "\x0f\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 12);
    reads_as("\"\"00\"\"", "\0", "\xff", 1);
    reads_as("????", "\0\0", "\0\0", 2);
    reads_as("\"\xc3\xa9\"0a", "\xc3\xa9\n", "\xff\xff\xff", 3);
    assert_true(pattern_is_quoted("41 'x'"));
    assert_false(pattern_is_quoted("41"));
    assert_false(pattern_is_quoted("'x"));
}

static void numbers_are_read(void **state)
{
    static const char all[] = "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff";
    static const struct {
        const char *text, *value;
        size_t length;
    } rows[] = {
        {"u32le 1234", "\xd2\x04\0\0", 4},
        {"u32be 1234", "\0\0\x04\xd2", 4},
        {"u16le 0xBEEF", "\xef\xbe", 2},
        {"i16be -2", "\xff\xfe", 2},
        {"u8 255 i8 -128", "\xff\x80", 2},
        {"u64le 18446744073709551615", all, 8},
        {"i64be -9223372036854775808", "\x80\0\0\0\0\0\0\0", 8},
        {"f32 1", "\0\0\x80\x3f", 4},
        {"f32le 1", "\0\0\x80\x3f", 4},
        {"f32be -0.5", "\xbf\0\0\0", 4},
        {"f64 0.1", "\x9a\x99\x99\x99\x99\x99\xb9\x3f", 8},
        {"f64be 1e3", "\x40\x8f\x40\0\0\0\0\0", 8},
        {"f16 1", "\x00\x3c", 2},
        {"f16be -2.5", "\xc1\x00", 2},
        {"f16 65504", "\xff\x7b", 2},
        {"f16 inf", "\x00\x7c", 2},
        {"f16 0.00000006", "\x01\x00", 2},
        {"f16 2049", "\x00\x68", 2},
        {"f16 2051", "\x02\x68", 2},
        {"f16be 0.1", "\x2e\x66", 2},
        {"f32 -inf", "\0\0\x80\xff", 4},
        {"f32be 1e-45", "\0\0\0\x01", 4},
        {"f32be -0", "\x80\0\0\0", 4},
        {"f64be 5e-324", "\0\0\0\0\0\0\0\x01", 8},
        {"uleb 0", "\0", 1},
        {"uleb 624485", "\xe5\x8e\x26", 3},
        {"uleb 18446744073709551615", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10},
        {"sleb -123456", "\xc0\xbb\x78", 3},
        {"sleb 63 sleb 64 sleb -64", "\x3f\xc0\x00\x40", 4},
        {"sleb -9223372036854775808", "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x7f", 10},
        {"unix32 2023-11-14T22:13:20Z", "\0\xf1\x53\x65", 4},
        {"unix32be 1969-12-31T23:59:59Z", "\xff\xff\xff\xff", 4},
        {"unix64be 1970-01-02", "\0\0\0\0\0\x01\x51\x80", 8},
        {"unixmsbe 1970-01-01T00:00:01.5", "\0\0\0\0\0\0\x05\xdc", 8},
        {"unixnsbe 1970-01-01T00:00:00.000000001", "\0\0\0\0\0\0\0\x01", 8},
        {"filetimebe 1970-01-01T00:00:00.0000001Z", "\x01\x9d\xb1\xde\xd5\x3e\x80\x01", 8},
        {"dosbe 1985-01-06T17:55:10", "\x0a\x26\x8e\xe5", 4},
        {"41 u16be\t 010 \"x\" f3", "A\0\x0ax\xf3", 5},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        reads_as(rows[i].text, rows[i].value, all, rows[i].length);
    assert_true(pattern_is_quoted("u8 7") && pattern_is_number("u8 x") && pattern_is_number("f64 "));
    assert_true(pattern_is_number("u32 1") && pattern_is_number("u8le 1") && pattern_is_number("u32me 1"));
    assert_false(pattern_is_number("u8") || pattern_is_number("f32") || pattern_is_number("f8 1"));
}

static void what_is_refused(void **state)
{
    static const char *const refused[][2] = {
        {"41 4g", "Invalid bytes: \"4g\" at 3: two hex digits are a byte, or ? for any"},
        {"414", "Invalid bytes: \"4\" at 2: two hex digits are a byte, or ? for any"},
        {"4 1", "Invalid bytes: \"4\" at 0: two hex digits are a byte, or ? for any"},
        {"hello", "Invalid bytes: \"he\" at 0: two hex digits are a byte, or ? for any"},
        {"41 \xc3\xa9t", "Invalid bytes: \"\xc3\xa9t\" at 3: two hex digits are a byte, or ? for any"},
        {"00 \"JF", "Invalid bytes: \"\"J\" at 3: the quote is not closed"},
        {"'", "Invalid bytes: \"'\" at 0: the quote is not closed"},
        {"u8 256", "Invalid bytes: \"u8 256\" at 0: 8 bits are 0 to 255"},
        {"00 u16le -1", "Invalid bytes: \"u16le -1\" at 3: 16 bits are 0 to 65535"},
        {"i8 128", "Invalid bytes: \"i8 128\" at 0: 8 bits with a sign are -128 to 127"},
        {"i8 -129", "Invalid bytes: \"i8 -129\" at 0: 8 bits with a sign are -128 to 127"},
        {"u64be 18446744073709551616",
         "Invalid bytes: \"u64be 18446744073709551616\" at 0: 64 bits are 0 to 18446744073709551615"},
        {"u32le 12x", "Invalid bytes: \"u32le 12x\" at 0: no whole number"},
        {"u32le ", "Invalid bytes: \"u32le \" at 0: no whole number"},
        {"u32le - 5", "Invalid bytes: \"u32le -\" at 0: no whole number"},
        {"f32 nan", "Invalid bytes: \"f32 nan\" at 0: no number"},
        {"u32 5", "Invalid bytes: \"u32 5\" at 0: a byte order is missing: u32le or u32be"},
        {"00 u8le 5", "Invalid bytes: \"u8le 5\" at 3: there is no type u8le: u8 has no byte order"},
        {"u16le 0x0x5", "Invalid bytes: \"u16le 0x0x5\" at 0: no whole number"},
        {"u16le 0x", "Invalid bytes: \"u16le 0x\" at 0: no whole number"},
        {"u16le 0x-5", "Invalid bytes: \"u16le 0x-5\" at 0: no whole number"},
        {"u16le --5", "Invalid bytes: \"u16le --5\" at 0: no whole number"},
        {"u16le a", "Invalid bytes: \"u16le a\" at 0: no whole number"},
        {"f32 1e40", "Invalid bytes: \"f32 1e40\" at 0: 32 bits hold no number as large as that"},
        {"f32 -3.5e38", "Invalid bytes: \"f32 -3.5e38\" at 0: 32 bits hold no number as large as that"},
        {"f64 1e999", "Invalid bytes: \"f64 1e999\" at 0: 64 bits hold no number as large as that"},
        {"f32 1e999", "Invalid bytes: \"f32 1e999\" at 0: 32 bits hold no number as large as that"},
        {"f16 65520", "Invalid bytes: \"f16 65520\" at 0: 16 bits hold no number as large as that"},
        {"f32 1e-50",
         "Invalid bytes: \"f32 1e-50\" at 0: 32 bits hold no number as near to 0 as that, but 0"},
        {"f64 -1e-999",
         "Invalid bytes: \"f64 -1e-999\" at 0: 64 bits hold no number as near to 0 as that, but 0"},
        {"f16 1e-9", "Invalid bytes: \"f16 1e-9\" at 0: 16 bits hold no number as near to 0 as that, but 0"},
        {"uleb -1", "Invalid bytes: \"uleb -1\" at 0: 64 bits are 0 to 18446744073709551615"},
        {"unix32 7", "Invalid bytes: \"unix32 7\" at 0: no date, such as 2026-11-20T13:45:12Z"},
        {"unix32 2040-01-01", "Invalid bytes: \"unix32 2040-01-01\" at 0: the type does not reach that date"},
        {"filetime 1600-12-31",
         "Invalid bytes: \"filetime 1600-12-31\" at 0: the type does not reach that date"},
        {"unixms 1970-01-01T00:00:00.0001",
         "Invalid bytes: \"unixms 1970-01-01T00:00:00.0001\" at 0: the type counts no such part of a second"},
        {"dos 1979-12-31", "Invalid bytes: \"dos 1979-12-31\" at 0: DOS has the years 1980 to 2107"},
        {"dos 1980-01-01T00:00:01",
         "Invalid bytes: \"dos 1980-01-01T00:00:01\" at 0: DOS has even seconds only"},
        {"", "Invalid bytes: there are none"},
        {" \"\" ", "Invalid bytes: there are none"},
    };
    struct error error;
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        const char *text = refused[i][0];
        assert_null(pattern_compile_bytes(text, strlen(text), &error));
        assert_string_equal(error.message, refused[i][1]);
        assert_false(pattern_is_bytes(text));
        assert_true(pattern_bytes_wrong(text, &error));
        assert_string_equal(error.message, refused[i][1]);
    }
    char *most = calloc(1, 2 * PATTERN_BYTES_MAX + 3);
    assert_non_null(most);
    memset(most, 'a', 2 * PATTERN_BYTES_MAX);
    assert_true(pattern_is_bytes(most));
    pattern_free(compile(most));
    strcat(most, "bb");
    assert_true(pattern_bytes_wrong(most, &error));
    assert_string_equal(error.message, "Invalid bytes: more than 4096");
    free(most);
}

/** A random pattern that stands somewhere in the data, with holes in it: its text, and as the loop has it. */
static void make(uint64_t *seed, const char *data, size_t length, struct plain *plain, char *text)
{
    static const unsigned char masks[] = {0xff, 0xff, 0xff, 0xf0, 0x0f, 0};
    size_t most = random_next(seed) % 8 ? 12 : 600;
    most = most < length ? most : length;
    *plain = (struct plain){.length = random_next(seed) % most + 1};
    size_t at = random_next(seed) % (length - plain->length + 1);
    bool wild = random_next(seed) % 8 == 0;
    for (size_t i = 0; i < plain->length; i++) {
        unsigned char mask = wild ? 0 : masks[random_next(seed) % sizeof masks];
        plain->mask[i] = mask;
        plain->value[i] = (unsigned char)data[at + i] & mask;
        *text++ = mask & 0xf0 ? "0123456789abcdef"[plain->value[i] >> 4] : '?';
        *text++ = mask & 0x0f ? "0123456789ABCDEF"[plain->value[i] & 15] : '?';
        if (random_next(seed) % 2)
            *text++ = ' ';
    }
    *text = '\0';
}

/** Random patterns in random data that ends at a fence, or begins at one. */
static void against_a_loop(enum scan_way way)
{
    struct fence fence = fence_open(8192);
    uint64_t seed = 20260;
    if (!scan_use(way))
        skip();
    for (unsigned round = 0; round < 3000; round++) {
        struct plain plain;
        char text[3 * 600 + 1];
        size_t length = random_next(&seed) % (round % 16 ? 200 : 3000) + 1;
        char *data = round % 2 ? fence.data : fence.data + fence.length - length;
        unsigned kinds = round % 3 ? 4 : 256; /* few, so that much nearly matches */
        for (size_t i = 0; i < length; i++)
            data[i] = (char)(random_next(&seed) % kinds);
        make(&seed, data, length, &plain, text);
        check(text, &plain, data, length);
    }
    fence_close(&fence);
}

static void portable(void **state)
{
    (void)state;
    against_a_loop(SCAN_PORTABLE);
}

static void avx2(void **state)
{
    (void)state;
    against_a_loop(SCAN_AVX2);
}

static void avx512(void **state)
{
    (void)state;
    against_a_loop(SCAN_AVX512);
}

/** As lines: what has a newline in it is in none. */
static void in_lines(void **state)
{
    static const char text[] = "x\nab\nAxB\nA\nB\n\nAyB";
    struct error error;
    struct pattern *pattern = compile("41 ?? 42");
    struct matcher *matcher = matcher_open(pattern, &error);
    struct span lines = {text, sizeof text - 1};
    struct hit hit;
    (void)state;
    assert_non_null(matcher);
    assert_int_equal(matcher_line(matcher, lines, 0, &hit), PATTERN_FOUND);
    assert_int_equal(hit.line_begin, 5);
    assert_int_equal(hit.line_end, 8);
    assert_int_equal(matcher_line(matcher, lines, 9, &hit), PATTERN_FOUND);
    assert_int_equal(hit.begin, 14);
    assert_int_equal(hit.line_begin, 14);
    assert_int_equal(hit.line_end, 17);
    assert_false(matcher_group(matcher, lines, 1, &hit));
    matcher_close(matcher);
    pattern_free(pattern);
    pattern = compile("0a");
    matcher = matcher_open(pattern, &error);
    assert_int_equal(matcher_find(matcher, lines, 2, &hit), PATTERN_FOUND);
    assert_int_equal(hit.begin, 4);
    assert_int_equal(matcher_line(matcher, lines, 0, &hit), PATTERN_NONE);
    matcher_close(matcher);
    pattern_free(pattern);
}

/** How long a match of other patterns may be. */
static void reach_of_text(void **state)
{
    static const struct {
        const char *text;
        bool literal;
        size_t reach;
    } row[] = {
        {"needle", false, 6}, {"a|bcd|ef", false, 3}, {"a.c", true, 3}, {"a.c", false, 0}, {"x*", false, 0}};
    struct error error;
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct pattern *pattern =
            pattern_compile(row[i].text, strlen(row[i].text), PATTERN_EXACT, row[i].literal, &error);
        assert_non_null(pattern);
        assert_int_equal(pattern_reach(pattern), row[i].reach);
        pattern_free(pattern);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read),
        cmocka_unit_test(numbers_are_read),
        cmocka_unit_test(what_is_refused),
        cmocka_unit_test(portable),
        cmocka_unit_test(avx2),
        cmocka_unit_test(avx512),
        cmocka_unit_test(in_lines),
        cmocka_unit_test(reach_of_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
