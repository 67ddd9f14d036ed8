/* SPDX-License-Identifier: MIT */
/** view, private: the text layout, rows inside lines longer than LINES_LONG (long.c). View thread. */
#ifndef FOLIO_VIEW_TEXT_LONG_H
#define FOLIO_VIEW_TEXT_LONG_H

#include "folio/view/layout/layout.h"

/** The walk of the line that begins at `line_begin`, in the way rows are broken now, or NULL. */
struct columns *long_walk(const struct canvas *canvas, uint64_t line_begin);

/**
 * The row that holds `offset` in the long line that begins at `line_begin`, where wrapping that line from its start puts
 * it. NONE: that is not known.
 */
enum layout_result long_holding(const struct canvas *canvas, uint64_t line_begin, uint64_t offset,
                                struct row *row);

/**
 * Where a row near `offset`, at it or before it, may begin, if that is not known better; `known` tells whether
 * `line_begin` is where the line begins. The end of the row is for the caller to fill in, and to go on to the row that
 * holds `offset`.
 */
enum layout_result long_guess(const struct canvas *canvas, uint64_t line_begin, bool known, uint64_t offset,
                              struct row *row);

/** The row above `row`, inside a long line. */
enum layout_result long_before(const struct canvas *canvas, const struct row *row, struct row *before);

/**
 * Fill in the end of the wrapped row that begins at row->begin. One that is not exact ends where the true row that holds
 * its first byte ends, if that is known.
 */
enum layout_result long_finish(const struct canvas *canvas, struct row *row);

/** The first byte of the glyph that holds `offset`, as well as can be seen from a little before it. */
enum layout_result long_glyph(const struct canvas *canvas, uint64_t offset, uint64_t *begin);

/** The layout's function: is it known where rows of this line begin, at this place? */
bool text_sure(const struct canvas *canvas, const struct row *row);

#endif
