/* SPDX-License-Identifier: MIT */
/** tests: ui/mode/overwrite: what to do with a file that is there already. */
#include "folio/ui/mode/overwrite.h"

#include "stand.h"
#include "test.h"

/** WRITE, or SAVE, came upon a file. */
static void come_upon(struct stand *stand, enum verb verb, const char *text)
{
    struct reply reply = {.verb = verb, .value = (uint64_t)WRITE_AMOUNT(WRITE_ASK, 'a', 'b') | WRITE_ASKS};
    snprintf(reply.message, sizeof reply.message, "%s", text);
    overwrite_replied(&stand->app, &reply);
}

/** The key sends the request again: the mode of writing is another, all else is the same. */
static void again(struct stand *stand, const char *key, enum write_mode mode)
{
    come_upon(stand, REQUEST_WRITE, "out");
    stand_type(stand, key);
    const struct request *sent = stand_sent(stand, REQUEST_WRITE);
    assert_int_equal(sent->amount, WRITE_AMOUNT(mode, 'a', 'b'));
    assert_string_equal(sent->text, "out");
    assert_false(mode_on(&stand->app, &overwrite_mode));
}

static void it_is_overwritten_or_appended_to(void **state)
{
    again(*state, "o", WRITE_OVERWRITE);
    again(*state, "O", WRITE_OVERWRITE);
    again(*state, "a", WRITE_APPEND);
    again(*state, "A", WRITE_APPEND);
}

static void a_file_that_is_not_there_asks_nothing(void **state)
{
    struct stand *stand = *state;
    const struct reply reply = {.verb = REQUEST_WRITE, .value = 0, .message = "out"};
    overwrite_replied(&stand->app, &reply);
    assert_false(mode_on(&stand->app, &overwrite_mode));
}

static void it_may_be_left_alone(void **state)
{
    struct stand *stand = *state;
    static const uint32_t key[] = {'d', 'D', STROKE_ESCAPE, STROKE_CONTROL('C')};
    for (size_t i = 0; i < sizeof key / sizeof key[0]; i++) {
        come_upon(stand, REQUEST_WRITE, "out");
        feed_key(&stand->app, key[i], STROKE_NONE);
        assert_string_equal(stand->app.remark.message, "Nothing was written");
        assert_false(mode_on(&stand->app, &overwrite_mode));
    }
    stand_quiet(stand);
}

static void any_other_key_asks_again(void **state)
{
    struct stand *stand = *state;
    come_upon(stand, REQUEST_WRITE, "out");
    stand_type(stand, "G");
    assert_string_equal(stand->app.remark.message,
                        "Warning: out exists; Overwrite, Append, Don't write, or Quit?");
    assert_true(mode_on(&stand->app, &overwrite_mode));
    stand_quiet(stand);
}

/** In the text of SAVE a range stands before the name; it goes along with the answer. */
static void a_range_is_no_part_of_the_name(void **state)
{
    struct stand *stand = *state;
    come_upon(stand, REQUEST_SAVE, "0x10,0x20  out");
    assert_string_equal(stand->app.remark.message,
                        "Warning: out exists; Overwrite, Append, Don't write, or Quit?");
    stand_type(stand, "o");
    assert_string_equal(stand_sent(stand, REQUEST_SAVE)->text, "0x10,0x20  out");
}

static void the_end_of_a_long_name_is_shown(void **state)
{
    struct stand *stand = *state;
    /* Forty bytes from the end there is the second byte of a character: it begins behind that. */
    come_upon(stand, REQUEST_WRITE,
              "/a/name/\xc3\xa4/"
              "that/is/much/too/long/for/it/in/a.txt.");
    assert_string_equal(stand->app.remark.message,
                        "Warning: .../that/is/much/too/long/for/it/in/a.txt. exists; "
                        "Overwrite, Append, Don't write, or Quit?");
    come_upon(stand, REQUEST_WRITE, "a\x1b[2Jb");
    assert_null(strchr(stand->app.remark.message, '\x1b'));
}

static void quit(struct stand *stand)
{
    stand_type(stand, "q");
}

static void q_leaves_the_program(void **state)
{
    struct stand *stand = *state;
    come_upon(stand, REQUEST_WRITE, "out");
    assert_int_equal(stand_leaves(stand, quit), 0);
    stand->app.failed = 2;
    assert_int_equal(stand_leaves(stand, quit), 1);
    stand_quiet(stand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAND_TEST(it_is_overwritten_or_appended_to),
        STAND_TEST(a_file_that_is_not_there_asks_nothing),
        STAND_TEST(it_may_be_left_alone),
        STAND_TEST(any_other_key_asks_again),
        STAND_TEST(a_range_is_no_part_of_the_name),
        STAND_TEST(the_end_of_a_long_name_is_shown),
        STAND_TEST(q_leaves_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
