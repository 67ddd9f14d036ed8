/* SPDX-License-Identifier: MIT */
/**
 * view, private: the text layout, which column a byte stands in, and the other way round (columns.c). View thread.
 */
#ifndef FOLIO_VIEW_TEXT_COLUMNS_H
#define FOLIO_VIEW_TEXT_COLUMNS_H

#include "folio/view/layout/layout.h"

/** A glyph and the column of its line at which it begins. */
struct text_spot {
    uint64_t offset, column;
    bool exact; /**< otherwise it is a guess */
};

/** The glyph of a chopped row that stands in or across column `column`; the row's end where it is shorter. */
enum layout_result text_seek(const struct canvas *canvas, const struct row *row, uint64_t column,
                             struct text_spot *spot);

/** Column, in its line, of the byte at `offset`. False when the line's beginning is not at hand. */
bool text_column(const struct canvas *canvas, uint64_t offset, uint64_t *column);

/** The byte of the row at a column of its line, or its end. False while bytes are missing. */
bool text_byte_at(const struct canvas *canvas, const struct row *row, uint64_t column, uint64_t *offset);

/** Columns the row would need if none were cut. */
uint64_t text_row_width(const struct canvas *canvas, const struct row *row);

#endif
