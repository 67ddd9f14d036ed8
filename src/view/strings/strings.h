/* SPDX-License-Identifier: MIT */
/**
 * view, private: what the files of the strings layout share. View thread.
 *
 *     rows.c     which runs of text are rows
 *     draw.c     what is drawn on a row
 *     shape.c    where the offset and the text stand on it
 */
#ifndef FOLIO_VIEW_STRINGS_STRINGS_H
#define FOLIO_VIEW_STRINGS_STRINGS_H

#include "folio/view/layout/layout.h"

/** Bytes of a run that a row stands for at most: in no encoding a screen has room for more of it. */
#define STRINGS_ROW 16384u

/** Digits of the offset, 0 where there is no room for it. */
unsigned strings_digits(const struct canvas *canvas);

/** The column in which the text begins. */
unsigned strings_first(const struct canvas *canvas);

/** How the text of the rows is shown: in the encoding of the runs. */
struct glyph_rules strings_rules(const struct canvas *canvas);

/**
 * The columns that the row's text takes, up to the last character that ends in column `limit` or before it; `*offset` is
 * where the next one begins. 0 where its bytes cannot be had now.
 */
uint64_t strings_columns(const struct canvas *canvas, const struct row *row, uint64_t limit,
                         uint64_t *offset);

/** The layout's function `draw`. */
enum layout_result strings_draw(const struct canvas *canvas, const struct row *row, struct frame *frame,
                                unsigned number);

#endif
