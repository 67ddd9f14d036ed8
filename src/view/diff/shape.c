/* SPDX-License-Identifier: MIT */
/* view: the diff layout, how many bytes stand on a row and where (see diff.h). View thread. */
#include "diff.h"

#include "folio/model/byte/diff.h"
#include "folio/view/hex/grid.h"

/** Columns between the sides. */
#define DIFF_MIDDLE 3u

/** Digits for every offset of either file. */
static unsigned shape_offsets(const struct canvas *canvas)
{
    uint64_t size = diff_size(canvas->content), other = reader_size(diff_other(canvas->content)->reader);
    return grid_digits(size > other ? size : other);
}

/** Put the sides beside each other. Returns the columns that the digits take. */
static unsigned shape_digits(struct diff_shape *shape)
{
    struct hex_shape *left = &shape->side[0], *right = &shape->side[1];
    left->first = left->digits ? left->digits + GRID_GAP : 0;
    *right = *left;
    right->first = hex_column(left, left->bytes - 1) + 2 + DIFF_MIDDLE;
    return hex_column(right, right->bytes - 1) + 2;
}

struct diff_shape diff_shape(const struct canvas *canvas)
{
    struct diff_shape shape = {.side = {{.encoding = canvas->charset,
                                         .group = (unsigned)canvas->settings->group,
                                         .digits = shape_offsets(canvas)}}};
    struct hex_shape *left = &shape.side[0], *right = &shape.side[1];
    unsigned columns = canvas->columns;
    left->bytes = canvas->settings->bytes ? (unsigned)canvas->settings->bytes : 16;
    while (shape_digits(&shape) > columns && left->bytes > 1)
        left->bytes = left->bytes > 16 ? 16 : left->bytes > 8 ? 8 : left->bytes / 2;
    if (shape_digits(&shape) > columns)
        left->digits = 0;
    shape.columns = shape_digits(&shape);
    left->text = shape.columns + GRID_GAP;
    right->text = left->text + left->bytes + 1;
    if (right->text + right->bytes > columns) /* no room for the characters of both: for none */
        left->text = right->text = UINT32_MAX / 2;
    return shape;
}

uint64_t diff_beside_count(const struct canvas *canvas, const struct row *row)
{
    const uint64_t room = diff_shape(canvas).side[0].bytes, place = row->begin + row->beside;
    const uint64_t left = diff_stretch(canvas->content, row->begin).more - row->beside;
    return left < room - place % room ? left : room - place % room;
}
