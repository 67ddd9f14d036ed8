/* SPDX-License-Identifier: MIT */
/*
 * view: the hex layout, what is drawn on a row (see hex.h). View thread.
 *
 * What a byte is shows in three ways, so that none is needed alone: its digits, a character that no printable byte has,
 * and a style. Holes are asked about and never read: reading one would fetch, or on tmpfs allocate, pages of zeros.
 */
#include "folio/model/reader/edits.h"
#include "folio/model/reader/hole.h"
#include "folio/model/reader/poked.h"
#include "folio/model/reader/run.h"
#include "folio/view/hex/grid.h"
#include "folio/view/hex/hex.h"

/** What stands on a row between two places: bytes, or what there is instead of them. */
struct stretch {
    struct range range;
    const char *data;   /**< NULL: there is nothing to be read */
    const char *digits; /**< shown instead of them */
    uint32_t rune;
    enum style style;
};

static const char byte_digit[] = "0123456789abcdef";

static void cell_put(struct frame *frame, unsigned number, unsigned column, uint32_t rune, enum style style,
                     uint64_t offset)
{
    if (column >= frame->columns)
        return;
    frame_row(frame, number)[column] =
        (struct cell){.rune = {rune}, .rune_count = 1, .style = (uint8_t)style, .offset = offset};
}

void hex_ruler(const struct hex_shape *shape, struct frame *frame, unsigned number)
{
    for (unsigned at = 0; at < shape->bytes; at++) {
        unsigned column = hex_column(shape, at);
        uint32_t low = (unsigned char)byte_digit[at & 15];
        cell_put(frame, number, column, (unsigned char)byte_digit[at >> 4 & 15], STYLE_NUMBER,
                 FRAME_NO_OFFSET);
        cell_put(frame, number, column + 1, low, STYLE_NUMBER, FRAME_NO_OFFSET);
        cell_put(frame, number, shape->text + at, low, STYLE_NUMBER, FRAME_NO_OFFSET);
    }
}

/** No half of a wide character stays where the other half is drawn over. */
static void character_part(struct frame *frame, unsigned number, unsigned column)
{
    struct cell *cell = frame_row(frame, number);
    if (column == 0 || column >= frame->columns || cell[column].rune[0] != 0)
        return;
    for (unsigned i = column - 1; i <= column; i++) {
        cell[i].rune[0] = ' ';
        cell[i].rune_count = 1;
    }
}

/** The characters from `offset` on in the cells of their bytes: the character in the first, the others are filled. */
static void character_put(const struct hex_shape *shape, struct frame *frame, unsigned number,
                          struct hex_sign sign, uint64_t offset)
{
    offset -= shape->ahead;
    unsigned column = shape->text + (unsigned)(offset % shape->bytes), wide = sign.width > 1;
    if (column >= frame->columns)
        return;
    if (wide && column + 1 >= frame->columns) { /* half of it would be beyond the edge */
        sign.rune = ' ';
        wide = 0;
    }
    character_part(frame, number, column);
    character_part(frame, number, column + sign.length);
    for (unsigned i = 0; i < sign.length; i++)
        cell_put(frame, number, column + i, i ? ' ' : sign.rune, sign.style, offset + i);
    if (wide) {
        frame_row(frame, number)[column + 1].rune[0] = 0;
        frame_row(frame, number)[column + 1].rune_count = 0;
    }
}

/** The digits of a byte. */
static void digits_put(const struct hex_shape *shape, struct frame *frame, unsigned number, uint8_t byte,
                       enum style style, uint64_t offset)
{
    offset -= shape->ahead;
    unsigned column = hex_column(shape, (unsigned)(offset % shape->bytes));
    cell_put(frame, number, column, (unsigned char)byte_digit[byte >> 4], style, offset);
    cell_put(frame, number, column + 1, (unsigned char)byte_digit[byte & 15], style, offset);
}

/** Bytes from `offset` on that are there, in both columns: a character of them. Returns where the next one begins. */
static uint64_t draw_character(const struct hex_shape *shape, const struct stretch *stretch,
                               struct frame *frame, unsigned number, uint64_t offset)
{
    const char *data = stretch->data + (offset - stretch->range.begin);
    struct span bytes = {data, (size_t)(stretch->range.end - offset)};
    struct hex_sign sign = hex_sign(shape->encoding, bytes, offset);
    character_put(shape, frame, number, sign, offset);
    for (unsigned i = 0; i < sign.length; i++)
        digits_put(shape, frame, number, (uint8_t)data[i],
                   sign.length > 1 ? hex_sign(NULL, (struct span){data + i, 1}, offset + i).style
                                   : sign.digits,
                   offset + i);
    return offset + sign.length;
}

/** What there is instead of the byte at `offset`, in both columns. Returns the next one. */
static uint64_t draw_missing(const struct hex_shape *shape, const struct stretch *stretch,
                             struct frame *frame, unsigned number, uint64_t offset)
{
    const uint64_t place = offset - shape->ahead;
    unsigned at = (unsigned)(place % shape->bytes), column = hex_column(shape, at);
    for (unsigned i = 0; i < 2; i++)
        cell_put(frame, number, column + i, (unsigned char)stretch->digits[i], stretch->style, place);
    cell_put(frame, number, shape->text + at, stretch->rune, stretch->style, place);
    return offset + 1;
}

/** What stands at range->begin, and how far. WAIT: it is not known yet. */
static enum layout_result stretch_at(struct reader *reader, struct range range, struct stretch *stretch)
{
    struct range piece;
    struct span span;
    *stretch = (struct stretch){range, NULL, "--", ' ', STYLE_HOLE};
    if (reader_hole(reader, range.begin, &piece)) {
        stretch->range.end = piece.end < range.end ? piece.end : range.end;
        return LAYOUT_OK;
    }
    uint64_t end = piece.end < range.end ? piece.end : range.end;
    switch (reader_span(reader, range.begin, (size_t)(end - range.begin), &span)) {
    case READER_OK:
        stretch->data = span.data;
        stretch->range.end = range.begin + span.length;
        return LAYOUT_OK;
    case READER_UNREADABLE:
        stretch->digits = "??";
        stretch->rune = '?';
        stretch->style = STYLE_CONTROL;
        end = range.begin - range.begin % READER_PAGE + READER_PAGE;
        stretch->range.end = end < range.end ? end : range.end;
        return LAYOUT_OK;
    case READER_END:
    case READER_GIVEN_UP:
        break;
    }
    return LAYOUT_WAIT;
}

/** The bytes that were changed in the sandbox: the reader gives what they were made. */
static void draw_edits(const struct canvas *canvas, const struct row *row, struct cell *cell,
                       unsigned columns)
{
    const struct edit *edit;
    size_t count = edits_in(canvas->edits, (struct range){row->begin, row->end}, &edit);
    for (size_t i = 0; i < count; i++)
        hex_paint(cell, columns, (struct range){edit[i].offset, edit[i].offset + 1}, STYLE_EDIT);
}

void hex_paint(struct cell *cell, unsigned columns, struct range range, enum style style)
{
    for (unsigned column = 0; column < columns; column++)
        if (cell[column].offset != FRAME_NO_OFFSET && cell[column].offset >= range.begin &&
            cell[column].offset < range.end)
            cell[column].style = (uint8_t)style;
}

/** The bytes that were poked. */
static void draw_poked(const struct canvas *canvas, const struct row *row, struct frame *frame,
                       unsigned number)
{
    const struct poked_byte *byte = NULL;
    size_t count = poked_in(canvas->poked, (struct range){row->begin, row->end}, &byte);
    for (size_t i = 0; i < count; i++)
        hex_paint(frame_row(frame, number), frame->columns,
                  (struct range){byte[i].offset, byte[i].offset + 1},
                  byte[i].failed ? STYLE_FAILED : STYLE_POKED);
}

/** A character of the run from its byte `which` on, in both columns; of half a byte the digit that is typed. Returns the
 * next byte. */
static size_t draw_typed(const struct hex_shape *shape, const struct run *run, size_t which, size_t end,
                         struct frame *frame, unsigned number)
{
    struct span bytes = {(const char *)run->byte + which, end - which};
    struct hex_sign sign = hex_sign(shape->encoding, bytes, run->offset + which);
    sign.style = STYLE_PENDING;
    character_put(shape, frame, number, sign, run->offset + which);
    for (unsigned i = 0; i < sign.length; i++)
        digits_put(shape, frame, number, run->byte[which + i], STYLE_PENDING, run->offset + which + i);
    return which + sign.length;
}

/** The byte of which only a digit is typed. */
static void draw_half(const struct hex_shape *shape, const struct run *run, struct frame *frame,
                      unsigned number)
{
    uint64_t offset = run->offset + run->at;
    struct hex_sign sign = {'_', STYLE_PENDING, STYLE_PENDING, 1, 1};
    character_put(shape, frame, number, sign, offset);
    digits_put(shape, frame, number, run->byte[run->at], STYLE_PENDING, offset);
    cell_put(frame, number, hex_column(shape, (unsigned)(offset % shape->bytes)) + 1, '_', STYLE_PENDING,
             offset);
}

/** The bytes that are typed and not stored yet: what they are to become. */
static void draw_run(const struct canvas *canvas, const struct hex_shape *shape, const struct row *row,
                     struct frame *frame, unsigned number)
{
    const struct run *run = canvas->run;
    if (!run || run->offset >= row->end || run->offset + run->count <= row->begin)
        return;
    size_t at = run->offset < row->begin ? (size_t)(row->begin - run->offset) : 0;
    size_t end = run->count < row->end - run->offset ? run->count : (size_t)(row->end - run->offset);
    while (at < end) {
        size_t stop = run->half && at <= run->at && run->at < end ? run->at : end;
        if (at == stop)
            draw_half(shape, run, frame, number);
        at = at == stop ? at + 1 : draw_typed(shape, run, at, stop, frame, number);
    }
}

/** The bytes that are selected, whatever else they are. */
static void draw_selected(const struct canvas *canvas, struct cell *cell, unsigned columns)
{
    if (!canvas->selected)
        return;
    uint64_t from = *canvas->selected, to = canvas->cursor;
    struct range range = {from < to ? from : to, (from < to ? to : from) + 1};
    hex_paint(cell, columns, range, STYLE_SELECTED);
}

/** The cursor where keys go, and the same byte in the other column. */
static void draw_cursor(const struct canvas *canvas, const struct hex_shape *shape, const struct row *row,
                        struct frame *frame, unsigned number)
{
    struct cell *cell = frame_row(frame, number);
    struct range byte = {canvas->cursor, canvas->cursor + 1};
    unsigned text = shape->text < frame->columns ? shape->text : frame->columns;
    if (canvas->cursor < row->begin || canvas->cursor >= row->end)
        return;
    hex_paint(cell, text, byte, canvas->characters ? STYLE_MIRROR : STYLE_CURSOR);
    hex_paint(cell + text, frame->columns - text, byte, canvas->characters ? STYLE_CURSOR : STYLE_MIRROR);
}

enum layout_result hex_bytes(struct reader *reader, const struct hex_shape *shape, struct range range,
                             struct frame *frame, unsigned number)
{
    struct stretch stretch;
    for (uint64_t offset = range.begin; offset < range.end;) {
        if (stretch_at(reader, (struct range){offset, range.end}, &stretch) == LAYOUT_WAIT)
            return LAYOUT_WAIT;
        while (offset < stretch.range.end)
            offset = stretch.data ? draw_character(shape, &stretch, frame, number, offset)
                                  : draw_missing(shape, &stretch, frame, number, offset);
    }
    return LAYOUT_OK;
}

enum layout_result hex_draw(const struct canvas *canvas, const struct row *row, struct frame *frame,
                            unsigned number)
{
    const struct hex_shape shape = hex_shape(canvas);
    /* Where bytes of a row above are awaited, asking for others would put those off. */
    if (reader_gave_up(canvas->reader))
        return LAYOUT_WAIT;
    grid_offset(frame, number, shape.digits, row->begin);
    if (hex_bytes(canvas->reader, &shape, (struct range){row->begin, row->end}, frame, number) == LAYOUT_WAIT)
        return LAYOUT_WAIT;
    hex_hits(canvas, row, frame_row(frame, number), frame->columns, row->begin, row->end);
    draw_poked(canvas, row, frame, number);
    draw_edits(canvas, row, frame_row(frame, number), frame->columns);
    draw_selected(canvas, frame_row(frame, number), frame->columns);
    draw_run(canvas, &shape, row, frame, number);
    draw_cursor(canvas, &shape, row, frame, number);
    return LAYOUT_OK;
}
