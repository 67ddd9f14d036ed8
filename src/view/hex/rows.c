/* SPDX-License-Identifier: MIT */
/* view: the hex layout: which bytes stand on which row, and the table of its functions. View thread. */
#include "folio/view/hex/grid.h"
#include "folio/view/hex/hex.h"
#include "folio/view/hex/layout.h"

static unsigned hex_room(const struct canvas *canvas)
{
    return hex_shape(canvas).bytes;
}

static enum layout_result hex_holding(const struct canvas *canvas, uint64_t offset, struct row *row)
{
    return grid_holding(reader_size(canvas->reader), hex_room(canvas), offset, row);
}

static enum layout_result hex_after(const struct canvas *canvas, const struct row *row, struct row *after)
{
    return grid_after(reader_size(canvas->reader), hex_room(canvas), row, after);
}

static enum layout_result hex_before(const struct canvas *canvas, const struct row *row, struct row *before)
{
    return grid_before(reader_size(canvas->reader), hex_room(canvas), row, before);
}

static enum layout_result hex_again(const struct canvas *canvas, const struct row *row, struct row *again)
{
    return hex_holding(canvas, row->begin, again);
}

static uint64_t hex_row_width(const struct canvas *canvas, const struct row *row)
{
    struct hex_shape shape = hex_shape(canvas);
    (void)row;
    return shape.text + shape.bytes;
}

static void hex_rule(const struct canvas *canvas, struct frame *frame, unsigned number)
{
    const struct hex_shape shape = hex_shape(canvas);
    hex_ruler(&shape, frame, number);
}

const struct layout hex_layout = {
    .name = "hex",
    .moves = LAYOUT_BYTES,
    .typed = true,
    .singles = true,
    .holding = hex_holding,
    .starting = hex_holding,
    .after = hex_after,
    .before = hex_before,
    .again = hex_again,
    .sure = grid_sure,
    .draw = hex_draw,
    .ruler = hex_rule,
    .room = hex_room,
    .column = grid_column,
    .width = hex_row_width,
};
