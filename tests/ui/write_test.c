/* SPDX-License-Identifier: MIT */
/** tests: ui/mode/write and ui/mode/file: saving, giving to a command, opening, editing. */
#include "folio/ui/mode/write.h"

#include "stand.h"
#include "test.h"

#include "folio/ui/mode/file.h"
#include "folio/ui/mode/shell.h"

static const char *label(const struct stand *stand)
{
    return stand->app.asking.prompt.label;
}

static void a_name_is_asked_for(void **state)
{
    struct stand *stand = *state;
    const struct invocation bound = {.id = COMMAND_WRITE}; /* to a key, by a person: the table has none */
    write_command(&stand->app, &bound);
    assert_string_equal(label(stand), "Write to: ");
    stand_type(stand, "out\r");
    const struct request *sent = stand_sent(stand, REQUEST_WRITE);
    assert_string_equal(sent->text, "out");
    assert_int_equal(sent->amount, WRITE_AMOUNT(WRITE_ASK, 0, 0));
    write_command(&stand->app, &bound);
    stand_type(stand, "\r"); /* nothing was named: nothing is written */
    stand_quiet(stand);
}

static void a_name_behind_the_command(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, ":'a,'bwrite out\r");
    const struct request *sent = stand_sent(stand, REQUEST_WRITE);
    assert_int_equal(sent->amount, WRITE_AMOUNT(WRITE_ASK, 'a', 'b'));
    assert_string_equal(sent->text, "out");
    stand_type(stand, ":write\r");
    assert_string_equal(stand->app.remark.message, ":write needs a file name behind it");
    stand_quiet(stand);
}

static void a_log_is_what_came_through_a_pipe(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "s");
    assert_string_equal(label(stand), "Log file: ");
    stand_type(stand, "out\r");
    assert_int_equal(stand_sent(stand, REQUEST_WRITE)->amount, WRITE_AMOUNT(WRITE_ASK, 0, 0) | WRITE_STREAM);
}

/** The letter is a mark, or one of those for ends; Enter is the screen. */
static void a_command_gets_what_is_from_a_mark(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "|asort -n\r");
    const struct request *sent = stand_sent(stand, REQUEST_PIPE);
    assert_int_equal(sent->amount, 'a');
    assert_string_equal(sent->text, "sort -n");
    stand_type(stand, "|\rsort\r");
    assert_int_equal(stand_sent(stand, REQUEST_PIPE)->amount, '.');
    stand_type(stand, "|$sort\r");
    assert_int_equal(stand_sent(stand, REQUEST_PIPE)->amount, '$');
    stand_type(stand, "|1");
    assert_string_equal(stand->app.remark.message, "A mark is a letter");
    assert_false(stand->app.asking.prompt.open);
    stand_quiet(stand);
}

static void secure_mode_and_the_help_forbid_it(void **state)
{
    static const char *const keys[] = {"s", "|a", "!", "E", "v", ":e x\r", ":save 0,1 x\r", ":write x\r"};
    struct stand *stand = *state;
    for (size_t i = 0; i < 2 * sizeof keys / sizeof keys[0]; i++) {
        stand->app.options.secure = i % 2 == 0;
        stand->app.help = i % 2 == 1;
        stand_type(stand, keys[i / 2]);
        assert_string_equal(stand->app.remark.message, "Command not available");
        assert_false(stand->app.asking.prompt.open);
    }
    stand_quiet(stand);
}

/** The command reads what the session puts into the pipe; afterwards the screen is taken again. */
static void the_command_gets_the_terminal(void **state)
{
    struct stand *stand = *state;
    struct reply reply = {.verb = REQUEST_PIPE, .message = "sort -n"};
    int answer[2], data[2];
    assert_int_equal(pipe(answer) | pipe(data), 0);
    assert_int_equal(write(answer[1], "x\r", 2), 2);
    setenv("SHELL", "/bin/shell", 1);
    stand->app.terminal.tty = answer[0];
    stand->screen.rows = 10;
    reply.value = (uint64_t)data[0];
    write_piped(&stand->app, &reply);
    assert_string_equal(stand->ran, "/bin/shell -c sort -n");
    assert_int_equal(close(data[0]), -1); /* it was closed */
    assert_int_equal(stand->screen.closed, 1);
    assert_int_equal(stand->screen.resumed, 1);
    assert_int_equal(stand_sent(stand, REQUEST_RESIZE)->amount, (int64_t)9 << 16 | 80);
    close(answer[0]);
    close(answer[1]);
    close(data[1]);
}

/** The session puts in the names; what was run last is run again; the terminal is the command's. */
static void the_shell_runs_a_command(void **state)
{
    struct stand *stand = *state;
    struct reply reply = {.verb = REQUEST_SHELL, .message = "wc 'a b'"};
    int answer[2];
    stand_type(stand, "!wc %\r");
    assert_string_equal(stand_sent(stand, REQUEST_SHELL)->text, "wc %");
    stand_type(stand, "!!\r");
    assert_string_equal(stand_sent(stand, REQUEST_SHELL)->text, "wc %");
    assert_int_equal(pipe(answer), 0);
    assert_int_equal(write(answer[1], "x\rx\r", 4), 4);
    setenv("SHELL", "/bin/shell", 1);
    stand->app.terminal.tty = answer[0];
    shell_named(&stand->app, &reply);
    assert_string_equal(stand->ran, "/bin/shell -c wc 'a b'");
    /* Without a command it is a person's. */
    reply.message[0] = '\0';
    shell_named(&stand->app, &reply);
    assert_string_equal(stand->ran, "/bin/shell");
    assert_int_equal(stand->screen.resumed, 2);
    close(answer[0]);
    close(answer[1]);
}

/** What it does not have takes its line all the same. */
static void the_other_sign_takes_its_line(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "#make test\r");
    assert_non_null(strstr(stand->app.remark.message, "! runs a command"));
    stand_quiet(stand);
}

static void another_file_is_opened(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "E");
    assert_string_equal(label(stand), "Examine: ");
    stand_type(stand, "name\r");
    assert_string_equal(stand_sent(stand, REQUEST_FILE_OPEN)->text, "name");
    stand_type(stand, ":e\r"); /* this one anew */
    assert_string_equal(stand_sent(stand, REQUEST_FILE_OPEN)->text, "");
    stand_type(stand, "E\r");
    stand_quiet(stand);
}

/** $VISUAL, or $EDITOR, or vi, on the line that the session named; then the file is looked at anew. */
static void the_editor_is_run_where_the_session_says(void **state)
{
    struct stand *stand = *state;
    struct reply reply = {.verb = REQUEST_PLACE, .value = 12, .message = "-name"};
    stand_type(stand, "v");
    stand_sent(stand, REQUEST_PLACE);
    setenv("VISUAL", "emacs -nw", 1);
    setenv("EDITOR", "ed", 1);
    file_place(&stand->app, &reply);
    assert_string_equal(stand->ran, "emacs -nw +12 ./-name");
    stand_sent(stand, REQUEST_RESIZE);
    stand_sent(stand, REQUEST_RELOAD);
    setenv("VISUAL", "", 1);
    reply.value = 0;
    file_place(&stand->app, &reply);
    assert_string_equal(stand->ran, "ed ./-name");
    unsetenv("EDITOR");
    file_place(&stand->app, &reply);
    assert_string_equal(stand->ran, "vi ./-name");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAND_TEST(a_name_is_asked_for),
        STAND_TEST(a_name_behind_the_command),
        STAND_TEST(a_log_is_what_came_through_a_pipe),
        STAND_TEST(a_command_gets_what_is_from_a_mark),
        STAND_TEST(secure_mode_and_the_help_forbid_it),
        STAND_TEST(the_command_gets_the_terminal),
        STAND_TEST(the_shell_runs_a_command),
        STAND_TEST(the_other_sign_takes_its_line),
        STAND_TEST(another_file_is_opened),
        STAND_TEST(the_editor_is_run_where_the_session_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
