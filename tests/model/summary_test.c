/* SPDX-License-Identifier: MIT */
/** model/survey/summary: how far a summary has come, in thousandths. */
#include "folio/model/survey/summary.h"

#include "test.h"

#include <stdint.h>

static unsigned permille(uint64_t done, uint64_t data, bool complete)
{
    const struct summary_state state = {.done = done, .data = data, .complete = complete};
    return summary_permille(&state);
}

static void only_what_is_complete_is_all(void **state)
{
    (void)state;
    assert_int_equal(permille(0, 0, false), 0);
    assert_int_equal(permille(0, 0, true), 1000);
    assert_int_equal(permille(10, 100, true), 1000);
    assert_int_equal(permille(100, 100, false), 999);
}

static void thousandths_of_the_data(void **state)
{
    (void)state;
    assert_int_equal(permille(1, 3, false), 333);
    assert_int_equal(permille(UINT64_MAX / 2, UINT64_MAX, false), 499);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_is_complete_is_all),
        cmocka_unit_test(thousandths_of_the_data),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
