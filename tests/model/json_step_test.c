/* SPDX-License-Identifier: MIT */
/** model/json/step: steps from value to value in a text by hand, and the millionth child of many. */
#include "model/known_json.h"
#include "test.h"

#include "folio/model/json/step.h"

#include <string.h>

/** From the row of the first byte of `from` in the text to that of `to`; NULL: there is no such value. */
static void check_step(const char *text, bool by_line, const char *from, enum json_step step, uint64_t count,
                       const char *to)
{
    struct known known;
    uint64_t at = (uint64_t)(strstr(text, from) - text), found = UINT64_MAX;
    known_open(&known, strdup(text), strlen(text));
    const struct json_rows rows = {known.nesting, known.sample.reader, known.sample.lines, by_line, NULL,
                                   false};
    enum nesting_answer answer = json_step(&rows, at, step, count, &found);
    assert_int_equal(answer, to ? NESTING_FOUND : NESTING_NONE);
    if (to && strncmp(text + found, to, strlen(to)) != 0)
        fail_msg("step %d of %llu from %s leads to %s", (int)step, (unsigned long long)count, from,
                 text + found);
    known_close(&known);
}

static void by_hand(void **state)
{
    static const char text[] = "{\"a\":[1, [2,3] ,{\"x\":4},[]],\"b\":{\"c\":5},\"d\":6 }";
    (void)state;
    check_step(text, false, "2,3", JSON_TO_PARENT, 1, "[2,3]");
    check_step(text, false, "[2,3]", JSON_TO_PARENT, 1, "\"a\"");
    check_step(text, false, "] ,{\"x", JSON_TO_PARENT, 1, "\"a\"");
    check_step(text, false, "\"a\"", JSON_TO_PARENT, 1, "{\"a\"");
    check_step(text, false, "{\"a\"", JSON_TO_PARENT, 1, NULL);
    check_step(text, false, "1,", JSON_TO_NEXT, 1, "[2,3]");
    check_step(text, false, "[2,3]", JSON_TO_NEXT, 1, "{\"x\"");
    check_step(text, false, "] ,{\"x", JSON_TO_NEXT, 1, "{\"x\"");
    check_step(text, false, "1,", JSON_TO_NEXT, 3, "[]");
    check_step(text, false, "1,", JSON_TO_NEXT, 4, NULL);
    check_step(text, false, "[]]", JSON_TO_NEXT, 1, NULL);
    check_step(text, false, "\"a\"", JSON_TO_NEXT, 2, "\"d\"");
    check_step(text, false, "\"d\"", JSON_TO_PREVIOUS, 1, "\"b\"");
    check_step(text, false, "\"d\"", JSON_TO_PREVIOUS, 2, "\"a\"");
    check_step(text, false, "\"d\"", JSON_TO_PREVIOUS, 3, NULL);
    check_step(text, false, "{\"x\"", JSON_TO_PREVIOUS, 1, "[2,3]");
    check_step(text, false, "[]]", JSON_TO_FIRST, 1, "1,");
    check_step(text, false, "1,", JSON_TO_LAST, 1, "[]]");
    check_step(text, false, "\"a\"", JSON_TO_LAST, 1, "\"d\"");
    check_step(text, false, "\"a\"", JSON_TO_CHILD, 1, "1,");
    check_step(text, false, "\"a\"", JSON_TO_CHILD, 3, "{\"x\"");
    check_step(text, false, "\"a\"", JSON_TO_CHILD, 5, NULL);
    check_step(text, false, "1,", JSON_TO_CHILD, 1, NULL);
    check_step(text, false, "[]]", JSON_TO_CHILD, 1, NULL);
    check_step(text, false, "\"a\"", JSON_TO_OTHER, 1, "],\"b\"");
    check_step(text, false, "],\"b\"", JSON_TO_OTHER, 1, "\"a\"");
    check_step(text, false, "6 }", JSON_TO_OTHER, 1, NULL);
}

static void documents(void **state)
{
    static const char text[] = "{\"a\":1}\n[2]\n3\n";
    (void)state;
    check_step(text, true, "{", JSON_TO_NEXT, 1, "[2]");
    check_step(text, true, "{", JSON_TO_NEXT, 2, "3");
    check_step(text, true, "{", JSON_TO_NEXT, 3, NULL);
    check_step(text, true, "3", JSON_TO_PREVIOUS, 1, "[2]");
    check_step(text, true, "3", JSON_TO_PREVIOUS, 2, "{");
    check_step(text, true, "3", JSON_TO_PREVIOUS, 3, NULL);
    check_step(text, true, "[2]", JSON_TO_LAST, 1, "3");
    check_step(text, true, "2]", JSON_TO_PARENT, 1, "[2]");
    check_step("{} [] 7", false, "{}", JSON_TO_NEXT, 1, "[]");
    check_step("{} [] 7", false, "7", JSON_TO_PREVIOUS, 2, "{}");
    check_step("{\"a\":[1,2", false, "1,", JSON_TO_LAST, 1, "2");
}

/** Steps over a megabyte of siblings take no longer than over one. */
static void a_million_children(void **state)
{
    const size_t children = 1000000, length = 2 * children + 1;
    char *data = malloc(length);
    uint64_t to;
    (void)state;
    for (size_t i = 0; i < length; i++)
        data[i] = i % 2 ? '7' : ',';
    data[0] = '[';
    data[length - 1] = ']';
    struct known known;
    known_open(&known, data, length);
    const struct json_rows rows = {known.nesting, known.sample.reader, known.sample.lines, false, NULL,
                                   false};
    assert_int_equal(json_step(&rows, 0, JSON_TO_CHILD, 654321, &to), NESTING_FOUND);
    assert_int_equal(to, 2 * 654320 + 1);
    assert_int_equal(json_step(&rows, to, JSON_TO_NEXT, 300000, &to), NESTING_FOUND);
    assert_int_equal(to, 2 * 954320 + 1);
    assert_int_equal(json_step(&rows, to, JSON_TO_LAST, 1, &to), NESTING_FOUND);
    assert_int_equal(to, length - 2);
    assert_int_equal(json_step(&rows, 0, JSON_TO_CHILD, children + 1, &to), NESTING_NONE);
    known_close(&known);
}

/** As data a step leads to rows of data, and nothing leads to a bracket that has none. */
static void data_by_hand(void **state)
{
    (void)state;
    static const char text[] = "[1,[2,[3]],{\"a\":4}]";
    struct known known;
    uint64_t to;
    known_open(&known, strdup(text), sizeof text - 1);
    const struct json_rows rows = {known.nesting, known.sample.reader, known.sample.lines, false, NULL, true};
    assert_int_equal(json_step(&rows, 1, JSON_TO_LAST, 1, &to), NESTING_FOUND);
    assert_int_equal(to, 11);
    assert_int_equal(json_step(&rows, 11, JSON_TO_PREVIOUS, 1, &to), NESTING_FOUND);
    assert_int_equal(to, 3);
    /* The closing bracket of the inner array is on the row of 3. */
    assert_int_equal(json_step(&rows, 9, JSON_TO_PARENT, 1, &to), NESTING_FOUND);
    assert_int_equal(to, 6);
    assert_int_equal(json_step(&rows, 3, JSON_TO_OTHER, 1, &to), NESTING_NONE);
    known_close(&known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(documents),
        cmocka_unit_test(a_million_children),
        cmocka_unit_test(data_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
