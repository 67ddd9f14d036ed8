/* SPDX-License-Identifier: MIT */
/** tests: ui/run/receive: what replies and frames do. */
#include "folio/ui/run/receive.h"

#include "stand.h"
#include "test.h"

static void receive(struct stand *stand, struct reply reply)
{
    stand->link.reply[stand->link.reply_count++] = reply;
    receive_all(&stand->app);
}

static void a_reply_is_counted_and_shown(void **state)
{
    struct stand *stand = *state;
    stand->app.talk.waiting = 2;
    stand->app.talk.slow = true;
    receive(stand, (struct reply){.verb = REQUEST_SEARCH, .outcome = OUTCOME_FAILED, .message = "Not found"});
    assert_int_equal(stand->app.talk.waiting, 1);
    assert_false(stand->app.talk.slow);
    assert_string_equal(stand->app.remark.message, "Not found");
    receive(stand, (struct reply){.verb = REQUEST_SEARCH, .outcome = OUTCOME_STOPPED, .message = "no"});
    receive(stand, (struct reply){.verb = REQUEST_SEARCH, .outcome = OUTCOME_DONE, .message = "no"});
    assert_string_equal(stand->app.remark.message, "Not found");
    assert_int_equal(stand->app.talk.waiting, 0);
}

static void a_reply_may_ring(void **state)
{
    struct stand *stand = *state;
    receive(stand, (struct reply){.verb = REQUEST_SCROLL, .bell = true});
    assert_int_equal(stand->screen.bells, 1);
    stand->app.options.quiet = 1;
    receive(stand, (struct reply){.verb = REQUEST_SCROLL, .bell = true});
    assert_int_equal(stand->screen.bells, 1);
}

static void a_scroll_that_was_held_goes_out(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "jjj");
    stand->link.read = 2;
    receive(stand, (struct reply){.verb = REQUEST_SCROLL, .number = 1});
    stand_sent(stand, REQUEST_SCROLL);
}

/** A list lies over the file until something is picked from it, or another view is chosen. */
static void a_list_comes_and_goes(void **state)
{
    struct stand *stand = *state;
    receive(stand, (struct reply){.verb = REQUEST_POKES, .list = true});
    assert_true(stand->app.help);
    receive(stand, (struct reply){.verb = REQUEST_PICK, .outcome = OUTCOME_FAILED});
    assert_true(stand->app.help);
    receive(stand, (struct reply){.verb = REQUEST_PICK});
    assert_false(stand->app.help);
    stand->app.help = true;
    receive(stand, (struct reply){.verb = REQUEST_HELP_OPEN, .outcome = OUTCOME_FAILED});
    assert_false(stand->app.help);
    stand->app.help = true;
    receive(stand, (struct reply){.verb = REQUEST_SCROLL});
    assert_true(stand->app.help);
}

static void a_question_of_the_session_is_asked(void **state)
{
    struct stand *stand = *state;
    receive(stand,
            (struct reply){.verb = REQUEST_POKE, .outcome = OUTCOME_ASKS, .value = 3, .message = "Poke?"});
    assert_true(mode_on(&stand->app, &question_mode));
}

/** Only when it was done, and when there is a screen. */
static void what_else_is_to_be_done(void **state)
{
    struct stand *stand = *state;
    const struct reply there = {.verb = REQUEST_WRITE, .value = WRITE_ASKS, .message = "out"};
    struct reply failed = there;
    failed.outcome = OUTCOME_FAILED;
    receive(stand, failed);
    assert_false(mode_on(&stand->app, &overwrite_mode));
    stand->app.terminal.screen = NULL;
    receive(stand, there);
    assert_false(mode_on(&stand->app, &overwrite_mode));
    stand->app.terminal.screen = &stand->screen;
    receive(stand, there);
    assert_true(mode_on(&stand->app, &overwrite_mode));
}

/** The + commands for every file are typed again. */
static void another_file_begins_the_commands_anew(void **state)
{
    struct stand *stand = *state;
    stand->app.script.next = 3;
    receive(stand, (struct reply){.verb = REQUEST_FILE_STEP, .outcome = OUTCOME_FAILED});
    assert_int_equal(stand->app.script.next, 3);
    receive(stand, (struct reply){.verb = REQUEST_FILE_STEP});
    assert_int_equal(stand->app.script.next, 0);
    assert_true(stand->app.script.every);
}

/** The path of PLACE is raw bytes: it must not get on the screen. */
static void the_path_to_edit_is_no_message(void **state)
{
    struct stand *stand = *state;
    setenv("VISUAL", "ed", 1);
    receive(stand, (struct reply){.verb = REQUEST_PLACE, .outcome = OUTCOME_SAID, .message = "a\x1b"});
    assert_string_equal(stand->app.remark.message, "");
    assert_string_equal(stand->ran, "ed a\x1b");
}

static void take_frame(struct stand *stand)
{
    stand->link.frame = &stand->frame;
    receive_all(&stand->app);
}

/** Under -E the program ends with the last file, if all of it has been seen and nothing would be lost. */
static void under_E_the_end_leaves(void **state)
{
    struct stand *stand = *state;
    struct report *report = &stand->frame.report;
    stand->app.options.quit_at_eof = 2;
    take_frame(stand);
    report->end = report->growing = true;
    take_frame(stand);
    report->growing = false;
    stand->frame.pending = true;
    take_frame(stand);
    stand->frame.pending = false;
    report->uncommitted = 1;
    take_frame(stand);
    report->uncommitted = 0;
    report->file = 1;
    report->file_count = 2;
    take_frame(stand);
    report->file = 2;
    assert_int_equal(stand_leaves(stand, take_frame), 0);
}

static void a_frame_is_shown(void **state)
{
    struct stand *stand = *state;
    stand->app.shown = NULL;
    stand->app.terminal.dirty = false;
    receive_all(&stand->app);
    assert_false(stand->app.terminal.dirty);
    take_frame(stand);
    assert_ptr_equal(stand->app.shown, &stand->frame);
    assert_true(stand->app.terminal.dirty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAND_TEST(a_reply_is_counted_and_shown),
        STAND_TEST(a_reply_may_ring),
        STAND_TEST(a_scroll_that_was_held_goes_out),
        STAND_TEST(a_list_comes_and_goes),
        STAND_TEST(a_question_of_the_session_is_asked),
        STAND_TEST(what_else_is_to_be_done),
        STAND_TEST(another_file_begins_the_commands_anew),
        STAND_TEST(the_path_to_edit_is_no_message),
        STAND_TEST(under_E_the_end_leaves),
        STAND_TEST(a_frame_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
