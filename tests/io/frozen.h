/* SPDX-License-Identifier: MIT */
/**
 * tests: a clock that stands still while a test wants it to, for what happens at most every so many milliseconds.
 *
 * Stands in the place of clock_gettime in the whole program, so it is included by one file of it. Any thread.
 */
#ifndef FOLIO_TESTS_IO_FROZEN_H
#define FOLIO_TESTS_IO_FROZEN_H

#include <stdatomic.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/** What CLOCK_MONOTONIC shows, in milliseconds; less than 0: the time. */
static atomic_int_least64_t frozen_ms = -1;

int clock_gettime(clockid_t clock, struct timespec *now)
{
    int64_t ms = atomic_load(&frozen_ms);
    if (ms < 0 || clock != CLOCK_MONOTONIC)
        return (int)syscall(SYS_clock_gettime, clock, now);
    *now = (struct timespec){(time_t)(ms / 1000), (long)(ms % 1000 * 1000000)};
    return 0;
}

#endif
