/* SPDX-License-Identifier: MIT */
/** tests: ui/command/unknown, and that keys that mean nothing say it. */
#include "folio/ui/command/unknown.h"

#include "stand.h"
#include "test.h"

static void what_is_said(void **state)
{
    struct stand *stand = *state;
    static const struct {
        const char *keys, *said;
    } row[] = {
        {"t", "t means nothing here; h lists the keys"},
        {"X", "X means nothing here, but x does: From text to bytes and back, same place (h lists the keys)"},
        {"c", "c means nothing here; h lists the keys"},
        {"F7", "F7 means nothing here; h lists the keys"},
        {"^A", "^A means nothing here; h lists the keys"},
        {"^X^Z", "^X^Z means nothing here; h lists the keys"},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        for (const char *keys = row[i].keys; *keys != '\0';)
            feed_key(&stand->app, stroke_parse(&keys), STROKE_NONE);
        assert_string_equal(stand->app.remark.message, row[i].said);
        assert_int_equal(stand->screen.bells, i + 1);
    }
    feed_key(&stand->app, 'j', STROKE_NONE);
    assert_string_equal(stand->app.remark.message, "");
}

/** A pair with Esc that means nothing is its second key: that is what is said something about, or carried out. */
static void behind_escape(void **state)
{
    struct stand *stand = *state;
    feed_key(&stand->app, STROKE_ESCAPE, 't');
    feed_key(&stand->app, 't', STROKE_NONE);
    assert_string_equal(stand->app.remark.message, "t means nothing here; h lists the keys");
    feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
    feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
    assert_string_equal(stand->app.remark.message, "");
}

/** Where the help has another key, that one is named. */
static void the_key_of_the_help(void **state)
{
    struct stand *stand = *state;
    struct keymap *keymap = &stand->app.keymap;
    const struct invocation help = {.id = COMMAND_HELP};
    char said[128];
    unknown_keys(keymap, COMMAND_IN_TREE, (uint32_t[]){'t'}, 1, said, sizeof said);
    assert_string_equal(said, "t means nothing here; F1 lists the keys");
    assert_true(keymap_bind(keymap, "h", NULL, NULL));
    assert_true(keymap_bind(keymap, "H", NULL, NULL));
    assert_true(keymap_bind(keymap, "F1", NULL, NULL));
    unknown_keys(keymap, 0, (uint32_t[]){'t'}, 1, said, sizeof said);
    assert_string_equal(said, "t means nothing here; :help lists the keys");
    assert_true(keymap_bind(keymap, "F9", &help, NULL));
    unknown_keys(keymap, 0, (uint32_t[]){'t'}, 1, said, sizeof said);
    assert_string_equal(said, "t means nothing here; F9 lists the keys");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAND_TEST(what_is_said),
        STAND_TEST(behind_escape),
        STAND_TEST(the_key_of_the_help),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
