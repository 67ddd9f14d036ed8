/* SPDX-License-Identifier: MIT */
/** model/kind/rune_name: names are there some time after they were asked for, and closing waits for nothing. */
#include "folio/model/kind/rune_name.h"

#include "test.h"

#include "folio/io/thread/wake.h"

#include <string.h>

static void names_come(void **state)
{
    struct error error;
    char text[RUNE_NAME_TEXT];
    struct wake *wake = wake_open(&error);
    struct rune_names *names = rune_names_open(wake);
    (void)state;
    assert_non_null(names);
    for (int tries = 0; tries < 600 && !rune_names_loaded(names); tries++)
        wake_wait(wake, 100);
    assert_string_equal(rune_name(names, 'A', text), "LATIN CAPITAL LETTER A");
    assert_string_equal(rune_name(names, 0xe9, text), "LATIN SMALL LETTER E WITH ACUTE");
    assert_string_equal(rune_name(names, 0x1f600, text), "GRINNING FACE");
    assert_string_equal(rune_name(names, 0xac00, text), "HANGUL SYLLABLE GA");
    assert_string_equal(rune_name(names, 0xe000, text), "");
    assert_string_equal(rune_name(names, 0x10ffff, text), "");
    for (uint32_t rune = 0; rune < 0x30000; rune++)
        assert_true(strlen(rune_name(names, rune, text)) < RUNE_NAME_TEXT);
    rune_names_close(names);
    wake_close(wake);
}

/** Without the library, and before it is there, only controls have names. */
static void controls_have_names_at_once(void **state)
{
    char text[RUNE_NAME_TEXT];
    (void)state;
    assert_string_equal(rune_name(NULL, '\n', text), "newline");
    assert_string_equal(rune_name(NULL, 0, text), "null");
    assert_string_equal(rune_name(NULL, 0x1f, text), "unit separator");
    assert_string_equal(rune_name(NULL, 0x7f, text), "delete");
    assert_string_equal(rune_name(NULL, 'A', text), "");
    rune_names_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_come),
                                       cmocka_unit_test(controls_have_names_at_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
