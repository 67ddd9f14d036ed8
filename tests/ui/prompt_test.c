/* SPDX-License-Identifier: MIT */
/** tests: ui/prompt: the line editor, its history, and how it is drawn. */
#include "folio/ui/prompt/prompt.h"

#include "test.h"

#include "folio/base/text/utf8.h"
#include "folio/ui/command/keymap.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int setup(void **state)
{
    *state = calloc(1, sizeof(struct prompt));
    return setlocale(LC_CTYPE, "C.UTF-8") && *state ? 0 : 1;
}

static int teardown(void **state)
{
    prompt_release(*state);
    free(*state);
    return 0;
}

static void type(struct prompt *prompt, const char *text)
{
    while (*text != '\0') {
        struct utf8 rune = utf8_decode(text, strlen(text));
        prompt_feed(prompt, rune.rune);
        text += rune.length;
    }
}

static void enter(struct prompt *prompt, const char *text)
{
    prompt_open(prompt, PROMPT_SEARCH, "/");
    type(prompt, text);
    assert_int_equal(prompt_feed(prompt, '\r'), PROMPT_ENTERED);
}

/** What the strip shows, a blank for the second half of wide characters left out. */
static void drawn(const struct prompt *prompt, unsigned columns, unsigned *cursor, char *out)
{
    static struct strip strip;
    strip_init(&strip, columns, false);
    *cursor = prompt_draw(prompt, &strip);
    for (unsigned i = 0; i < strip.used; i++)
        for (unsigned j = 0; j < strip.cell[i].rune_count; j++)
            out += utf8_encode(strip.cell[i].rune[j], out);
    *out = '\0';
}

static void keys_edit(void **state)
{
    struct prompt *prompt = *state;
    static const struct {
        const char *text;
        uint32_t key[8];
        const char *result;
        size_t cursor;
    } row[] = {
        {"abc", {STROKE_LEFT, 0x7f}, "ac", 1},
        {"abc", {STROKE_HOME, STROKE_DELETE}, "bc", 0},
        {"abc", {STROKE_HOME, STROKE_RIGHT, 'x'}, "axbc", 2},
        {"a\xc3\xa9z", {STROKE_LEFT, '\b'}, "az", 1},
        {"a\xe6\xbc\xa2", {STROKE_LEFT, STROKE_CONTROL('D')}, "a", 1},
        {"one two  three", {STROKE_CONTROL('W')}, "one two  ", 9},
        {"one two  ", {STROKE_CONTROL('W')}, "one ", 4},
        {"one two", {STROKE_WORD_LEFT, STROKE_WORD_LEFT, 'x'}, "xone two", 1},
        {"one two", {STROKE_HOME, STROKE_WORD_RIGHT, 'x'}, "one xtwo", 5},
        {"one two", {STROKE_LEFT, STROKE_CONTROL('U')}, "o", 0},
        {"one two", {STROKE_HOME, STROKE_CONTROL('K')}, "", 0},
        {"x", {STROKE_LEFT, STROKE_LEFT, STROKE_END, 'y'}, "xy", 2},
        {"x", {STROKE_F1, 1}, "x", 0},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        prompt_open(prompt, PROMPT_SEARCH, "/");
        type(prompt, row[i].text);
        for (size_t j = 0; row[i].key[j] != 0; j++)
            assert_int_equal(prompt_feed(prompt, row[i].key[j]), PROMPT_EDITED);
        assert_string_equal(buf_string(&prompt->text), row[i].result);
        assert_int_equal(prompt->cursor, row[i].cursor);
    }
}

static void pairs_of_esc_and_a_key_edit(void **state)
{
    struct prompt *prompt = *state;
    static const struct {
        const char *text;
        uint32_t key[8];
        const char *result;
        size_t cursor;
    } row[] = {
        {"abc", {'h', 'x'}, "ab", 2},
        {"abc", {'0', 'l', 'x'}, "ac", 1},
        {"one two", {'b', 'b'}, "one two", 0},
        {"one two", {'0', 'w'}, "one two", 4},
        {"one two", {STROKE_LEFT, STROKE_LEFT, STROKE_RIGHT}, "one two", 4},
        {"one two", {'0', '$'}, "one two", 7},
        {"one two", {'b', 0x7f}, "two", 0},
        {"one two", {'0', 'X', 'X'}, "two", 0},
        {"one two", {'0', STROKE_DELETE}, " two", 0},
        {"one", {'X', 'x', 'l'}, "one", 3},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        prompt_open(prompt, PROMPT_SEARCH, "/");
        type(prompt, row[i].text);
        for (size_t j = 0; row[i].key[j] != 0; j++)
            assert_true(prompt_feed_pair(prompt, row[i].key[j]));
        assert_string_equal(buf_string(&prompt->text), row[i].result);
        assert_int_equal(prompt->cursor, row[i].cursor);
    }
    enter(prompt, "alpha");
    prompt_open(prompt, PROMPT_SEARCH, "/");
    assert_true(prompt_feed_pair(prompt, 'k'));
    assert_string_equal(buf_string(&prompt->text), "alpha");
    assert_true(prompt_feed_pair(prompt, 'j'));
    assert_string_equal(buf_string(&prompt->text), "");
    assert_false(prompt_feed_pair(prompt, 'q'));
    assert_true(prompt->open);
}

static void pasted_text_is_inserted(void **state)
{
    struct prompt *prompt = *state;
    static const struct {
        const char *typed, *pasted, *result;
    } row[] = {
        {"", "text", "text"},     {"a ", "b\r\nc\n\n", "a b c"},
        {"", "\r\rone\r", "one"}, {"", "q\t\033\003\177", "q\t\033\003\177"},
        {"", "\n", ""},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        prompt_open(prompt, PROMPT_SEARCH, "/");
        type(prompt, row[i].typed);
        struct buf pasted = {0};
        buf_append(&pasted, row[i].pasted, strlen(row[i].pasted) + 1); /* with a NUL */
        prompt_paste(prompt, &pasted);
        buf_release(&pasted);
        assert_string_equal(buf_string(&prompt->text), row[i].result);
    }
    assert_int_equal(prompt_feed(prompt, '\r'), PROMPT_ENTERED);
}

static void some_keys_end_it(void **state)
{
    struct prompt *prompt = *state;
    static const uint32_t key[] = {STROKE_ESCAPE, STROKE_CONTROL('C'), STROKE_CONTROL('G'), 0x7f};
    for (size_t i = 0; i < 4; i++) {
        prompt_open(prompt, PROMPT_COLON, ":");
        assert_int_equal(prompt_feed(prompt, key[i]), PROMPT_CANCELLED);
        assert_false(prompt->open);
    }
    prompt_open(prompt, PROMPT_COLON, ":");
    assert_int_equal(prompt_feed(prompt, '\t'), PROMPT_COMPLETE);
    assert_true(prompt->open);
}

static void history_goes_back_and_forth(void **state)
{
    struct prompt *prompt = *state;
    enter(prompt, "alpha");
    enter(prompt, "beta");
    enter(prompt, "alpine");
    enter(prompt, "beta");
    enter(prompt, "");
    assert_int_equal(prompt->history[PROMPT_SEARCH].count, 3);
    prompt_open(prompt, PROMPT_SEARCH, "/");
    type(prompt, "al");
    prompt_feed(prompt, STROKE_UP);
    assert_string_equal(buf_string(&prompt->text), "alpine");
    prompt_feed(prompt, STROKE_UP);
    assert_string_equal(buf_string(&prompt->text), "alpha");
    prompt_feed(prompt, STROKE_UP);
    assert_string_equal(buf_string(&prompt->text), "alpha");
    prompt_feed(prompt, STROKE_DOWN);
    prompt_feed(prompt, STROKE_DOWN);
    assert_string_equal(buf_string(&prompt->text), "al");
    /* Each kind has its own. */
    prompt_open(prompt, PROMPT_COLON, ":");
    prompt_feed(prompt, STROKE_UP);
    assert_string_equal(buf_string(&prompt->text), "");
}

static void history_is_bounded(void **state)
{
    struct prompt *prompt = *state;
    for (int i = 0; i < 3 * PROMPT_HISTORY; i++) {
        char text[16];
        snprintf(text, sizeof text, "line %d", i);
        enter(prompt, text);
    }
    assert_int_equal(prompt->history[PROMPT_SEARCH].count, PROMPT_HISTORY);
}

/** What earlier runs left goes under what this one has, once, as far as there is room. */
static void older_lines_go_in_front(void **state)
{
    struct prompt *prompt = *state;
    enter(prompt, "this run");
    prompt_learn(prompt, PROMPT_SEARCH, "newer");
    prompt_learn(prompt, PROMPT_SEARCH, "this run");
    prompt_learn(prompt, PROMPT_SEARCH, "older");
    const char *expected[] = {"this run", "newer", "older", "older"};
    prompt_open(prompt, PROMPT_SEARCH, "/");
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        prompt_feed(prompt, STROKE_UP);
        assert_string_equal(buf_string(&prompt->text), expected[i]);
    }
    for (int i = 0; i < 2 * PROMPT_HISTORY; i++) {
        char text[16];
        snprintf(text, sizeof text, "line %d", i);
        prompt_learn(prompt, PROMPT_COLON, text);
    }
    assert_int_equal(prompt->history[PROMPT_COLON].count, PROMPT_HISTORY);
    assert_string_equal(prompt->history[PROMPT_COLON].line[PROMPT_HISTORY - 1], "line 0");
}

static void length_is_bounded(void **state)
{
    struct prompt *prompt = *state;
    prompt_open(prompt, PROMPT_SEARCH, "/");
    for (int i = 0; i < PROMPT_LENGTH + 100; i++)
        prompt_feed(prompt, 0xe9);
    assert_true(prompt->text.length <= PROMPT_LENGTH);
    assert_int_equal(prompt->text.length % 2, 0);
}

static void it_is_drawn_harmless_and_with_its_cursor(void **state)
{
    struct prompt *prompt = *state;
    unsigned cursor;
    char text[256];
    prompt_open(prompt, PROMPT_SEARCH, "/");
    type(prompt, "a\xe6\xbc\xa2");
    drawn(prompt, 20, &cursor, text);
    assert_string_equal(text, "/a\xe6\xbc\xa2");
    assert_int_equal(cursor, 4);
    prompt_replace(prompt, 0, "\033[31m");
    drawn(prompt, 20, &cursor, text);
    assert_string_equal(text, "/ESC[31m");
    prompt_replace(prompt, 0, "abcdefghijklmnopqrstuvwxyz");
    drawn(prompt, 12, &cursor, text);
    assert_string_equal(text, "/qrstuvwxyz");
    assert_int_equal(cursor, 11);
    for (unsigned columns = 1; columns < 12; columns++) {
        drawn(prompt, columns, &cursor, text);
        assert_true(cursor < columns);
    }
}

static void a_part_is_replaced(void **state)
{
    struct prompt *prompt = *state;
    prompt_open(prompt, PROMPT_COLON, ":");
    type(prompt, "set wr tail");
    for (int i = 0; i < 5; i++)
        prompt_feed(prompt, STROKE_LEFT);
    prompt_replace(prompt, 4, "wrap");
    assert_string_equal(buf_string(&prompt->text), "set wrap tail");
    assert_int_equal(prompt->cursor, 8);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(keys_edit),
        TEST(pairs_of_esc_and_a_key_edit),
        TEST(pasted_text_is_inserted),
        TEST(some_keys_end_it),
        TEST(history_goes_back_and_forth),
        TEST(history_is_bounded),
        TEST(length_is_bounded),
        TEST(it_is_drawn_harmless_and_with_its_cursor),
        TEST(a_part_is_replaced),
        TEST(older_lines_go_in_front),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
