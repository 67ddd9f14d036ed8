/* SPDX-License-Identifier: MIT */
/* view: the strings layout, where the offset and the text stand on a row (see strings.h). View thread. */
#include "strings.h"

#include "folio/view/hex/grid.h"

/** Columns that text needs beside the offset. */
#define STRINGS_ROOM 8u

unsigned strings_digits(const struct canvas *canvas)
{
    unsigned digits = grid_digits(reader_size(canvas->reader));
    return canvas->columns >= digits + GRID_GAP + STRINGS_ROOM ? digits : 0;
}

unsigned strings_first(const struct canvas *canvas)
{
    unsigned digits = strings_digits(canvas);
    return digits ? digits + GRID_GAP : 0;
}
