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
#define FIT_LOOK_MAX 65536u

/** What decides where a row ends. Compared with fit_same. */
struct fit {
    struct glyph_rules rules;
    unsigned width; /**< columns of a row, at least 1 */
    bool word;      /**< break behind the last blank that fits, if there is one (--wordwrap) */
};

/**
 * Bytes that fit_row should be given where the file has them, at most FIT_LOOK_MAX: it looks at no more, so that its
 * answer does not depend on how many there are. A row which would be longer ends before them, at a glyph border.
 */
size_t fit_look(const struct fit *fit);

/** Do both break every line alike? */
bool fit_same(const struct fit *a, const struct fit *b);

/**
 * How many bytes of `span`, which begins a row, go on that row: up to a newline (not counted), at least one glyph,
 * with what takes no column behind them. Tabs count from the row's start, as in less. `*used` (may be NULL) is the
 * columns taken, more than the width only where the first glyph alone is wider. By words, blanks that do not fit any more stay on
 * the row too, and take no column.
 */
size_t fit_row(const struct fit *fit, struct span span, unsigned *used);

/**
 * Walk a line that is not wrapped: from a glyph that begins at `*column` on, to the last glyph that begins at or before
 * column `until`, or to a newline or the span's end. Returns the bytes walked; `*column` is where the glyph there begins.
 */
size_t fit_walk(const struct fit *fit, struct span span, uint64_t *column, uint64_t until);

/**
 * The same to the first glyph that begins at byte `limit` of the span or behind it, or to a newline or the span's end.
 * For the glyph before it to be whole, glyph_look bytes should follow `limit` where the file has them.
 */
size_t fit_pass(const struct fit *fit, struct span span, uint64_t *column, size_t limit);

#endif
