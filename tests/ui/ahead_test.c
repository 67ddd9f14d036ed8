/* SPDX-License-Identifier: MIT */
/** tests: ui/mode/ahead: keys that are kept while it is not known what they mean, and who feeds them. */
#include "folio/ui/mode/ahead.h"

#include "stand.h"
#include "test.h"

/** A byte was typed and is being stored. */
static void store(struct stand *stand)
{
    stand_armed(stand);
    stand_type(stand, "5a\r");
    stand_sent(stand, REQUEST_POKE);
}

/** The session says that it is stored, and that the cursor is at `next`. */
static void stored(struct stand *stand, uint64_t next)
{
    const struct reply reply = {
        .number = stand->app.talk.sent, .verb = REQUEST_POKE, .outcome = OUTCOME_SAID, .value = next};
    mode_reply(&stand->app, &reply);
}

static void keys_wait_for_the_byte_before(void **state)
{
    struct stand *stand = *state;
    store(stand);
    stand_type(stand, "41\r");
    stand_quiet(stand);
    assert_int_equal(stand->ahead.count, 3);
    stored(stand, 17);
    stand_shows_all(stand);
    feed_kept(&stand->app);
    stand_quiet(stand); /* replied to, but the screen still shows the byte before */
    stand->frame.report.cursor = 17;
    feed_kept(&stand->app);
    assert_string_equal(stand_sent(stand, REQUEST_POKE)->text, "0x11=41");
    assert_int_equal(stand->ahead.count, 0);
}

/** The cursor cannot go on: that the byte is another shows that it is stored. */
static void the_last_byte_stays_under_the_cursor(void **state)
{
    struct stand *stand = *state;
    store(stand);
    stored(stand, 16);
    stand_shows_all(stand);
    feed_kept(&stand->app);
    assert_true(stand->ahead.storing != 0);
    stand->frame.report.byte = 0x5a;
    feed_kept(&stand->app);
    assert_int_equal(stand->ahead.storing, 0);
}

static void what_could_not_be_stored_takes_the_keys_with_it(void **state)
{
    struct stand *stand = *state;
    store(stand);
    stand_type(stand, "41");
    const struct reply reply = {.number = stand->app.talk.sent, .outcome = OUTCOME_FAILED};
    mode_reply(&stand->app, &reply);
    assert_int_equal(stand->ahead.count, 0);
    assert_int_equal(stand->ahead.storing, 0);
}

static void a_reply_to_another_request_changes_nothing(void **state)
{
    struct stand *stand = *state;
    store(stand);
    const struct reply reply = {.number = stand->app.talk.sent + 1, .outcome = OUTCOME_FAILED};
    mode_reply(&stand->app, &reply);
    assert_true(stand->ahead.storing != 0);
}

static void escape_forgets(void **state)
{
    struct stand *stand = *state;
    store(stand);
    stand_type(stand, "41");
    feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
    assert_int_equal(stand->ahead.count, 0);
    assert_int_equal(stand->ahead.storing, 0);
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
    assert_true(stand->app.asking.prompt.open); /* they were characters */
    assert_string_equal(buf_string(&stand->app.asking.prompt.text), "jG");
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
    assert_true(stand->app.asking.prompt.open);
}

/** A slow disk must not hold up commands: the bytes before them are forgotten, and that is said. */
static void a_command_waits_no_longer_than_a_person(void **state)
{
    struct stand *stand = *state;
    store(stand);
    stand_type(stand, "41");
    stand->ahead.since -= 10000;
    stand_type(stand, "G");
    stand_sent(stand, REQUEST_GOTO_END);
    stand_quiet(stand);
    assert_int_equal(stand->ahead.count, 0);
    assert_string_equal(stand->app.remark.message, "What was typed ahead is forgotten: the file is slow");
}

/** Commands that were kept behind bytes are carried out in their order, before a newer one. */
static void commands_among_what_is_forgotten_are_not(void **state)
{
    struct stand *stand = *state;
    store(stand);
    stand_type(stand, "4G");
    assert_int_equal(stand->ahead.count, 2);
    stand->ahead.since -= 10000;
    stand_type(stand, "x");
    stand_sent(stand, REQUEST_GOTO_END);
    stand_sent(stand, REQUEST_VIEW);
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
    stand_sent(stand, REQUEST_GOTO_END);
    assert_string_equal(stand->app.remark.message, "What was typed ahead is forgotten: the file is slow");
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

static void more_than_fits_rings_the_bell(void **state)
{
    struct stand *stand = *state;
    store(stand);
    for (int i = 0; i < AHEAD_KEYS; i++)
        stand_type(stand, "4");
    assert_int_equal(stand->screen.bells, 0);
    stand_type(stand, "4");
    assert_int_equal(stand->screen.bells, 1);
    assert_int_equal(stand->ahead.count, AHEAD_KEYS);
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
        STAND_TEST(keys_wait_for_the_byte_before),
        STAND_TEST(the_last_byte_stays_under_the_cursor),
        STAND_TEST(what_could_not_be_stored_takes_the_keys_with_it),
        STAND_TEST(a_reply_to_another_request_changes_nothing),
        STAND_TEST(escape_forgets),
        STAND_TEST(keys_wait_for_what_decides_their_meaning),
        STAND_TEST(settings_decide_only_where_bytes_are_shown),
        STAND_TEST(a_byte_waits_for_a_movement_and_a_command_does_not),
        STAND_TEST(a_command_waits_no_longer_than_a_person),
        STAND_TEST(commands_among_what_is_forgotten_are_not),
        STAND_TEST(what_waits_too_long_is_let_go_by_the_loop),
        STAND_TEST(bytes_alone_wait_for_ever),
        STAND_TEST(more_than_fits_rings_the_bell),
        STAND_TEST(scripts_are_not_kept),
        STAND_TEST(leaving_waits_for_the_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
