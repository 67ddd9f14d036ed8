/* SPDX-License-Identifier: MIT */
/* view: the hex layout, how many bytes stand on a row and where (see hex.h). View thread. */
#include "folio/view/hex/grid.h"
#include "folio/view/hex/hex.h"

unsigned hex_column(const struct hex_shape *shape, unsigned number)
{
    return shape->first + 3 * number + (shape->group ? number / shape->group : 0);
}

/** Columns that a row of `bytes` takes. */
static unsigned hex_width(const struct hex_shape *shape, unsigned bytes)
{
    return hex_column(shape, bytes - 1) + 2 + GRID_GAP + bytes;
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
    struct hex_shape shape = {.encoding = canvas->charset,
                              .group = (unsigned)settings->group,
                              .digits = grid_digits(reader_size(canvas->reader))};
    unsigned wanted = (unsigned)settings->bytes, columns = canvas->columns, most = columns / 4 + 1;
    if (most > HEX_BYTES_MAX)
        most = HEX_BYTES_MAX;
    shape.first = shape.digits + GRID_GAP;
    if (hex_fit(&shape, columns, 1) == 0)
        shape.digits = shape.first = 0;
    if (wanted && hex_fit(&shape, columns, wanted) == wanted)
        shape.bytes = wanted;
    else
        shape.bytes = hex_round(&shape, hex_fit(&shape, columns, most));
    if (shape.bytes == 0)
        shape.bytes = 1;
    shape.text = hex_column(&shape, shape.bytes - 1) + 2 + GRID_GAP;
    return shape;
}
