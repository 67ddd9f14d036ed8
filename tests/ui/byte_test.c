/* SPDX-License-Identifier: MIT */
/** tests: ui/mode/byte: keys that are bytes, and the prompt in which one is typed. */
#include "folio/ui/mode/byte.h"

#include "stand.h"
#include "test.h"

static const struct prompt *prompt(const struct stand *stand)
{
    return &stand->app.asking.prompt;
}

static void digits_are_commands_until_bytes_may_change(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "5G");
    assert_int_equal(stand_sent(stand, REQUEST_GOTO_END)->count, 5);
    stand_armed(stand);
    stand->frame.report.armed = false;
    stand_type(stand, "5");
    assert_false(prompt(stand)->open);
    stand->app.typed = (struct typed){0};
    stand->frame.report.sandboxed = true;
    stand_shows_all(stand);
    stand_type(stand, "5");
    assert_true(prompt(stand)->open);
}

/** A list of strings, or two files side by side, have a cursor too. */
static void other_views_with_a_cursor_take_no_bytes(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    stand->frame.report.bytes = false;
    stand_type(stand, "5");
    assert_false(prompt(stand)->open);
    stand_armed(stand);
    stand->app.help = true;
    stand_type(stand, "5");
    assert_false(prompt(stand)->open);
}

static void two_digits_are_a_byte(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    stand_type(stand, "5");
    assert_true(mode_on(&stand->app, &byte_mode));
    assert_string_equal(prompt(stand)->label, "0x00000010: 41 'A' -> ");
    stand_type(stand, "a");
    assert_string_equal(prompt(stand)->tail, " 'Z'");
    stand_type(stand, "\r");
    const struct request *sent = stand_sent(stand, REQUEST_POKE);
    assert_string_equal(sent->text, "0x10=5a");
    assert_int_equal(sent->amount, POKE_ASKED);
    assert_int_equal(sent->count, 'A');
    assert_int_equal(stand->ahead.storing, sent->number);
    assert_false(mode_on(&stand->app, &byte_mode));
    assert_false(prompt(stand)->open);
}

static void a_third_digit_and_no_digit_ring(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    stand_type(stand, "5ab");
    assert_int_equal(stand->screen.bells, 1);
    stand_type(stand, "z");
    assert_int_equal(stand->screen.bells, 2);
    assert_string_equal(buf_string(&prompt(stand)->text), "5a");
}

static void what_is_no_byte_changes_nothing(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    stand_type(stand, "5\r");
    assert_string_equal(stand->app.remark.message, "One digit is no byte: nothing was changed");
    stand_type(stand, "\r\r");
    assert_string_equal(stand->app.remark.message, "Nothing was changed");
    stand_type(stand, "5");
    feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
    assert_string_equal(stand->app.remark.message, "Nothing was changed");
    assert_false(mode_on(&stand->app, &byte_mode));
    stand_quiet(stand);
}

static void characters_are_bytes_in_their_column(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    stand->frame.report.characters = true;
    stand_type(stand, "G\r");
    assert_string_equal(stand_sent(stand, REQUEST_POKE)->text, "0x10=47");
    stand->ahead.storing = 0;
    stand_shows_all(stand);
    stand_type(stand, "q!\r");
    assert_string_equal(stand->app.remark.message, "That is more than one character: nothing was changed");
    feed_key(&stand->app, 0xe4, STROKE_NONE);
    assert_string_equal(stand->app.remark.message,
                        "That character is more than one byte; the digits can be typed");
    assert_false(mode_on(&stand->app, &byte_mode));
    stand_quiet(stand);
}

static void a_colon_among_digits_begins_a_command(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    stand_type(stand, "5:");
    assert_false(mode_on(&stand->app, &byte_mode));
    assert_int_equal(prompt(stand)->kind, PROMPT_COLON);
    assert_true(prompt(stand)->open);
    stand_quiet(stand);
}

/** Enter asks for the byte, picks from a list, or says what has to be done first. */
static void enter_depends_on_what_is_shown(void **state)
{
    struct stand *stand = *state;
    stand->frame.report.list = true;
    stand_type(stand, "3\r");
    stand_sent(stand, REQUEST_PICK);
    assert_false(stand->app.typed.counted);
    stand->frame.report.list = false;
    stand_type(stand, "\r");
    stand_sent(stand, REQUEST_SCROLL);
    stand->frame.report.bytes = true;
    stand_type(stand, "\r");
    assert_string_equal(stand->app.remark.message,
                        "To change bytes: :set write, or :set private to try it without the file");
    stand_armed(stand);
    stand_shows_all(stand);
    stand_type(stand, "\r");
    assert_true(mode_on(&stand->app, &byte_mode));
    assert_int_equal(prompt(stand)->text.length, 0);
}

static void a_byte_that_is_not_there_cannot_be_typed(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    stand->frame.report.byte = -1;
    stand_type(stand, "5");
    assert_string_equal(stand->app.remark.message, "There is no byte here that can be read");
    assert_false(prompt(stand)->open);
}

static void escape_leaves_the_characters(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    stand->frame.report.characters = true;
    feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
    stand_sent(stand, REQUEST_CURSOR_SIDE);
    /* What runs is stopped first. */
    stand_shows_all(stand);
    stand->frame.report.busy = BUSY_SEARCHING;
    feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
    stand_sent(stand, REQUEST_STOP);
    stand_quiet(stand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAND_TEST(digits_are_commands_until_bytes_may_change),
        STAND_TEST(other_views_with_a_cursor_take_no_bytes),
        STAND_TEST(two_digits_are_a_byte),
        STAND_TEST(a_third_digit_and_no_digit_ring),
        STAND_TEST(what_is_no_byte_changes_nothing),
        STAND_TEST(characters_are_bytes_in_their_column),
        STAND_TEST(a_colon_among_digits_begins_a_command),
        STAND_TEST(enter_depends_on_what_is_shown),
        STAND_TEST(a_byte_that_is_not_there_cannot_be_typed),
        STAND_TEST(escape_leaves_the_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
