/* SPDX-License-Identifier: MIT */
/** tests: ui/command/keymap: keys, counts, prefixes and letters become commands. */
#include "folio/ui/command/keymap.h"

#include "test.h"

#include <string.h>

static struct keymap keymap;

static int setup(void **state)
{
    (void)state;
    return keymap_init(&keymap) ? 0 : 1;
}

/** Feed keys as they are written in commands.def; the last result. */
static enum keymap_result feed(struct typed *typed, const char *keys, struct invocation *invocation)
{
    enum keymap_result result = KEYMAP_UNKNOWN;
    while (*keys != '\0') {
        uint32_t stroke = stroke_parse(&keys);
        result = keymap_feed(&keymap, typed, stroke, invocation);
    }
    return result;
}

static void keys_become_commands(void **state)
{
    (void)state;
    static const struct {
        const char *keys;
        enum command_id id;
        int64_t count; /**< -1: not counted */
        uint32_t fraction, letter;
    } row[] = {
        {"j", COMMAND_LINE_FORWARD, -1, 0, 0},
        {"Down", COMMAND_LINE_FORWARD, -1, 0, 0},
        {"10j", COMMAND_LINE_FORWARD, 10, 0, 0},
        {"SPACE", COMMAND_PAGE_FORWARD, -1, 0, 0},
        {"ESC-v", COMMAND_PAGE_BACK, -1, 0, 0},
        {"3ESC-SPACE", COMMAND_PAGE_FORCED_FORWARD, 3, 0, 0},
        {"ESC-<", COMMAND_FIRST, -1, 0, 0},
        {"ESC-(", COMMAND_SHIFT_LEFT, -1, 0, 0},
        {"33.3p", COMMAND_PERCENT, 33, 300, 0},
        {"0.125%", COMMAND_PERCENT, 0, 125, 0},
        {"1.99999p", COMMAND_PERCENT, 1, 999, 0},
        {"ma", COMMAND_MARK, -1, 0, 'a'},
        {"''", COMMAND_MARK_GOTO, -1, 0, '\''},
        {"'5", COMMAND_MARK_GOTO, -1, 0, '5'},
        {"ESC-mq", COMMAND_MARK_CLEAR, -1, 0, 'q'},
        {"^X^X", COMMAND_MARK_SWAP, -1, 0, 0},
        {"^X^V", COMMAND_EXAMINE, -1, 0, 0},
        {"ZZ", COMMAND_QUIT, -1, 0, 0},
        {":", COMMAND_COLON, -1, 0, 0},
        {"-", COMMAND_TOGGLE, -1, 0, 0},
        {"99999999999999999999g", COMMAND_FIRST, INT64_MAX, 0, 0},
        {"^Right", COMMAND_SHIFT_LAST, -1, 0, 0},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct typed typed = {0};
        struct invocation invocation;
        assert_int_equal(feed(&typed, row[i].keys, &invocation), KEYMAP_COMMAND);
        assert_int_equal(invocation.id, row[i].id);
        assert_int_equal(invocation.counted, row[i].count >= 0);
        assert_true(invocation.count == (row[i].count >= 0 ? row[i].count : 0));
        assert_int_equal(invocation.fraction, row[i].fraction);
        assert_int_equal(invocation.letter, row[i].letter);
        assert_null(invocation.text);
        assert_int_equal(typed.length, 0);
        assert_false(typed.counted);
    }
}

static void what_means_nothing_is_forgotten(void **state)
{
    (void)state;
    struct typed typed = {0};
    struct invocation invocation;
    assert_int_equal(feed(&typed, "5ESC-q", &invocation), KEYMAP_UNKNOWN);
    assert_int_equal(feed(&typed, "j", &invocation), KEYMAP_COMMAND);
    assert_false(invocation.counted);
    assert_int_equal(feed(&typed, "Zq", &invocation), KEYMAP_UNKNOWN);
}

static void a_count_can_be_taken_back(void **state)
{
    (void)state;
    struct typed typed = {0};
    struct invocation invocation;
    feed(&typed, "12", &invocation);
    keymap_feed(&keymap, &typed, 0x7f, &invocation);
    feed(&typed, "5j", &invocation);
    assert_true(invocation.count == 15);
    feed(&typed, "1", &invocation);
    keymap_feed(&keymap, &typed, '\b', &invocation);
    assert_int_equal(feed(&typed, "j", &invocation), KEYMAP_COMMAND);
    assert_false(invocation.counted);
}

static void what_is_typed_can_be_shown(void **state)
{
    (void)state;
    static const char *const row[][2] = {
        {"", ""},          {"12", "12"}, {"33.3", "33.3"}, {"5.05", "5.05"},
        {"5ESC", "5 ESC"}, {"^X", "^X"}, {"m", "m"},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct typed typed = {0};
        struct invocation invocation;
        char shown[64];
        feed(&typed, row[i][0], &invocation);
        assert_int_equal(keymap_typed(&typed, shown, sizeof shown), strlen(row[i][1]));
        assert_string_equal(shown, row[i][1]);
    }
}

static void a_colon_is_no_prefix(void **state)
{
    (void)state;
    struct invocation invocation = {.counted = true, .count = 5};
    assert_true(keymap_find(&keymap, 0, (uint32_t[]){':'}, 1, &invocation));
    assert_int_equal(invocation.id, COMMAND_COLON);
    assert_int_equal(invocation.count, 5);
    /* What `:` opens takes any name up to Enter. */
    assert_false(keymap_find(&keymap, 0, (uint32_t[]){':', 'n'}, 2, &invocation));
    assert_false(keymap_find(&keymap, 0, (uint32_t[]){':', 'e'}, 2, &invocation));
}

/** Bind `keys` to `words`; NULL words: to nothing. */
static bool bind(const char *keys, const char *words, struct error *error)
{
    struct invocation invocation;
    if (!words)
        return keymap_bind(&keymap, keys, NULL, error);
    return command_parse_word(words, &invocation, error) && keymap_bind(&keymap, keys, &invocation, error);
}

static void keys_are_bound_anew(void **state)
{
    (void)state;
    static const struct {
        const char *keys, *words, *typed;
        enum command_id id;
        int64_t count; /**< 0: not counted */
        uint32_t letter;
        const char *text;
        const char *spelled, *said;
    } row[] = {
        {"x", ":quit", "x", COMMAND_QUIT, 0, 0, NULL, "x", "quit"},
        {"ctrl-t", "quit", "^T", COMMAND_QUIT, 0, 0, NULL, "^T", "quit"},
        {"alt-x", ":set tabs=4 numbers", "ESC-x", COMMAND_SET, 0, 0, "tabs=4 numbers", "ESC-x",
         "set tabs=4 numbers"},
        {"f5", "10 line-forward", "F5", COMMAND_LINE_FORWARD, 10, 0, NULL, "F5", "10 line-forward"},
        {"F12", "mark a", "F12", COMMAND_MARK, 0, 'a', "a", "F12", "mark a"},
        {"pgdn", "half-forward", "PgDn", COMMAND_HALF_FORWARD, 0, 0, NULL, "PgDn", "half-forward"},
        {"Semicolon", ":50%", ";", COMMAND_PERCENT, 50, 0, "", "Semicolon", ":50.000%"},
        {"Equals", ":+0x10", "=", COMMAND_RELATIVE, 16, 0, "", "Equals", ":+16"},
        {"ctrl-Left", ":1234", "^Left", COMMAND_LINE, 1234, 0, "", "^Left", "1234 line"},
        {"^^^_", "last", "^^^_", COMMAND_LAST, 0, 0, NULL, "^^^_", "last"},
        {"\xc3\xa9", "last", "\xc3\xa9", COMMAND_LAST, 0, 0, NULL, "\xc3\xa9", "last"},
        {"space", "page-back", "SPACE", COMMAND_PAGE_BACK, 0, 0, NULL, "SPACE", "page-back"},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct error error = {0};
        struct typed typed = {0};
        struct invocation invocation;
        struct buf said = {0};
        char spelled[64] = "";
        assert_true(bind(row[i].keys, row[i].words, &error));
        if (row[i].typed[0] != ':') {
            assert_int_equal(feed(&typed, row[i].typed, &invocation), KEYMAP_COMMAND);
            assert_int_equal(invocation.id, row[i].id);
            assert_int_equal(invocation.counted, row[i].count != 0);
            assert_true(invocation.count == row[i].count);
            assert_int_equal(invocation.letter, row[i].letter);
            assert_int_equal(invocation.text != NULL, row[i].text != NULL);
            if (row[i].text)
                assert_string_equal(invocation.text, row[i].text);
            command_spell(&invocation, &said);
            assert_string_equal(buf_string(&said), row[i].said);
            buf_release(&said);
        }
        for (size_t j = 0; j < keymap.count && strcmp(spelled, row[i].spelled) != 0; j++)
            keymap_spell(&keymap.binding[j], spelled, sizeof spelled);
        assert_string_equal(spelled, row[i].spelled);
    }
    assert_true(keymap_init(&keymap));
}

/** In a tree keys mean other things, alone or with the same count; what they do not mean there they mean as elsewhere. */
static void keys_depend_on_the_view(void **state)
{
    (void)state;
    struct typed typed = {0};
    struct invocation invocation;
    assert_int_equal(feed(&typed, "h", &invocation), KEYMAP_COMMAND);
    assert_int_equal(invocation.id, COMMAND_HELP);
    typed.views = COMMAND_IN_TREE;
    assert_int_equal(feed(&typed, "h", &invocation), KEYMAP_COMMAND);
    assert_int_equal(invocation.id, COMMAND_TREE_OUT);
    typed.views = COMMAND_IN_TREE;
    assert_int_equal(feed(&typed, "j", &invocation), KEYMAP_COMMAND);
    assert_int_equal(invocation.id, COMMAND_LINE_FORWARD);
    assert_int_equal(feed(&typed, "l", &invocation), KEYMAP_UNKNOWN);
    assert_true(keymap_find(&keymap, COMMAND_IN_TREE, (uint32_t[]){'l'}, 1, &invocation));
    assert_false(keymap_find(&keymap, 0, (uint32_t[]){'l'}, 1, &invocation));
}

static void keys_are_bound_to_nothing(void **state)
{
    (void)state;
    struct error error = {0};
    struct typed typed = {0};
    struct invocation invocation;
    assert_true(bind("v", NULL, &error));
    assert_int_equal(feed(&typed, "v", &invocation), KEYMAP_UNKNOWN);
    assert_false(bind("v", NULL, &error));
    assert_string_equal(error.message, "v is bound to nothing already");
    assert_true(keymap_init(&keymap));
}

static void what_cannot_be_bound_is_said(void **state)
{
    (void)state;
    static const char *const row[][3] = {
        {"ctrl-ctrl-x", "quit",
         "ctrl-ctrl-x is no key; write x, ^X, ctrl-x, alt-x, F5 or PgDn, up to 3 in a row"},
        {"xyzz", "quit", "xyzz is no key; write x, ^X, ctrl-x, alt-x, F5 or PgDn, up to 3 in a row"},
        {"5", "quit", "a digit is a count and cannot be bound"},
        {"gg", "first", "g is a command already; put \"g = none\" above"},
        {"x", "qiut", "there is no command qiut; did you mean quit?"},
        {"x", "quit now", "quit takes nothing behind it"},
        {"x", "mark ab", "mark takes one letter behind it"},
        {"x", "frobnicate", "there is no command frobnicate; folio --print-config lists them"},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct error error = {0};
        assert_false(bind(row[i][0], row[i][1], &error));
        assert_string_equal(error.message, row[i][2]);
    }
}

static void there_is_an_end_to_keys(void **state)
{
    (void)state;
    struct error error = {0};
    bool fine = true;
    for (uint32_t i = 0; i < 2 * KEYMAP_COUNT && fine; i++) {
        char keys[8] = {(char)0xe4, (char)(0xb8 + i / 64), (char)(0x80 + i % 64), '\0'};
        fine = bind(keys, ":set tabs=4", &error);
    }
    assert_false(fine);
    assert_string_equal(error.message, "there is no room for more keys");
    assert_true(keymap_init(&keymap));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_become_commands),         cmocka_unit_test(what_means_nothing_is_forgotten),
        cmocka_unit_test(a_count_can_be_taken_back),    cmocka_unit_test(what_is_typed_can_be_shown),
        cmocka_unit_test(a_colon_is_no_prefix),         cmocka_unit_test(keys_are_bound_anew),
        cmocka_unit_test(keys_depend_on_the_view),      cmocka_unit_test(keys_are_bound_to_nothing),
        cmocka_unit_test(what_cannot_be_bound_is_said), cmocka_unit_test(there_is_an_end_to_keys),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
