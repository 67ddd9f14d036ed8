/* SPDX-License-Identifier: MIT */
/** tests: ui/mode/keys, actions and option: from keys to what is sent to the session, and to leaving. */
#include "folio/ui/mode/actions.h"

#include "stand.h"
#include "test.h"

#include "folio/ui/app/leave.h"
#include "folio/ui/app/say.h"

#include <signal.h>

static void a_command_of_the_table_is_sent(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "12j");
    const struct request *sent = stand_sent(stand, REQUEST_SCROLL);
    assert_int_equal(sent->amount, 1);
    assert_int_equal(sent->count, 12);
    stand_type(stand, "b");
    assert_int_equal(stand_sent(stand, REQUEST_PAGE)->amount, -1);
}

static void what_means_nothing_rings(void **state)
{
    struct stand *stand = *state;
    feed_key(&stand->app, STROKE_F12, STROKE_NONE);
    assert_int_equal(stand->screen.bells, 1);
    feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
    assert_int_equal(stand->screen.bells, 1);
    stand->app.terminal.screen = NULL;
    feed_key(&stand->app, STROKE_F12, STROKE_NONE);
    stand_quiet(stand);
}

/** Esc with a key right behind it is Alt and that key; alone it stops what runs. */
static void escape_is_alt_or_stops(void **state)
{
    struct stand *stand = *state;
    assert_true(feed_key(&stand->app, STROKE_ESCAPE, 'v'));
    assert_int_equal(stand_sent(stand, REQUEST_PAGE)->amount, -1);
    stand->frame.report.busy = BUSY_SEARCHING;
    assert_false(feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE));
    stand_sent(stand, REQUEST_STOP);
    assert_int_equal(stand->link.interrupts, 1);
    assert_true(feed_key(&stand->app, STROKE_ESCAPE, 'v'));
    stand_sent(stand, REQUEST_PAGE);
    stand_quiet(stand);
}

/** A pair with Esc that means nothing is its second key, whether they come together or one after the other. */
static void a_pair_that_means_nothing_is_its_second_key(void **state)
{
    struct stand *stand = *state;
    feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
    stand_type(stand, "12G");
    assert_int_equal(stand_sent(stand, REQUEST_GOTO_END)->count, 12);
    assert_false(feed_key(&stand->app, STROKE_ESCAPE, ':'));
    stand_type(stand, ":");
    assert_true(stand->app.asking.prompt.open);
    stand_quiet(stand);
    assert_int_equal(stand->screen.bells, 0);
}

/** A notch of the wheel moves the screen, also where there is a cursor. */
static void the_wheel_moves_the_screen(void **state)
{
    struct stand *stand = *state;
    feed_key(&stand->app, STROKE_WHEEL_DOWN, STROKE_NONE);
    assert_int_equal(stand_sent(stand, REQUEST_SCROLL)->count, 3);
    stand->frame.report.cursor = 0;
    feed_key(&stand->app, STROKE_WHEEL_UP, STROKE_NONE);
    assert_int_equal(stand_sent(stand, REQUEST_SCROLL_FORCED)->amount, -1);
}

static void a_percentage_is_in_thousandths(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "12.5%");
    assert_int_equal(stand_sent(stand, REQUEST_GOTO_PERCENT)->amount, 12500);
    stand_type(stand, "200%");
    assert_int_equal(stand_sent(stand, REQUEST_GOTO_PERCENT)->amount, 100000);
}

static void marks_are_letters(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "ma");
    assert_int_equal(stand_sent(stand, REQUEST_MARK_SET)->amount, 'a');
    stand_type(stand, "'^");
    assert_int_equal(stand_sent(stand, REQUEST_MARK_GOTO)->amount, '^');
    stand_type(stand, "m^");
    assert_string_equal(stand->app.remark.message, "A mark is a letter");
    stand_quiet(stand);
}

static void a_match_is_picked_by_its_number(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, ":match 1,234\r");
    assert_int_equal(stand_sent(stand, REQUEST_SEARCH_PICK)->count, 1234);
    stand_type(stand, ":match 1x\r");
    assert_string_equal(stand->app.remark.message, ":match needs a number behind it: which match, from 1");
    stand_quiet(stand);
}

/** The answer to `=` waits for what the keys before it did. */
static void info_waits_for_the_keys_before(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "j=");
    assert_true(stand->app.remark.info);
    assert_int_equal(stand->app.remark.info_after, 1);
    stand_type(stand, "j"); /* another key gives it up */
    assert_false(stand->app.remark.info);
}

/** A letter is enough for an option that takes none behind it; a name needs Enter. */
static void options_are_switched_by_letter_and_name(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "-S");
    assert_string_equal(stand_sent(stand, REQUEST_SET)->text, "-S");
    assert_false(stand->app.asking.prompt.open);
    stand_type(stand, "_x");
    assert_string_equal(stand_sent(stand, REQUEST_SET)->text, "_x");
    stand_type(stand, "--chop-long-lines\r");
    assert_string_equal(stand_sent(stand, REQUEST_SET)->text, "-S");
    stand_type(stand, "-x4\r");
    assert_string_equal(stand_sent(stand, REQUEST_SET)->text, "-x4");
    stand_type(stand, "--nosuch\r");
    assert_true(stand->app.remark.message[0] != '\0');
    stand_quiet(stand);
}

/** Some options are ui's own. */
static void some_options_never_reach_the_session(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "-q");
    if (stand->app.asking.prompt.open)
        stand_type(stand, "\r");
    assert_int_equal(stand->app.options.quiet, 1);
    int before = stand->app.options.incsearch;
    stand_type(stand, "--incsearch\r");
    assert_int_equal(stand->app.options.incsearch, !before);
    stand_type(stand, ":set incsearch!\r");
    assert_int_equal(stand->app.options.incsearch, before);
    stand_quiet(stand);
}

static void several_words_may_be_set(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, ":set  nowrap   tabs=4\r");
    assert_string_equal(stand_sent(stand, REQUEST_SET)->text, "nowrap");
    assert_string_equal(stand_sent(stand, REQUEST_SET)->text, "tabs=4");
    stand_type(stand, ":set\r");
    assert_non_null(strstr(stand_sent(stand, REQUEST_SETTINGS)->text, "noincsearch"));
    assert_true(stand->app.help);
    stand_quiet(stand);
}

static void quit(struct stand *stand)
{
    stand_type(stand, "q");
}

static void q_leaves_the_help_and_then_the_program(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "h");
    const struct request *sent = stand_sent(stand, REQUEST_HELP_OPEN);
    assert_true(sent->amount > 1000);
    free(sent->payload);
    assert_true(stand->app.help);
    stand_type(stand, "q");
    stand_sent(stand, REQUEST_HELP_CLOSE);
    assert_false(stand->app.help);
    assert_int_equal(stand_leaves(stand, quit), 0);
    assert_int_equal(stand->screen.closed, 1);
    stand->app.failed = 1;
    assert_int_equal(stand_leaves(stand, quit), 1);
}

/** Of edits that leaving would lose it is warned once; another command in between counts. */
static void edits_are_not_lost_by_one_key(void **state)
{
    struct stand *stand = *state;
    stand->frame.report.uncommitted = 2;
    stand_type(stand, "q");
    assert_string_equal(stand->app.remark.message,
                        "2 edits are not committed; :edits FILE saves them, q again leaves");
    stand_type(stand, "jq");
    assert_string_equal(stand->app.remark.message,
                        "2 edits are not committed; :edits FILE saves them, q again leaves");
    assert_int_equal(stand_leaves(stand, quit), 0);
}

static void part(struct stand *stand)
{
    app_part(&stand->app);
}

/** A group is not torn by one key; when it is stored, or the person says so once more, folio leaves. */
static void what_is_being_stored_is_waited_for(void **state)
{
    struct stand *stand = *state;
    stand->link.storing = true;
    stand->link.count_stored = 8000;
    stand->link.stored = 257;
    quit(stand);
    assert_string_equal(stand->app.remark.message,
                        "257 of 8000 bytes are stored: folio leaves when all are, q again stops there");
    app_part(&stand->app);
    stand_type(stand, "j"); /* somebody who goes on does not leave */
    assert_false(stand->app.parting);
    quit(stand);
    stand->link.storing = false;
    app_end(&stand->app, "NOT saved", ENDING_UNSAVED, true);
    app_part(&stand->app); /* how it ended is to be seen */
    stand->app.remark.end.text[0] = '\0';
    stand->link.storing = true;
    quit(stand);
    stand->link.storing = false;
    assert_int_equal(stand_leaves(stand, part), 0);
    assert_true(stand->link.stops);
    stand->link.stopped = true; /* the second q tore it */
    assert_int_equal(stand_leaves(stand, quit), 1);
}

static void terminate(struct stand *stand)
{
    (void)app_signal(&stand->app, SIGTERM);
}

static void a_signal_that_tears_a_group_says_so(void **state)
{
    struct stand *stand = *state;
    stand->link.stopped = true;
    stand->link.count_stored = 2;
    assert_int_equal(stand_leaves(stand, terminate), 1);
}

static void forward(struct stand *stand)
{
    stand_type(stand, " ");
}

/** Under -e going on at the end shows the next file, and leaves behind the last. */
static void under_e_the_end_goes_on(void **state)
{
    struct stand *stand = *state;
    struct report *report = &stand->frame.report;
    stand->app.options.quit_at_eof = 1;
    report->file = 1;
    report->file_count = 2;
    stand_type(stand, " ");
    stand_sent(stand, REQUEST_PAGE);
    report->end = true;
    stand_type(stand, " ");
    stand_sent(stand, REQUEST_FILE_STEP);
    stand_type(stand, "b");
    stand_sent(stand, REQUEST_PAGE);
    report->file = 2;
    assert_int_equal(stand_leaves(stand, forward), 0);
    report->growing = true;
    stand_type(stand, " ");
    stand_sent(stand, REQUEST_PAGE);
}

static void interrupt(struct stand *stand)
{
    feed_key(&stand->app, STROKE_CONTROL('C'), STROKE_NONE);
}

static void control_c_stops_or_quits(void **state)
{
    struct stand *stand = *state;
    interrupt(stand);
    stand_quiet(stand);
    stand->frame.report.busy = BUSY_SEARCHING;
    interrupt(stand);
    stand_sent(stand, REQUEST_STOP);
    stand->app.options.quit_on_interrupt = 1;
    assert_int_equal(stand_leaves(stand, interrupt), 2);
}

static void a_new_size_is_sent_and_drawn(void **state)
{
    struct stand *stand = *state;
    stand->screen.rows = 50;
    stand->screen.columns = 132;
    stand->app.terminal.dirty = false;
    assert_false(app_signal(&stand->app, SIGWINCH));
    assert_int_equal(stand_sent(stand, REQUEST_RESIZE)->amount, (int64_t)49 << 16 | 132);
    assert_true(stand->app.terminal.dirty && stand->app.terminal.anew);
    assert_true(app_signal(&stand->app, SIGINT));
    stand_quiet(stand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAND_TEST(a_command_of_the_table_is_sent),
        STAND_TEST(what_means_nothing_rings),
        STAND_TEST(escape_is_alt_or_stops),
        STAND_TEST(a_pair_that_means_nothing_is_its_second_key),
        STAND_TEST(the_wheel_moves_the_screen),
        STAND_TEST(a_percentage_is_in_thousandths),
        STAND_TEST(marks_are_letters),
        STAND_TEST(a_match_is_picked_by_its_number),
        STAND_TEST(info_waits_for_the_keys_before),
        STAND_TEST(options_are_switched_by_letter_and_name),
        STAND_TEST(some_options_never_reach_the_session),
        STAND_TEST(several_words_may_be_set),
        STAND_TEST(q_leaves_the_help_and_then_the_program),
        STAND_TEST(edits_are_not_lost_by_one_key),
        STAND_TEST(what_is_being_stored_is_waited_for),
        STAND_TEST(a_signal_that_tears_a_group_says_so),
        STAND_TEST(under_e_the_end_goes_on),
        STAND_TEST(control_c_stops_or_quits),
        STAND_TEST(a_new_size_is_sent_and_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
