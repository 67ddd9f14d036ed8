/* SPDX-License-Identifier: MIT */
/** tests: ui/option/options: $LESS as git, systemd and man set it, and the command line. */
#include "folio/ui/option/options.h"

#include "test.h"

#include <stdio.h>
#include <string.h>

static struct options options;
static struct error error;

static int setup(void **state)
{
    (void)state;
    options_init(&options);
    error_clear(&error);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    options_release(&options);
    return 0;
}

/** Read a command line, the words separated by bars. */
static bool arguments(const char *line)
{
    static char copy[512];
    char *argv[32] = {(char[]){"folio"}};
    int argc = 1;
    snprintf(copy, sizeof copy, "%s", line);
    for (char *word = strtok(copy, "|"); word; word = strtok(NULL, "|"))
        argv[argc++] = word;
    return options_arguments(&options, argc, argv, &error);
}

static void git_and_systemd(void **state)
{
    (void)state;
    options_environment(&options, "FRX");
    assert_true(options.quit_one_screen && options.no_init && !options.settings.chop);
    options_environment(&options, "FRSXMK +G");
    assert_true(options.settings.chop && options.quit_on_interrupt);
    assert_int_equal(options.command_count, 1);
    assert_string_equal(options.command[0].keys, "G");
}

static void man(void **state)
{
    (void)state;
    options_environment(&options,
                        "-ix8RmPm Manual page ls(1) ?ltline %lt?L/%L.:byte %bB?s/%s..?e (END):?pB %pB\\%..$PM"
                        " Manual page -S -N$-s");
    assert_int_equal(options.settings.letter_case, 1);
    assert_int_equal(options.settings.tab_width, 8);
    assert_true(options.settings.squeeze);
    assert_false(options.settings.chop || options.settings.numbers);
}

static void what_the_environment_gets_wrong_is_passed_over(void **state)
{
    (void)state;
    options_environment(
        &options, "-1 --nonsense=3 %! -x --map=upside -x300 -S --QUIT-AT-EOF -Dd+r -N --prompt=-s$ -j.5 "
                  "--jump=3 ++F$ -V --help -x4,12 -+N");
    assert_true(options.settings.chop);
    assert_int_equal(options.quit_at_eof, 2);
    assert_int_equal(options.settings.numbers, 0);
    assert_int_equal(options.settings.squeeze, 0);
    assert_int_equal(options.settings.stop_count, 2);
    assert_int_equal(options.settings.target, 3);
    assert_true(options.command[0].every);
    assert_string_equal(options.command[0].keys, "F");
    assert_false(options.help || options.version);
}

static void the_environment_arms_nothing(void **state)
{
    (void)state;
    options_environment(&options, "--write --private --poke=0=41 --undo -S");
    assert_true(options.settings.chop);
    assert_false(options.settings.write || options.settings.sandbox || options.undo);
    assert_int_equal(options.poke.length, 0);
    /* What a configuration said stays. */
    options.settings.write = options.settings.sandbox = 1;
    options_environment(&options, "FRX --write --private");
    assert_true(options.settings.write && options.settings.sandbox);
}

static void commands_of_the_environment_only_look(void **state)
{
    (void)state;
    static const char *const looks[] = {"G",    "F",  "50p",    "0x20", "7",     "/a:set write",
                                        "?x",   "&y", ":+0x20", ":50%", ":1234", ":n",
                                        ":hex", "-S", "12g",    "R"};
    static const char *const does[] = {":set write", ":w other", "!make", "|wc",       "s", "v", "--write",
                                       "#make",      "-oother",  "5a",    "/a\r!make", "E", "m"};
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        char less[64];
        snprintf(less, sizeof less, "+%s", looks[i]);
        options_environment(&options, less);
        assert_int_equal(options.command_count, 1);
        assert_string_equal(options.command[0].keys, looks[i]);
        options_release(&options);
        options_init(&options);
    }
    for (size_t i = 0; i < sizeof does / sizeof *does; i++) {
        char less[64];
        snprintf(less, sizeof less, "+%s", does[i]);
        options_environment(&options, less);
        assert_int_equal(options.command_count, 0);
    }
}

static void the_command_line_beats_it(void **state)
{
    (void)state;
    options_environment(&options, "-S -F -x4");
    assert_true(arguments("-+S|-+F|--+tabs"));
    assert_false(options.settings.chop || options.quit_one_screen);
    assert_int_equal(options.settings.tab_width, 8);
}

static void letters_names_and_files_mix(void **state)
{
    (void)state;
    assert_true(
        arguments("a|-SNx4|-x|6|--jump-target=-3|b|+/x y$z|++G|-j5|-|--no-init|--adv=random|--map|private|"
                  "-Pfoo|--mouse|--|-S"));
    assert_true(options.settings.chop && options.settings.numbers && options.no_init && options.mouse);
    assert_int_equal(options.settings.tab_width, 6);
    assert_int_equal(options.settings.target, 5);
    assert_int_equal(options.advice, ADVICE_RANDOM);
    assert_int_equal(options.mapping, MAPPING_PRIVATE);
    assert_int_equal(options.path_count, 4);
    assert_string_equal(options.path[2], "-");
    assert_string_equal(options.path[3], "-S");
    assert_string_equal(options.command[0].keys, "/x y$z");
    assert_true(options.command[1].every);
}

static void settings_without_a_letter_have_names(void **state)
{
    (void)state;
    options_environment(&options, "--sgr=carry --wordwrap --header=1,2 -x1,9,17 -r -u -U -S");
    assert_int_equal(options.settings.sgr, SGR_CARRY);
    assert_true(options.settings.word_wrap && options.settings.chop);
    assert_int_equal(options.settings.header_lines, 1);
    assert_int_equal(options.settings.header_columns, 2);
    assert_true(arguments("--sgr=off|--header|3,4|--encoding=latin1|--search=raw|-JW|-R|--form-feed"));
    assert_int_equal(options.settings.sgr, SGR_ON);
    assert_int_equal(options.settings.header_lines, 3);
    assert_int_equal(options.settings.header_columns, 4);
    assert_non_null(options.settings.encoding);
    assert_true(options.settings.search_raw && options.settings.status_column && options.settings.form_feed);
    assert_int_equal(options.settings.mark_new, 2);
    options_release(&options);
    options_init(&options);
    assert_true(arguments("--sgr=off|--+sgr|--wordwrap|--+wordwrap|--header=3|--+header|--tabs=1,9,17"));
    struct settings fresh = settings_default();
    assert_int_equal(options.settings.sgr, fresh.sgr);
    assert_false(options.settings.word_wrap);
    assert_int_equal(options.settings.header_lines, 0);
    assert_int_equal(options.settings.stop_count, 3);
}

static void a_configuration_is_named(void **state)
{
    (void)state;
    options_environment(&options, "--print-config");
    assert_false(options.print_config);
    assert_true(arguments("--config=one|--config|two|--print-config"));
    assert_string_equal(options.config, "two");
    assert_true(options.print_config && !options.no_config);
}

static void a_pattern_is_a_command(void **state)
{
    (void)state;
    assert_true(arguments("-p|needle|-pother|f"));
    assert_string_equal(options.command[0].keys, "/needle");
    assert_string_equal(options.command[1].keys, "/other");
    assert_int_equal(options.path_count, 1);
}

static void what_less_has_is_accepted(void **state)
{
    (void)state;
    assert_true(
        arguments("-RmMcCfgJLwWaAqQdB~G|-b5|-h3|-y2|-z-2|-#4|-DdR|--no-lessopen|--incsearch|--use-color|"
                  "--RAW-CONTROL-CHARS|--quit-if-one-screen|--wheel-lines=3|-5|--no-config|--text"));
    assert_int_equal(options.settings.shift, 4);
    assert_int_equal(options.settings.window, 5);
    assert_false(options.settings.tilde || options.settings.highlight);
}

static void wrong_usage_is_one_sentence(void **state)
{
    (void)state;
    static const char *const row[][2] = {
        {"--chop-long-linse", "There is no option --chop-long-linse; did you mean --chop-long-lines?"},
        {"--xyzzy", "There is no option --xyzzy"},
        {"--quit", "--quit is short for more than one option: --quit-if-one-screen, --quit-on-intr"},
        {"-%", "There is no option -%"},
        {"-x", "-x needs a number behind it"},
        {"-xq", "-x needs a number behind it"},
        {"--map=", "--map needs shared|private behind it"},
        {"--map=x", "--map is shared or private, not x"},
        {"--color=blue", "--color is auto, always or never, not blue"},
        {"--mouse=1", "--mouse takes nothing behind it"},
        {"-o|log", "Option --log-file of less is not supported"},
        {"--tabs=4x", "x is not a value for --tabs"},
        {"-\033", "There is no option -<1B>"},
        {"-x999", "tabs must be from 1 to 255"},
        {"-r", "-r would send the file's control sequences to the terminal: colours are shown by -R"},
        {"--UNDERLINE-SPECIAL", "-U is :set sgr=off, which shows colours as control characters too"},
        {"--sgr=blue", "blue is not a value for sgr: off, on or carry"},
        {"--header=", "--header needs L,C,N behind it"},
        {"--wordwrap=1", "--wordwrap takes nothing behind it"},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        options_release(&options);
        options_init(&options);
        assert_false(arguments(row[i][0]));
        assert_string_equal(error.message, row[i][1]);
    }
}

/** What is wrong does not take what is right with it. */
static void what_is_right_counts(void **state)
{
    (void)state;
    assert_false(arguments("--xyzzy|-SYN|-xq|--sgr=blue|--no-init|one|-r|-%|two"));
    assert_string_equal(error.message, "There is no option --xyzzy");
    assert_true(options.settings.chop && options.settings.numbers && options.no_init);
    assert_int_equal(options.settings.tab_width, 8);
    assert_int_equal(options.path_count, 2);
    assert_string_equal(options.path[1], "two");
}

static void options_are_switched_while_it_runs(void **state)
{
    (void)state;
    char said[128];
    assert_string_equal(options_word("chop-long", &error), "S");
    assert_string_equal(options_word("form-feed", &error), "formfeed");
    assert_null(options_word("mouse", &error));
    assert_string_equal(error.message, "--mouse can only be given at the start");
    assert_true(options_turn(&options, 'K', OPTIONS_SWITCH, said, sizeof said));
    assert_true(options.quit_on_interrupt);
    assert_true(options_turn(&options, 'K', OPTIONS_ASK, said, sizeof said));
    assert_true(options.quit_on_interrupt);
    assert_string_equal(said, "On: ^C quits, with status 2");
    assert_true(options_turn(&options, 'K', OPTIONS_OPPOSITE, said, sizeof said));
    assert_true(options.quit_on_interrupt);
    assert_true(options_turn(&options, 'K', OPTIONS_SWITCH, said, sizeof said));
    assert_false(options.quit_on_interrupt);
    assert_true(options_turn(&options, 'K', OPTIONS_OPPOSITE, said, sizeof said));
    assert_true(options.quit_on_interrupt);
    assert_false(options_turn(&options, 'S', OPTIONS_SWITCH, said, sizeof said));
    /* A screen that is taken cannot be one that was not. */
    assert_true(options_turn(&options, 'X', OPTIONS_SWITCH, said, sizeof said));
    assert_string_equal(said, "-X can only be given at the start");
    assert_true(options_turn(&options, 'X', OPTIONS_OPPOSITE, said, sizeof said));
    assert_false(options.no_init);
    assert_true(options_turn(&options, 'X', OPTIONS_ASK, said, sizeof said));
    assert_string_equal(said, "Off: leave the last screen standing at the end");
    /* What is done without a screen is nothing to switch on one. */
    assert_false(options_turn(&options, 'f', OPTIONS_SWITCH, said, sizeof said));
    assert_true(options_idle('f', said, sizeof said));
    assert_string_equal(said, "-f is about what is done without a screen");
    assert_false(options_idle('K', said, sizeof said));
}

static void help_fits_a_screen_of_100(void **state)
{
    (void)state;
    struct buf text = {0};
    options_help(&text);
    for (const char *line = text.data; *line != '\0'; line += strcspn(line, "\n") + 1)
        assert_true(strcspn(line, "\n") <= 100);
    buf_release(&text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(git_and_systemd),
        TEST(man),
        TEST(what_the_environment_gets_wrong_is_passed_over),
        TEST(the_environment_arms_nothing),
        TEST(commands_of_the_environment_only_look),
        TEST(the_command_line_beats_it),
        TEST(letters_names_and_files_mix),
        TEST(settings_without_a_letter_have_names),
        TEST(a_configuration_is_named),
        TEST(a_pattern_is_a_command),
        TEST(what_less_has_is_accepted),
        TEST(wrong_usage_is_one_sentence),
        TEST(what_is_right_counts),
        TEST(options_are_switched_while_it_runs),
        TEST(help_fits_a_screen_of_100),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
