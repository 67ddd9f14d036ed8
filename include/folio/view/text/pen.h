/* SPDX-License-Identifier: MIT */
/**
 * view, private: a row being drawn, glyph by glyph, with the ink that the file's colours make. View thread.
 */
#ifndef FOLIO_VIEW_TEXT_PEN_H
#define FOLIO_VIEW_TEXT_PEN_H

#include "folio/view/layout/layout.h"

struct pen {
    const struct canvas *canvas;
    struct cell *cell;
    unsigned column, columns;
    /** Column of the line at which the next glyph stands. */
    uint64_t line_column;
    /** The ink of the next glyph; `visible` is what is drawn for it. */
    struct attributes_ink at;
    struct ink visible;
    /** Where the sequence that opened the first hyperlink on the row begins, or ATTRIBUTES_NO_LINK. */
    uint64_t link;
};

/** Make a pen at the cell `column` of a row of `columns` cells, with the terminal's own ink. */
void pen_init(struct pen *pen, const struct canvas *canvas, struct cell *cell, unsigned column,
              unsigned columns);

/** Take up the ink of the byte at `offset` of the row. False when its bytes cannot be had now. */
bool pen_dip(struct pen *pen, const struct row *row, uint64_t offset);

/**
 * Draw the bytes [offset, end) until the row is full; `all`: go on then, for what takes no column. LAYOUT_WAIT: bytes
 * are missing.
 */
enum layout_result pen_bytes(struct pen *pen, uint64_t offset, uint64_t end, bool all);

/** Draw one glyph, which stands for the byte at `offset`, as far as there is room. */
void pen_glyph(struct pen *pen, const struct glyph *glyph, uint64_t offset);

/**
 * Draw what shows of the glyph at `*offset`, which stands across the first column shown, and move `*offset` behind it.
 * False: its bytes cannot be had.
 */
bool pen_straddle(struct pen *pen, uint64_t *offset);

/** Draw `count` blanks that stand for the byte at `offset`. */
void pen_blanks(struct pen *pen, unsigned count, uint64_t offset);

/** Put > in the last column, where the row goes on; the row's text begins in column `first`. */
void pen_edge(struct pen *pen, unsigned first);

#endif
