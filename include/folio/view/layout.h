/* SPDX-License-Identifier: MIT */
/**
 * view: how bytes become rows. A layout is a const struct of functions; nobody asks which one is on.
 *
 * A row is one row of the screen as a stretch of the file; a layout knows which row comes after and before another,
 * which one holds a byte, and how to draw it. Rows are values that carry all they need. View thread.
 */
#ifndef FOLIO_VIEW_LAYOUT_H
#define FOLIO_VIEW_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "folio/base/fit.h"
#include "folio/base/span.h"
#include "folio/model/matches.h"
#include "folio/model/reader.h"
#include "folio/model/summary.h"
#include "folio/view/frame.h"
#include "folio/view/settings.h"

/** One row of the screen as a stretch of the file. */
struct row {
    /** Bytes shown; `end` is after the last one, before a newline. */
    uint64_t begin, end;
    /** Where the row after it begins; the end of the file after the last one. */
    uint64_t next;
    /** Where its line begins, if that is known. */
    uint64_t line_begin;
    bool line_known;
    /** It is where wrapping the line from its start would put it. */
    bool exact;
    /** The page at `begin` cannot be read: a row that says so. */
    bool unreadable;
    /** Its line's number, 0 while there is none, and whether that is no estimate. The view fills it in. */
    uint64_t line;
    bool line_exact;
    /** `next` is not known yet (a chopped line whose end the survey has not found). */
    bool open;
};

/** What the layouts look at: the file, the settings, the width. All borrowed; the view fills it for each request. */
struct canvas {
    struct reader *reader;
    const struct summary *lines;
    const struct settings *settings;
    struct matches *matches; /**< NULL: nothing to highlight */
    uint64_t current;        /**< the unit that n counts from, or FRAME_NO_OFFSET */
    struct fit fit;          /**< how text is shown and where rows end; follows from the settings */
    unsigned columns;        /**< of the screen */
    unsigned number_width;   /**< columns for line numbers, where they need more than less gives them */
    uint64_t shift;          /**< first column shown; > 0 chops as -S does */
};

enum layout_result {
    LAYOUT_OK,
    LAYOUT_NONE, /**< there is no such row: before the first, after the last, or the file is empty */
    LAYOUT_WAIT, /**< the bytes are not here yet, or the survey is not */
};

struct layout {
    const char *name;
    /** The row on which the byte at `offset` stands. */
    enum layout_result (*holding)(const struct canvas *canvas, uint64_t offset, struct row *row);
    /** The first row of the line that holds `offset`; in a very long line, the row that holds it. */
    enum layout_result (*starting)(const struct canvas *canvas, uint64_t offset, struct row *row);
    enum layout_result (*after)(const struct canvas *canvas, const struct row *row, struct row *after);
    enum layout_result (*before)(const struct canvas *canvas, const struct row *row, struct row *before);
    /** Draw the row; `column` is the first of the frame's columns that is free. LAYOUT_WAIT: bytes are missing. */
    enum layout_result (*draw)(const struct canvas *canvas, const struct row *row, struct frame *frame,
                               unsigned frame_row);
    /** Columns there are for text on a row, at least 1. */
    unsigned (*room)(const struct canvas *canvas);
    /** Column, in its line, of the byte at `offset`. False when the line's beginning is not at hand. */
    bool (*column)(const struct canvas *canvas, uint64_t offset, uint64_t *column);
    /** Columns the row would need if none were cut. */
    uint64_t (*width)(const struct canvas *canvas, const struct row *row);
};

/** Lines of text, wrapped or chopped. */
extern const struct layout text_layout;

#endif
