/* SPDX-License-Identifier: MIT */
/** model/json/string: escapes of every kind, cut at every place, and the way back. */
#include "test.h"

#include "folio/model/json/string.h"

#include <string.h>

/** Strings, and the text they mean. */
static const char *const rows[][2] = {
    {"", ""},
    {"plain", "plain"},
    {"\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t"},
    {"a\\u0041\\u00e9\\u20AC\\u20ac.", "aA\u00e9\u20ac\u20ac."},
    {"\\uD83D\\uDE00!", "\U0001f600!"},
    {"\\udbff\\udfff", "\U0010ffff"},
    /* Half a pair stands for itself, and what follows it is looked at anew. */
    {"\\ud83d", "\\ud83d"},
    {"\\ud83dx", "\\ud83dx"},
    {"\\ude00\\ud83d", "\\ude00\\ud83d"},
    {"\\ud800\\u0041", "\\ud800A"},
    {"\\ud83d\\ud83d\\ude00", "\\ud83d\U0001f600"},
    {"\\ud83d\\n", "\\ud83d\n"},
    {"\\ud83d\\\\ude00", "\\ud83d\\ude00"},
    /* What is no escape. */
    {"\\", "\\"},
    {"\\x\\'\\0", "\\x\\'\\0"},
    {"\\u12", "\\u12"},
    {"\\u12g4\\u004", "\\u12g4\\u004"},
    {"\\u\\u0041", "\\uA"},
    {"\\ud83d\\ude0", "\\ud83d\\ude0"},
    {"\\ud83d\\", "\\ud83d\\"},
    {"\\\xc3\xa9\xff", "\\\xc3\xa9\xff"},
    {"\\\\u0041\\\\\\u0041", "\\u0041\\A"},
};
#define ROWS (sizeof rows / sizeof *rows)

/** In pieces of `size` bytes. */
static void check(const char *string, const char *text, size_t size)
{
    struct json_unescape unescape = {0};
    struct buf out = {0};
    size_t length = strlen(string), at = 0;
    for (; length - at > size; at += size)
        json_unescape(&unescape, (struct span){string + at, size}, false, &out);
    json_unescape(&unescape, (struct span){string + at, length - at}, true, &out);
    assert_string_equal(buf_string(&out), text);
    assert_true(out.length <= length);
    buf_release(&out);
}

static void test_pieces(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++)
        for (size_t size = 1; size < 20; size++)
            check(rows[i][0], rows[i][1], size);
}

/** The end may be known only when nothing more comes. */
static void test_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        struct json_unescape unescape = {0};
        struct buf out = {0};
        json_unescape(&unescape, (struct span){rows[i][0], strlen(rows[i][0])}, false, &out);
        json_unescape(&unescape, (struct span){NULL, 0}, true, &out);
        assert_string_equal(buf_string(&out), rows[i][1]);
        buf_release(&out);
    }
}

/** NUL is a character as others are. */
static void test_nul(void **state)
{
    struct json_unescape unescape = {0};
    struct buf out = {0}, back = {0};
    (void)state;
    json_unescape(&unescape, (struct span){"a\\u0000b", 8}, true, &out);
    assert_int_equal(out.length, 3);
    assert_memory_equal(out.data, "a\0b", 3);
    json_escape((struct span){out.data, out.length}, &back);
    assert_string_equal(buf_string(&back), "a\\u0000b");
    buf_release(&out);
    buf_release(&back);
}

/** A text as a string means that text again. */
static void test_back(void **state)
{
    char text[2];
    (void)state;
    for (unsigned byte = 1; byte < 256; byte++) {
        struct json_unescape unescape = {0};
        struct buf string = {0}, out = {0};
        text[0] = (char)byte;
        text[1] = '\0';
        json_escape((struct span){text, 1}, &string);
        json_escape((struct span){"x", 1}, &string);
        json_unescape(&unescape, (struct span){string.data, string.length}, true, &out);
        assert_int_equal(out.length, 2);
        assert_int_equal((unsigned char)out.data[0], byte);
        assert_null(memchr(string.data, '\n', string.length));
        buf_release(&string);
        buf_release(&out);
    }
}

static void test_spelled(void **state)
{
    static const char text[] = "\"\\\b\f\n\r\t\x01\x1f\x7f/\u00e9";
    struct buf string = {0};
    (void)state;
    json_escape((struct span){text, sizeof text - 1}, &string);
    assert_string_equal(buf_string(&string), "\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\x7f/\u00e9");
    buf_release(&string);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pieces), cmocka_unit_test(test_end),
                                       cmocka_unit_test(test_nul), cmocka_unit_test(test_back),
                                       cmocka_unit_test(test_spelled)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
