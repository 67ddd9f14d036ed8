/* SPDX-License-Identifier: MIT */
/** model/json/check: what is JSON, and of what is not the first wrong byte, in pieces of any size. */
#include "test.h"

#include "folio/base/bytes/buf.h"
#include "folio/model/json/check.h"

#include <string.h>

#define TEXT(literal) literal, sizeof literal - 1

/** Nothing is wrong with them; so many documents, so deep. */
static const struct fine {
    const char *text;
    size_t length;
    unsigned documents, deepest;
} fine[] = {
    {TEXT("{}"), 1, 1},
    {TEXT("[]"), 1, 1},
    {TEXT(" [ ] \r\n\t"), 1, 1},
    {TEXT("\xef\xbb\xbf{\"a\":1}"), 1, 1},
    {TEXT("0"), 1, 0},
    {TEXT("-0.0e+1"), 1, 0},
    {TEXT("[1E400,-12.5,1e-2,0e1,123456789012345678901234567890]"), 1, 1},
    {TEXT("[true,false,null]"), 1, 1},
    {TEXT("\"\""), 1, 0},
    {TEXT("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\ud83d\x7f\"]"), 1, 1},
    {TEXT("[\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xed\x9f\xbf\xf4\x8f\xbf\xbf\"]"), 1, 1},
    {TEXT("{\"a\":{\"b\":[{\"\":[[]]}],\"b\":2}}"), 1, 6},
    /* Several documents. */
    {TEXT("{\"a\":1}\n{\"a\":2}\n\n[3]\n"), 3, 1},
    {TEXT("1\n2\n\"3\"\nnull\n"), 4, 0},
    {TEXT("{\n\"a\":1}{\"b\":\n2}[]"), 3, 1},
    {TEXT("\x1e{}\n\x1e[]\n"), 2, 1},
};

static struct json_flaw check(const char *text, size_t length, size_t size, bool utf8, uint64_t *documents,
                              uint64_t *deepest)
{
    struct json_check *check = json_check_open(utf8);
    assert_non_null(check);
    bool on = true;
    for (size_t at = 0; at < length && on; at += size)
        on = json_check_feed(check, (struct span){text + at, length - at < size ? length - at : size});
    json_check_end(check);
    struct json_flaw flaw = json_check_flaw(check);
    *documents = json_check_documents(check);
    *deepest = json_check_deepest(check);
    json_check_close(check);
    return flaw;
}

static void test_fine(void **state)
{
    uint64_t documents, deepest;
    (void)state;
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        for (size_t size = 1; size < 8; size++) {
            struct json_flaw flaw = check(fine[i].text, fine[i].length, size, true, &documents, &deepest);
            if (flaw.expected)
                fail_msg("%s: expected %s at %llu", fine[i].text, flaw.expected,
                         (unsigned long long)flaw.offset);
            assert_int_equal(documents, fine[i].documents);
            assert_int_equal(deepest, fine[i].deepest);
        }
}

/** What is wrong with them, and where. */
static const struct wrong {
    const char *text;
    size_t length;
    unsigned offset, line, column;
    int found;
    const char *expected;
} wrong[] = {
    {TEXT(""), 0, 1, 1, -1, "a value"},
    {TEXT(" \n "), 3, 2, 2, -1, "a value"},
    {TEXT("\xef\xbb\xbf"), 3, 1, 1, -1, "a value"},
    {TEXT("\xef\xbb{"), 2, 1, 3, '{', "a byte order mark"},
    {TEXT("hello"), 0, 1, 1, 'h', "a value"},
    {TEXT("[1,]"), 3, 1, 4, ']', "a value"},
    {TEXT("[,1]"), 1, 1, 2, ',', "a value or ]"},
    {TEXT("[1 2]"), 3, 1, 4, '2', "a comma or ]"},
    {TEXT("[1}"), 2, 1, 3, '}', "a comma or ]"},
    {TEXT("{\"a\":1]"), 6, 1, 7, ']', "a comma or }"},
    {TEXT("{\"a\":1,}"), 7, 1, 8, '}', "a key in double quotes"},
    {TEXT("{,}"), 1, 1, 2, ',', "a key in double quotes, or }"},
    {TEXT("{a:1}"), 1, 1, 2, 'a', "a key in double quotes, or }"},
    {TEXT("{'a':1}"), 1, 1, 2, '\'', "a key in double quotes, or }"},
    {TEXT("{\"a\" 1}"), 5, 1, 6, '1', "a colon"},
    {TEXT("{\"a\":}"), 5, 1, 6, '}', "a value"},
    {TEXT("{\n  \"a\": 'x'\n}"), 9, 2, 8, '\'', "a value"},
    {TEXT("[1] // x"), 4, 1, 5, '/', "another document in a new line, or the end"},
    {TEXT("[1]]"), 3, 1, 4, ']', "another document in a new line, or the end"},
    {TEXT("1 2"), 2, 1, 3, '2', "another document in a new line, or the end"},
    {TEXT("\"\"x"), 2, 1, 3, 'x', "another document in a new line, or the end"},
    {TEXT("[01]"), 2, 1, 3, '1', "a comma or ]"},
    {TEXT("[+1]"), 1, 1, 2, '+', "a value or ]"},
    {TEXT("[.5]"), 1, 1, 2, '.', "a value or ]"},
    {TEXT("[-]"), 2, 1, 3, ']', "a digit"},
    {TEXT("[1.]"), 3, 1, 4, ']', "a digit"},
    {TEXT("[1e]"), 3, 1, 4, ']', "a digit, + or -"},
    {TEXT("[1e+]"), 4, 1, 5, ']', "a digit"},
    {TEXT("[NaN]"), 1, 1, 2, 'N', "a value or ]"},
    {TEXT("[nan]"), 2, 1, 3, 'a', "null"},
    {TEXT("[truth]"), 4, 1, 5, 't', "true"},
    {TEXT("[nul]"), 4, 1, 5, ']', "null"},
    {TEXT("[True]"), 1, 1, 2, 'T', "a value or ]"},
    {TEXT("[\"a\nb\"]"), 3, 1, 4, '\n', "the end of the string"},
    {TEXT("[\"a\tb\"]"), 3, 1, 4, '\t', "no control character in a string but as an escape"},
    {TEXT("[\"\0\"]"), 2, 1, 3, '\0', "no control character in a string but as an escape"},
    {TEXT("[\"\\x\"]"), 3, 1, 4, 'x', "one of \" \\ / b f n r t u behind the backslash"},
    {TEXT("[\"\\\0\"]"), 3, 1, 4, '\0', "one of \" \\ / b f n r t u behind the backslash"},
    {TEXT("[\"\\u00g0\"]"), 6, 1, 7, 'g', "four hexadecimal digits behind \\u"},
    {TEXT("[\"\xc3\xa9\xc3\xa9\xff\"]"), 6, 1, 5, 0xff, "a character in UTF-8"},
    {TEXT("[\"\xed\xa0\x80\"]"), 3, 1, 4, 0xa0, "the rest of a character in UTF-8"},
    {TEXT("[\"\xe0\x80\x80\"]"), 3, 1, 4, 0x80, "the rest of a character in UTF-8"},
    {TEXT("[\"\xf4\x90\x80\x80\"]"), 3, 1, 4, 0x90, "the rest of a character in UTF-8"},
    {TEXT("[\"\xf0\x9f\x98\"]"), 5, 1, 4, '"', "the rest of a character in UTF-8"},
    {TEXT("[\0]"), 1, 1, 2, '\0', "a value or ]"},
    /* The end comes too early. */
    {TEXT("["), 1, 1, 2, -1, "a value or ]"},
    {TEXT("[[1,2]"), 6, 1, 7, -1, "a comma or ]"},
    {TEXT("{\"a\""), 4, 1, 5, -1, "a colon"},
    {TEXT("\"abc"), 4, 1, 5, -1, "the end of the string"},
    {TEXT("tru"), 3, 1, 4, -1, "true"},
    {TEXT("-"), 1, 1, 2, -1, "a digit"},
    /* JSON lines: a line that is cut harms itself. */
    {TEXT("{\"a\":1}\n{\"a\":\n{\"a\":3}\n"), 13, 2, 6, '\n', "a value"},
    {TEXT("[1]\n[2\n[3]\n"), 6, 2, 3, '\n', "a comma or ]"},
    {TEXT("[1]\n[\xc3\xa9]\n"), 5, 2, 2, 0xc3, "a value or ]"},
};

static void test_wrong(void **state)
{
    uint64_t documents, deepest;
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        for (size_t size = 1; size < 8; size++) {
            struct json_flaw flaw = check(wrong[i].text, wrong[i].length, size, true, &documents, &deepest);
            if (!flaw.expected)
                fail_msg("%s: nothing is wrong", wrong[i].text);
            if (strcmp(flaw.expected, wrong[i].expected) != 0 || flaw.offset != wrong[i].offset)
                fail_msg("%s: expected %s at %llu", wrong[i].text, flaw.expected,
                         (unsigned long long)flaw.offset);
            assert_int_equal(flaw.line, wrong[i].line);
            assert_int_equal(flaw.column, wrong[i].column);
            assert_int_equal(flaw.found, wrong[i].found);
        }
}

/** In another encoding bytes above 7f are characters, but still none outside strings. */
static void test_other_encoding(void **state)
{
    uint64_t documents, deepest;
    (void)state;
    assert_null(check(TEXT("[\"\xe9\xff\"]"), 2, false, &documents, &deepest).expected);
    assert_non_null(check(TEXT("[\xe9]"), 2, false, &documents, &deepest).expected);
}

/** A hundred thousand containers, both kinds in turn, and one close of the wrong kind. */
static void test_deep(void **state)
{
    enum { DEPTH = 100000 };
    uint64_t documents, deepest;
    struct buf text = {0};
    (void)state;
    for (unsigned i = 0; i < DEPTH; i++)
        buf_text(&text, i % 2 ? "{\"\":" : "[");
    buf_text(&text, "0");
    size_t middle = text.length;
    for (unsigned i = DEPTH; i-- > 0;)
        buf_text(&text, i % 2 ? "}" : "]");
    assert_null(check(text.data, text.length, 4096, true, &documents, &deepest).expected);
    assert_int_equal(documents, 1);
    assert_int_equal(deepest, DEPTH);
    text.data[middle + DEPTH / 2] ^= ']' ^ '}';
    assert_int_equal(check(text.data, text.length, 4096, true, &documents, &deepest).offset,
                     middle + DEPTH / 2);
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_fine), cmocka_unit_test(test_wrong),
                                       cmocka_unit_test(test_other_encoding), cmocka_unit_test(test_deep)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
