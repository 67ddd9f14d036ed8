/* SPDX-License-Identifier: MIT */
/**
 * view, private: what the files of the text layout share. View thread.
 *
 *     text_rows.c       where rows begin and end
 *     text_long.c       the same inside lines longer than LINES_LONG
 *     text_squeeze.c    runs of empty lines as one
 *     text_filter.c     only the lines that a filter shows
 *     text_columns.c    which column a byte stands in, and the other way round
 *     text_draw.c       what is drawn on a row
 *     text_hits.c       which of it was searched for
 *     text_edits.c      which of it is only tried
 */
#ifndef FOLIO_VIEW_TEXT_H
#define FOLIO_VIEW_TEXT_H

#include "folio/view/layout.h"

/** Columns of a line number: seven digits and a blank, as less has them. */
#define TEXT_NUMBER_WIDTH 8u
/** Columns of the status column. */
#define TEXT_STATUS_WIDTH 2u
/** What an unreadable row stands for. */
#define TEXT_BAD_PAGE 4096u

/** Columns taken by the status column, and by it and line numbers. */
unsigned text_status(const struct canvas *canvas);
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

/** Fill in the end of the row that begins at row->begin. */
enum layout_result text_finish(const struct canvas *canvas, struct row *row);

/** Fill in the end of the wrapped row that begins at row->begin, and nothing else. */
enum layout_result text_wrap(const struct canvas *canvas, struct row *row);

enum layout_result text_holding(const struct canvas *canvas, uint64_t offset, struct row *row);
enum layout_result text_starting(const struct canvas *canvas, uint64_t offset, struct row *row);
enum layout_result text_after(const struct canvas *canvas, const struct row *row, struct row *after);
enum layout_result text_before(const struct canvas *canvas, const struct row *row, struct row *before);
enum layout_result text_again(const struct canvas *canvas, const struct row *row, struct row *again);
bool text_sure(const struct canvas *canvas, const struct row *row);

/** The layout's rows: those above, of shown lines only where there is a filter. */
enum layout_result filtered_holding(const struct canvas *canvas, uint64_t offset, struct row *row);
enum layout_result filtered_starting(const struct canvas *canvas, uint64_t offset, struct row *row);
enum layout_result filtered_after(const struct canvas *canvas, const struct row *row, struct row *after);
enum layout_result filtered_before(const struct canvas *canvas, const struct row *row, struct row *before);
enum layout_result filtered_again(const struct canvas *canvas, const struct row *row, struct row *again);

/** The walk of the line that begins at `line_begin`, in the way rows are broken now, or NULL. */
struct columns *long_walk(const struct canvas *canvas, uint64_t line_begin);

/**
 * The row of the long line that holds `offset`, as wrapping the line from its start puts it; NONE where that is not
 * known. At most a block is read.
 */
enum layout_result long_true(const struct canvas *canvas, uint64_t line_begin, uint64_t offset,
                             struct row *row);

/** The row that holds `offset` in a long line; `known` tells whether `line_begin` is where the line begins. */
enum layout_result long_holding(const struct canvas *canvas, uint64_t line_begin, bool known, uint64_t offset,
                                struct row *row);

/** The row above `row`, inside a long line. */
enum layout_result long_before(const struct canvas *canvas, const struct row *row, struct row *before);

/** Cut an inexact row where the true one that holds its first byte ends, if that is known. */
enum layout_result long_cut(const struct canvas *canvas, struct row *row);

/** The first byte of the glyph that holds `offset`, as well as can be seen from a little before it. */
enum layout_result long_glyph(const struct canvas *canvas, uint64_t offset, uint64_t *begin);

/** Is the row an empty line, but for CR? */
bool squeeze_empty(const struct canvas *canvas, const struct row *row);

/** Let the empty row stand for the empty lines that follow it, too. */
void squeeze_after(const struct canvas *canvas, struct row *row);

/** The start of the run of empty lines in which the empty line at `begin` lies. */
uint64_t squeeze_begin(const struct canvas *canvas, uint64_t begin);

/** A glyph and the column of its line at which it begins. */
struct text_spot {
    uint64_t offset, column;
    bool exact; /**< otherwise it is a guess */
};

/** The glyph of a chopped row that stands in or across column `column`; the row's end where it is shorter. */
enum layout_result text_seek(const struct canvas *canvas, const struct row *row, uint64_t column,
                             struct text_spot *spot);

bool text_column(const struct canvas *canvas, uint64_t offset, uint64_t *column);
uint64_t text_row_width(const struct canvas *canvas, const struct row *row);

/** Give the search hits among the drawn cells, whose bytes are [from, until), their style. True: there is one. */
bool text_highlight(const struct canvas *canvas, const struct row *row, struct cell *cell, unsigned columns,
                    uint64_t from, uint64_t until);

/** Mark the cells that would look otherwise without an edit in the sandbox; `cell` are the row's, `columns` of them. */
void text_edits(const struct canvas *canvas, const struct row *row, struct cell *cell, unsigned columns);

/** Give the word for the line's level its style, where neither a hit nor the file has given one. */
void text_level(const struct canvas *canvas, const struct row *row, struct cell *cell, unsigned columns);

/** The same for the patterns that are highlighted, where the search has no hits. */
void text_highlight_others(const struct canvas *canvas, const struct row *row, struct cell *cell,
                           unsigned columns, uint64_t from, uint64_t until);

#endif
