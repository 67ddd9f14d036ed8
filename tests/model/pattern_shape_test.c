/* SPDX-License-Identifier: MIT */
/**
 * model/pattern/shape: what is told of patterns. That nothing told is wrong is for pattern_test to find; here is that
 * enough is told, for a pattern that is not seen through is only slow, which no other test notices.
 */
#include "test.h"

#include "folio/model/pattern/shape.h"

#include <stdlib.h>
#include <string.h>

struct expectation {
    const char *text;
    bool literal, utf, blind;
    const char *need; /**< literals, with a blank between them */
};

static const struct expectation exact[] = {
    {"foo", true, false, true, "foo"},
    {"foo\\.bar\\t", true, false, true, "foo.bar\t"},
    {"\xc3\xa9t\xc3\xa9", true, true, true, "\xc3\xa9t\xc3\xa9"},
    {"{\"a\"", true, false, true, "{\"a\""},
    {"]}", true, false, true, "]}"},
    {"usr/share/[a-z]+/x[0-9]{4}", false, false, true, "usr/share/"},
    {"[0-9]{3}\\.[0-9]{4}", false, false, true, "."},
    {"foo|bar|baz", true, false, true, "foo bar baz"},
    {"(foo|bar)baz", false, false, true, "baz"},
    {"error|warning|fatal", true, false, true, "error warning fatal"},
    {"a|b|c|d|e|f|g|h", true, false, true, "a b c d e f g h"},
    {"a|b|c|d|e|f|g|h|i", false, false, true, ""},
    {"foo|", false, false, true, ""},
    {"|foo", false, false, true, ""},
    {"foo||bar", false, false, true, ""},
    {"foo|ba*r", false, false, true, "foo b"},
    {"foo|a*", false, false, true, ""},
    {"foo|[ab]", false, false, true, ""},
    {"(error|warning)", false, false, true, "error warning"},
    {"(?:error|warning): [0-9]+", false, false, true, "error warning"},
    {"(?:a|b)long enough", false, false, true, "long enough"},
    {"(foo|bar)?baz", false, false, true, "baz"},
    {"(foo|bar)*x", false, false, true, "x"},
    {"(foo|bar)+", false, false, true, "foo bar"},
    {"(foo|bar){0,3}", false, false, true, ""},
    {"((foo)|(bar|(baz)x))y", false, false, true, "foo bar baz"},
    {"(foo|(bar)?)y", false, false, true, "y"},
    {"ab(cd)ef", false, false, true, "ab"},
    {"ab(cde)f", false, false, true, "cde"},
    {"(?=foo)ba", false, true, false, "ba"},
    {"(?=foo)", false, true, false, ""},
    {"(?<=foo)b", false, true, false, "b"},
    {"(?!foo)b|(?<!foo)c", false, true, false, "b c"},
    {"(?>foo|bar)+x", false, true, false, "foo bar"},
    {"foo\\Kx", false, true, false, "foo"},
    {"(a|(?i)foo)", false, true, false, ""},
    {"ab*cd", false, false, true, "cd"},
    {"abc?d", false, false, true, "ab"},
    {"abc+d", false, false, true, "abc"},
    {"abc{0}d", false, false, true, "ab"},
    {"abc{2,3}d", false, false, true, "abc"},
    {"ab+?c", false, false, true, "ab"},
    {"a.bc", false, true, true, "bc"},
    {"\\d+-\\w+", false, true, true, "-"},
    {"\\bfoo\\b", false, true, true, "foo"},
    {"\\<foo\\>", false, true, true, "foo"},
    {"[\\<\\>]ab", false, false, true, "ab"},
    {"\\Bab", false, true, false, "ab"},
    {"[\\w.-]+@", false, true, true, "@"},
    {"[[:alpha:]_]x", false, true, true, "x"},
    {"[]a]b", false, false, true, "b"},
    {"a\xc3\xa9*", false, true, true, "a"},
    {"^foo", false, false, false, "foo"},
    {"foo$", false, false, false, "foo"},
    {"foo(?!\\s*bar)", false, true, false, "foo"},
    {"(?<!x\\s)yy", false, true, false, "yy"},
    {"a[^b]*+c", false, true, false, "a"},
    {"a[^b]*+$", false, true, false, "a"},
    {"(?>a\\s*)$", false, true, false, "a"},
    {"\\Ab", false, true, false, "b"},
    {"a\\z", false, true, false, "a"},
    {"(?<!x\\s)y", false, true, false, "y"},
    {"^\\s*+$", false, true, false, ""},
    {"a++b", false, false, false, "a"},
    {"\\s+foo", false, true, false, "foo"},
    {"x\\Wfoo", false, true, false, "foo"},
    {"[\\t-z]a", false, false, false, "a"},
    {"[\\n]ab", false, true, false, ""},
    {"\\p{Lu}ab", false, true, false, "ab"},
    {"(a)\\1bc", false, true, false, "bc"},
    {"(?i)foo", false, true, false, ""},
    {"\\Qa.b\\E", false, true, false, ""},
    {"(*UTF)foo", false, true, false, ""},
    {"foo(?<n>a)", false, true, false, ""},
    {"a{,2}b", false, true, false, ""},
    {"", false, false, true, ""},
    {"a\\", false, true, false, ""},
    {"(a", false, true, false, ""},
    {"a)", false, true, false, ""},
    {"[a", false, true, false, ""},
    {"*a", false, true, false, ""},
    {"a\xff", false, true, false, ""},
};

/** Where either case fits, k and s have partners outside ASCII as soon as characters are looked at. */
static const struct expectation folded[] = {
    {"Task", true, false, true, "Task"},
    {"task\\d", false, true, true, "ta"},
    {"ask[0-9]x", false, false, true, "ask"},
    {"error|TASK", true, false, true, "error TASK"},
    {"error|task\\d", false, true, true, "error ta"},
    {"error|\xc3\xa9", false, true, true, ""},
    {"\xc3\xa9tat", false, true, true, "tat"},
};

static void compare(const struct expectation *expected, bool caseless)
{
    /* At its exact length, so that a sanitizer sees a look beyond. */
    size_t length = strlen(expected->text);
    char *text = malloc(length + (length == 0));
    assert_non_null(text);
    memcpy(text, expected->text, length);
    struct pattern_shape shape = pattern_shape_of(text, length, caseless);
    free(text);
    char need[PATTERN_SHAPE_ROOM + NEEDLES_MAX] = "";
    size_t end = 0;
    for (unsigned i = 0; i < shape.need.count; i++) {
        struct span literal = pattern_shape_needed(&shape, i);
        need[end] = ' ';
        end += i > 0;
        memcpy(need + end, literal.data, literal.length);
        end += literal.length;
    }
    need[end] = '\0';
    if (shape.literal != expected->literal || shape.utf != expected->utf || shape.blind != expected->blind ||
        strcmp(need, expected->need) != 0) {
        fail_msg("/%s/: literal %d, utf %d, blind %d, needs \"%s\"", expected->text, shape.literal, shape.utf,
                 shape.blind, need);
    }
}

static void shapes_are_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof exact / sizeof exact[0]; i++)
        compare(&exact[i], false);
    for (size_t i = 0; i < sizeof folded / sizeof folded[0]; i++)
        compare(&folded[i], true);
}

static void every_prefix_is_read_within_its_bounds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof exact / sizeof exact[0]; i++) {
        for (size_t length = 0; length < strlen(exact[i].text); length++) {
            char *text = malloc(length + (length == 0));
            assert_non_null(text);
            memcpy(text, exact[i].text, length);
            struct pattern_shape shape = pattern_shape_of(text, length, true);
            for (unsigned k = 0; k < shape.need.count; k++)
                assert_true(pattern_shape_needed(&shape, k).length <= length);
            free(text);
        }
    }
}

static void steadiness_is_told(void **state)
{
    (void)state;
    assert_true(pattern_shape_of("a+", 2, false).steady);
    assert_true(pattern_shape_of("(*UTF)a", 7, false).steady);
    assert_false(pattern_shape_of("\\Ga", 3, false).steady);
    assert_false(pattern_shape_of("a(*SKIP)b", 9, false).steady);
    assert_false(pattern_shape_of("(*COMMIT)b", 10, false).steady);
}

static void long_runs_are_cut(void **state)
{
    (void)state;
    char text[1000];
    memset(text, 'x', sizeof text);
    struct pattern_shape shape = pattern_shape_of(text, sizeof text, false);
    assert_false(shape.literal);
    assert_true(shape.blind);
    assert_int_equal(shape.need.count, 1);
    assert_true(shape.need.literal[0].length > 200 && shape.need.literal[0].length <= NEEDLE_LENGTH_MAX);
    memset(text, '(', sizeof text);
    assert_false(pattern_shape_of(text, sizeof text, false).blind);
}

/** More literals than there is room for: not all are seen, and none is said to be needed that is not. */
static void room_is_not_exceeded(void **state)
{
    (void)state;
    char text[3 * PATTERN_SHAPE_ROOM];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = i % 100 == 99 ? '+' : (char)('a' + i % 26);
    text[sizeof text - 1] = '|';
    struct pattern_shape shape = pattern_shape_of(text, sizeof text - 1, false);
    assert_int_equal(shape.need.count, 1);
    assert_false(shape.literal);
    assert_int_equal(pattern_shape_of(text, sizeof text, false).need.count, 0);
    text[sizeof text - 2] = '|';
    text[sizeof text - 1] = 'x';
    assert_int_equal(pattern_shape_of(text, sizeof text, false).need.count, 0);
}

static void literals_have_a_shape(void **state)
{
    (void)state;
    struct pattern_shape shape = pattern_shape_literal("a.b", 3, true);
    assert_true(shape.literal && shape.blind && !shape.utf && shape.need.literal[0].length == 3);
    shape = pattern_shape_literal("\xc3\xa9", 2, true);
    assert_true(!shape.literal && shape.blind && shape.utf && shape.need.count == 0);
    shape = pattern_shape_literal("\xc3\xa9", 2, false);
    assert_true(shape.literal && shape.need.literal[0].length == 2);
    assert_false(pattern_shape_literal("a\xff", 2, false).utf);
    shape = pattern_shape_literal("a\nb", 3, false);
    assert_true(!shape.literal && !shape.blind && shape.need.count == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes_are_told),       cmocka_unit_test(every_prefix_is_read_within_its_bounds),
        cmocka_unit_test(steadiness_is_told),    cmocka_unit_test(long_runs_are_cut),
        cmocka_unit_test(literals_have_a_shape), cmocka_unit_test(room_is_not_exceeded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
