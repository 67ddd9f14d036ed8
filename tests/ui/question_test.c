/* SPDX-License-Identifier: MIT */
/** tests: ui/mode/question: the session asks whether bytes are to be changed. */
#include "folio/ui/mode/question.h"

#include "stand.h"
#include "test.h"

/** The session asks, with 42 for what the answer has to name. */
static void ask(struct stand *stand, const char *text)
{
    struct reply reply = {.number = 9, .verb = REQUEST_POKE, .outcome = OUTCOME_ASKS, .value = 42};
    snprintf(reply.message, sizeof reply.message, "%s", text);
    question_ask(&stand->app, &reply);
}

static void enter_does_it(void **state)
{
    struct stand *stand = *state;
    ask(stand, "Poke 0x10?");
    assert_true(mode_on(&stand->app, &question_mode));
    assert_string_equal(mode_label(&stand->app), "Poke 0x10?  Enter does it, any other key leaves it");
    stand_type(stand, "\r");
    assert_int_equal(stand_sent(stand, REQUEST_POKE_ANSWER)->amount, 42);
    assert_false(mode_on(&stand->app, &question_mode));
    assert_null(mode_label(&stand->app));
}

static void any_other_key_leaves_it(void **state)
{
    struct stand *stand = *state;
    ask(stand, "Poke 0x10?");
    stand_type(stand, "G");
    assert_int_equal(stand_sent(stand, REQUEST_POKE_ANSWER)->amount, 0);
    stand_quiet(stand); /* it was not the command either */
}

static void a_colon_also_begins_a_command(void **state)
{
    struct stand *stand = *state;
    ask(stand, "Poke 0x10?");
    stand_armed(stand);
    stand->frame.report.characters = true; /* there as well */
    stand_type(stand, ":");
    assert_int_equal(stand_sent(stand, REQUEST_POKE_ANSWER)->amount, 0);
    assert_true(stand->app.asking.prompt.open);
}

static void who_types_is_not_asked(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, ":se");
    ask(stand, "Poke 0x10?");
    assert_false(mode_on(&stand->app, &question_mode));
    assert_int_equal(stand_sent(stand, REQUEST_POKE_ANSWER)->amount, 0);
    assert_string_equal(buf_string(&stand->app.asking.prompt.text), "se");
}

static void what_was_typed_ahead_answers_nothing(void **state)
{
    struct stand *stand = *state;
    stand->ahead.key[0] = '\r';
    stand->ahead.count = 1;
    ask(stand, "Poke 0x10?");
    feed_kept(&stand->app);
    stand_quiet(stand);
    assert_true(mode_on(&stand->app, &question_mode));
}

/** Where there is less room, less is said of the answer, and then of the question. */
static void the_answer_is_seen_on_every_screen(void **state)
{
    struct stand *stand = *state;
    static const struct {
        unsigned columns;
        const char *label;
    } row[] = {
        {80, "Poke 0x10, 0x20, 0x30?  Enter does it, any other key leaves it"},
        {50, "Poke 0x10, 0x20, 0x30?  Enter does it"},
        {32, "Poke 0x10, 0x20, 0x30?  Enter?"},
        {20, "Poke 0x1...  Enter?"},
        {5, "...  Enter?"},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        stand->app.terminal.columns = row[i].columns;
        ask(stand, "Poke 0x10, 0x20, 0x30?");
        assert_string_equal(mode_label(&stand->app), row[i].label);
    }
}

/** Leaving waits for what the session says to a yes. */
static void the_answer_is_waited_for(void **state)
{
    struct stand *stand = *state;
    ask(stand, "Poke 0x10?");
    stand_type(stand, "\r");
    assert_int_equal(stand->ahead.answered, stand->app.talk.sent);
    const struct reply reply = {.number = stand->app.talk.sent};
    mode_reply(&stand->app, &reply);
    assert_int_equal(stand->ahead.answered, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAND_TEST(enter_does_it),
        STAND_TEST(any_other_key_leaves_it),
        STAND_TEST(a_colon_also_begins_a_command),
        STAND_TEST(who_types_is_not_asked),
        STAND_TEST(what_was_typed_ahead_answers_nothing),
        STAND_TEST(the_answer_is_seen_on_every_screen),
        STAND_TEST(the_answer_is_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
