/* SPDX-License-Identifier: MIT */
/** tests: ui/mode/highlight: the words behind :highlight and :nohighlight. */
#include "folio/ui/mode/highlight.h"

#include "stand.h"
#include "test.h"

static void a_pattern_is_highlighted(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, ":highlight a b\r");
    assert_string_equal(stand_sent(stand, REQUEST_HIGHLIGHT)->text, "a b");
    stand_type(stand, ":highlight -2x\r");
    assert_string_equal(stand_sent(stand, REQUEST_HIGHLIGHT)->text, "-2x");
}

static void a_number_takes_one_away(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, ":highlight -12\r");
    const struct request *sent = stand_sent(stand, REQUEST_HIGHLIGHT_DROP);
    assert_true(sent->counted);
    assert_int_equal(sent->count, 12);
    stand_type(stand, ":nohighlight 3\r");
    assert_int_equal(stand_sent(stand, REQUEST_HIGHLIGHT_DROP)->count, 3);
}

static void no_number_takes_all_away(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, ":nohighlight\r");
    assert_false(stand_sent(stand, REQUEST_HIGHLIGHT_DROP)->counted);
    stand_type(stand, ":nohighlight word\r");
    assert_string_equal(stand->app.remark.message,
                        ":nohighlight takes the number of a highlight; :highlight lists them");
    stand_quiet(stand);
}

/** The list shows each look, a line for each; it lies over the file as the help does. */
static void the_list_has_all_looks(void **state)
{
    struct stand *stand = *state;
    size_t lines = 0;
    stand_type(stand, ":highlight\r");
    for (const char *text = stand_sent(stand, REQUEST_HIGHLIGHT_LIST)->text; *text != '\0'; text++)
        lines += *text == '\n';
    assert_int_equal(lines, STYLE_HIGHLIGHT_LAST - STYLE_HIGHLIGHT + 1);
    assert_true(stand->app.help);
    stand_type(stand, ":highlight\r");
    assert_string_equal(stand->app.remark.message, "Command not available");
    stand_quiet(stand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAND_TEST(a_pattern_is_highlighted),
        STAND_TEST(a_number_takes_one_away),
        STAND_TEST(no_number_takes_all_away),
        STAND_TEST(the_list_has_all_looks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
