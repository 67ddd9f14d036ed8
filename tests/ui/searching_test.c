/* SPDX-License-Identifier: MIT */
/** tests: ui/mode/search: patterns, how they are searched for, and searching while one types. */
#include "stand.h"
#include "test.h"

#include "folio/ui/mode/search.h"

static const char *label(const struct stand *stand)
{
    return stand->app.asking.prompt.label;
}

static void a_search_has_direction_count_and_pattern(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "3/word\r");
    const struct request *sent = stand_sent(stand, REQUEST_SEARCH);
    assert_int_equal(sent->amount, 1);
    assert_int_equal(sent->count, 3);
    assert_int_equal(sent->modifiers, 0);
    assert_string_equal(sent->text, "word");
    stand_type(stand, "?word\r");
    sent = stand_sent(stand, REQUEST_SEARCH);
    assert_int_equal(sent->amount, -1);
    assert_false(sent->counted);
}

/** Some keys before the pattern say how to search; behind the first character they are characters. */
static void keys_before_the_pattern_say_how(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "/");
    assert_string_equal(label(stand), "/");
    feed_key(&stand->app, STROKE_CONTROL('N'), STROKE_NONE);
    assert_string_equal(label(stand), "Non-match /");
    stand_type(stand, "!!a!\r");
    const struct request *sent = stand_sent(stand, REQUEST_SEARCH);
    assert_int_equal(sent->modifiers, SEARCH_INVERT);
    assert_string_equal(sent->text, "a!");
}

static void a_group_is_asked_for(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "/");
    feed_key(&stand->app, STROKE_CONTROL('S'), STROKE_NONE);
    assert_string_equal(label(stand), "Sub-pattern (1-9): ");
    stand_type(stand, "2a\r");
    assert_int_equal(SEARCH_GROUP_OF(stand_sent(stand, REQUEST_SEARCH)->modifiers), 2);
}

static void a_search_may_go_over_all_files(void **state)
{
    struct stand *stand = *state;
    feed_key(&stand->app, STROKE_ESCAPE, '/');
    stand_type(stand, "a\r");
    assert_int_equal(stand_sent(stand, REQUEST_SEARCH)->modifiers, SEARCH_FILES);
    stand_type(stand, "/a\r"); /* the next one is not that any more */
    assert_int_equal(stand_sent(stand, REQUEST_SEARCH)->modifiers, 0);
}

static void typing_searches(void **state)
{
    struct stand *stand = *state;
    stand->app.options.incsearch = 1;
    stand_type(stand, "/");
    stand_quiet(stand);
    stand_type(stand, "a");
    assert_string_equal(stand_sent(stand, REQUEST_SEARCH_TRY)->text, "a");
    feed_key(&stand->app, STROKE_LEFT, STROKE_NONE);
    stand_quiet(stand); /* the text is the same */
    stand_type(stand, "b");
    assert_string_equal(stand_sent(stand, REQUEST_SEARCH_TRY)->text, "ba");
    stand_type(stand, "\r");
    stand_sent(stand, REQUEST_SEARCH);
    stand_quiet(stand);
    /* That search is over: there is nothing to go back from. */
    stand_type(stand, "/");
    feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
    stand_quiet(stand);
}

/** Leaving goes back to where it began, once, and only if something was tried. */
static void leaving_goes_back(void **state)
{
    struct stand *stand = *state;
    stand->app.options.incsearch = 1;
    stand_type(stand, "/");
    feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
    stand_quiet(stand);
    stand_type(stand, "/a");
    stand_sent(stand, REQUEST_SEARCH_TRY);
    feed_key(&stand->app, STROKE_ESCAPE, STROKE_NONE);
    stand_sent(stand, REQUEST_SEARCH_LEAVE);
    assert_false(stand->search.trying);
    stand_quiet(stand);
}

/** Enter on nothing repeats the last pattern, from where the search began. */
static void an_empty_pattern_leaves_what_was_tried(void **state)
{
    struct stand *stand = *state;
    stand->app.options.incsearch = 1;
    stand_type(stand, "/ab\x08\x08");
    feed_key(&stand->app, '\r', STROKE_NONE);
    stand->link.read = stand->link.count - 2;
    stand_sent(stand, REQUEST_SEARCH_LEAVE);
    assert_string_equal(stand_sent(stand, REQUEST_SEARCH)->text, "");
}

static void scripts_and_filters_try_nothing(void **state)
{
    struct stand *stand = *state;
    stand->app.options.incsearch = 1;
    stand_type(stand, "&a\r");
    const struct request *sent = stand_sent(stand, REQUEST_FILTER);
    assert_string_equal(sent->text, "a");
    assert_int_equal(sent->amount, 0);
    feed_text(&stand->app, "/a");
    stand_sent(stand, REQUEST_SEARCH);
    stand_quiet(stand);
}

static void a_filter_knows_two_ways(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "&");
    assert_string_equal(label(stand), "&/");
    stand_type(stand, "!");
    assert_string_equal(label(stand), "Non-match &/");
    feed_key(&stand->app, STROKE_CONTROL('W'), STROKE_NONE); /* wrapping means nothing here */
    assert_string_equal(label(stand), "Non-match &/");
}

static void a_filter_by_name(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, ":filter\r");
    assert_int_equal(stand_sent(stand, REQUEST_FILTER)->amount, FILTER_LIST);
    stand_type(stand, ":filter -2\r");
    assert_int_equal(stand_sent(stand, REQUEST_FILTER)->amount, 2);
    stand_type(stand, ":filter -2x\r");
    assert_string_equal(stand_sent(stand, REQUEST_FILTER)->text, "-2x");
    stand_type(stand, ":filter !a\r");
    const struct request *sent = stand_sent(stand, REQUEST_FILTER);
    assert_string_equal(sent->text, "a");
    assert_int_equal(sent->modifiers, SEARCH_INVERT);
    stand_type(stand, ":filter a\r");
    assert_int_equal(stand_sent(stand, REQUEST_FILTER)->modifiers, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAND_TEST(a_search_has_direction_count_and_pattern),
        STAND_TEST(keys_before_the_pattern_say_how),
        STAND_TEST(a_group_is_asked_for),
        STAND_TEST(a_search_may_go_over_all_files),
        STAND_TEST(typing_searches),
        STAND_TEST(leaving_goes_back),
        STAND_TEST(an_empty_pattern_leaves_what_was_tried),
        STAND_TEST(scripts_and_filters_try_nothing),
        STAND_TEST(a_filter_knows_two_ways),
        STAND_TEST(a_filter_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
