/* SPDX-License-Identifier: MIT */
/** tests: ui/option/switch: words of :set that are no settings. */
#include "test.h"

#include "folio/ui/option/switch.h"

#include <string.h>

static void words_switch(void **state)
{
    struct options options = {0};
    char said[128];
    (void)state;
    assert_true(options_switch(&options, "incsearch", said, sizeof said));
    assert_int_equal(options.incsearch, 1);
    assert_string_equal(said, "Search while the pattern is typed");
    assert_true(options_switch(&options, "noincsearch", said, sizeof said));
    assert_int_equal(options.incsearch, 0);
    assert_true(options_switch(&options, "incsearch!", said, sizeof said));
    assert_int_equal(options.incsearch, 1);
    assert_true(options_switch(&options, "incsearch?", said, sizeof said));
    assert_int_equal(options.incsearch, 1);
    assert_true(options_switch(&options, "nohistory", said, sizeof said));
    assert_int_equal(options.no_history, 1);
    assert_string_equal(said, "Patterns and commands are not kept");
    assert_true(options_switch(&options, "history", said, sizeof said));
    assert_int_equal(options.no_history, 0);
}

static void other_words_are_left_alone(void **state)
{
    static const char *const word[] = {
        "", "?", "nowrap", "incsearc", "incsearch?!", "incsearchx", "noincsearch?", "!"};
    struct options options = {0};
    char said[128] = "as it was";
    (void)state;
    for (size_t i = 0; i < sizeof word / sizeof word[0]; i++) {
        assert_false(options_switch(&options, word[i], said, sizeof said));
        assert_string_equal(said, "as it was");
    }
}

/** What is offered is understood. */
static void names_are_words(void **state)
{
    struct options options = {0};
    char said[128];
    const char *name;
    size_t count = 0;
    (void)state;
    for (; (name = options_switch_name(count)); count++)
        assert_true(options_switch(&options, name, said, sizeof said));
    assert_int_equal(count, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_switch),
        cmocka_unit_test(other_words_are_left_alone),
        cmocka_unit_test(names_are_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
