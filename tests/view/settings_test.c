/* SPDX-License-Identifier: MIT */
/** view/settings: the table, and every kind of word that changes something. */
#include "folio/view/settings/settings.h"

#include "test.h"

#include <string.h>

static char said[128];
static struct error error;

static void change(struct settings *settings, const char *word, const char *expected)
{
    error_clear(&error);
    said[0] = '\0';
    if (!settings_change(settings, word, said, sizeof said, &error))
        fail_msg("%s: %s", word, error.message);
    assert_string_equal(said, expected);
}

static void refuse(struct settings *settings, const char *word, const char *expected)
{
    struct settings before = *settings;
    error_clear(&error);
    if (settings_change(settings, word, said, sizeof said, &error))
        fail_msg("%s was accepted", word);
    assert_string_equal(error.message, expected);
    assert_memory_equal(&before, settings, sizeof before);
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
    assert_int_equal(settings.word_wrap, 0);
    assert_int_equal(settings.header_lines, 0);
}

static void texts(void **state)
{
    (void)state;
    struct settings settings = settings_default();
    char word[80] = "label=";
    change(&settings, "label?", "Beside closed objects: auto");
    change(&settings, "label=a\033b", "Beside closed objects: aESCb");
    assert_string_equal(settings.label, "a\033b");
    change(&settings, "label=x=y", "Beside closed objects: x=y");
    refuse(&settings, "label", "label needs a key");
    refuse(&settings, "label=", "= is not a value for label");
    memset(word + 6, 'k', SETTINGS_TEXT);
    refuse(&settings, word, "label has at most 63 bytes");
    change(&settings, "label=auto", "Beside closed objects: auto");
    assert_string_equal(settings.label, "");
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

static void values_have_names(void **state)
{
    (void)state;
    struct settings settings = settings_default();
    assert_int_equal(settings.sgr, SGR_ON);
    change(&settings, "sgr=carry", "Colours, links and overstrike are carried out, also over newlines");
    assert_int_equal(settings.sgr, SGR_CARRY);
    change(&settings, "sgr=off", "Colours, links and overstrike are shown as control characters");
    assert_int_equal(settings.sgr, SGR_OFF);
    change(&settings, "-R", "Colours, links and overstrike are carried out");
    change(&settings, "-R", "Colours, links and overstrike are shown as control characters");
    change(&settings, "sgr", "Colours, links and overstrike are carried out");
    change(&settings, "nosgr", "Colours, links and overstrike are shown as control characters");
    change(&settings, "search=raw", "Searches see the text as raw");
    assert_int_equal(settings.search_raw, 1);
    change(&settings, "search?", "Searches see the text as raw");
    change(&settings, "search=shown", "Searches see the text as shown");
    refuse(&settings, "sgr=blue", "blue is not a value for sgr: off, on or carry");
    refuse(&settings, "search=both", "both is not a value for search: shown or raw");
    refuse(&settings, "search", "search needs a value");
    refuse(&settings, "nosgr=on", "sgr takes no value");
}

static void tab_stops_are_a_list(void **state)
{
    (void)state;
    struct settings settings = settings_default();
    struct glyph_rules rules = glyph_plain;
    change(&settings, "tabs=9,17", "Tab stops 9,17 and then every 8 columns");
    settings_rules(&settings, &rules);
    assert_int_equal(rules.stop_count, 2);
    assert_int_equal(rules.stop[0], 9);
    assert_int_equal(rules.stop[1], 17);
    assert_int_equal(rules.tab_width, 8);
    change(&settings, "-x1,5", "Tab stops 1,5 and then every 4 columns");
    refuse(&settings, "tabs=9,9", "tabs must ascend, by 255 at most");
    refuse(&settings, "tabs=9,300", "tabs must ascend, by 255 at most");
    refuse(&settings, "tabs=9,", " is not a number for tabs");
    refuse(&settings, "tabs=9,x", "x is not a number for tabs");
    refuse(&settings, "tabs=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17", "tabs has at most 16 stops");
    change(&settings, "tabs=3", "Tab stops every 3 columns");
    settings_rules(&settings, &rules);
    assert_int_equal(rules.stop_count, 0);
    assert_int_equal(rules.tab_width, 3);
    change(&settings, "tabs=4,8", "Tab stops 4,8 and then every 4 columns");
    change(&settings, "-+x", "Tab stops every 8 columns");
    assert_int_equal(settings.stop_count, 0);
}

static void headers_have_lines_and_columns(void **state)
{
    (void)state;
    struct settings settings = settings_default();
    change(&settings, "header=2", "Header (lines,columns) is 2,0");
    change(&settings, "header=1,12", "Header (lines,columns) is 1,12");
    assert_int_equal(settings.header_lines, 1);
    assert_int_equal(settings.header_columns, 12);
    refuse(&settings, "header=65", "header must be from 0 to 64");
    refuse(&settings, "header=1,x", "x is not a number for header");
    refuse(&settings, "header=1,2,0", "header must be from 1 to 1000000000");
    refuse(&settings, "header=1,2,3,4", "header has lines, columns and a first line");
    /* What is left out stays, but for the line: that is the first again. */
    change(&settings, "header=2,3,40", "Header (lines,columns) is 2,3,40");
    assert_int_equal(settings.header_first, 40);
    change(&settings, "header=,4", "Header (lines,columns) is 2,4");
    change(&settings, "header=3", "Header (lines,columns) is 3,4");
    change(&settings, "header=,,7", "Header (lines,columns) is 3,4,7");
    change(&settings, "header=-", "Header (lines,columns) is 0,0");
}

static void encodings_are_found(void **state)
{
    (void)state;
    struct settings settings = settings_default();
    change(&settings, "encoding?", "Encoding is auto");
    change(&settings, "encoding=latin1", "Encoding is ISO-8859-1");
    assert_string_equal(settings.encoding->name, "ISO-8859-1");
    assert_false(settings_change(&settings, "encoding=klingon", said, sizeof said, &error));
    assert_string_equal(settings.encoding->name, "ISO-8859-1");
    change(&settings, "encoding=auto", "Encoding is auto");
    assert_null(settings.encoding);
}

/** What would do harm, or is done otherwise here, says so. */
static void some_letters_are_refused_with_the_reason(void **state)
{
    (void)state;
    struct settings settings = settings_default();
    for (const char *letter = "ruU"; *letter; letter++) {
        char word[3] = {'-', *letter, '\0'};
        assert_false(settings_change(&settings, word, said, sizeof said, &error));
        assert_int_equal(strncmp(error.message, word, 2), 0);
        assert_non_null(strstr(error.message, "colours"));
        assert_false(settings_option(&settings, *letter, NULL, &error));
        assert_non_null(strstr(error.message, "colours"));
    }
    assert_true(settings_option(&settings, 'R', NULL, &error));
    assert_int_equal(settings.sgr, SGR_ON);
}

/** The word of every row sets another value to the same one. */
static void words_set_what_they_say(void **state)
{
    (void)state;
    static const char *const words[] = {"nowrap",       "tabs=9,17",         "sgr=carry",
                                        "header=3,4,5", "target=.5",         "window=-4",
                                        "foldcase",     "encoding=utf-16be", "search=raw"};
    struct settings settings = settings_default(), copy = settings_default();
    size_t count;
    const struct setting *row = settings_table(&count);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        assert_true(settings_change(&settings, words[i], NULL, 0, &error));
    for (size_t i = 0; i < count; i++) {
        char word[128];
        size_t length = settings_word(&settings, &row[i], word, sizeof word);
        assert_int_equal(length, strlen(word));
        /* Of several switches of one member only the one that is on says it. */
        if (row[i].kind != SETTING_NUMBER || !row[i].off || row[i].high == row[i].low + 1)
            assert_true(settings_change(&copy, word, NULL, 0, &error));
    }
    copy.letter_case = settings.letter_case;
    copy.numbers = settings.numbers;
    assert_memory_equal(&copy, &settings, sizeof copy);
    settings_word(&settings, row, said, sizeof said);
    assert_string_equal(said, "nowrap");
}

/** Names from vim; a name that is nearly one is asked about. */
static void names_of_vim_are_known(void **state)
{
    struct settings settings = settings_default();
    (void)state;
    change(&settings, "nu", "Show line numbers");
    assert_int_equal(settings.numbers, 1);
    change(&settings, "nonu", "Don't show line numbers");
    change(&settings, "ic", "Ignore case in searches");
    assert_int_equal(settings.letter_case, 1);
    change(&settings, "nohls", "Don't highlight search matches");
    change(&settings, "ts=4", "Tab stops every 4 columns");
    change(&settings, "ro", "Bytes cannot be poked");
    refuse(&settings, "nubmers", "There is no setting nubmers; did you mean numbers?");
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

static void shift_is_columns_or_a_share(void **state)
{
    (void)state;
    struct settings settings = settings_default();
    change(&settings, "-#12", "Horizontal shift 12 columns");
    change(&settings, "-#.25", "Horizontal shift 25% of the screen");
    assert_int_equal(settings.shift_percent, 25);
    change(&settings, "shift=4", "Horizontal shift 4 columns");
    assert_int_equal(settings.shift_percent, -1);
    change(&settings, "shift=.5", "Horizontal shift 50% of the screen");
    change(&settings, "-+#", "Horizontal shift 0 columns");
    refuse(&settings, "-#.", ". is not a number for shift");
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
    assert_true(settings_change(&settings, "-S", small, sizeof small, &error));
    assert_string_equal(small, "Chop ");
    assert_true(settings_change(&settings, "-S", NULL, 0, &error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_those_of_less),
        cmocka_unit_test(table_is_sound),
        cmocka_unit_test(texts),
        cmocka_unit_test(letters_toggle),
        cmocka_unit_test(letter_case_has_three_states),
        cmocka_unit_test(names_set),
        cmocka_unit_test(letters_take_numbers),
        cmocka_unit_test(values_have_names),
        cmocka_unit_test(tab_stops_are_a_list),
        cmocka_unit_test(headers_have_lines_and_columns),
        cmocka_unit_test(encodings_are_found),
        cmocka_unit_test(some_letters_are_refused_with_the_reason),
        cmocka_unit_test(words_set_what_they_say),
        cmocka_unit_test(names_of_vim_are_known),
        cmocka_unit_test(target_is_a_row_or_a_share),
        cmocka_unit_test(shift_is_columns_or_a_share),
        cmocka_unit_test(what_makes_no_sense_changes_nothing),
        cmocka_unit_test(options_set),
        cmocka_unit_test(said_is_cut_to_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
