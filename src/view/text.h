/* SPDX-License-Identifier: MIT */
/** view, private: what text_rows.c (where rows begin) and text.c (what is drawn) share. View thread. */
#ifndef FOLIO_VIEW_TEXT_H
#define FOLIO_VIEW_TEXT_H

#include "folio/view/layout.h"

/** Columns of a line number: seven digits and a blank, as less has them. */
#define TEXT_NUMBER_WIDTH 8u
/** What an unreadable row stands for. */
#define TEXT_BAD_PAGE 4096u

/** Columns taken by line numbers. */
unsigned text_margin(const struct canvas *canvas);

/** Columns that are left for text, at least 1. */
unsigned text_width(const struct canvas *canvas);

/** Is a row a whole line? */
bool text_chopped(const struct canvas *canvas);

/**
 * How many bytes of `span` (which begins at `column` of its line) fit in `width` columns, up to a newline; `*used` is
 * how many columns they take. At least one character fits.
 */
size_t text_fit(const struct canvas *canvas, struct span span, uint64_t column, unsigned width,
                unsigned *used);

enum layout_result text_holding(const struct canvas *canvas, uint64_t offset, struct row *row);
enum layout_result text_starting(const struct canvas *canvas, uint64_t offset, struct row *row);
enum layout_result text_after(const struct canvas *canvas, const struct row *row, struct row *after);
enum layout_result text_before(const struct canvas *canvas, const struct row *row, struct row *before);

#endif
