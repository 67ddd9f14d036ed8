/* SPDX-License-Identifier: MIT */
/**
 * base: how much text goes on a row. The one rule of wrapping, for the view (which draws rows) and for the survey
 * (which finds out where the rows of a long line begin), so that both always agree.
 *
 * Pure, as base/glyph is; any thread. Made to run at several hundred megabytes a second over mixed text.
 */
#ifndef FOLIO_BASE_GLYPH_FIT_H
#define FOLIO_BASE_GLYPH_FIT_H

#include "folio/base/bytes/span.h"
#include "folio/base/glyph/glyph.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The most bytes of a row, whatever its width: text that takes no column could go on for ever. */
#define FIT_AHEAD_MAX 65536u

/** What decides where a row ends. Compared with fit_same. */
struct fit {
    struct glyph_rules rules;
    unsigned width; /**< columns of a row, at least 1 */
    bool word;      /**< break behind the last blank that fits, if there is one (--wordwrap) */
};

/**
 * How many bytes fit_row should be given where the file has that many; at most FIT_AHEAD_MAX. It looks at no more, so
 * that its answer does not depend on how many there are. A row that would have more bytes ends early, at a glyph border.
 */
size_t fit_ahead(const struct fit *fit);

/** Do the rules `a` and `b` break every line at the same places? */
bool fit_same(const struct fit *a, const struct fit *b);

/**
 * How many bytes of `span`, which begins a row, go on that row: as many glyphs as fit, but at least one, and those
 * behind them that take no column; up to a newline, which is not counted. Tabs count from the row's start, as in less.
 * `*used` (may be NULL) is the columns taken, more than the width only where the first glyph alone is wider. Where rows
 * are broken between words, blanks that do not fit any more stay on the row too, and take no column.
 */
size_t fit_row(const struct fit *fit, struct span span, unsigned *used);

/**
 * Walk a line that is not wrapped, from the start of `span`, where the glyph at `*column` begins, to the last glyph that
 * begins at or before column `until`, or to a newline or the span's end. Returns the bytes walked over; `*column` becomes
 * the column at which the glyph there begins.
 */
size_t fit_walk(const struct fit *fit, struct span span, uint64_t *column, uint64_t until);

/**
 * As fit_walk, but to the first glyph that begins at byte `limit` of the span or behind that byte, or to a newline or the
 * span's end. The span should have glyph_ahead bytes behind `limit` where the file has them, or the last glyph walked
 * over may be cut.
 */
size_t fit_pass(const struct fit *fit, struct span span, uint64_t *column, size_t limit);

#endif
