/* SPDX-License-Identifier: MIT */
/**
 * view, private: what the files of the text layout share: how much room there is (room.c), the units of the text and
 * the end of one row (wrap.c). The rest is in headers of their names; of what marks drawn cells (hits, edits, level) in
 * paint.h. View thread.
 *
 *     room.c       columns for text
 *     wrap.c       how far a row goes
 *     rows.c       where rows begin and end
 *     long.c       the same inside lines longer than LINES_LONG
 *     squeeze.c    runs of empty lines as one
 *     filter.c     only the lines that a filter shows
 *     columns.c    which column a byte stands in, and the other way round
 *     draw.c       what is drawn on a row
 *     hits.c       which of it was searched for
 *     edits.c      which of it is only tried
 *     level.c      which of it says how bad a line is
 *     list.c       lines as a list
 */
#ifndef FOLIO_VIEW_TEXT_TEXT_H
#define FOLIO_VIEW_TEXT_TEXT_H

#include "folio/view/layout/layout.h"

/** Columns of a line number: seven digits and a blank, as less has them. */
#define TEXT_NUMBER_WIDTH 8u
/** Columns of the status column. */
#define TEXT_STATUS_WIDTH 2u
/** What an unreadable row stands for. */
#define TEXT_BAD_PAGE 4096u
/** How far a chopped line's ends are looked for where the survey does not know them. */
#define TEXT_CHOP_LOOK (1u << 20)

/** Columns taken by the status column. */
unsigned text_status(const struct canvas *canvas);

/** Columns taken by it and line numbers. */
unsigned text_margin(const struct canvas *canvas);

/** Columns that are left for text, at least 1. */
unsigned text_width(const struct canvas *canvas);

/** Is a row a whole line? */
bool text_chopped(const struct canvas *canvas);

/** Bytes of a unit of the encoding. */
unsigned text_unit(const struct canvas *canvas);

/** The unit that begins at `data`, as a code point. */
uint32_t text_unit_at(const struct canvas *canvas, const char *data);

/** Up to `want` bytes at `offset` as a layout answer; LAYOUT_OK without bytes where they are unreadable. */
enum layout_result text_span(const struct canvas *canvas, uint64_t offset, size_t want, struct span *span,
                             bool *unreadable);

/** Is all of [begin, end) one column a byte, so that places are arithmetic? */
bool text_plain(const struct canvas *canvas, uint64_t begin, uint64_t end);

/** Fill in the end of the wrapped row that begins at row->begin: where it is full, or its line ends. */
enum layout_result text_wrap(const struct canvas *canvas, struct row *row);

/** Fill in the end of the chopped row that begins at row->begin: where its line ends. */
enum layout_result text_chop(const struct canvas *canvas, struct row *row);

#endif
