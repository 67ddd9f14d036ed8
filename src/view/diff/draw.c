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

/** The bytes of a row that one file has. Those that it lacks are blanks that know their offset. */
static enum layout_result draw_side(struct reader *reader, const struct hex_shape *shape,
                                    const struct row *row, struct frame *frame, unsigned number)
{
    struct cell *cell = frame_row(frame, number);
    uint64_t size = reader_size(reader), end = size < row->end ? size : row->end;
    for (uint64_t offset = row->begin; offset < row->end; offset++) {
        unsigned column = hex_column(shape, (unsigned)(offset - row->begin));
        for (unsigned digit = 0; digit < 2 && column + digit < frame->columns; digit++)
            cell[column + digit].offset = offset;
    }
    if (end <= row->begin)
        return LAYOUT_OK;
    return hex_bytes(reader, shape, (struct range){row->begin, end}, frame, number);
}

/** What a file has at an offset: a byte, or one of these. */
enum { BYTE_NONE = -1, BYTE_UNREADABLE = -2 };

static int byte_at(struct reader *reader, uint64_t offset)
{
    struct span span;
    if (offset >= reader_size(reader))
        return BYTE_NONE;
    return reader_span(reader, offset, 1, &span) == READER_OK ? (unsigned char)span.data[0] : BYTE_UNREADABLE;
}

/** Do the files differ there, as far as one can tell? */
static bool byte_differs(const struct canvas *canvas, uint64_t offset)
{
    int left = byte_at(canvas->reader, offset), right = byte_at(diff_other(canvas->content)->reader, offset);
    return left != right && left != BYTE_UNREADABLE && right != BYTE_UNREADABLE;
}

/** Mark what differs, on both sides; not the blanks of a file that has ended. */
static void draw_differences(const struct canvas *canvas, const struct row *row, struct frame *frame,
                             unsigned number)
{
    struct cell *cell = frame_row(frame, number);
    for (uint64_t offset = row->begin; offset < row->end; offset++) {
        if (!byte_differs(canvas, offset))
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
    unsigned at = (unsigned)(canvas->cursor - row->begin);
    unsigned column = characters ? shape->side[0].text + at : hex_column(&shape->side[0], at);
    for (unsigned i = column; i < column + (characters ? 1 : 2) && i < frame->columns; i++)
        cell[i].style = STYLE_CURSOR;
}

enum layout_result diff_draw(const struct canvas *canvas, const struct row *row, struct frame *frame,
                             unsigned number)
{
    const struct diff_shape shape = diff_shape(canvas);
    grid_offset(frame, number, shape.side[0].digits, row->begin);
    enum layout_result result = draw_side(canvas->reader, &shape.side[0], row, frame, number);
    if (result == LAYOUT_OK)
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
