/* SPDX-License-Identifier: MIT */
/* io: going over the lines of the book or its archive, a piece at a time. Any thread that may wait. */
#ifndef FOLIO_IO_JOURNAL_SCAN_H
#define FOLIO_IO_JOURNAL_SCAN_H

#include "folio/io/journal/journal.h"

/** A line that looks like one. The text may be changed; it is gone when the function returns. */
struct journal_text {
    char *line; /**< from behind its state, ended by a NUL, without blanks and newline at the end */
    enum journal_state state;
    uint64_t row; /**< where it begins, in rows; 0: in the archive */
    uint64_t rows;
};

/** What becomes of a line. */
enum journal_take {
    JOURNAL_TAKEN, /**< looked at, or none of ours */
    JOURNAL_TORN,  /**< it was not written to its end: what comes next may be hidden in it */
    JOURNAL_STOP   /**< enough, or no memory */
};

typedef enum journal_take journal_taker(void *context, const struct journal_text *text);

/**
 * Show every line of the book `fd` to `take`, or, with `archive`, of an archive, from its beginning on. A `state` other
 * than -1: only lines in that one. `*stopped`: `take` had enough; NULL: nobody asks. False and errno: it cannot be read.
 */
bool journal_scan(int fd, bool archive, int state, journal_taker *take, void *context, bool *stopped);

/** The number of the first row of the book `fd`, as its title says; 0: it says none. */
uint64_t journal_base(int fd);

#endif
