/* SPDX-License-Identifier: MIT */
/** model/json/format: pretty and compact, in pieces of any size and with any room; what is no JSON loses no byte. */
#include "test.h"

#include "folio/base/bytes/buf.h"
#include "folio/model/json/format.h"

#include <string.h>

/** Text, pretty with two columns a level, compact. */
static const struct row {
    const char *text, *pretty, *compact;
} rows[] = {
    {"", "", ""},
    {" \n ", "", ""},
    {"1", "1\n", "1\n"},
    {"{}", "{}\n", "{}\n"},
    {"[ \n ]", "[]\n", "[]\n"},
    {"{\"a\":[1,2,{\"b\":null}],\"c\":\"x, [y]: {\\\" \\\\\"}",
     "{\n  \"a\": [\n    1,\n    2,\n    {\n      \"b\": null\n    }\n  ],\n  \"c\": \"x, [y]: {\\\" "
     "\\\\\"\n}\n",
     "{\"a\":[1,2,{\"b\":null}],\"c\":\"x, [y]: {\\\" \\\\\"}\n"},
    {"[ [ ] , { } , -1.50e+10 , true ]", "[\n  [],\n  {},\n  -1.50e+10,\n  true\n]\n",
     "[[],{},-1.50e+10,true]\n"},
    {" \t[\n1\r\n,\n2 ] \n", "[\n  1,\n  2\n]\n", "[1,2]\n"},
    /* Several documents. */
    {"{\"a\":1}\n{\"a\":2}\n\n3 4", "{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}\n3\n4\n",
     "{\"a\":1}\n{\"a\":2}\n3\n4\n"},
    {"{}[]\"\"", "{}\n[]\n\"\"\n", "{}\n[]\n\"\"\n"},
    /* What is no JSON: nothing runs together, nothing is lost. */
    {"[1 2,]", "[\n  1 2,\n]\n", "[1 2,]\n"},
    {"[a  b\"c\" \"d\"\"e\"]", "[\n  a b\"c\" \"d\"\"e\"\n]\n", "[a b\"c\" \"d\"\"e\"]\n"},
    {"]}", "]\n}\n", "]}\n"},
    {"[[", "[\n  [\n", "[[\n"},
    {"{\"a\n:1}", "{\n  \"a\n: 1\n}\n", "{\"a\n:1}\n"},
    {"\"\\", "\"\\\n", "\"\\\n"},
};

/** In pieces of `size` bytes, with room for `room`. */
static void check(const char *text, const char *expected, unsigned indent, size_t size, size_t room)
{
    struct json_format format = {.indent = indent};
    struct buf out = {0};
    char bytes[64];
    size_t length = strlen(text), written;
    for (size_t at = 0; at <= length; at += size) {
        struct span in = {text + at, length - at < size ? length - at : size};
        do {
            written = json_format(&format, &in, at + size > length, bytes, room);
            assert_true(written <= room);
            buf_append(&out, bytes, written);
        } while (written == room);
        assert_int_equal(in.length, 0);
    }
    assert_string_equal(buf_string(&out), expected);
    buf_release(&out);
}

static void test_rows(void **state)
{
    static const size_t rooms[] = {1, 2, 3, 5, 64};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t size = 1; size < 9; size++)
            for (size_t room = 0; room < sizeof rooms / sizeof *rooms; room++) {
                check(rows[i].text, rows[i].pretty, 2, size, rooms[room]);
                check(rows[i].text, rows[i].compact, 0, size, rooms[room]);
            }
}

/** NULs are bytes. */
static void test_nul(void **state)
{
    struct json_format format = {.indent = 2};
    struct span in = {"[\0\0]", 4};
    char bytes[64];
    (void)state;
    assert_int_equal(json_format(&format, &in, true, bytes, sizeof bytes), 9);
    assert_memory_equal(bytes, "[\n  \0\0\n]\n", 9);
}

/** A hundred thousand levels: the columns before the innermost do not fit in any room, and need none. */
static void test_deep(void **state)
{
    enum { DEPTH = 100000 };
    static char text[DEPTH];
    struct json_format format = {.indent = 2};
    struct span in = {text, DEPTH};
    char bytes[4096];
    uint64_t sum = 0;
    (void)state;
    memset(text, '[', sizeof text);
    for (size_t written = sizeof bytes; written == sizeof bytes && sum < (1 << 22);) {
        written = json_format(&format, &in, true, bytes, sizeof bytes);
        sum += written;
    }
    assert_int_equal(sum, 1 << 22);
    assert_true(in.length > 0 && in.length < DEPTH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_nul),
                                       cmocka_unit_test(test_deep)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
