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

/** Bytes of a run that a row stands for at most; no screen is wider. */
#define STRINGS_ROW 4096u

/** Digits of the offset, 0 where there is no room for it. */
unsigned strings_digits(const struct canvas *canvas);

/** The column in which the text begins. */
unsigned strings_first(const struct canvas *canvas);

/** The layout's function `draw`. */
enum layout_result strings_draw(const struct canvas *canvas, const struct row *row, struct frame *frame,
                                unsigned number);

#endif
