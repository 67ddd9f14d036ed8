/* SPDX-License-Identifier: MIT */
/*
 * view: the diff layout: which bytes stand on which row, and the table of its functions. View thread.
 *
 * Rows are those of the hex view, cut where the files begin to be shifted otherwise. What only the other file has before a
 * byte stands above it on rows that hold no byte of the first one:
 *
 *     0000001230   61 62 63                  61 62 63
 *     0000001233 +          2d 2d 2d 2d 2d            2d 2d 2d 2d 2d     separators: begin == next, beside 0
 *     0000001238 +                           2d 2d                       the same, beside 5
 *     0000001233            64 65 66 67 68            64 65 66 67 68
 */
#include "diff.h"

#include "folio/model/byte/diff.h"
#include "folio/view/diff/layout.h"
#include "folio/view/hex/grid.h"

static unsigned diff_room(const struct canvas *canvas)
{
    return diff_shape(canvas).side[0].bytes;
}

static uint64_t diff_bytes(const struct canvas *canvas)
{
    return diff_size(canvas->content);
}

static enum layout_result diff_holding(const struct canvas *canvas, uint64_t offset, struct row *row)
{
    const uint64_t size = diff_bytes(canvas), last = size ? size - 1 : 0,
                   place = offset < last ? offset : last;
    const struct range range = diff_stretch(canvas->content, place).range;
    enum layout_result result = grid_holding(size, diff_room(canvas), place, row);
    if (result != LAYOUT_OK)
        return result;
    row->begin = row->begin < range.begin ? range.begin : row->begin;
    row->end = row->next = row->end < range.end ? row->end : range.end;
    return LAYOUT_OK;
}

/** The row of bytes that only the other file has before the one at `offset`, behind `beside` others. False: there is none. */
static bool diff_beside(const struct canvas *canvas, uint64_t offset, uint64_t beside, struct row *row)
{
    const struct shift_stretch stretch = diff_stretch(canvas->content, offset);
    if (offset >= diff_bytes(canvas) || stretch.range.begin != offset || beside >= stretch.more)
        return false;
    *row = (struct row){
        .begin = offset, .end = offset, .next = offset, .exact = true, .separator = true, .beside = beside};
    return true;
}

/** The same, the row that holds number `last` of those bytes. */
static bool diff_beside_holding(const struct canvas *canvas, uint64_t offset, uint64_t last, struct row *row)
{
    const uint64_t above = (offset + last) % diff_room(canvas);
    return diff_beside(canvas, offset, last > above ? last - above : 0, row);
}

bool diff_more(const struct canvas *canvas, uint64_t offset, struct row *row)
{
    return diff_beside(canvas, offset, 0, row);
}

static enum layout_result diff_after(const struct canvas *canvas, const struct row *row, struct row *after)
{
    if (row->separator &&
        (diff_beside(canvas, row->begin, row->beside + diff_beside_count(canvas, row), after)))
        return LAYOUT_OK;
    if (row->separator)
        return row->begin < diff_bytes(canvas) ? diff_holding(canvas, row->begin, after) : LAYOUT_NONE;
    struct row now;
    enum layout_result result = diff_holding(canvas, row->begin, &now);
    if (result != LAYOUT_OK || now.next >= diff_bytes(canvas))
        return LAYOUT_NONE;
    return diff_more(canvas, now.next, after) ? LAYOUT_OK : diff_holding(canvas, now.next, after);
}

static enum layout_result diff_before(const struct canvas *canvas, const struct row *row, struct row *before)
{
    const struct shift_stretch stretch = diff_stretch(canvas->content, row->begin);
    uint64_t above = row->beside;
    if (!row->separator)
        above = stretch.range.begin == row->begin ? stretch.more : 0;
    if (above && diff_beside_holding(canvas, row->begin, above - 1, before))
        return LAYOUT_OK;
    return row->begin ? diff_holding(canvas, row->begin - 1, before) : LAYOUT_NONE;
}

static enum layout_result diff_again(const struct canvas *canvas, const struct row *row, struct row *again)
{
    if (row->separator && diff_beside_holding(canvas, row->begin, row->beside, again))
        return LAYOUT_OK;
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
    .uneven = true,
    .singles = true,
    .size = diff_bytes,
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
