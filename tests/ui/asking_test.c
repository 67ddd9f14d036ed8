/* SPDX-License-Identifier: MIT */
/** tests: ui/mode/prompt: the mode in which a line is typed, and the command line, which is one of them. */
#include "stand.h"
#include "test.h"

#include "folio/ui/mode/prompt.h"

static char entered[64];
static unsigned cancelled, changed;

static void enter(struct app *app, const char *text)
{
    assert_false(app->asking.prompt.open);
    assert_false(mode_on(app, &prompt_mode));
    snprintf(entered, sizeof entered, "%s", text);
}

static void cancel(struct app *app)
{
    assert_false(mode_on(app, &prompt_mode));
    cancelled++;
}

static void change(struct app *app)
{
    (void)app;
    changed++;
}

static bool star(struct app *app, uint32_t stroke)
{
    (void)app;
    return stroke == '*';
}

static bool three(const struct app *app)
{
    return app->asking.prompt.text.length == 3;
}

static const struct purpose plain = {.kind = PROMPT_FILE, .entered = enter};
static const struct purpose full = {.kind = PROMPT_OPTION,
                                    .entered = enter,
                                    .cancelled = cancel,
                                    .key = star,
                                    .changed = change,
                                    .complete = three};

/** Open it as a command would. */
static struct stand *open_prompt(void **state, const struct purpose *purpose)
{
    struct stand *stand = *state;
    const struct invocation invocation = {.id = COMMAND_EXAMINE, .counted = true, .count = 7};
    entered[0] = '\0';
    cancelled = changed = 0;
    prompt_ask(&stand->app, &invocation, purpose, "Name: ");
    assert_true(mode_on(&stand->app, &prompt_mode));
    assert_string_equal(stand->app.asking.prompt.label, "Name: ");
    assert_int_equal(stand->app.asking.invocation.count, 7);
    return stand;
}

static void enter_hands_the_line_over(void **state)
{
    struct stand *stand = open_prompt(state, &plain);
    stand_type(stand, "qG/x\r");
    assert_string_equal(entered, "qG/x");
    stand_quiet(stand); /* none of its characters was a command */
    stand_type(stand, "G");
    stand_sent(stand, REQUEST_GOTO_END);
}

static void escape_leaves_it(void **state)
{
    struct stand *stand = open_prompt(state, &full);
    stand_type(stand, "q");
    feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
    assert_string_equal(entered, "");
    assert_int_equal(cancelled, 1);
    stand_type(stand, "G");
    stand_sent(stand, REQUEST_GOTO_END);
}

/** The purpose sees a key before the line does, and every change of the line behind it. */
static void the_purpose_is_asked(void **state)
{
    struct stand *stand = open_prompt(state, &full);
    stand_type(stand, "*a*b");
    assert_string_equal(buf_string(&stand->app.asking.prompt.text), "ab");
    assert_int_equal(changed, 2);
    stand_type(stand, "c");
    assert_string_equal(entered, "abc"); /* without Enter */
    assert_int_equal(changed, 2);
    assert_int_equal(cancelled, 0);
}

static void a_line_is_remembered(void **state)
{
    struct stand *stand = open_prompt(state, &plain);
    stand_type(stand, "first\r");
    open_prompt(state, &plain);
    feed_key(&stand->app, STROKE_UP, STROKE_NONE);
    assert_string_equal(buf_string(&stand->app.asking.prompt.text), "first");
}

static void a_colon_takes_a_command(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, ":52\r");
    assert_int_equal(stand_sent(stand, REQUEST_GOTO_LINE)->count, 52);
    stand_type(stand, ":nosuch\r");
    assert_true(stand->app.remark.message[0] != '\0');
    stand_type(stand, ":  \r");
    assert_string_equal(stand->app.remark.message, "");
    stand_quiet(stand);
}

/** A count before the colon is that of the command, unless it has one. */
static void the_count_goes_through_the_colon(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "3:n\r");
    const struct request *sent = stand_sent(stand, REQUEST_FILE_STEP);
    assert_true(sent->counted);
    assert_int_equal(sent->count, 3);
}

/** A + command ends what it leaves open; a number is a line, and 0x.. a byte. */
static void scripts_end_what_they_open(void **state)
{
    struct stand *stand = *state;
    feed_text(&stand->app, "/word");
    assert_string_equal(stand_sent(stand, REQUEST_SEARCH)->text, "word");
    feed_text(&stand->app, "12");
    assert_int_equal(stand_sent(stand, REQUEST_GOTO_LINE)->count, 12);
    feed_text(&stand->app, "0x100");
    assert_int_equal(stand_sent(stand, REQUEST_GOTO_BYTE)->amount, 0x100);
    feed_text(&stand->app, "G");
    stand_sent(stand, REQUEST_GOTO_END);
    assert_false(stand->app.script.typing);
    stand_quiet(stand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAND_TEST(enter_hands_the_line_over),  STAND_TEST(escape_leaves_it),
        STAND_TEST(the_purpose_is_asked),       STAND_TEST(a_line_is_remembered),
        STAND_TEST(a_colon_takes_a_command),    STAND_TEST(the_count_goes_through_the_colon),
        STAND_TEST(scripts_end_what_they_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
