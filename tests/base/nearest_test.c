/* SPDX-License-Identifier: MIT */
/** base/words/nearest: the name that was meant is found if it is near enough, and the first of equals stays. */
#include "folio/base/words/nearest.h"

#include "test.h"

#include <string.h>

/** The nearest of the names in `list`, which NULL ends, to what was typed. */
static const char *nearest_of(const char *typed, const char *const *list)
{
    struct nearest nearest = {.typed = typed, .length = strlen(typed)};
    for (; *list; list++)
        nearest_offer(&nearest, *list);
    return nearest.best;
}

static void a_slip_is_understood(void **state)
{
    (void)state;
    const char *const names[] = {"search", "strings", "strip", NULL};
    assert_string_equal(nearest_of("serch", names), "search");
    assert_string_equal(nearest_of("string", names), "strings");
    assert_string_equal(nearest_of("strip", names), "strip");
}

static void what_is_far_is_no_offer(void **state)
{
    (void)state;
    const char *const names[] = {"search", "", NULL};
    assert_null(nearest_of("quit", names));
    assert_null(nearest_of("a word that is far too long to be compared", names));
}

static void the_first_of_equals_stays(void **state)
{
    (void)state;
    const char *const names[] = {"red", "rod", NULL};
    assert_string_equal(nearest_of("rad", names), "red");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slip_is_understood),
        cmocka_unit_test(what_is_far_is_no_offer),
        cmocka_unit_test(the_first_of_equals_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
