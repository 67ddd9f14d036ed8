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

#include <wchar.h>

/** What stands on a row between two places: bytes, or what there is instead of them. */
struct stretch {
    struct range range;
    const char *data;   /**< NULL: there is nothing to be read */
    const char *digits; /**< shown instead of them */
    uint32_t rune;
    enum style style;
};

/** The characters of bytes that are not printable, as long as the terminal has them. */
#define RUNE_ZERO    0xb7   /* middle dot */
#define RUNE_TAB     0x2192 /* arrow to the right */
#define RUNE_NEWLINE 0x21b5 /* arrow of a return key */
#define RUNE_RETURN  0x2190 /* arrow to the left */
#define RUNE_FEED    0x2193 /* arrow downward */
#define RUNE_CONTROL 0x2022 /* bullet */
#define RUNE_HIGH    0xd7   /* multiplication sign */

static const char byte_digit[] = "0123456789abcdef";

/** The class of a byte. */
static enum style byte_style(uint8_t byte)
{
    if (byte == 0)
        return STYLE_BYTE_ZERO;
    if (byte == ' ' || (byte >= '\t' && byte <= '\r'))
        return STYLE_BYTE_SPACE;
    if (byte < ' ' || byte == 0x7f)
        return STYLE_BYTE_CONTROL;
    return byte < 0x7f ? STYLE_TEXT : STYLE_BYTE_HIGH;
}

/** The character of a byte: its own, or a sign. */
static uint32_t byte_sign(uint8_t byte)
{
    switch (byte) {
    case '\0':
        return RUNE_ZERO;
    case '\t':
        return RUNE_TAB;
    case '\n':
        return RUNE_NEWLINE;
    case '\v':
    case '\f':
        return RUNE_FEED;
    case '\r':
        return RUNE_RETURN;
    default:
        break;
    }
    if (byte < ' ' || byte == 0x7f)
        return RUNE_CONTROL;
    return byte < 0x7f ? byte : RUNE_HIGH;
}

/** The same, where the locale has no signs: a dot. */
static uint32_t byte_rune(uint8_t byte)
{
    uint32_t sign = byte_sign(byte);
    return wcwidth((wchar_t)sign) == 1 ? sign : '.';
}

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

/** The byte at `offset`, in both columns. */
static void draw_byte(const struct hex_shape *shape, const struct stretch *stretch, struct frame *frame,
                      unsigned number, uint64_t offset)
{
    unsigned at = (unsigned)(offset % shape->bytes), column = hex_column(shape, at);
    enum style style = stretch->style;
    uint32_t high = (unsigned char)stretch->digits[0], low = (unsigned char)stretch->digits[1];
    uint32_t rune = stretch->rune;
    if (stretch->data) {
        uint8_t byte = (uint8_t)stretch->data[offset - stretch->range.begin];
        style = byte_style(byte);
        high = (unsigned char)byte_digit[byte >> 4];
        low = (unsigned char)byte_digit[byte & 15];
        rune = byte_rune(byte);
    }
    cell_put(frame, number, column, high, style, offset);
    cell_put(frame, number, column + 1, low, style, offset);
    cell_put(frame, number, shape->text + at, rune, style, offset);
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

/** One byte of the run, in both columns; of half a byte the digit that is typed. */
static void draw_typed(const struct hex_shape *shape, const struct run *run, size_t which,
                       struct frame *frame, unsigned number)
{
    static const char digit[] = "0123456789abcdef";
    uint64_t offset = run->offset + which;
    unsigned at = (unsigned)(offset % shape->bytes), column = hex_column(shape, at);
    bool half = run->half && which == run->at;
    uint8_t byte = run->byte[which];
    cell_put(frame, number, column, (unsigned char)digit[byte >> 4], STYLE_PENDING, offset);
    cell_put(frame, number, column + 1, half ? '_' : (unsigned char)digit[byte & 15], STYLE_PENDING, offset);
    cell_put(frame, number, shape->text + at, half ? '_' : byte_rune(byte), STYLE_PENDING, offset);
}

/** The bytes that are typed and not stored yet: what they are to become. */
static void draw_run(const struct canvas *canvas, const struct hex_shape *shape, const struct row *row,
                     struct frame *frame, unsigned number)
{
    const struct run *run = canvas->run;
    for (uint64_t offset = row->begin; run && offset < row->end; offset++)
        if (offset >= run->offset && offset - run->offset < run->count)
            draw_typed(shape, run, (size_t)(offset - run->offset), frame, number);
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
        for (; offset < stretch.range.end; offset++)
            draw_byte(shape, &stretch, frame, number, offset);
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
    draw_run(canvas, &shape, row, frame, number);
    draw_cursor(canvas, &shape, row, frame, number);
    return LAYOUT_OK;
}
