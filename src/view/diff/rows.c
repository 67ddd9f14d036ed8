/* SPDX-License-Identifier: MIT */
/* view: the diff layout, which bytes stand on a row and where (see diff.h). View thread. */
#include "diff.h"

#include "folio/model/byte/diff.h"
#include "folio/view/diff/layout.h"

/** Digits of an offset at least, the gap behind it, between the sides and before the characters. */
#define DIFF_DIGITS 8u
#define DIFF_GAP    2u
#define DIFF_MIDDLE 3u

/** As many bytes as the longer file has. */
static uint64_t diff_size(const struct canvas *canvas)
{
    uint64_t size = reader_size(canvas->reader), other = reader_size(diff_other(canvas->content)->reader);
    return size > other ? size : other;
}

static unsigned diff_digits(uint64_t size)
{
    unsigned digits = DIFF_DIGITS;
    while (digits < 16 && (size ? size - 1 : 0) >> (4 * digits))
        digits++;
    return digits;
}

/** Put the sides beside each other. Returns the columns that the digits take. */
static unsigned shape_digits(struct diff_shape *shape)
{
    struct hex_shape *left = &shape->side[0], *right = &shape->side[1];
    left->first = left->digits ? left->digits + DIFF_GAP : 0;
    *right = *left;
    right->first = hex_column(left, left->bytes - 1) + 2 + DIFF_MIDDLE;
    return hex_column(right, right->bytes - 1) + 2;
}

struct diff_shape diff_shape(const struct canvas *canvas)
{
    struct diff_shape shape = {
        .side = {{.group = (unsigned)canvas->settings->group, .digits = diff_digits(diff_size(canvas))}}};
    struct hex_shape *left = &shape.side[0], *right = &shape.side[1];
    unsigned columns = canvas->columns;
    left->bytes = canvas->settings->bytes ? (unsigned)canvas->settings->bytes : 16;
    while (shape_digits(&shape) > columns && left->bytes > 1)
        left->bytes = left->bytes > 16 ? 16 : left->bytes > 8 ? 8 : left->bytes / 2;
    if (shape_digits(&shape) > columns)
        left->digits = 0;
    left->text = shape_digits(&shape) + DIFF_GAP;
    right->text = left->text + left->bytes + 1;
    if (right->text + right->bytes > columns) /* no room for the characters of both: for none */
        left->text = right->text = UINT32_MAX / 2;
    return shape;
}

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
    return row->begin == 0 ? LAYOUT_NONE : diff_holding(canvas, row->begin - 1, before);
}

static enum layout_result diff_again(const struct canvas *canvas, const struct row *row, struct row *again)
{
    return diff_holding(canvas, row->begin, again);
}

static uint64_t diff_width(const struct canvas *canvas, const struct row *row)
{
    struct diff_shape shape = diff_shape(canvas);
    (void)row;
    return shape_digits(&shape);
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
    .room = diff_room,
    .column = grid_column,
    .width = diff_width,
};
