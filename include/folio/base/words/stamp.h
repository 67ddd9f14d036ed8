/* SPDX-License-Identifier: MIT */
/**
 * base: time stamps as logs write them, and the times that people ask for.
 *
 * A stamp is the time *as written*: the fields of the clock that wrote the line, counted as if it stood in UTC, and
 * beside it how far that clock was from UTC, if the line says so. A person who asks for 13:45 means what stands in the
 * log, so a question without a zone is compared as written; one with a zone, by UTC. Numbers of seconds or milliseconds
 * since 1970 are shown to people as local time, so they are taken as local time here, too (struct stamp_hint).
 *
 * Values; pure; any thread.
 */
#ifndef FOLIO_BASE_WORDS_STAMP_H
#define FOLIO_BASE_WORDS_STAMP_H

#include "folio/base/bytes/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The zone of a stamp whose line does not say in which zone it was written. */
#define STAMP_NO_ZONE INT32_MIN

/** How far into a line a stamp is looked for, in bytes: prefixes are short, but JSON has its time anywhere. */
#define STAMP_LOOK 4096u

struct stamp {
    int64_t written; /**< milliseconds since 1970 of the fields as written */
    int32_t zone;    /**< seconds east of UTC, or STAMP_NO_ZONE */
};

/** What one has to know besides the line to tell when it was written. */
struct stamp_hint {
    /** Now, or when the file was last written: a stamp without a year is in the last year that makes it no later. */
    int64_t latest;
    /** Seconds east of UTC of the person's clock, for numbers since 1970. */
    int32_t local;
};

/**
 * The first time stamp in a line. Known are ISO 8601 and its relatives (2026-11-20T13:45:12.345+01:00, 2026/11/20
 * 13:45:12,345), syslog (Nov 20 13:45:12), Apache (20/Nov/2026:13:45:12 +0100), asctime (Fri Nov 20 13:45:12 2026),
 * seconds and milliseconds since 1970 at the line's start, and JSON members named time, ts, timestamp or @timestamp with
 * any of these. False when there is none within STAMP_LOOK bytes.
 */
bool stamp_find(const char *line, size_t length, const struct stamp_hint *hint, struct stamp *stamp);

/** Which is earlier? < 0, 0, > 0. By UTC where both have a zone, as written otherwise. */
int stamp_compare(struct stamp a, struct stamp b);

/**
 * The time that a person asks for: a whole one in any form that stamp_find knows; a part of one (2026-11-20, 13:45,
 * Nov 20 13:45), completed from `here`, the stamp of the line on the screen, with the smallest values behind the part; or
 * a distance from `here` (+10m, -2h30m, +1d; units ms s m h d w). False and `error` when it is none of these.
 */
bool stamp_ask(const char *text, struct stamp here, const struct stamp_hint *hint, struct stamp *wanted,
               struct error *error);

/** Write it as 2026-11-20 13:45:12.345+01:00 (no fraction where it is 0, no zone where there is none), NUL-terminated. */
void stamp_write(struct stamp stamp, char out[40]);

#endif
