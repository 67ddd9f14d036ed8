/* SPDX-License-Identifier: MIT */
/* view: the hex layout, which bytes stand on a row and where (see hex.h). View thread. */
#include "folio/view/hex/hex.h"
#include "folio/view/hex/layout.h"

/** Digits of an offset at least, and the gap behind it and before the characters. */
#define HEX_DIGITS 8u
#define HEX_GAP    2u

/** Digits of the offset of the last byte. */
static unsigned hex_digits(uint64_t size)
{
    unsigned digits = HEX_DIGITS;
    while (digits < 16 && (size ? size - 1 : 0) >> (4 * digits))
        digits++;
    return digits;
}

unsigned hex_column(const struct hex_shape *shape, unsigned number)
{
    return shape->first + 3 * number + (shape->group ? number / shape->group : 0);
}

/** Columns that a row of `bytes` takes. */
static unsigned hex_width(const struct hex_shape *shape, unsigned bytes)
{
    return hex_column(shape, bytes - 1) + 2 + HEX_GAP + bytes;
}

/** How many bytes fit, at most `most`; 0: not even one. */
static unsigned hex_fit(const struct hex_shape *shape, unsigned columns, unsigned most)
{
    while (most && hex_width(shape, most) > columns)
        most--;
    return most;
}

/** Whole groups of what fits; where not even one does, a part that divides it. */
static unsigned hex_round(const struct hex_shape *shape, unsigned bytes)
{
    if (shape->group == 0 || bytes == 0)
        return bytes;
    if (bytes >= shape->group)
        return bytes - bytes % shape->group;
    while (shape->group % bytes)
        bytes--;
    return bytes;
}

struct hex_shape hex_shape(const struct canvas *canvas)
{
    const struct settings *settings = canvas->settings;
    struct hex_shape shape = {.group = (unsigned)settings->group,
                              .digits = hex_digits(reader_size(canvas->reader))};
    unsigned wanted = (unsigned)settings->bytes, columns = canvas->columns, most = columns / 4 + 1;
    if (most > HEX_BYTES_MAX)
        most = HEX_BYTES_MAX;
    shape.first = shape.digits + HEX_GAP;
    if (hex_fit(&shape, columns, 1) == 0)
        shape.digits = shape.first = 0;
    if (wanted && hex_fit(&shape, columns, wanted) == wanted)
        shape.bytes = wanted;
    else
        shape.bytes = hex_round(&shape, hex_fit(&shape, columns, most));
    if (shape.bytes == 0)
        shape.bytes = 1;
    shape.text = hex_column(&shape, shape.bytes - 1) + 2 + HEX_GAP;
    return shape;
}

static unsigned hex_room(const struct canvas *canvas)
{
    return hex_shape(canvas).bytes;
}

enum layout_result grid_holding(uint64_t size, uint64_t bytes, uint64_t offset, struct row *row)
{
    if (size == 0)
        return LAYOUT_NONE;
    if (offset >= size)
        offset = size - 1;
    uint64_t begin = offset - offset % bytes, end = size - begin > bytes ? begin + bytes : size;
    *row = (struct row){.begin = begin, .end = end, .next = end, .exact = true};
    return LAYOUT_OK;
}

enum layout_result grid_after(uint64_t size, uint64_t bytes, const struct row *row, struct row *after)
{
    uint64_t begin = row->begin - row->begin % bytes;
    if (size < bytes || begin >= size - bytes)
        return LAYOUT_NONE;
    return grid_holding(size, bytes, begin + bytes, after);
}

bool grid_sure(const struct canvas *canvas, const struct row *row)
{
    (void)canvas;
    (void)row;
    return true;
}

bool grid_column(const struct canvas *canvas, uint64_t offset, uint64_t *column)
{
    (void)canvas;
    (void)offset;
    (void)column;
    return false;
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
    return row->begin == 0 ? LAYOUT_NONE : hex_holding(canvas, row->begin - 1, before);
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

const struct layout hex_layout = {
    .name = "hex",
    .moves = LAYOUT_BYTES,
    .singles = true,
    .holding = hex_holding,
    .starting = hex_holding,
    .after = hex_after,
    .before = hex_before,
    .again = hex_again,
    .sure = grid_sure,
    .draw = hex_draw,
    .room = hex_room,
    .column = grid_column,
    .width = hex_row_width,
};
