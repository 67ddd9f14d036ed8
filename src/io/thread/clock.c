/* SPDX-License-Identifier: MIT */
/**
 * io: the monotonic clock, in the two units that are asked for.
 */
#include "folio/io/thread/clock.h"

#include <time.h>

uint64_t clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

int64_t clock_ms(void)
{
    return (int64_t)(clock_ns() / 1000000u);
}
