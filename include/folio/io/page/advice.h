/* SPDX-License-Identifier: MIT */
/**
 * io: what the kernel is told about how a mapping will be read. One table, from option name to madvise value.
 *
 * `auto` is folio's own choice: RANDOM for the viewer's mapping (a jump then costs the pages shown, not
 * read_ahead_kb around each touch) with explicit prefetch around the viewport, SEQUENTIAL for the survey's windows.
 */
#ifndef FOLIO_IO_PAGE_ADVICE_H
#define FOLIO_IO_PAGE_ADVICE_H

#include <stdbool.h>
#include <stddef.h>

enum advice { ADVICE_AUTO, ADVICE_NORMAL, ADVICE_SEQUENTIAL, ADVICE_RANDOM, ADVICE_COUNT };

/** What the mapping is for; decides what ADVICE_AUTO means. */
enum advice_use { ADVICE_FOR_VIEW, ADVICE_FOR_SURVEY };

/** Parse an option value ("auto", "normal", ...). False when it is no such name. */
bool advice_parse(const char *name, enum advice *advice);

/** The name that advice_parse takes; static. */
const char *advice_name(enum advice advice);

/** Advise [base, base + length); advice never fails in a way that matters, so nothing is returned. */
void advice_apply(void *base, size_t length, enum advice advice, enum advice_use use);

#endif
