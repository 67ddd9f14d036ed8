/* SPDX-License-Identifier: MIT */
/** tests: ui/mode/byte and typing: keys that are bytes, and the run in which they gather. */
#include "folio/ui/mode/byte.h"

#include "stand.h"
#include "test.h"

#include "folio/base/text/encoding.h"
#include "folio/ui/mode/typing.h"

/** The bytes of the run that was sent last, as the session gets them. */
static void sent_run(struct stand *stand, uint64_t offset, const char *bytes)
{
    const struct request *request = stand_sent(stand, REQUEST_RUN);
    const struct run *run = (const struct run *)(const void *)request->payload;
    assert_non_null(run);
    assert_int_equal(run->offset, offset);
    assert_int_equal(run->count, strlen(bytes));
    assert_memory_equal(run->byte, bytes, run->count);
    stand->link.read--;
}

static bool typing(const struct stand *stand)
{
    return mode_on(&stand->app, &typing_mode) && stand->typing.on;
}

static void digits_are_commands_until_bytes_may_change(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "5G");
    assert_int_equal(stand_sent(stand, REQUEST_GOTO_END)->count, 5);
    stand_armed(stand);
    stand->frame.report.armed = false;
    stand_type(stand, "5");
    assert_false(typing(stand));
    stand->app.typed = (struct typed){0};
    stand->frame.report.sandboxed = true;
    stand_shows_all(stand);
    stand_type(stand, "5");
    assert_true(typing(stand));
}

/** A list of strings, or two files side by side, have a cursor too. */
static void other_views_with_a_cursor_take_no_bytes(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    stand->frame.report.bytes = false;
    stand_type(stand, "5");
    assert_false(typing(stand));
    stand_armed(stand);
    stand->app.help = true;
    stand_type(stand, "5");
    assert_false(typing(stand));
}

static void digits_gather_and_enter_stores_them(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    stand_type(stand, "5a");
    sent_run(stand, 16, "P"); /* half a byte, the first of the two keys; the other waits for the reply */
    stand_shows_run(stand);
    stand_type(stand, "41");
    stand_shows_run(stand);
    assert_int_equal(stand->typing.run.count, 2);
    stand_type(stand, "\r");
    const struct request *sent = stand_sent(stand, REQUEST_RUN_STORE);
    assert_int_equal(sent->amount, stand->typing.run.edition);
    assert_int_equal(stand->ahead.storing, sent->number);
    assert_false(typing(stand));
    stand_quiet(stand);
}

/** Enter is for what the screen shows. */
static void enter_waits_until_the_run_is_shown(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    stand_type(stand, "5a\r41");
    assert_int_equal(stand->ahead.count, 3);
    assert_int_equal(stand->typing.run.count, 1);
    stand_shows_run(stand);
    stand->frame.report.run.known = false;
    feed_kept(&stand->app);
    stand_quiet(stand);
    stand->frame.report.run.known = true;
    feed_kept(&stand->app);
    stand_sent(stand, REQUEST_RUN_STORE);
    stand_quiet(stand);
    assert_int_equal(stand->ahead.count, 2);
}

static void half_a_byte_is_not_stored_and_stays(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    stand_type(stand, "5ab");
    stand_shows_run(stand);
    stand_type(stand, "\r");
    stand_quiet(stand);
    assert_string_equal(mode_label(&stand->app),
                        "One digit is no byte: type the second one, or Backspace; nothing is stored");
    assert_true(typing(stand));
    stand_type(stand, "c");
    stand_shows_run(stand);
    stand_type(stand, "\r");
    stand_sent(stand, REQUEST_RUN_STORE);
}

/** Every key that has no meaning here, in either column. */
static void a_key_that_is_no_byte_spoils_the_run(void **state)
{
    struct stand *stand = *state;
    static const uint32_t key[] = {
        'q', 'g', 'x', '/', ' ', STROKE_PAGE_DOWN, STROKE_DELETE, STROKE_F1, STROKE_CONTROL('F')};
    for (size_t i = 0; i < 2 * sizeof key / sizeof key[0]; i++) {
        uint32_t stroke = key[i / 2];
        bool characters = i % 2 != 0;
        if (characters && stroke >= ' ' && stroke < 0x7f)
            continue;
        stand_armed(stand);
        stand->frame.report.characters = characters;
        stand_type(stand, "12");
        stand_shows_run(stand);
        feed_key(&stand->app, stroke, STROKE_NONE);
        assert_true(stand->typing.wrong);
        assert_non_null(
            strstr(mode_label(&stand->app), "no byte: Esc clears what is typed, nothing is stored"));
        stand_type(stand, "34\r");
        stand_quiet(stand);
        feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
        assert_null(stand_sent(stand, REQUEST_RUN)->payload);
        assert_false(typing(stand));
        stand_shows_all(stand);
    }
}

/** A key is all bytes of its character, and Backspace takes them back; what the encoding does not have spoils the run. */
static void a_character_is_as_many_bytes_as_it_takes(void **state)
{
    struct stand *stand = *state;
    struct error error;
    stand_armed(stand);
    stand->frame.report.characters = true;
    feed_key(&stand->app, 0xe4, STROKE_NONE);
    sent_run(stand, 16, "\xc3\xa4");
    stand_shows_run(stand);
    feed_key(&stand->app, 0x1d11e, STROKE_NONE);
    sent_run(stand, 16, "\xc3\xa4\xf0\x9d\x84\x9e");
    stand_shows_run(stand);
    feed_key(&stand->app, 0x7f, STROKE_NONE);
    sent_run(stand, 16, "\xc3\xa4");
    stand_shows_run(stand);
    stand->frame.report.charset = encoding_find("latin1", &error);
    assert_non_null(stand->frame.report.charset);
    feed_key(&stand->app, 0xe4, STROKE_NONE);
    sent_run(stand, 16, "\xc3\xa4\xe4");
    stand_shows_run(stand);
    feed_key(&stand->app, 0x20ac, STROKE_NONE);
    assert_true(stand->typing.wrong);
    assert_non_null(strstr(mode_label(&stand->app), "no character of ISO-8859-1"));
}

/** What the session made of a number is pending as if it had been typed. */
static void a_number_that_was_given_is_a_run(void **state)
{
    struct stand *stand = *state;
    struct run given = {.offset = 20, .count = 4, .at = 4, .byte = {0xd2, 4, 1, 2}};
    struct reply reply = {.verb = REQUEST_VALUE, .value = UINT64_MAX, .payload = (char *)&given};
    stand_armed(stand);
    typing_given(&stand->app, &reply);
    assert_true(typing(stand));
    sent_run(stand, 20, "\xd2\x04\x01\x02");
    stand_shows_run(stand);
    stand_type(stand, "\r");
    assert_int_equal(stand_sent(stand, REQUEST_RUN_STORE)->amount, stand->typing.run.edition);
    stand_quiet(stand);
}

/** In either column, with nothing typed and with something. */
static void a_colon_opens_the_command_line(void **state)
{
    struct stand *stand = *state;
    for (int characters = 0; characters < 2; characters++) {
        stand_armed(stand);
        stand->frame.report.characters = characters != 0;
        stand_type(stand, ":");
        assert_true(stand->app.asking.prompt.open);
        feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
        stand_type(stand, "12");
        stand_shows_run(stand);
        stand_type(stand, ":end\r");
        assert_false(stand->app.asking.prompt.open);
        assert_non_null(strstr(mode_label(&stand->app), "typed and not stored: another : drops"));
        stand_quiet(stand);
        feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
        assert_true(typing(stand));
        stand_type(stand, "::");
        assert_true(stand->app.asking.prompt.open);
        assert_null(stand_sent(stand, REQUEST_RUN)->payload);
        feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
        stand_shows_all(stand);
    }
}

static void behind_control_v_every_key_is_a_byte(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    stand->frame.report.characters = true;
    feed_key(&stand->app, STROKE_CONTROL('V'), STROKE_NONE);
    stand_type(stand, ":");
    sent_run(stand, 16, ":");
    stand_shows_run(stand);
    feed_key(&stand->app, STROKE_CONTROL('V'), STROKE_NONE);
    feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
    sent_run(stand, 16, ":\x1b");
    stand_shows_run(stand);
    feed_key(&stand->app, STROKE_CONTROL('V'), STROKE_NONE);
    feed_key(&stand->app, STROKE_LEFT, STROKE_NONE); /* no byte, so it moves */
    assert_int_equal(stand->typing.run.at, 1);
}

/** A held arrow must not fill the queue of requests. */
static void the_session_is_told_once_at_a_time(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    stand_type(stand, "0123456789abcdef");
    assert_int_equal(stand->link.count, 1);
    assert_int_equal(stand->typing.run.count, 8);
    const struct reply reply = {.number = 1, .verb = REQUEST_RUN};
    mode_reply(&stand->app, &reply);
    assert_int_equal(stand->link.count, 2);
    stand_sent(stand, REQUEST_RUN);
    free(stand->link.request[0].payload);
    sent_run(stand, 16, "\x01\x23\x45\x67\x89\xab\xcd\xef");
}

/** Enter picks from a list, or says what has to be done first. */
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
    assert_string_equal(stand->app.remark.message, "Type over the bytes; Enter then stores what was typed");
    assert_false(typing(stand));
}

static void a_byte_that_is_not_there_cannot_be_typed(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    stand->frame.report.byte = -1;
    stand_type(stand, "5");
    assert_string_equal(stand->app.remark.message, "There is no byte here that can be read");
    assert_false(typing(stand));
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

/** Alt and a letter are Esc and that letter, which may be a byte: never what the pair means elsewhere. */
static void escape_is_no_prefix_where_keys_are_bytes(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    assert_false(feed_key(&stand->app, STROKE_ESCAPE, 'v'));
    stand_quiet(stand);
    assert_int_equal(stand->app.typed.length, 0);
}

/** Paste text, as the terminal tells it. */
static void paste(struct stand *stand, const char *text)
{
    feed_key(&stand->app, STROKE_PASTE_BEGIN, STROKE_NONE);
    stand_type(stand, text);
    feed_key(&stand->app, STROKE_PASTE_END, STROKE_NONE);
}

static void pasted_digits_are_a_run(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    paste(stand, "DE ad\rbeef\r");
    sent_run(stand, 16, "\xde\xad\xbe\xef");
    stand_shows_run(stand);
    paste(stand, "00");
    stand_shows_run(stand);
    assert_int_equal(stand->typing.run.count, 5);
    stand_type(stand, "\r");
    stand_sent(stand, REQUEST_RUN_STORE);
    stand_quiet(stand);
}

static void pasted_text_is_a_run_of_its_characters(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    stand->frame.report.characters = true;
    paste(stand, ":q\rx");
    sent_run(stand, 16, ":q\nx");
    assert_false(stand->app.asking.prompt.open);
}

/** Nothing of it: it is dropped whole, and what was typed before stays. */
static void what_cannot_become_bytes_is_dropped_whole(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    paste(stand, "Dear all,\rplease add the file abc.c\r");
    assert_non_null(strstr(stand->app.remark.message, "no row of bytes in hexadecimal"));
    assert_false(typing(stand));
    stand_quiet(stand);
    stand_type(stand, "12");
    stand_shows_run(stand);
    paste(stand, "123");
    assert_int_equal(stand->typing.run.count, 1);
    stand_type(stand, "q"); /* spoiled */
    paste(stand, "34");
    assert_int_equal(stand->typing.run.count, 1);
    stand_quiet(stand);
    feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
    stand_sent(stand, REQUEST_RUN);
    stand_shows_all(stand);
    /* While bytes are being stored, as well. */
    stand->frame.report.storing = true;
    paste(stand, "1234");
    assert_non_null(strstr(stand->app.remark.message, "is still being stored"));
    assert_false(typing(stand));
    stand_quiet(stand);
}

/** It is gathered up to a limit, and nothing of a longer one is taken. */
static void a_paste_without_end_is_dropped_whole(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    feed_key(&stand->app, STROKE_PASTE_BEGIN, STROKE_NONE);
    for (size_t i = 0; i <= (size_t)1 << 20; i++)
        feed_key(&stand->app, 'a', STROKE_NONE);
    feed_key(&stand->app, STROKE_PASTE_END, STROKE_NONE);
    assert_non_null(strstr(stand->app.remark.message, "it is too long"));
    assert_false(typing(stand));
    stand_quiet(stand);
    paste(stand, "12");
    sent_run(stand, 16, "\x12");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAND_TEST(digits_are_commands_until_bytes_may_change),
        STAND_TEST(other_views_with_a_cursor_take_no_bytes),
        STAND_TEST(digits_gather_and_enter_stores_them),
        STAND_TEST(enter_waits_until_the_run_is_shown),
        STAND_TEST(half_a_byte_is_not_stored_and_stays),
        STAND_TEST(a_key_that_is_no_byte_spoils_the_run),
        STAND_TEST(a_character_is_as_many_bytes_as_it_takes),
        STAND_TEST(a_number_that_was_given_is_a_run),
        STAND_TEST(a_colon_opens_the_command_line),
        STAND_TEST(behind_control_v_every_key_is_a_byte),
        STAND_TEST(the_session_is_told_once_at_a_time),
        STAND_TEST(enter_depends_on_what_is_shown),
        STAND_TEST(a_byte_that_is_not_there_cannot_be_typed),
        STAND_TEST(escape_leaves_the_characters),
        STAND_TEST(escape_is_no_prefix_where_keys_are_bytes),
        STAND_TEST(pasted_digits_are_a_run),
        STAND_TEST(pasted_text_is_a_run_of_its_characters),
        STAND_TEST(a_paste_without_end_is_dropped_whole),
        STAND_TEST(what_cannot_become_bytes_is_dropped_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
