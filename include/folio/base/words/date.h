/* SPDX-License-Identifier: MIT */
/** base: a date as the inspector of bytes writes it, read back: 2026-11-20T13:45:12.5Z. Pure; any thread. */
#ifndef FOLIO_BASE_WORDS_DATE_H
#define FOLIO_BASE_WORDS_DATE_H

#include <stdbool.h>
#include <stdint.h>

struct date {
    int year; /**< 1 to 9999 */
    unsigned month, day, hour, minute, second;
    uint32_t nanosecond;
};

/** All of `text`: the day, and behind a T as much of the clock as one likes; a Z at the end. False: it is no date. */
bool date_read(const char *text, struct date *date);

/** Seconds since 1970, in UTC. */
int64_t date_seconds(const struct date *date);

#endif
