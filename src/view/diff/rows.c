/* SPDX-License-Identifier: MIT */
/* view: the diff layout: which bytes stand on which row, and the table of its functions. View thread. */
#include "diff.h"

#include "folio/view/diff/layout.h"
#include "folio/view/hex/grid.h"

static unsigned diff_room(const struct canvas *canvas)
{
    return diff_shape(canvas).side[0].bytes;
}

static enum layout_result diff_holding(const struct canvas *canvas, uint64_t offset, struct row *row)
{
    return grid_holding(diff_size(canvas), diff_room(canvas), offset, row);
}

static enum layout_result diff_after(const struct canvas *canvas, const struct row *row, struct row *after)
{
    return grid_after(diff_size(canvas), diff_room(canvas), row, after);
}

static enum layout_result diff_before(const struct canvas *canvas, const struct row *row, struct row *before)
{
    return grid_before(diff_size(canvas), diff_room(canvas), row, before);
}

static enum layout_result diff_again(const struct canvas *canvas, const struct row *row, struct row *again)
{
    return diff_holding(canvas, row->begin, again);
}

static uint64_t diff_width(const struct canvas *canvas, const struct row *row)
{
    (void)row;
    return diff_shape(canvas).columns;
}

static void diff_rule(const struct canvas *canvas, struct frame *frame, unsigned number)
{
    const struct diff_shape shape = diff_shape(canvas);
    hex_ruler(&shape.side[0], frame, number);
    hex_ruler(&shape.side[1], frame, number);
}

const struct layout diff_layout = {
    .name = "diff",
    .moves = LAYOUT_BYTES,
    .singles = true,
    .size = diff_size,
    .holding = diff_holding,
    .starting = diff_holding,
    .after = diff_after,
    .before = diff_before,
    .again = diff_again,
    .sure = grid_sure,
    .draw = diff_draw,
    .ruler = diff_rule,
    .room = diff_room,
    .column = grid_column,
    .width = diff_width,
};
