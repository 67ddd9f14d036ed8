/* SPDX-License-Identifier: MIT */
/**
 * view, private: what the files of the tree share. View thread.
 *
 *     rows.c     which bytes are on which row
 *     draw.c     what is drawn on a row
 *     text.c     strings as the text that they mean
 *     brush.c    bytes and words being drawn, and how wide they are
 */
#ifndef FOLIO_VIEW_JSON_JSON_H
#define FOLIO_VIEW_JSON_JSON_H

#include "folio/view/json/layout.h"
#include "folio/view/text/pen.h"

/** Columns that a level is indented by. */
#define JSON_INDENT 2u

/** What the nesting said, of a row. */
static inline enum layout_result json_said(enum nesting_answer answer)
{
    return answer == NESTING_FOUND ? LAYOUT_OK : answer == NESTING_NONE ? LAYOUT_NONE : LAYOUT_WAIT;
}

/** Columns that the bytes of `range` take, as far as they are wanted: more than `limit` is said of whatever is wider. */
unsigned json_width(const struct canvas *canvas, struct range range, unsigned limit);

/** Draw the bytes of `range` in a style, as far as there is room. WAIT: some are on their way. */
enum layout_result json_bytes(struct pen *pen, struct range range, enum style style);

/** The same of the text that the bytes between two quotes mean. */
unsigned json_text_width(const struct canvas *canvas, struct range range, unsigned limit);
enum layout_result json_text(struct pen *pen, struct range range, enum style style);

/** Draw printable ASCII that stands for no byte. */
void json_words(struct pen *pen, const char *text, enum style style);

/** The layout's function `draw`. */
enum layout_result json_draw(const struct canvas *canvas, const struct row *row, struct frame *frame,
                             unsigned number);

#endif
