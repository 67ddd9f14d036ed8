/* SPDX-License-Identifier: MIT */
/** view/settings: the table, and every kind of word that changes something. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "folio/view/settings.h"

static char said[128];
static struct error error;

static void change(struct settings *settings, const char *word, const char *expected)
{
    error_clear(&error);
    said[0] = '\0';
    if (!settings_change(settings, word, said, sizeof(said), &error)) {
        fail_msg("%s: %s", word, error.message);
    }
    assert_string_equal(said, expected);
}

static void refuse(struct settings *settings, const char *word, const char *expected)
{
    struct settings before = *settings;
    error_clear(&error);
    if (settings_change(settings, word, said, sizeof(said), &error)) {
        fail_msg("%s was accepted", word);
    }
    assert_string_equal(error.message, expected);
    assert_memory_equal(&before, settings, sizeof(before));
}

static void defaults_are_those_of_less(void **state)
{
    (void)state;
    struct settings settings = settings_default();
    assert_int_equal(settings.chop, 0);
    assert_int_equal(settings.tab_width, 8);
    assert_int_equal(settings.target, 1);
    assert_int_equal(settings.target_percent, -1);
    assert_int_equal(settings.highlight, 1);
    assert_int_equal(settings.tilde, 1);
    assert_int_equal(settings.window, 0);
}

static void table_is_sound(void **state)
{
    (void)state;
    size_t count;
    const struct setting *row = settings_table(&count);
    assert_true(count >= 12);
    for (size_t i = 0; i < count; i++) {
        assert_non_null(row[i].name);
        assert_non_null(row[i].set_text);
        assert_non_null(row[i].off_text);
        assert_true(strlen(row[i].help) > 0);
        assert_true(row[i].low <= row[i].set_value && row[i].set_value <= row[i].high);
        assert_true(row[i].offset % sizeof(int) == 0 && row[i].offset < sizeof(struct settings));
        for (size_t k = 0; k < i; k++) {
            assert_true(row[i].letter == 0 || row[i].letter != row[k].letter);
            assert_true(strcmp(row[i].name, row[k].name) != 0);
        }
    }
}

static void letters_toggle(void **state)
{
    (void)state;
    struct settings settings = settings_default();
    change(&settings, "-S", "Chop long lines");
    assert_int_equal(settings.chop, 1);
    change(&settings, "-S", "Fold long lines");
    assert_int_equal(settings.chop, 0);
    change(&settings, "-N", "Show line numbers");
    change(&settings, "-n", "Don't show line numbers");
    assert_int_equal(settings.numbers, 0);
    change(&settings, "-n", "Don't show line numbers");
    assert_int_equal(settings.numbers, 0);
    change(&settings, "-s", "Squeeze multiple blank lines");
    change(&settings, "-s", "Display all blank lines");
    change(&settings, "-G", "Don't highlight search matches");
    assert_int_equal(settings.highlight, 0);
    change(&settings, "-G", "Highlight all matches for previous search pattern");
    change(&settings, "-~", "Don't show tildes after end of file");
    assert_int_equal(settings.tilde, 0);
    change(&settings, "-~", "Show tildes after end of file");
}

/** As less: -i and -I each switch to their own kind, and off when that kind is on. */
static void letter_case_has_three_states(void **state)
{
    (void)state;
    struct settings settings = settings_default();
    change(&settings, "-i", "Ignore case in searches");
    assert_int_equal(settings.letter_case, 1);
    change(&settings, "-I", "Ignore case in searches and in patterns");
    assert_int_equal(settings.letter_case, 2);
    change(&settings, "-i", "Ignore case in searches");
    change(&settings, "_I", "Ignore case in searches");
    change(&settings, "-i", "Case is significant in searches");
    assert_int_equal(settings.letter_case, 0);
    change(&settings, "foldcase", "Ignore case in searches and in patterns");
    change(&settings, "noignorecase", "Case is significant in searches");
    change(&settings, "ignorecase", "Ignore case in searches");
    change(&settings, "ignorecase", "Ignore case in searches");
}

static void names_set(void **state)
{
    (void)state;
    struct settings settings = settings_default();
    change(&settings, "nowrap", "Chop long lines");
    change(&settings, "nowrap", "Chop long lines");
    assert_int_equal(settings.chop, 1);
    change(&settings, "wrap", "Fold long lines");
    assert_int_equal(settings.chop, 0);
    change(&settings, "chop", "Chop long lines");
    change(&settings, "nochop", "Fold long lines");
    change(&settings, "numbers", "Show line numbers");
    assert_int_equal(settings.numbers, 1);
    change(&settings, "numbers?", "Show line numbers");
    change(&settings, "nonumbers", "Don't show line numbers");
    assert_int_equal(settings.numbers, 0);
    change(&settings, "highlight", "Highlight all matches for previous search pattern");
    change(&settings, "notilde", "Don't show tildes after end of file");
    change(&settings, "tabs=4", "Tab stops every 4 columns");
    change(&settings, "half=7", "Half window size is 7 rows");
    assert_int_equal(settings.half, 7);
}

static void letters_take_numbers(void **state)
{
    (void)state;
    struct settings settings = settings_default();
    change(&settings, "-x4", "Tab stops every 4 columns");
    assert_int_equal(settings.tab_width, 4);
    change(&settings, "_x", "Tab stops every 4 columns");
    change(&settings, "-+x", "Tab stops every 8 columns");
    assert_int_equal(settings.tab_width, 8);
    change(&settings, "-#16", "Horizontal shift 16 columns");
    change(&settings, "-z10", "Scroll window size is 10 rows");
    assert_int_equal(settings.window, 10);
    change(&settings, "-z-4", "Scroll window size is -4 rows");
    assert_int_equal(settings.window, -3);
    change(&settings, "-+z", "Scroll window size is -1 rows");
    assert_int_equal(settings.window, 0);
    change(&settings, "-S", "Chop long lines");
    change(&settings, "-+S", "Fold long lines");
}

static void target_is_a_row_or_a_share(void **state)
{
    (void)state;
    struct settings settings = settings_default();
    change(&settings, "-j5", "Jumps lead to row 5");
    assert_int_equal(settings.target, 5);
    change(&settings, "-j.5", "Jumps lead to 50% of the screen");
    assert_int_equal(settings.target_percent, 50);
    change(&settings, "target=.333", "Jumps lead to 33% of the screen");
    change(&settings, "-j-3", "Jumps lead to row -3");
    assert_int_equal(settings.target, -3);
    assert_int_equal(settings.target_percent, -1);
    change(&settings, "-j0", "Jumps lead to row 1");
    change(&settings, "-j.05", "Jumps lead to 5% of the screen");
    change(&settings, "-+j", "Jumps lead to row 1");
}

static void what_makes_no_sense_changes_nothing(void **state)
{
    (void)state;
    struct settings settings = settings_default();
    refuse(&settings, "-x", "tabs needs a number");
    refuse(&settings, "tabs", "tabs needs a number");
    refuse(&settings, "-x0", "tabs must be from 1 to 255");
    refuse(&settings, "tabs=256", "tabs must be from 1 to 255");
    refuse(&settings, "tabs=99999999999999999999", "tabs must be from 1 to 255");
    refuse(&settings, "tabs=4x", "4x is not a number for tabs");
    refuse(&settings, "tabs= 4", " 4 is not a number for tabs");
    refuse(&settings, "tabs=", "= is not a value for tabs");
    refuse(&settings, "tabs?4", "?4 is not a value for tabs");
    refuse(&settings, "-j.", ". is not a number for target");
    refuse(&settings, "-j.5x", ".5x is not a number for target");
    refuse(&settings, "-S3", "nowrap takes no number");
    refuse(&settings, "numbers=1", "numbers takes no number");
    refuse(&settings, "-+x3", "tabs takes no number");
    refuse(&settings, "-", "There is no - option");
    refuse(&settings, "-Q", "There is no -Q option");
    refuse(&settings, "numb", "There is no setting numb");
    refuse(&settings, "", "There is no setting ");
    assert_false(settings_change(&settings, "-Q", NULL, 0, NULL));
}

/** On a command line a switch is set, not toggled. */
static void options_set(void **state)
{
    (void)state;
    struct settings settings = settings_default();
    assert_true(settings_option(&settings, 'S', NULL, &error));
    assert_true(settings_option(&settings, 'S', "ignored", &error));
    assert_int_equal(settings.chop, 1);
    assert_true(settings_option(&settings, 'N', NULL, &error));
    assert_true(settings_option(&settings, 'n', NULL, &error));
    assert_int_equal(settings.numbers, 0);
    assert_true(settings_option(&settings, 'I', NULL, &error));
    assert_int_equal(settings.letter_case, 2);
    assert_true(settings_option(&settings, '~', NULL, &error));
    assert_int_equal(settings.tilde, 0);
    assert_true(settings_option(&settings, 'j', ".25", &error));
    assert_int_equal(settings.target_percent, 25);
    assert_false(settings_option(&settings, 'x', NULL, &error));
    assert_string_equal(error.message, "tabs needs a number");
    assert_false(settings_option(&settings, '?', NULL, &error));
    assert_string_equal(error.message, "There is no -? option");
}

static void said_is_cut_to_fit(void **state)
{
    (void)state;
    struct settings settings = settings_default();
    char small[6] = "xxxxx";
    assert_true(settings_change(&settings, "-S", small, sizeof(small), &error));
    assert_string_equal(small, "Chop ");
    assert_true(settings_change(&settings, "-S", NULL, 0, &error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_those_of_less),
        cmocka_unit_test(table_is_sound),
        cmocka_unit_test(letters_toggle),
        cmocka_unit_test(letter_case_has_three_states),
        cmocka_unit_test(names_set),
        cmocka_unit_test(letters_take_numbers),
        cmocka_unit_test(target_is_a_row_or_a_share),
        cmocka_unit_test(what_makes_no_sense_changes_nothing),
        cmocka_unit_test(options_set),
        cmocka_unit_test(said_is_cut_to_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
