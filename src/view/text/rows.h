/* SPDX-License-Identifier: MIT */
/**
 * view, private: the text layout, where rows begin and end (rows.c), whichever lines are shown. View thread.
 */
#ifndef FOLIO_VIEW_TEXT_ROWS_H
#define FOLIO_VIEW_TEXT_ROWS_H

#include "folio/view/layout/layout.h"

/** The row on which the byte at `offset` stands. */
enum layout_result text_holding(const struct canvas *canvas, uint64_t offset, struct row *row);

/** The first row of the line that holds `offset`; in a long line, the row that holds it. */
enum layout_result text_starting(const struct canvas *canvas, uint64_t offset, struct row *row);

/** The row below `row`. */
enum layout_result text_after(const struct canvas *canvas, const struct row *row, struct row *after);

/** The row above `row`; from one that is not exact the first exact one that begins before it, where that is known. */
enum layout_result text_before(const struct canvas *canvas, const struct row *row, struct row *before);

/** The row that begins where `row` does, found anew. */
enum layout_result text_again(const struct canvas *canvas, const struct row *row, struct row *again);

#endif
