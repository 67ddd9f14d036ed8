/* SPDX-License-Identifier: MIT */
/*
 * view: the tree, what is drawn on a row (see json.h). View thread.
 *
 *         "key": "a value that is too long for the> 93,179 bytes,  <- what is wrong
 *
 * All of it but the blanks are the file's own bytes.
 */
#include "json.h"

#include "folio/base/words/number.h"
#include "folio/view/hex/hex.h"

#include <stdio.h>
#include <string.h>

/** Columns that a value which is cut keeps, however narrow the screen. */
#define VALUE_LEAST 8u

/** A row being drawn. */
struct drawing {
    const struct canvas *canvas;
    const struct json_row *row;
    struct pen pen;
    enum layout_result result;
};

static void draw_bytes(struct drawing *drawing, struct range range, enum style style)
{
    if (drawing->result == LAYOUT_OK && range.end > range.begin)
        drawing->result = json_bytes(&drawing->pen, range, style);
}

static void draw_byte(struct drawing *drawing, uint64_t at, enum style style)
{
    if (at != UINT64_MAX)
        draw_bytes(drawing, (struct range){at, at + 1}, style);
}

/** Blanks for the depth; of a row that is too deep for the screen half of it stays free. */
static void draw_indent(struct drawing *drawing)
{
    uint64_t blanks = drawing->row->depth * JSON_INDENT, most = drawing->pen.columns / 2;
    while (drawing->pen.column < blanks && drawing->pen.column < most)
        json_words(&drawing->pen, " ", STYLE_TEXT);
}

static enum style value_style(enum json_kind kind)
{
    static const enum style style[] = {
        [JSON_ABSENT] = STYLE_TEXT,    [JSON_OBJECT] = STYLE_TEXT,   [JSON_ARRAY] = STYLE_TEXT,
        [JSON_STRING] = STYLE_STRING,  [JSON_NUMBER] = STYLE_DIGITS, [JSON_TRUE] = STYLE_CONSTANT,
        [JSON_FALSE] = STYLE_CONSTANT, [JSON_NULL] = STYLE_CONSTANT, [JSON_WORD] = STYLE_FLAW,
    };
    return style[kind];
}

/** What of the row stands behind its value. */
static unsigned behind_width(const struct drawing *drawing)
{
    const struct json_row *row = drawing->row;
    unsigned limit = drawing->pen.columns, rest = json_width(drawing->canvas, row->rest, limit);
    unsigned mark = row->mark ? (unsigned)strlen(json_mark_text(row->mark)) + 5 : 0;
    return (row->comma != UINT64_MAX) + (rest ? rest + 1 : 0) + mark;
}

/** The value, cut and with its size where it does not fit. */
static void draw_value(struct drawing *drawing)
{
    const struct json_value *value = &drawing->row->value;
    struct pen *pen = &drawing->pen;
    char size[64] = "", count[40];
    unsigned columns = pen->columns, room = columns - pen->column, behind = behind_width(drawing);
    room = room > behind + VALUE_LEAST ? room - behind : VALUE_LEAST;
    struct range shown = value->value;
    if (!value->ended && !json_kind_contains(value->kind))
        shown.end = drawing->row->next;
    if (json_width(drawing->canvas, shown, room) > room) {
        number_group(shown.end - shown.begin, count, sizeof count);
        snprintf(size, sizeof size, "> %s%s bytes", value->ended ? "" : ">= ", count);
        unsigned length = (unsigned)strlen(size);
        room = room > length + VALUE_LEAST ? room - length : VALUE_LEAST;
        pen->columns = pen->column + room < columns ? pen->column + room : columns;
    }
    draw_bytes(drawing, shown, value_style(value->kind));
    pen->columns = columns;
    json_words(pen, size, STYLE_EDGE);
}

/** Key and value. */
static void draw_member(struct drawing *drawing)
{
    const struct json_value *value = &drawing->row->value;
    if (value->keyed) {
        draw_bytes(drawing, value->key, STYLE_KEY);
        json_words(&drawing->pen, ": ", STYLE_TEXT);
    }
    draw_value(drawing);
}

static void draw_rest(struct drawing *drawing)
{
    const struct json_row *row = drawing->row;
    if (row->rest.end > row->rest.begin) {
        json_words(&drawing->pen, " ", STYLE_TEXT);
        draw_bytes(drawing, row->rest, STYLE_FLAW);
    }
    draw_byte(drawing, row->comma, STYLE_TEXT);
    if (row->mark) {
        json_words(&drawing->pen, "  <- ", STYLE_FLAW);
        json_words(&drawing->pen, json_mark_text(row->mark), STYLE_FLAW);
    }
}

/** Hits in what is on the screen of the row. */
static void draw_hits(const struct drawing *drawing, const struct row *row)
{
    uint64_t begin = FRAME_NO_OFFSET, end = 0;
    for (unsigned column = 0; column < drawing->pen.column; column++) {
        uint64_t offset = drawing->pen.cell[column].offset;
        if (offset == FRAME_NO_OFFSET)
            continue;
        begin = begin < offset ? begin : offset;
        end = end > offset ? end : offset + 1;
    }
    if (begin < end)
        hex_hits(drawing->canvas, row, drawing->pen.cell, drawing->pen.columns, begin, end);
}

enum layout_result json_draw(const struct canvas *canvas, const struct row *row, struct frame *frame,
                             unsigned number)
{
    const struct json_tree *tree = canvas->content;
    struct json_row read;
    struct drawing drawing = {.canvas = canvas, .row = &read};
    struct cell *cell = frame_row(frame, number);
    enum nesting_answer answer = json_row_read(&tree->rows, row->begin, &read);
    if (answer != NESTING_FOUND)
        return json_said(answer);
    pen_init(&drawing.pen, canvas, cell, 0, frame->columns);
    draw_indent(&drawing);
    if (!read.closes)
        draw_member(&drawing);
    draw_byte(&drawing, read.close, STYLE_TEXT);
    draw_rest(&drawing);
    if (drawing.result == LAYOUT_OK)
        draw_hits(&drawing, row);
    for (unsigned column = 0; column < frame->columns && row_holds(row, canvas->cursor); column++)
        if (cell[column].style != STYLE_HIT && cell[column].style != STYLE_CURRENT)
            cell[column].style = STYLE_CURSOR;
    return drawing.result;
}
