/* SPDX-License-Identifier: MIT */
/* view: rows of equally many bytes, and their offsets (see grid.h). View thread. */
#include "folio/view/hex/grid.h"

#include <inttypes.h>
#include <stdio.h>

/** Digits of an offset at least. */
#define GRID_DIGITS 8u

unsigned grid_digits(uint64_t size)
{
    unsigned digits = GRID_DIGITS;
    while (digits < 16 && (size ? size - 1 : 0) >> (4 * digits))
        digits++;
    return digits;
}

void grid_offset(struct frame *frame, unsigned number, unsigned digits, uint64_t offset)
{
    char text[24];
    snprintf(text, sizeof text, "%0*" PRIx64, (int)digits, offset);
    if (digits)
        frame_text(frame, number, 0, text, STYLE_NUMBER);
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

enum layout_result grid_before(uint64_t size, uint64_t bytes, const struct row *row, struct row *before)
{
    return row->begin == 0 ? LAYOUT_NONE : grid_holding(size, bytes, row->begin - 1, before);
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
