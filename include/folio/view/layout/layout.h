/* SPDX-License-Identifier: MIT */
/**
 * view: how bytes become rows. A layout is a const struct of functions.
 *
 * A row is one row of the screen as a stretch of the file; a layout knows which row comes after and before another,
 * which one holds a byte, and how to draw it. Rows are values that carry all they need. View thread.
 */
#ifndef FOLIO_VIEW_LAYOUT_LAYOUT_H
#define FOLIO_VIEW_LAYOUT_LAYOUT_H

#include "folio/base/bytes/span.h"
#include "folio/base/glyph/fit.h"
#include "folio/model/known/attributes.h"
#include "folio/model/known/columns.h"
#include "folio/model/reader/reader.h"
#include "folio/model/search/filter.h"
#include "folio/model/search/matches.h"
#include "folio/model/survey/summary.h"
#include "folio/view/frame/frame.h"
#include "folio/view/settings/settings.h"

#include <stdbool.h>
#include <stdint.h>

/** One row of the screen as a stretch of the file. */
struct row {
    /** Bytes shown; `end` is after the last one, before a newline. */
    uint64_t begin, end;
    /** Where the row after it begins; the end of the file after the last one. */
    uint64_t next;
    /** Where its line begins, if that is known. */
    uint64_t line_begin;
    bool line_known;
    /**
     * The row begins where wrapping the line from its start would begin one. A row that is not exact ends where an exact
     * one ends, once that is known, so that the row below it is exact again.
     */
    bool exact;
    /** ROW_BODY, or one of the rows that stay at the top (--header), or the last of those. */
    enum { ROW_BODY, ROW_HEADER, ROW_HEADER_LAST } header;
    /** The page at `begin` cannot be read, and the row says so. */
    bool unreadable;
    /** The row says that lines are left out above the one that begins at `begin`, and holds no byte itself. */
    bool separator;
    /** Of two files: a separator of bytes that only the other one has before `begin`, and how many are on rows above it. */
    uint64_t beside;
    /** The number of the row's line, 0 while there is none, and whether that is exact. The view fills it in. */
    uint64_t line;
    bool line_exact;
    /** `next` is not known yet (a chopped line whose end the survey has not found). */
    bool open;
};

/** Does the row hold the byte? Where a chopped line goes on is not known, and all of it is on its row. */
static inline bool row_holds(const struct row *row, uint64_t offset)
{
    return offset >= row->begin && offset < (row->open ? UINT64_MAX : row->next);
}

/** Long lines whose rows and columns are known at a time. */
#define CANVAS_WALKS 2

/** Patterns that are highlighted at a time, besides the one that is searched for. */
#define CANVAS_HIGHLIGHTS 8

/** A mark that shows in the status column. */
struct canvas_mark {
    uint64_t offset;
    char letter;
};

/** The ink where the row that was drawn last ended, which is that of the row below it. */
struct canvas_ink {
    uint64_t offset; /**< FRAME_NO_OFFSET: no row was drawn */
    struct attributes_ink at;
};

struct edits;
struct poked;
struct run;

/** What the layouts look at: the file, the settings, the width. All borrowed; the session and the view fill it. */
struct canvas {
    struct reader *reader;
    const struct summary *lines;
    const struct settings *settings;
    struct matches *matches; /**< NULL: nothing to highlight */
    /** CANVAS_HIGHLIGHTS of them, under the hits of `matches`; NULL, or one of them NULL: none. */
    struct matches *const *highlight;
    unsigned group;        /**< only what these parentheses matched is highlighted; 0: all of a match */
    struct filter *filter; /**< NULL: all lines are shown */
    unsigned context;      /**< lines shown around each that the filter lets through */
    uint64_t current;      /**< the unit that n counts from, or FRAME_NO_OFFSET */
    unsigned bom;   /**< bytes at the start of the file that say how it is encoded, and show as nothing */
    uint64_t fresh; /**< where the line that is marked as new begins, or FRAME_NO_OFFSET */
    uint64_t begin; /**< the first byte below the header; 0 without one */
    struct columns *walk[CANVAS_WALKS]; /**< of long lines; NULL: none */
    struct attributes *attributes;      /**< NULL: no colours */
    struct canvas_ink *ink;             /**< remembered from row to row of one frame; NULL: asked for anew */
    const struct canvas_mark *mark;     /**< ascending */
    size_t mark_count;
    struct fit fit;   /**< how text is shown and where rows end; the view fills it but for the encoding */
    unsigned columns; /**< of the screen */
    unsigned number_width; /**< columns for line numbers, where they need more than less gives them */
    uint64_t shift;        /**< first column shown; > 0 chops as -S does */
    uint64_t cursor;       /**< the byte that keys are about, or FRAME_NO_OFFSET */
    const struct encoding *charset; /**< how views of bytes spell their characters; NULL: UTF-8 */
    bool characters;                /**< they go to its character, not to its digits */
    const struct edits *edits;      /**< changes in the sandbox; NULL: none */
    const struct poked *poked;      /**< bytes that were poked; NULL: none */
    const struct run *run;          /**< bytes that are typed and not stored yet; NULL: none */
    const uint64_t *selected;       /**< from this byte to the cursor all are selected; NULL: nothing is */
    void *content;                  /**< what the layout is made of, where that is not the file alone */
};

enum layout_result {
    LAYOUT_OK,
    LAYOUT_NONE, /**< there is no such row: before the first, after the last, or the file is empty */
    LAYOUT_WAIT, /**< the bytes are not here yet, or the survey is not */
};

/**
 * What one moves by: the rows are lines of text, entries of a list with a cursor on one, or bytes with a cursor, or
 * stretches of a tree, one of which the cursor's byte is on.
 */
enum layout_moves { LAYOUT_LINES, LAYOUT_LIST, LAYOUT_BYTES, LAYOUT_TREE };

struct layout {
    const char *name;
    /** How one moves. */
    enum layout_moves moves;
    /** Keys may be bytes: what is typed changes the one under the cursor. */
    bool typed;
    /** Rows of bytes are not all equally long, and some hold none: they are found one by one. */
    bool uneven;
    /** Matches are looked for one by one: it is not lines that are shown. */
    bool singles;
    /** Rows leave parts of the file out: what is said while it is not known where the next one is. NULL: none does. */
    const char *wait;
    /** How many bytes there are rows for; NULL: as many as the file has. */
    uint64_t (*size)(const struct canvas *canvas);
    /** The row on which the byte at `offset` stands. */
    enum layout_result (*holding)(const struct canvas *canvas, uint64_t offset, struct row *row);
    /** The first row of the line that holds `offset`; in a very long line, the row that holds it. */
    enum layout_result (*starting)(const struct canvas *canvas, uint64_t offset, struct row *row);
    enum layout_result (*after)(const struct canvas *canvas, const struct row *row, struct row *after);
    /**
     * The row above `row`. From one that is not exact the first exact one that begins before it, where that is known:
     * then before->next is where the rows below it go on.
     */
    enum layout_result (*before)(const struct canvas *canvas, const struct row *row, struct row *before);
    /** The row that begins at the same byte, whatever it was when it was found. */
    enum layout_result (*again)(const struct canvas *canvas, const struct row *row, struct row *again);
    /** Is it known where rows of this line begin, at this place? An inexact row then stays only until one moves. */
    bool (*sure)(const struct canvas *canvas, const struct row *row);
    /** Draw the row; `column` is the first of the frame's columns that is free. LAYOUT_WAIT: bytes are missing. */
    enum layout_result (*draw)(const struct canvas *canvas, const struct row *row, struct frame *frame,
                               unsigned frame_row);
    /** Draw the numbers of the columns, which stay above the rows where they are wanted; NULL: there are none. */
    void (*ruler)(const struct canvas *canvas, struct frame *frame, unsigned frame_row);
    /** Columns there are for text on a row, at least 1; where rows are bytes, how many stand on one. */
    unsigned (*room)(const struct canvas *canvas);
    /** Column, in its line, of the byte at `offset`. False when the line's beginning is not at hand. */
    bool (*column)(const struct canvas *canvas, uint64_t offset, uint64_t *column);
    /** The byte of the row at a column of its line; NULL where lines are never chopped. False: it is not at hand. */
    bool (*byte_at)(const struct canvas *canvas, const struct row *row, uint64_t column, uint64_t *offset);
    /** Columns the row would need if none were cut. */
    uint64_t (*width)(const struct canvas *canvas, const struct row *row);
    /** Where entry `number` (from 1) begins, of rows that are numbered by themselves; NULL: lines of the file are. */
    enum layout_result (*locate)(const struct canvas *canvas, uint64_t number, uint64_t *offset);
    const char *entry; /**< what such an entry is called */
    /** From where the next match is looked for, past the row of the cursor. False: it has none. NULL: past the cursor. */
    bool (*from)(const struct canvas *canvas, bool forward, uint64_t *from);
};

/** How many bytes the rows of a layout stand for. */
static inline uint64_t layout_size(const struct layout *layout, const struct canvas *canvas)
{
    return layout->size ? layout->size(canvas) : reader_size(canvas->reader);
}

#endif
