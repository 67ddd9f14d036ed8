/* SPDX-License-Identifier: MIT */
/** io/thread/clock: the clock goes forward, and both units tell the same time. */
#include "folio/io/thread/clock.h"

#include "test.h"

#include <stdint.h>
#include <time.h>

static int64_t kernel_ms(void)
{
    struct timespec now;
    assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &now), 0);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Until it has gone on by 20 ms, however long that takes, it never goes back and is always between two looks of ours. */
static void it_goes_forward(void **state)
{
    (void)state;
    int64_t first = clock_ms(), last = first;
    while (last - first < 20) {
        int64_t before = kernel_ms(), now = clock_ms();
        assert_true(before <= now && now <= kernel_ms());
        assert_true(now >= last);
        last = now;
    }
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
