/* SPDX-License-Identifier: MIT */
/* view: the strings layout, what is drawn on a row: the offset of a run and its text (see strings.h). View thread. */
#include "strings.h"

#include "folio/view/hex/grid.h"
#include "folio/view/hex/hex.h"
#include "folio/view/text/pen.h"

/** The text from the first column shown on; > at the edge where it goes on. */
static enum layout_result draw_text(const struct canvas *canvas, const struct row *row, struct cell *cell,
                                    unsigned columns)
{
    const unsigned first = strings_first(canvas);
    struct canvas spelled = *canvas;
    struct pen pen;
    uint64_t begin, rest;
    spelled.fit.rules = strings_rules(canvas);
    pen_init(&pen, &spelled, cell, first, columns);
    pen.line_column = strings_columns(canvas, row, canvas->shift, &begin);
    if (begin < row->end && pen.line_column < canvas->shift && !pen_straddle(&pen, &begin))
        return LAYOUT_WAIT;
    enum layout_result result = pen_bytes(&pen, begin, row->end, false);
    bool full = result == LAYOUT_OK && pen.column == columns && columns > first;
    if (full)
        (void)strings_columns(canvas, row, canvas->shift + columns - first, &rest);
    if (full && rest < row->end)
        pen_edge(&pen, first);
    if (result == LAYOUT_OK && begin < row->end)
        hex_hits(canvas, row, cell, columns, begin, row->end);
    return result;
}

enum layout_result strings_draw(const struct canvas *canvas, const struct row *row, struct frame *frame,
                                unsigned number)
{
    struct cell *cell = frame_row(frame, number);
    grid_offset(frame, number, strings_digits(canvas), row->begin);
    enum layout_result result = draw_text(canvas, row, cell, frame->columns);
    if (result != LAYOUT_OK || canvas->cursor < row->begin || canvas->cursor >= row->next)
        return result;
    for (unsigned column = 0; column < frame->columns; column++)
        cell[column].style = STYLE_CURSOR;
    return result;
}
