/* SPDX-License-Identifier: MIT */
/**
 * model/json/value: members by hand, sound and odd; strings longer than a block; the member that each byte is in.
 */
#include "model/known_json.h"
#include "test.h"

#include "folio/model/json/value.h"

#include <string.h>

/** A member, and what is read of it from the beginning on: `bracket` is what it stands in. */
struct reading_case {
    const char *text;
    char bracket;
    const char *key, *value;
    enum json_kind kind;
    enum json_mark mark;
    uint64_t marked;
};

static void check_range(const char *text, struct range range, const char *expected)
{
    assert_int_equal(range.end - range.begin, strlen(expected));
    assert_memory_equal(text + range.begin, expected, strlen(expected));
}

static void check_reading(const struct reading_case *one)
{
    struct known known;
    struct json_value value;
    known_open(&known, strdup(one->text), strlen(one->text));
    assert_int_equal(json_value_read(known.nesting, known.sample.reader, 0, one->bracket, &value),
                     NESTING_FOUND);
    assert_int_equal(value.keyed, one->key != NULL);
    if (one->key)
        check_range(one->text, value.key, one->key);
    check_range(one->text, value.value, one->value);
    assert_int_equal(value.kind, one->kind);
    assert_int_equal(value.mark, one->mark);
    assert_int_equal(value.marked, one->marked);
    known_close(&known);
}

static void by_hand(void **state)
{
    static const struct reading_case cases[] = {
        {"1]", '[', NULL, "1", JSON_NUMBER, JSON_FINE, 0},
        {" -1.50E+3 ,", '[', NULL, "-1.50E+3", JSON_NUMBER, JSON_FINE, 0},
        {"true", '\0', NULL, "true", JSON_TRUE, JSON_FINE, 0},
        {"false\n", '\0', NULL, "false", JSON_FALSE, JSON_FINE, 0},
        {"null,", '[', NULL, "null", JSON_NULL, JSON_FINE, 0},
        {"\"a\\\"b\" ]", '[', NULL, "\"a\\\"b\"", JSON_STRING, JSON_FINE, 0},
        {"\"\\u00e9\\ud800\"", '\0', NULL, "\"\\u00e9\\ud800\"", JSON_STRING, JSON_FINE, 0},
        {" \"k\" : {\"x\":1}}", '{', "\"k\"", "{", JSON_OBJECT, JSON_FINE, 0},
        {"\"k\":[1]}", '{', "\"k\"", "[", JSON_ARRAY, JSON_FINE, 0},
        {"]", '[', NULL, "", JSON_ABSENT, JSON_FINE, 0},
        {"", '\0', NULL, "", JSON_ABSENT, JSON_FINE, 0},
        {" ,1]", '[', NULL, "", JSON_ABSENT, JSON_EXPECTED, 1},
        {"\"k\": }", '{', "\"k\"", "", JSON_ABSENT, JSON_EXPECTED, 5},
        {"NaN", '\0', NULL, "NaN", JSON_WORD, JSON_NOT_JSON, 0},
        {"+1]", '[', NULL, "+1", JSON_WORD, JSON_NOT_JSON, 0},
        {"01]", '[', NULL, "01", JSON_WORD, JSON_NOT_JSON, 0},
        {"1.]", '[', NULL, "1.", JSON_WORD, JSON_NOT_JSON, 0},
        {"1e]", '[', NULL, "1e", JSON_WORD, JSON_NOT_JSON, 0},
        {".5]", '[', NULL, ".5", JSON_WORD, JSON_NOT_JSON, 0},
        {"'a']", '[', NULL, "'a'", JSON_WORD, JSON_NOT_JSON, 0},
        {"\"a\nb", '\0', NULL, "\"a", JSON_STRING, JSON_UNCLOSED, 2},
        {"\"a", '\0', NULL, "\"a", JSON_STRING, JSON_UNCLOSED, 2},
        {"\"a\\", '\0', NULL, "\"a\\", JSON_STRING, JSON_UNCLOSED, 3},
        {"\"a\\\n", '\0', NULL, "\"a\\", JSON_STRING, JSON_UNCLOSED, 3},
        {"\"a\tb\"", '\0', NULL, "\"a\tb\"", JSON_STRING, JSON_CONTROL, 2},
        {"\"a\\x\"", '\0', NULL, "\"a\\x\"", JSON_STRING, JSON_ESCAPE, 2},
        {"\"a\\u12\"", '\0', NULL, "\"a\\u12\"", JSON_STRING, JSON_ESCAPE, 2},
        {"\"a\" 1}", '{', NULL, "\"a\"", JSON_STRING, JSON_NO_COLON, 0},
        {"1}", '{', NULL, "1", JSON_NUMBER, JSON_NO_COLON, 0},
        {"\"a\":1]", '[', "\"a\"", "1", JSON_NUMBER, JSON_KEY, 0},
        {"1 2]", '[', NULL, "1", JSON_NUMBER, JSON_MORE, 2},
        {"\"a\"\"b\"]", '[', NULL, "\"a\"", JSON_STRING, JSON_MORE, 3},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_reading(&cases[i]);
}

/** A trailing comma: what it promises is missed, at the bracket. An empty container misses nothing. */
static void nothing_there(void **state)
{
    static const char text[] = "[1,][]";
    struct known known;
    struct json_value value;
    (void)state;
    known_open(&known, strdup(text), strlen(text));
    assert_int_equal(json_value_read(known.nesting, known.sample.reader, 3, '[', &value), NESTING_FOUND);
    assert_int_equal(value.kind, JSON_ABSENT);
    assert_int_equal(value.mark, JSON_EXPECTED);
    assert_int_equal(value.marked, 3);
    assert_int_equal(json_value_read(known.nesting, known.sample.reader, 5, '[', &value), NESTING_FOUND);
    assert_int_equal(value.kind, JSON_ABSENT);
    assert_int_equal(value.mark, JSON_FINE);
    known_close(&known);
}

/** Strings longer than a block, with an end and with none; blanks that are as many. */
static void longer_than_a_block(void **state)
{
    const size_t length = 300 * KIB;
    struct known known;
    struct json_value value;
    uint64_t end;
    (void)state;
    for (int newline = 0; newline < 2; newline++) {
        char *data = malloc(length);
        memset(data, 'x', length);
        memset(data, ' ', 150 * KIB);
        data[150 * KIB] = '"';
        data[length - 10] = newline ? '\n' : '"';
        memset(data + length - 9, ' ', 8);
        data[length - 1] = '"';
        data[length - 2] = newline ? '"' : ',';
        known_open(&known, data, length);
        assert_int_equal(json_value_read(known.nesting, known.sample.reader, 0, '[', &value), NESTING_FOUND);
        assert_int_equal(value.value.begin, 150 * KIB);
        assert_int_equal(value.value.end, length - 10 + (newline ? 0 : 1));
        assert_true(value.ended);
        assert_int_equal(value.mark, newline ? JSON_UNCLOSED : JSON_FINE);
        assert_int_equal(json_value_end(known.nesting, known.sample.reader, &value, &end), NESTING_FOUND);
        assert_int_equal(end, value.value.end);
        known_close(&known);
    }
}

/** For each byte of a text, the byte below it is the first one of the value that it stands in. */
static void check_holding(const char *text, const char *first)
{
    struct known known;
    known_open(&known, strdup(text), strlen(text));
    for (size_t at = 0; text[at]; at++) {
        struct json_value value;
        assert_int_equal(json_value_holding(known.nesting, known.sample.reader, 0, at, &value),
                         NESTING_FOUND);
        if (first[at] != ' ' && text[value.value.begin] != first[at])
            fail_msg("byte %zu of %s is of '%c'", at, text, text[value.value.begin]);
    }
    known_close(&known);
}

static void each_byte(void **state)
{
    (void)state;
    check_holding("{\"a\": 1, \"b\":[2,{\"c\":\"d\"} , 3] }", "{1111111[[[[[[22{\"\"\"\"\"\"\"{{{33[[{");
    check_holding("[[1] ,[2]]", "[[1[[[[2[[");
    check_holding("[[1]x,2]", "[[1[xx2[");
    check_holding("{} [] 7", "{{[[[77");
    check_holding("[1]]", "[1[]");
}

/** Where containers end, and what they are in. */
static void containers(void **state)
{
    static const char text[] = "{\"a\":[1,[2]],\"b\":[3";
    struct known known;
    struct json_value value;
    struct json_around around;
    uint64_t end;
    (void)state;
    known_open(&known, strdup(text), strlen(text));
    assert_int_equal(json_value_read(known.nesting, known.sample.reader, 1, '{', &value), NESTING_FOUND);
    assert_false(value.ended);
    assert_int_equal(json_value_end(known.nesting, known.sample.reader, &value, &end), NESTING_FOUND);
    assert_int_equal(end, 12);
    assert_int_equal(json_value_read(known.nesting, known.sample.reader, 13, '{', &value), NESTING_FOUND);
    assert_int_equal(json_value_end(known.nesting, known.sample.reader, &value, &end), NESTING_NONE);
    assert_int_equal(end, strlen(text));
    assert_int_equal(json_around(known.nesting, known.sample.reader, 0, 9, &around), NESTING_FOUND);
    assert_int_equal(around.opener, 8);
    assert_int_equal(around.bracket, '[');
    assert_int_equal(around.depth, 3);
    assert_int_equal(json_around(known.nesting, known.sample.reader, 9, 9, &around), NESTING_FOUND);
    assert_int_equal(around.bracket, '\0');
    known_close(&known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),   cmocka_unit_test(nothing_there), cmocka_unit_test(longer_than_a_block),
        cmocka_unit_test(each_byte), cmocka_unit_test(containers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
