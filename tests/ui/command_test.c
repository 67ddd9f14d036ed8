/* SPDX-License-Identifier: MIT */
/** tests: ui/command: what is typed behind `:`, and the texts made of the table. */
#include "folio/ui/command/command.h"

#include "test.h"

#include "folio/session/core/request.h"

#include <string.h>

static void lines_are_understood(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum command_id id;
        bool counted;
        int64_t count;
        uint32_t fraction;
        const char *rest;
    } row[] = {
        {"123", COMMAND_LINE, true, 123, 0, ""},
        {"0x1f3a0", COMMAND_BYTE, true, 0x1f3a0, 0, ""},
        {"123b", COMMAND_BYTE, true, 123, 0, ""},
        {"4M", COMMAND_BYTE, true, 4 << 20, 0, ""},
        {"2K", COMMAND_BYTE, true, 2048, 0, ""},
        {"0x10K", COMMAND_BYTE, true, 0x4000, 0, ""},
        {"4T", COMMAND_BYTE, true, INT64_C(4) << 40, 0, ""},
        {"3G", COMMAND_BYTE, true, INT64_C(3) << 30, 0, ""},
        {"+0x200", COMMAND_RELATIVE, true, 512, 0, ""},
        {"-1M", COMMAND_RELATIVE, true, -(1 << 20), 0, ""},
        {"+5", COMMAND_RELATIVE, true, 5, 0, ""},
        {"50%", COMMAND_PERCENT, true, 50, 0, ""},
        {"33.3%", COMMAND_PERCENT, true, 33, 300, ""},
        {"end", COMMAND_LAST, false, 0, 0, ""},
        {"q", COMMAND_QUIT, false, 0, 0, ""},
        {"  help", COMMAND_HELP, false, 0, 0, ""},
        {"e", COMMAND_EXAMINE, false, 0, 0, ""},
        {"e  a b", COMMAND_EXAMINE, false, 0, 0, "a b"},
        {"set wrap numbers", COMMAND_SET, false, 0, 0, "wrap numbers"},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct invocation invocation;
        struct error error;
        assert_true(command_parse(row[i].text, &invocation, &error));
        assert_int_equal(invocation.id, row[i].id);
        assert_int_equal(invocation.counted, row[i].counted);
        assert_true(invocation.count == row[i].count);
        assert_int_equal(invocation.fraction, row[i].fraction);
        assert_string_equal(invocation.text, row[i].rest);
    }
}

/** What is none of the plain forms but an expression goes to the session as it stands. */
static void places_are_expressions(void **state)
{
    (void)state;
    static const char *const row[] = {
        "0x200*3+16", "end-0x200", "end - 0x200", "@u32le", "@u8+8", ".",  ".+16", "(1+2)*3",
        "1 + 2",      "+0x200*2",  "-1M+1",       "- 5",    "+-5",   "'a", "'a+1",
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct invocation invocation;
        struct error error = {0};
        assert_true(command_parse(row[i], &invocation, &error));
        assert_int_equal(invocation.id, COMMAND_PLACE);
        assert_false(invocation.counted);
        assert_string_equal(invocation.text, row[i]);
    }
    struct invocation invocation;
    struct error error = {0};
    assert_false(command_parse("7*(2", &invocation, &error));
    assert_string_equal(error.message, "The parenthesis at character 3 is not closed");
    assert_false(command_parse("7*two", &invocation, &error));
    assert_string_equal(error.message, "No such command: 7*two (:help lists them)");
    assert_false(command_parse("end start", &invocation, &error));
    assert_string_equal(error.message, ":end takes nothing behind it");
    assert_true(command_parse_word("place end-4", &invocation, &error));
    assert_int_equal(invocation.id, COMMAND_PLACE);
    assert_string_equal(invocation.text, "end-4");
}

/** What begins like a path is one, and goes to the session as it stands. */
static void paths_lead_into_json(void **state)
{
    (void)state;
    static const char *const row[] = {
        ".x", ".users[3].name", ".[12].mapping", "[\"a b\"][0]", "[-1]", ".\"a\"", "._", ".\303\251"};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct invocation invocation;
        struct error error = {0};
        assert_true(command_parse(row[i], &invocation, &error));
        assert_int_equal(invocation.id, COMMAND_JSON_PLACE);
        assert_string_equal(invocation.text, row[i]);
    }
}

static void nonsense_is_refused(void **state)
{
    (void)state;
    static const char *const row[] = {
        "",          "en",   "endx",   "ENDS",        "12x",
        "0x",        "0xg",  "+",      "-",           "1.5",
        "1 2",       "quid", "q now",  "50%%",        "12bb",
        "+50%",      "0x5%", "NUMBER", "9999999999G", "99999999999999999999",
        "1+",        "(5",   "5 5",    "@u16",        "\033[31m",
        "end-",      ".x.",  ".[\033", "1+\033",      "'",
        "end start",
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct invocation invocation;
        struct error error = {0};
        assert_false(command_parse(row[i], &invocation, &error));
        assert_int_not_equal(error.message[0], '\0');
        assert_null(strchr(error.message, '\033'));
    }
}

static void arguments_are_known_for_completion(void **state)
{
    (void)state;
    size_t begin;
    assert_int_equal(command_line_argument("set wr", &begin), ARGUMENT_SETTING);
    assert_int_equal(begin, 4);
    assert_int_equal(command_line_argument("e /tmp/x", &begin), ARGUMENT_FILE);
    assert_int_equal(begin, 2);
    assert_int_equal(command_line_argument("save 0,9  fi", &begin), ARGUMENT_FILE);
    assert_int_equal(begin, 10);
    assert_int_equal(command_line_argument("save fi", &begin), ARGUMENT_FILE);
    assert_int_equal(begin, 5);
    assert_int_equal(command_line_argument("se", &begin), ARGUMENT_NONE);
    assert_int_equal(begin, 0);
}

static void names_are_listed_once(void **state)
{
    (void)state;
    size_t count = 0;
    for (const char *name = command_name(0); name; name = command_name(++count)) {
        struct invocation invocation;
        struct error error;
        assert_true(command_parse(name, &invocation, &error));
        for (size_t i = 0; i < count; i++)
            assert_string_not_equal(command_name(i), name);
    }
    assert_true(count >= 8);
}

static void the_help_fits_a_screen_of_80(void **state)
{
    (void)state;
    struct buf text = {0};
    command_help(&text);
    for (const char *line = text.data; *line != '\0'; line += strcspn(line, "\n") + 1)
        assert_true(strcspn(line, "\n") < 80);
    for (int id = 0; id < COMMAND_COUNT; id++)
        assert_non_null(strstr(text.data, command_row((enum command_id)id)->help));
    buf_release(&text);
}

static void marks_stand_in_front_of_write_only(void **state)
{
    (void)state;
    struct invocation invocation;
    struct error error;
    assert_true(command_parse("'a,'$write some file", &invocation, &error));
    assert_int_equal(invocation.id, COMMAND_WRITE);
    assert_int_equal(invocation.from, 'a');
    assert_int_equal(invocation.to, '$');
    assert_string_equal(invocation.text, "some file");
    assert_true(command_parse(" '^,'. write x", &invocation, &error));
    assert_int_equal(invocation.from, '^');
    assert_true(command_parse("write x", &invocation, &error));
    assert_int_equal(invocation.from, 0);
    assert_false(command_parse("'a,'bset nowrap", &invocation, &error));
    assert_string_equal(error.message, ":set takes no marks in front of it");
    static const char *const nonsense[] = {"'", "'a,", "'a,'", "'a,b", "'a,'b"};
    for (size_t i = 0; i < sizeof nonsense / sizeof nonsense[0]; i++)
        assert_false(command_parse(nonsense[i], &invocation, &error));
}

static void the_table_sends_what_it_says(void **state)
{
    (void)state;
    assert_int_equal(command_row(COMMAND_PAGE_BACK)->verb, REQUEST_PAGE);
    assert_int_equal(command_row(COMMAND_PAGE_BACK)->amount, -1);
    assert_int_equal(command_row(COMMAND_QUIT)->verb, COMMAND_BY_UI);
}

/** What fingers know from vim and less does what they mean; what is near a name is asked about. */
static void names_of_others_are_known(void **state)
{
    static const struct {
        const char *name;
        enum command_id id;
    } known[] = {
        {"w x", COMMAND_WRITE},        {"q!", COMMAND_QUIT},   {"quit", COMMAND_QUIT},
        {"noh", COMMAND_SEARCH_MARKS}, {"e!", COMMAND_RELOAD}, {"edit x", COMMAND_EXAMINE},
        {"bn", COMMAND_FILE_NEXT},     {"se nu", COMMAND_SET}, {"h", COMMAND_HELP},
    };
    struct invocation invocation;
    struct error error;
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        assert_true(command_parse(known[i].name, &invocation, &error));
        assert_int_equal(invocation.id, known[i].id);
    }
    assert_true(command_parse("'a,'bw x", &invocation, &error));
    assert_false(command_parse("wirte x", &invocation, &error));
    assert_string_equal(error.message, "No such command: wirte x; did you mean :write?");
    assert_false(command_parse("hlep", &invocation, &error));
    assert_string_equal(error.message, "No such command: hlep; did you mean :help?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_others_are_known),
        cmocka_unit_test(lines_are_understood),
        cmocka_unit_test(places_are_expressions),
        cmocka_unit_test(paths_lead_into_json),
        cmocka_unit_test(nonsense_is_refused),
        cmocka_unit_test(arguments_are_known_for_completion),
        cmocka_unit_test(names_are_listed_once),
        cmocka_unit_test(the_help_fits_a_screen_of_80),
        cmocka_unit_test(marks_stand_in_front_of_write_only),
        cmocka_unit_test(the_table_sends_what_it_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
