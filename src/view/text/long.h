/* SPDX-License-Identifier: MIT */
/** view, private: the text layout, rows inside lines longer than LINES_LONG (long.c). View thread. */
#ifndef FOLIO_VIEW_TEXT_LONG_H
#define FOLIO_VIEW_TEXT_LONG_H

#include "folio/view/layout/layout.h"

/** The walk of the line that begins at `line_begin`, in the way rows are broken now, or NULL. */
struct columns *long_walk(const struct canvas *canvas, uint64_t line_begin);

/** The row that holds `offset` in a long line; `known` tells whether `line_begin` is where the line begins. */
enum layout_result long_holding(const struct canvas *canvas, uint64_t line_begin, bool known, uint64_t offset,
                                struct row *row);

/** The row above `row`, inside a long line. */
enum layout_result long_before(const struct canvas *canvas, const struct row *row, struct row *before);

/** Cut an inexact row where the true one that holds its first byte ends, if that is known. */
enum layout_result long_cut(const struct canvas *canvas, struct row *row);

/** The first byte of the glyph that holds `offset`, as well as can be seen from a little before it. */
enum layout_result long_glyph(const struct canvas *canvas, uint64_t offset, uint64_t *begin);

/** The layout's function: is it known where rows of this line begin, at this place? */
bool text_sure(const struct canvas *canvas, const struct row *row);

#endif
