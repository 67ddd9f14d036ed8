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
#include "folio/model/json/label.h"
#include "folio/view/hex/hex.h"

#include <stdio.h>
#include <string.h>

/** Columns that a value which is cut keeps, however narrow the screen. */
#define VALUE_LEAST 8u

/** The share of the screen that what an object is called may take: a third. */
#define LABEL_SHARE 3

/** Bytes of a closed container that are looked at at a time. */
#define PREVIEW_BYTES 4096u

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

/** Is it data that is shown, and no brackets, quotes and commas? */
static bool draws_data(const struct drawing *drawing)
{
    const struct json_tree *tree = drawing->canvas->content;
    return tree->rows.data;
}

/** What is between the quotes of a string; of an empty one it is the quotes that are shown. */
static struct range unquoted(struct range string, bool ended)
{
    bool empty = string.end - string.begin <= 2;
    return empty ? string : (struct range){string.begin + 1, string.end - ended};
}

/** Draw a string, quotes and all, or what it means. */
static void draw_string(struct drawing *drawing, struct range string, bool ended, enum style style)
{
    struct range text = unquoted(string, ended);
    if (!draws_data(drawing) || text.begin == string.begin)
        draw_bytes(drawing, string, style);
    else if (drawing->result == LAYOUT_OK)
        drawing->result = json_text(&drawing->pen, text, style);
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
    bool comma = row->comma != UINT64_MAX && !draws_data(drawing);
    return comma + (rest ? rest + 1 : 0) + mark;
}

/** Does a string end with its quote, and not with a newline or the file? */
static bool quoted(const struct json_value *value)
{
    return value->ended && value->mark != JSON_UNCLOSED;
}

/** Does the value fit into `room` columns? */
static bool value_fits(const struct drawing *drawing, struct range shown, unsigned room)
{
    const struct json_value *value = &drawing->row->value;
    struct range text = unquoted(shown, quoted(value));
    if (draws_data(drawing) && value->kind == JSON_STRING && text.begin > shown.begin)
        return json_text_width(drawing->canvas, text, room) <= room;
    return json_width(drawing->canvas, shown, room) <= room;
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
    if (!value_fits(drawing, shown, room)) {
        number_group(shown.end - shown.begin, count, sizeof count);
        snprintf(size, sizeof size, "> %s%s bytes", value->ended ? "" : ">= ", count);
        unsigned length = (unsigned)strlen(size);
        room = room > length + VALUE_LEAST ? room - length : VALUE_LEAST;
        pen->columns = pen->column + room < columns ? pen->column + room : columns;
    }
    if (value->kind == JSON_STRING)
        draw_string(drawing, shown, quoted(value), STYLE_STRING);
    else
        draw_bytes(drawing, shown, value_style(value->kind));
    pen->columns = columns;
    json_words(pen, size, STYLE_EDGE);
}

static void draw_rest(struct drawing *drawing)
{
    const struct json_row *row = drawing->row;
    if (row->rest.end > row->rest.begin) {
        json_words(&drawing->pen, " ", STYLE_TEXT);
        draw_bytes(drawing, row->rest, STYLE_FLAW);
    }
    if (!draws_data(drawing))
        draw_byte(drawing, row->comma, STYLE_TEXT);
    if (row->mark) {
        json_words(&drawing->pen, "  <- ", STYLE_FLAW);
        json_words(&drawing->pen, json_mark_text(row->mark), STYLE_FLAW);
    }
}

/** Blanks and newlines at the beginning. */
static size_t preview_blanks(struct span span)
{
    size_t blanks = 0;
    while (blanks < span.length && strchr(" \t\r\n", span.data[blanks]) && span.data[blanks])
        blanks++;
    return blanks;
}

/** What a closed container holds, from its beginning, as far as there is room: blanks and newlines between are one blank. */
static void draw_preview(struct drawing *drawing)
{
    const struct json_row *row = drawing->row;
    struct pen *pen = &drawing->pen;
    uint64_t at = row->value.value.end, end = row->close != UINT64_MAX ? row->close : row->next;
    while (drawing->result == LAYOUT_OK && at < end && pen->column < pen->columns) {
        struct span span;
        size_t want = end - at < PREVIEW_BYTES ? (size_t)(end - at) : PREVIEW_BYTES;
        if (reader_span(drawing->canvas->reader, at, want, &span) != READER_OK)
            return;
        size_t blanks = preview_blanks(span);
        const char *newline = memchr(span.data + blanks, '\n', span.length - blanks);
        size_t piece = newline ? (size_t)(newline - span.data) : span.length;
        if (blanks > 0)
            json_words(pen, " ", STYLE_TEXT);
        draw_bytes(drawing, (struct range){at + blanks, at + piece}, STYLE_TEXT);
        at += piece > 0 ? piece : 1;
    }
    if (pen->column == pen->columns && pen->columns > 0)
        pen_edge(pen, 0);
}

/** What a closed object in an array, or one that is a document, is called by one of its members. */
static void draw_label(struct drawing *drawing)
{
    const struct json_tree *tree = drawing->canvas->content;
    const struct json_row *row = drawing->row;
    struct pen *pen = &drawing->pen;
    struct json_value label;
    unsigned columns = pen->columns, room = columns / LABEL_SHARE;
    if (row->bracket == '{' || row->value.kind != JSON_OBJECT)
        return;
    enum nesting_answer answer = json_label(&tree->rows, row, drawing->canvas->settings->label, &label);
    if (answer == NESTING_FAILED)
        drawing->result = LAYOUT_WAIT;
    if (answer != NESTING_FOUND)
        return;
    json_words(pen, "  ", STYLE_TEXT);
    pen->columns = pen->column + room < columns ? pen->column + room : columns;
    if (label.kind == JSON_STRING)
        draw_string(drawing, label.value, quoted(&label), STYLE_STRING);
    else
        draw_bytes(drawing, label.value, value_style(label.kind));
    if (pen->column == pen->columns)
        pen_edge(pen, 0);
    pen->columns = columns;
}

/** A closed container: `[12], 3,456 bytes  {"a":1},{"b":2>`. */
static void draw_folded(struct drawing *drawing)
{
    const struct json_tree *tree = drawing->canvas->content;
    const struct json_row *row = drawing->row;
    char count[40] = "...", size[40], text[64];
    uint64_t children, end = row->close != UINT64_MAX ? row->close + 1 : row->next;
    if (row->close != UINT64_MAX && json_row_children(&tree->rows, row, &children) == NESTING_FOUND)
        number_group(children, count, sizeof count);
    draw_bytes(drawing, row->value.value, STYLE_TEXT);
    json_words(&drawing->pen, count, STYLE_NUMBER);
    draw_byte(drawing, row->close, STYLE_TEXT);
    draw_rest(drawing);
    draw_label(drawing);
    number_group(end - row->value.value.begin, size, sizeof size);
    snprintf(text, sizeof text, "  %s bytes  ", size);
    json_words(&drawing->pen, text, STYLE_NUMBER);
    draw_preview(drawing);
}

/** Which child it is, where no key says it: `[12]: `. */
static void draw_ordinal(struct drawing *drawing)
{
    const struct json_tree *tree = drawing->canvas->content;
    char count[40] = "...", text[48];
    uint64_t ordinal;
    if (json_row_ordinal(&tree->rows, drawing->row, &ordinal) == NESTING_FOUND)
        number_group(ordinal, count, sizeof count);
    snprintf(text, sizeof text, "[%s]", count);
    json_words(&drawing->pen, text, STYLE_NUMBER);
    json_words(&drawing->pen, ": ", STYLE_TEXT);
}

/** The key, or what stands for it. */
static void draw_key(struct drawing *drawing)
{
    const struct json_value *value = &drawing->row->value;
    if (value->keyed) {
        draw_string(drawing, value->key, true, STYLE_KEY);
        json_words(&drawing->pen, ": ", STYLE_TEXT);
    } else if (draws_data(drawing) && drawing->row->bracket == '[' && !drawing->row->blank)
        draw_ordinal(drawing);
}

/** An open container as data: what is in it stands below, so only a document's own needs a word. */
static void draw_container(struct drawing *drawing)
{
    const struct json_row *row = drawing->row;
    if (!row->value.keyed && row->bracket != '[')
        json_words(&drawing->pen, row->value.kind == JSON_OBJECT ? "object" : "array", STYLE_NUMBER);
}

/** Key and value. */
static void draw_member(struct drawing *drawing)
{
    const struct json_row *row = drawing->row;
    draw_key(drawing);
    if (row->folded)
        draw_folded(drawing);
    else if (draws_data(drawing) && json_kind_contains(row->value.kind) && row->close == UINT64_MAX)
        draw_container(drawing);
    else
        draw_value(drawing);
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
    struct canvas plain = *canvas;
    struct drawing drawing = {.canvas = &plain, .row = &read};
    struct cell *cell = frame_row(frame, number);
    enum nesting_answer answer = json_row_read(&tree->rows, row->begin, &read);
    if (answer != NESTING_FOUND)
        return json_said(answer);
    plain.fit.rules.sgr = false; /* JSON has no colours of its own: what would hide is shown */
    pen_init(&drawing.pen, &plain, cell, 0, frame->columns);
    draw_indent(&drawing);
    if (!read.closes)
        draw_member(&drawing);
    if (!read.folded) {
        draw_byte(&drawing, read.close, STYLE_TEXT);
        draw_rest(&drawing);
    }
    if (drawing.result == LAYOUT_OK)
        draw_hits(&drawing, row);
    for (unsigned column = 0; column < frame->columns && row_holds(row, canvas->cursor); column++)
        if (cell[column].style != STYLE_HIT && cell[column].style != STYLE_CURRENT)
            cell[column].style = STYLE_CURSOR;
    return drawing.result;
}
