/* SPDX-License-Identifier: MIT */
/** tests: ui/app/send: what goes to the session, and what is held back. */
#include "folio/ui/app/send.h"

#include "stand.h"
#include "test.h"

static void a_request_has_count_amount_and_text(void **state)
{
    struct stand *stand = *state;
    const struct invocation ten = {.counted = true, .count = 10};
    app_request(&stand->app, REQUEST_GOTO_LINE, 3, &ten, "text");
    const struct request *sent = stand_sent(stand, REQUEST_GOTO_LINE);
    assert_true(sent->counted);
    assert_int_equal(sent->count, 10);
    assert_int_equal(sent->amount, 3);
    assert_string_equal(sent->text, "text");
    assert_int_equal(sent->number, 1);
    assert_int_equal(stand->app.talk.sent, 1);
    assert_int_equal(stand->app.talk.waiting, 1);
}

/** Two scrolls go out; those behind them become one, whose count grows. */
static void fast_scrolls_become_one(void **state)
{
    struct stand *stand = *state;
    const struct invocation five = {.counted = true, .count = 5};
    for (int i = 0; i < 2; i++) {
        app_request(&stand->app, REQUEST_SCROLL, 1, NULL, NULL);
        stand_sent(stand, REQUEST_SCROLL);
    }
    app_request(&stand->app, REQUEST_SCROLL, 1, NULL, NULL);
    app_request(&stand->app, REQUEST_SCROLL, 1, &five, NULL);
    app_release(&stand->app);
    stand_quiet(stand);
    stand->app.talk.waiting = 1;
    app_release(&stand->app);
    const struct request *sent = stand_sent(stand, REQUEST_SCROLL);
    assert_true(sent->counted);
    assert_int_equal(sent->count, 6);
    app_release(&stand->app);
    stand_quiet(stand);
}

static void the_held_count_saturates(void **state)
{
    struct stand *stand = *state;
    const struct invocation most = {.counted = true, .count = INT64_MAX};
    stand->app.talk.waiting = 2;
    app_request(&stand->app, REQUEST_SCROLL, 1, NULL, NULL);
    app_request(&stand->app, REQUEST_SCROLL, 1, &most, NULL);
    stand->app.talk.waiting = 0;
    app_release(&stand->app);
    assert_int_equal(stand_sent(stand, REQUEST_SCROLL)->count, INT64_MAX);
}

/** The order in which requests were made is kept. */
static void what_is_held_goes_before_another(void **state)
{
    struct stand *stand = *state;
    stand->app.talk.waiting = 2;
    app_request(&stand->app, REQUEST_SCROLL, 1, NULL, NULL);
    app_request(&stand->app, REQUEST_SCROLL, -1, NULL, NULL);
    assert_int_equal(stand_sent(stand, REQUEST_SCROLL)->amount, 1);
    stand_quiet(stand);
    app_request(&stand->app, REQUEST_GOTO_END, 0, NULL, NULL);
    assert_int_equal(stand_sent(stand, REQUEST_SCROLL)->amount, -1);
    stand_sent(stand, REQUEST_GOTO_END);
    stand_quiet(stand);
}

static void a_full_queue_is_told(void **state)
{
    struct stand *stand = *state;
    struct request request = {.verb = REQUEST_HELP_OPEN, .payload = strdup("help")};
    stand->link.full = true;
    app_request_whole(&stand->app, &request);
    assert_string_equal(stand->app.remark.message, "Too much at once: the last key is lost");
    assert_int_equal(stand->app.talk.sent, 0);
    assert_int_equal(stand->app.talk.waiting, 0);
}

/** The last row is not the session's. */
static void the_size_is_that_of_the_body(void **state)
{
    struct stand *stand = *state;
    app_request_size(&stand->app);
    assert_int_equal(stand_sent(stand, REQUEST_RESIZE)->amount, (int64_t)23 << 16 | 80);
    stand->app.terminal.rows = 1;
    assert_int_equal(app_body(&stand->app), 1);
}

static void what_takes_long_is_noticed(void **state)
{
    struct stand *stand = *state;
    struct talk *talk = &stand->app.talk;
    assert_false(app_busy(&stand->app));
    app_request(&stand->app, REQUEST_GOTO_END, 0, NULL, NULL);
    app_tire(&stand->app);
    assert_false(talk->slow);
    assert_false(app_busy(&stand->app));
    talk->moved_ms -= 1000;
    assert_true(app_busy(&stand->app));
    app_tire(&stand->app);
    assert_true(talk->slow);
    *talk = (struct talk){.link = talk->link};
    stand->frame.report.busy = BUSY_SEARCHING;
    assert_true(app_busy(&stand->app));
    stand->frame.report.busy = BUSY_NOTHING;
    assert_false(app_busy(&stand->app));
    *report_tally(&stand->frame.report) = (struct tally){.permille = 999, .stops = true};
    assert_true(app_busy(&stand->app));
    stand->frame.report.tally[0].permille = 1000;
    assert_false(app_busy(&stand->app));
    stand->frame.report.following = FOLLOWING_AWAY;
    assert_true(app_busy(&stand->app));
    stand->app.shown = NULL;
    assert_true(app_busy(&stand->app));
}

static void stopping_forgets_what_is_held(void **state)
{
    struct stand *stand = *state;
    stand->app.talk.waiting = 2;
    app_request(&stand->app, REQUEST_SCROLL, 1, NULL, NULL);
    app_stop(&stand->app);
    stand_sent(stand, REQUEST_STOP);
    stand_quiet(stand);
    assert_int_equal(stand->link.interrupts, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAND_TEST(a_request_has_count_amount_and_text),
        STAND_TEST(fast_scrolls_become_one),
        STAND_TEST(the_held_count_saturates),
        STAND_TEST(what_is_held_goes_before_another),
        STAND_TEST(a_full_queue_is_told),
        STAND_TEST(the_size_is_that_of_the_body),
        STAND_TEST(what_takes_long_is_noticed),
        STAND_TEST(stopping_forgets_what_is_held),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
