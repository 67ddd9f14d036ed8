/* SPDX-License-Identifier: MIT */
/** tests: ui/mode/ahead: keys that are kept while it is not known what they mean, and who feeds them. */
#include "folio/ui/mode/ahead.h"

#include "stand.h"
#include "test.h"

/** A byte was typed and is being stored. */
static void store(struct stand *stand)
{
    stand_armed(stand);
    stand_type(stand, "5a");
    stand_shows_run(stand);
    stand_type(stand, "\r");
    stand_sent(stand, REQUEST_RUN_STORE);
    stand_shows_all(stand);
}

/** The session says how it ended; so many changes have. */
static void ended(struct stand *stand, enum outcome outcome, uint64_t ends)
{
    const struct reply reply = {
        .number = stand->ahead.storing, .verb = REQUEST_RUN_STORE, .outcome = outcome, .value = ends};
    mode_reply(&stand->app, &reply);
}

static void keys_wait_for_the_bytes_before(void **state)
{
    struct stand *stand = *state;
    store(stand);
    stand_type(stand, "41\r");
    stand_quiet(stand);
    assert_int_equal(stand->ahead.count, 3);
    ended(stand, OUTCOME_SAID, 1);
    feed_kept(&stand->app);
    stand_quiet(stand); /* replied to, but the screen still shows what was before */
    stand->frame.report.ends = 1;
    stand->frame.report.cursor = 17;
    feed_kept(&stand->app);
    assert_int_equal(stand->typing.run.offset, 17);
    stand_shows_run(stand);
    feed_kept(&stand->app);
    stand_sent(stand, REQUEST_RUN_STORE);
    assert_int_equal(stand->ahead.count, 0);
}

/** Whoever types on does not know it yet: each key would go to another byte than it was meant for. */
static void what_could_not_be_stored_takes_the_keys_with_it(void **state)
{
    struct stand *stand = *state;
    store(stand);
    stand_type(stand, "41");
    ended(stand, OUTCOME_FAILED, 1);
    assert_int_equal(stand->ahead.count, 0);
    assert_int_equal(stand->ahead.storing, 0);
    assert_int_equal(stand->screen.bells, 1);
    stand_type(stand, "\r42\rG:q\r");
    stand_quiet(stand);
    assert_false(stand->typing.on);
    feed_key(&stand->app, STROKE_PAGE_DOWN, STROKE_NONE); /* no text has this key */
    stand_sent(stand, REQUEST_PAGE);
    feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
    stand_quiet(stand);
    stand_shows_all(stand);
    stand_type(stand, "42");
    assert_true(stand->typing.on);
}

static void who_has_not_typed_for_a_while_has_seen_it(void **state)
{
    struct stand *stand = *state;
    store(stand);
    ended(stand, OUTCOME_FAILED, 1);
    stand_type(stand, "4");
    assert_false(stand->typing.on);
    assert_true(ahead_patience(&stand->app) > 0);
    assert_non_null(strstr(mode_label(&stand->app), "keys are refused until Esc"));
    stand->ahead.refused -= 10000;
    assert_int_equal(ahead_patience(&stand->app), 0);
    /* What is no longer so is no longer said. */
    ahead_look(&stand->app);
    assert_null(mode_label(&stand->app));
    assert_int_equal(ahead_patience(&stand->app), -1);
    stand_type(stand, "4");
    assert_true(stand->typing.on);
}

/** Whatever the reason is, it is said and stays. */
static void why_it_was_not_stored_stays(void **state)
{
    struct stand *stand = *state;
    store(stand);
    struct reply reply = {
        .number = stand->ahead.storing, .verb = REQUEST_RUN_STORE, .outcome = OUTCOME_FAILED};
    snprintf(reply.message, sizeof reply.message, "Pokes are off");
    mode_reply(&stand->app, &reply);
    stand_type(stand, "42");
    assert_string_equal(mode_label(&stand->app), "Pokes are off  (keys are refused until Esc)");
}

/** Also where nobody waited for it any more. */
static void a_failure_in_the_background_takes_the_keys_with_it(void **state)
{
    struct stand *stand = *state;
    store(stand);
    ended(stand, OUTCOME_STOPPED, 0);
    stand->frame.report.storing = true;
    stand_type(stand, "41\r");
    assert_int_equal(stand->ahead.count, 3);
    stand->frame.report.storing = false;
    stand->frame.report.end_of_poke = (struct report_end){1, ENDING_UNSAVED, "NOT saved: 0x10"};
    feed_kept(&stand->app);
    stand_quiet(stand);
    assert_int_equal(stand->ahead.count, 0);
    assert_string_equal(mode_label(&stand->app), "NOT saved: 0x10  (keys are refused until Esc)");
    feed_kept(&stand->app); /* told once */
    feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
    assert_null(mode_label(&stand->app));
    assert_string_equal(stand->app.remark.end.text, "");
    assert_string_equal(buf_string(&stand->app.remark.unsaved), "NOT saved: 0x10\n");
}

static void a_reply_to_another_request_changes_nothing(void **state)
{
    struct stand *stand = *state;
    store(stand);
    const struct reply reply = {.number = stand->app.talk.sent + 1, .outcome = OUTCOME_FAILED};
    mode_reply(&stand->app, &reply);
    assert_true(stand->ahead.storing != 0);
}

static void escape_forgets_what_is_kept(void **state)
{
    struct stand *stand = *state;
    store(stand);
    stand_type(stand, "41");
    feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
    assert_int_equal(stand->ahead.count, 0);
    stand_quiet(stand);
    stand_type(stand, "42"); /* what is being stored still is */
    assert_int_equal(stand->ahead.count, 2);
}

/** TAB decides which column keys are for; so does the view, and what is set while bytes are shown. */
static void keys_wait_for_what_decides_their_meaning(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    app_request(&stand->app, REQUEST_CURSOR_SIDE, 0, NULL, NULL);
    stand_sent(stand, REQUEST_CURSOR_SIDE);
    stand_type(stand, "jG");
    stand_quiet(stand);
    stand->frame.report.characters = true;
    stand_shows_all(stand);
    feed_kept(&stand->app);
    assert_true(stand->typing.on); /* they were characters */
    assert_memory_equal(stand->typing.run.byte, "jG", 2);
}

static void settings_decide_only_where_bytes_are_shown(void **state)
{
    struct stand *stand = *state;
    app_request(&stand->app, REQUEST_SET, 0, NULL, "nowrap");
    assert_int_equal(stand->ahead.turning, 0);
    stand_armed(stand);
    app_request(&stand->app, REQUEST_SET, 0, NULL, "write");
    assert_int_equal(stand->ahead.turning, 2);
}

/** A digit must be about the byte that the cursor will be on. */
static void a_byte_waits_for_a_movement_and_a_command_does_not(void **state)
{
    struct stand *stand = *state;
    stand_armed(stand);
    stand_type(stand, "l");
    stand->link.read = stand->link.count;
    stand_type(stand, "G");
    assert_int_equal(stand->ahead.count, 0);
    stand_sent(stand, REQUEST_GOTO_END);
    stand_type(stand, "5");
    assert_int_equal(stand->ahead.count, 1);
    stand->frame.pending = true;
    stand_shows_all(stand);
    feed_kept(&stand->app);
    assert_int_equal(stand->ahead.count, 1);
    stand->frame.pending = false;
    feed_kept(&stand->app);
    assert_true(stand->typing.on);
}

/** A slow disk must not hold up commands. */
static void a_command_waits_no_longer_than_a_person(void **state)
{
    struct stand *stand = *state;
    store(stand);
    stand_type(stand, "G");
    assert_int_equal(stand->ahead.count, 1);
    stand->ahead.since -= 10000;
    feed_kept(&stand->app);
    stand_sent(stand, REQUEST_GOTO_END);
    stand_type(stand, "x");
    stand_sent(stand, REQUEST_VIEW);
    assert_false(stand->ahead.refusing);
}

/** Behind bytes that cannot be kept any longer all is refused: what is let through could be a part of them. */
static void from_the_first_byte_that_is_lost_all_is_refused(void **state)
{
    struct stand *stand = *state;
    store(stand);
    stand_type(stand, "G41");
    stand->ahead.since -= 10000;
    stand_type(stand, "g");
    stand_sent(stand, REQUEST_GOTO_END);
    stand_quiet(stand);
    assert_int_equal(stand->ahead.count, 0);
    assert_string_equal(mode_label(&stand->app),
                        "The file is slow: what was typed ahead is dropped, nothing of it "
                        "is stored  (keys are refused until Esc)");
    stand_type(stand, "42\r");
    assert_int_equal(stand->ahead.count, 0);
    ended(stand, OUTCOME_SAID, 1);
    stand->frame.report.ends = 1;
    stand_shows_all(stand);
    feed_kept(&stand->app);
    stand_type(stand, "43\r");
    stand_quiet(stand);
    feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
    stand_type(stand, "4");
    assert_true(stand->typing.on);
}

/** Without another key the loop notices it. */
static void what_waits_too_long_is_let_go_by_the_loop(void **state)
{
    struct stand *stand = *state;
    store(stand);
    stand_type(stand, "41G");
    feed_kept(&stand->app);
    assert_int_equal(stand->ahead.count, 3);
    stand->ahead.since -= 10000;
    feed_kept(&stand->app);
    stand_quiet(stand);
    assert_true(stand->ahead.refusing);
}

static void bytes_alone_wait_for_ever(void **state)
{
    struct stand *stand = *state;
    store(stand);
    stand_type(stand, "41");
    stand->ahead.since -= 10000;
    feed_kept(&stand->app);
    assert_int_equal(stand->ahead.count, 2);
}

/** What fits is kept, in its order; from the first key that does not, none is. */
static void more_than_fits_is_refused(void **state)
{
    struct stand *stand = *state;
    store(stand);
    for (int i = 0; i < AHEAD_KEYS; i++)
        stand_type(stand, "4");
    assert_int_equal(stand->screen.bells, 0);
    stand_type(stand, "4");
    assert_int_equal(stand->screen.bells, 1);
    assert_int_equal(stand->ahead.count, AHEAD_KEYS);
    ended(stand, OUTCOME_SAID, 1);
    stand->frame.report.ends = 1;
    stand_shows_all(stand);
    feed_kept(&stand->app);
    assert_int_equal(stand->ahead.count, 0);
    assert_int_equal(stand->typing.run.count, AHEAD_KEYS / 2);
    stand_type(stand, "5\r");
    assert_int_equal(stand->typing.run.count, AHEAD_KEYS / 2);
    stand_shows_run(stand);
    stand_quiet(stand);
}

/** A + command is typed before anything is shown. */
static void scripts_are_not_kept(void **state)
{
    struct stand *stand = *state;
    store(stand);
    stand->app.script.typing = true;
    stand_type(stand, "G");
    stand_sent(stand, REQUEST_GOTO_END);
}

/** Leaving waits for the reply, but not for ever. */
static void leaving_waits_for_the_byte(void **state)
{
    struct stand *stand = *state;
    store(stand);
    stand->link.reply[0] = (struct reply){.number = stand->ahead.storing, .payload = strdup("taken")};
    stand->link.reply_count = 1;
    int64_t began = app_now();
    mode_leave(&stand->app);
    assert_int_equal(stand->link.reply_count, 0);
    assert_true(app_now() - began < 900);
    stand->link.storing = true;
    began = app_now();
    mode_leave(&stand->app);
    assert_true(app_now() - began >= 900);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAND_TEST(keys_wait_for_the_bytes_before),
        STAND_TEST(what_could_not_be_stored_takes_the_keys_with_it),
        STAND_TEST(why_it_was_not_stored_stays),
        STAND_TEST(who_has_not_typed_for_a_while_has_seen_it),
        STAND_TEST(a_failure_in_the_background_takes_the_keys_with_it),
        STAND_TEST(a_reply_to_another_request_changes_nothing),
        STAND_TEST(escape_forgets_what_is_kept),
        STAND_TEST(keys_wait_for_what_decides_their_meaning),
        STAND_TEST(settings_decide_only_where_bytes_are_shown),
        STAND_TEST(a_byte_waits_for_a_movement_and_a_command_does_not),
        STAND_TEST(a_command_waits_no_longer_than_a_person),
        STAND_TEST(from_the_first_byte_that_is_lost_all_is_refused),
        STAND_TEST(what_waits_too_long_is_let_go_by_the_loop),
        STAND_TEST(bytes_alone_wait_for_ever),
        STAND_TEST(more_than_fits_is_refused),
        STAND_TEST(scripts_are_not_kept),
        STAND_TEST(leaving_waits_for_the_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
