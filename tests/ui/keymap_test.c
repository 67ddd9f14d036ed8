/* SPDX-License-Identifier: MIT */
/** tests: ui/keymap: keys, counts, prefixes and letters become commands. */
#include "folio/ui/keymap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

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
    for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
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
    for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
        struct typed typed = {0};
        struct invocation invocation;
        char shown[64];
        feed(&typed, row[i][0], &invocation);
        assert_int_equal(keymap_typed(&typed, shown, sizeof(shown)), strlen(row[i][1]));
        assert_string_equal(shown, row[i][1]);
    }
}

static void colon_keys_are_found_one_by_one(void **state)
{
    (void)state;
    enum command_id id;
    assert_true(keymap_find(&keymap, (uint32_t[]){':', 'n'}, 2, &id));
    assert_int_equal(id, COMMAND_FILE_NEXT);
    /* These begin longer names. */
    assert_false(keymap_find(&keymap, (uint32_t[]){':', 'e'}, 2, &id));
    assert_false(keymap_find(&keymap, (uint32_t[]){':', 's'}, 2, &id));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_become_commands),
        cmocka_unit_test(what_means_nothing_is_forgotten),
        cmocka_unit_test(a_count_can_be_taken_back),
        cmocka_unit_test(what_is_typed_can_be_shown),
        cmocka_unit_test(colon_keys_are_found_one_by_one),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
