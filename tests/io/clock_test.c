/* SPDX-License-Identifier: MIT */
/** io/thread/clock: the clock goes forward, and both units tell the same time. */
#include "folio/io/thread/clock.h"

#include "test.h"

#include <stdint.h>
#include <time.h>

static void it_goes_forward(void **state)
{
    (void)state;
    int64_t before = clock_ms();
    struct timespec nap = {.tv_nsec = 20000000};
    nanosleep(&nap, NULL);
    assert_true(clock_ms() - before >= 19);
}

static void both_units_agree(void **state)
{
    (void)state;
    int64_t first = clock_ms();
    int64_t between = (int64_t)(clock_ns() / 1000000);
    assert_true(first <= between && between <= clock_ms());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_goes_forward),
        cmocka_unit_test(both_units_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
