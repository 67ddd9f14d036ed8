/* SPDX-License-Identifier: MIT */
/** tests: ui/option/config: good and bad lines, each with what it does or what is said of it. */
#include "folio/ui/option/config.h"

#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct options options;
static struct keymap keymap;
static struct looks looks;
static struct config config;

static int setup(void **state)
{
    (void)state;
    options_init(&options);
    looks = looks_default();
    config = (struct config){.options = &options, .keymap = &keymap, .looks = &looks};
    return keymap_init(&keymap) ? 0 : 1;
}

static int teardown(void **state)
{
    (void)state;
    options_release(&options);
    config_release(&config);
    return 0;
}

static void read_text(const char *text)
{
    config_read(&config, "c", text, strlen(text));
}

static void options_are_set(void **state)
{
    (void)state;
    read_text("\xef\xbb\xbf# a comment\r\n; another\n\n[options]\n"
              "  tabs = 4\nnumbers=yes\n\twrap = no\nsgr = carry\nmouse = on\nquit-at-eof = yes\r\n"
              "map = private\nchop = yes ; a comment behind\nheader = 2,3\nIGNORE-CASE = yes\ntilde = off");
    assert_string_equal(buf_string(&config.errors), "");
    assert_int_equal(options.settings.tab_width, 4);
    assert_true(options.settings.numbers && options.settings.chop && options.mouse);
    assert_int_equal(options.settings.sgr, SGR_CARRY);
    assert_int_equal(options.quit_at_eof, 1);
    assert_int_equal(options.mapping, MAPPING_PRIVATE);
    assert_int_equal(options.settings.header_columns, 3);
    assert_int_equal(options.settings.letter_case, 2);
    assert_false(options.settings.tilde);
    read_text(
        "[options]\nchop-long-lines = no\nsgr = no\nquit-at-eof = no\nnonumbers = yes\nignore-case = off\n");
    assert_string_equal(buf_string(&config.errors), "");
    assert_false(options.settings.chop || options.settings.numbers || options.quit_at_eof);
    assert_int_equal(options.settings.sgr, SGR_OFF);
    assert_int_equal(options.settings.letter_case, 0);
}

/** What `:set` takes, the file takes. */
static void names_of_another_program_are_known(void **state)
{
    (void)state;
    read_text("[options]\nnu = yes\nts = 3\nnoic = yes\nfileencoding = latin1\n");
    assert_string_equal(buf_string(&config.errors), "");
    assert_int_equal(options.settings.numbers, 1);
    assert_int_equal(options.settings.tab_width, 3);
    assert_int_equal(options.settings.letter_case, 0);
}

static void colors_and_keys_are_set(void **state)
{
    (void)state;
    struct typed typed = {0};
    struct invocation invocation;
    read_text("[colors]\nhit = black on yellow bold\n[keys]\nctrl-t = :set tabs=4\nv = none\n[colors]\nedge "
              "= dim\n");
    assert_string_equal(buf_string(&config.errors), "");
    assert_int_equal(looks.ink[STYLE_HIT].background, INK_PALETTE(3));
    assert_int_equal(looks.ink[STYLE_EDGE].flags, INK_DIM);
    assert_int_equal(keymap_feed(&keymap, &typed, STROKE_CONTROL('T'), &invocation), KEYMAP_COMMAND);
    assert_int_equal(invocation.id, COMMAND_SET);
    assert_string_equal(invocation.text, "tabs=4");
    assert_int_equal(keymap_feed(&keymap, &typed, 'v', &invocation), KEYMAP_UNKNOWN);
}

static void each_wrong_line_is_told(void **state)
{
    (void)state;
    static const char *const row[][2] = {
        {"tabs = 4", "c:1: this stands in no section; put a line [options], [colors] or [keys] above it\n"},
        {"[optoins]\nx = 1\ny = 2", "c:1: there is no section [optoins]; did you mean [options]?\n"},
        {"[zzz]", "c:1: there is no section [zzz], only [options], [colors] and [keys]\n"},
        {"[options", "c:1: a ] is missing behind the name of the section\n"},
        {"[options]\ntbs = 4", "c:2: there is no option tbs; did you mean tabs?\n"},
        {"[options]\nqwertzuiop = 4",
         "c:2: there is no option qwertzuiop; folio --print-config lists them\n"},
        {"[options]\n\ntabs = x", "c:3: x is not a number for tabs\n"},
        {"[options]\ntabs = 0", "c:2: tabs must be from 1 to 255\n"},
        {"[options]\ntabs =", "c:2: tabs needs a value behind the =\n"},
        {"[options]\ntabs 4",
         "c:2: write NAME = VALUE here (# begins a comment; the key : is Colon, = is Equals)\n"},
        {"[options]\ntabs : 4 = 5",
         "c:2: write NAME = VALUE here (# begins a comment; the key : is Colon, = is Equals)\n"},
        {"[options]\n= 5",
         "c:2: write NAME = VALUE here (# begins a comment; the key : is Colon, = is Equals)\n"},
        {"[options]\nnumbers = perhaps", "c:2: numbers is yes or no, not perhaps\n"},
        {"[options]\nmouse = 2", "c:2: mouse is yes or no, not 2\n"},
        {"[options]\ncolor = blue", "c:2: --color is auto, always or never, not blue\n"},
        {"[options]\nhelp = yes", "c:2: help is for the command line only; take the line out\n"},
        {"[options]\nconfig = x", "c:2: config is for the command line only; take the line out\n"},
        {"[options]\nlong-prompt = yes", "c:2: long-prompt changes nothing here; take the line out\n"},
        {"[options]\nlog-file = x", "c:2: Option --log-file of less is not supported\n"},
        {"[options]\nraw-control-chars = yes",
         "c:2: -r would send the file's control sequences to the terminal: colours are shown by -R\n"},
        {"[colors]\nhits = red", "c:2: there is no color hits; did you mean hit?\n"},
        {"[colors]\nhit = redd", "c:2: redd is no colour or attribute; did you mean red?\n"},
        {"[keys]\nctrl-x = quitt", "c:2: there is no command quitt; did you mean quit?\n"},
        {"[keys]\nxyzzy = quit",
         "c:2: xyzzy is no key; write x, ^X, ctrl-x, alt-x, F5 or PgDn, up to 3 in a row\n"},
        {"[keys]\n3 = quit", "c:2: a digit is a count and cannot be bound\n"},
        {"[keys]\nx = :frobnicate", "c:2: No such command: frobnicate (:help lists them)\n"},
        {"[options]\n\x01 = 2", "c:2: this is not text in UTF-8; is it a configuration at all?\n"},
        {"[options]\ntabs = \xff", "c:2: this is not text in UTF-8; is it a configuration at all?\n"},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        teardown(NULL);
        setup(NULL);
        read_text(row[i][0]);
        assert_string_equal(buf_string(&config.errors), row[i][1]);
    }
}

static void the_rest_holds(void **state)
{
    (void)state;
    char said[512];
    assert_false(config_complaint(&config, said, sizeof said));
    read_text("[options]\nnonsense = 1\ntabs = 5\n[colors]\nhit = nothing\nedge = red\n[keys]\nx = frob\ny = "
              "quit\n");
    assert_int_equal(config.error_count, 3);
    assert_int_equal(options.settings.tab_width, 5);
    assert_int_equal(looks.ink[STYLE_EDGE].foreground, INK_PALETTE(1));
    assert_true(config_complaint(&config, said, sizeof said));
    assert_string_equal(said, "c:2: there is no option nonsense; folio --print-config lists them (2 more: "
                              "--print-config)");
}

static void lines_are_not_cut_in_two(void **state)
{
    (void)state;
    char text[1024];
    memset(text, 'x', sizeof text);
    memcpy(text, "[options]\ntabs = 4 ;", 20);
    memcpy(text + 700, "\ntabs = 7\n", 11);
    read_text(text);
    assert_string_equal(buf_string(&config.errors), "c:2: the line is too long; it has room for 190 bytes\n");
    assert_int_equal(options.settings.tab_width, 7);
}

/** Everything a file may be, and the program starts. */
static void no_file_stops_it(void **state)
{
    (void)state;
    char said[1024];
    char folder[] = "/tmp/config.XXXXXX";
    char path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/f", folder);
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    assert_int_equal(ftruncate(fd, 10 << 20), 0);
    config_load(&config, path);
    snprintf(said, sizeof said, "%s: is larger than 1 MiB and was not read; is it a configuration at all?\n",
             path);
    assert_string_equal(buf_string(&config.errors), said);
    buf_clear(&config.errors);
    assert_int_equal(ftruncate(fd, 100000), 0);
    config_load(&config, path);
    assert_non_null(strstr(buf_string(&config.errors), ":1: this is not text"));
    buf_clear(&config.errors);
    config_load(&config, folder);
    assert_non_null(strstr(buf_string(&config.errors), ": cannot be read: Is a directory; --no-config"));
    buf_clear(&config.errors);
    assert_int_equal(unlink(path), 0);
    config_load(&config, path);
    assert_non_null(strstr(buf_string(&config.errors), ": cannot be read: No such file or directory;"));
    assert_int_equal(mkfifo(path, 0600), 0);
    config.error_count = 0;
    buf_clear(&config.errors);
    config_load(&config, path);
    config_load(&config, "/dev/null");
    assert_string_equal(buf_string(&config.errors), "");
    config_load(&config, "/dev/zero");
    assert_non_null(strstr(buf_string(&config.errors), "larger than 1 MiB"));
    close(fd);
    unlink(path);
    rmdir(folder);
}

static void a_person_s_own_need_not_be_there(void **state)
{
    (void)state;
    setenv("HOME", "/nowhere", 1);
    unsetenv("XDG_CONFIG_HOME");
    config_load(&config, NULL);
    setenv("XDG_CONFIG_HOME", "relative", 1);
    config_load(&config, NULL);
    unsetenv("HOME");
    config_load(&config, NULL);
    assert_int_equal(config.error_count, 0);
}

static void complaints_have_an_end(void **state)
{
    (void)state;
    struct buf text = {0};
    unsigned lines = 0;
    for (int i = 0; i < 10000; i++)
        buf_text(&text, "nonsense\n");
    config_read(&config, "c\033[31m", text.data, text.length);
    assert_int_equal(config.error_count, 10000);
    for (const char *at = buf_string(&config.errors); *at != '\0'; at++) {
        lines += *at == '\n';
        assert_int_not_equal(*at, '\033');
    }
    assert_int_equal(lines, CONFIG_ERROR_MAX);
    buf_release(&text);
}

/** What is printed is read without a complaint and prints the same. */
static void what_is_printed_can_be_read(void **state)
{
    (void)state;
    static const char *const text[] = {
        "",
        "[options]\ntabs = 9,17,33\nfoldcase = yes\nQUIT-AT-EOF = yes\ntarget = .5\nwindow = -3\nhalf = 7\n"
        "HILITE-UNREAD = yes\nheader = 2,3\nsgr = carry\nsearch = raw\nencoding = latin1\nmap = private\n"
        "advice = random\ncolor = never\nsecure = yes\nwordwrap = yes\nformfeed = yes\nnotilde = yes\n",
        "[colors]\nhit = #ff8000 on 17 bold\nstatus = plain\nnumber = bright-black\n",
        "[keys]\ng = none\ngg = first\nESC = line-forward\nF5 = 10 line-forward\nSemicolon = quit\nHash = "
        ":50%\n"
        "Equals = :+0x10\nBracket = :1234\nctrl-t = :set tabs=4 numbers\n^O = mark a\nx = :e a name\n"
        "F7 = :0x1f3a0\nSPACE = page-back\nBackspace = quit\n",
    };
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++) {
        struct buf first = {0};
        struct buf second = {0};
        teardown(NULL);
        setup(NULL);
        read_text(text[i]);
        config_print(&config, &first);
        assert_string_equal(buf_string(&config.errors), "");
        teardown(NULL);
        setup(NULL);
        config_read(&config, "printed", first.data, first.length);
        assert_string_equal(buf_string(&config.errors), "");
        config_print(&config, &second);
        assert_string_equal(buf_string(&first), buf_string(&second));
        buf_release(&first);
        buf_release(&second);
    }
}

static void the_help_tells_what_was_changed(void **state)
{
    (void)state;
    struct buf text = {0};
    config_help(&keymap, &text);
    assert_int_equal(text.length, 0);
    read_text("[keys]\nv = none\nx = quit\nj = page-forward\n");
    config_help(&keymap, &text);
    assert_string_equal(buf_string(&text), "\nChanged by the configuration\n\n"
                                           "  j = page-forward\n  x = quit\n  v = none\n");
    buf_release(&text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(options_are_set),
        TEST(names_of_another_program_are_known),
        TEST(colors_and_keys_are_set),
        TEST(each_wrong_line_is_told),
        TEST(the_rest_holds),
        TEST(lines_are_not_cut_in_two),
        TEST(no_file_stops_it),
        TEST(a_person_s_own_need_not_be_there),
        TEST(complaints_have_an_end),
        TEST(what_is_printed_can_be_read),
        TEST(the_help_tells_what_was_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
