/* SPDX-License-Identifier: MIT */
/*
 * view: the diff layout, what is drawn on a row (see diff.h). View thread.
 *
 * Each side is drawn as the hex view draws bytes. A hole counts as zeros, and a page that cannot be read differs from
 * nothing.
 */
#include "diff.h"

#include "folio/model/byte/diff.h"
#include "folio/view/hex/grid.h"

/** The bytes of a row that one file has, `ahead` of the row's. Those that it lacks are blanks that know their offset. */
static enum layout_result draw_side(struct reader *reader, const struct hex_shape *shape,
                                    const struct row *row, struct frame *frame, unsigned number)
{
    struct cell *cell = frame_row(frame, number);
    const struct range range = {row->begin + shape->ahead, row->end + shape->ahead};
    uint64_t size = reader_size(reader), end = size < range.end ? size : range.end;
    for (uint64_t offset = row->begin; offset < row->end; offset++) {
        unsigned column = hex_column(shape, (unsigned)(offset % shape->bytes));
        for (unsigned digit = 0; digit < 2 && column + digit < frame->columns; digit++)
            cell[column + digit].offset = offset;
    }
    if (end <= range.begin)
        return LAYOUT_OK;
    return hex_bytes(reader, shape, (struct range){range.begin, end}, frame, number);
}

/** Mark what differs, on both sides; not the blanks of a file that has ended. */
static void draw_differences(const struct canvas *canvas, const struct row *row, struct frame *frame,
                             unsigned number)
{
    struct cell *cell = frame_row(frame, number);
    for (uint64_t offset = row->begin; offset < row->end; offset++) {
        if (!diff_differs(canvas->content, offset))
            continue;
        for (unsigned column = 0; column < frame->columns; column++)
            if (cell[column].offset == offset && cell[column].rune[0] != ' ')
                cell[column].style = STYLE_DIFFERENT;
    }
}

/** The cursor on this file's side, among the digits or the characters, and the same byte everywhere else. */
static void draw_cursor(const struct canvas *canvas, const struct diff_shape *shape, const struct row *row,
                        struct frame *frame, unsigned number)
{
    struct cell *cell = frame_row(frame, number);
    struct range byte = {canvas->cursor, canvas->cursor + 1};
    if (canvas->cursor < row->begin || canvas->cursor >= row->end)
        return;
    hex_paint(cell, frame->columns, byte, STYLE_MIRROR);
    bool characters = canvas->characters && shape->side[0].text < frame->columns;
    unsigned at = (unsigned)(canvas->cursor % shape->side[0].bytes);
    unsigned column = characters ? shape->side[0].text + at : hex_column(&shape->side[0], at);
    for (unsigned i = column; i < column + (characters ? 1 : 2) && i < frame->columns; i++)
        cell[i].style = STYLE_CURSOR;
}

/** The offset at the left of a row, and a sign where only one of the files has its bytes. */
static void draw_offset(const struct diff_shape *shape, struct frame *frame, unsigned number, uint64_t offset,
                        const char *sign)
{
    const unsigned digits = shape->side[0].digits;
    grid_offset(frame, number, digits, offset);
    if (digits)
        frame_text(frame, number, digits, sign, STYLE_NUMBER);
}

/** A row of bytes that only the other file has. They have no places in the first one. */
static enum layout_result draw_more(const struct canvas *canvas, struct diff_shape *shape,
                                    const struct row *row, struct frame *frame, unsigned number)
{
    const uint64_t begin = diff_stretch(canvas->content, row->begin).more_at + row->beside;
    const struct range range = {begin, begin + diff_beside_count(canvas, row)};
    struct cell *cell = frame_row(frame, number);
    draw_offset(shape, frame, number, begin, "+");
    shape->side[1].ahead = begin - (row->begin + row->beside);
    enum layout_result result =
        hex_bytes(diff_other(canvas->content)->reader, &shape->side[1], range, frame, number);
    for (unsigned column = 0; column < frame->columns; column++) {
        if (cell[column].offset == FRAME_NO_OFFSET)
            continue;
        cell[column].offset = FRAME_NO_OFFSET;
        cell[column].style = cell[column].rune[0] == ' ' ? cell[column].style : STYLE_DIFFERENT;
    }
    return result;
}

enum layout_result diff_draw(const struct canvas *canvas, const struct row *row, struct frame *frame,
                             unsigned number)
{
    struct diff_shape shape = diff_shape(canvas);
    const struct shift_stretch stretch = diff_stretch(canvas->content, row->begin);
    if (row->separator)
        return draw_more(canvas, &shape, row, frame, number);
    draw_offset(&shape, frame, number, row->begin, stretch.only ? "-" : "");
    enum layout_result result = draw_side(canvas->reader, &shape.side[0], row, frame, number);
    shape.side[1].ahead = (uint64_t)stretch.by;
    if (result == LAYOUT_OK && !stretch.only)
        result = draw_side(diff_other(canvas->content)->reader, &shape.side[1], row, frame, number);
    if (result != LAYOUT_OK)
        return result;
    uint64_t size = reader_size(canvas->reader), end = size < row->end ? size : row->end;
    unsigned left = shape.side[1].first < frame->columns ? shape.side[1].first : frame->columns;
    if (end > row->begin)
        hex_hits(canvas, row, frame_row(frame, number), left, row->begin, end);
    draw_differences(canvas, row, frame, number);
    draw_cursor(canvas, &shape, row, frame, number);
    return LAYOUT_OK;
}
