/* SPDX-License-Identifier: MIT */
/**
 * io: the one clock by which folio measures how long something takes (CLOCK_MONOTONIC).
 *
 * It only goes forward, whoever sets the time of day. Any thread, and signal handlers too.
 */
#ifndef FOLIO_IO_THREAD_CLOCK_H
#define FOLIO_IO_THREAD_CLOCK_H

#include <stdint.h>

/** Milliseconds since some moment before the program started. */
int64_t clock_ms(void);

/** Nanoseconds since the same moment. */
uint64_t clock_ns(void);

#endif
