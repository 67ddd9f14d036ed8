/* SPDX-License-Identifier: MIT */
/* view: the text layout, what is drawn on a row (text.h says what else there is). View thread. */
#include "columns.h"
#include "filter.h"
#include "long.h"
#include "paint.h"
#include "text.h"

#include "folio/view/text/layout.h"
#include "folio/view/text/pen.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/** Does the row end with what is in its last cell? Only what has no width may follow. */
static bool draw_finished(const struct pen *pen, const struct row *row, unsigned first)
{
    const struct glyph_rules *rules = &pen->canvas->fit.rules;
    uint64_t offset = pen->cell[pen->columns - 1].offset;
    struct span span;
    struct glyph glyph;
    if (row->open || pen->line_column > pen->canvas->shift + (pen->columns - first))
        return false;
    if (reader_span(pen->canvas->reader, offset, 2 * glyph_ahead(rules), &span) != READER_OK)
        return true;
    glyph_next(span.data, span.length, (struct glyph_place){0, rules}, &glyph);
    size_t at = glyph.length;
    for (; offset + at < row->end && at < span.length; at += glyph.length) {
        glyph_next(span.data + at, span.length - at, (struct glyph_place){0, rules}, &glyph);
        if (glyph.kind != GLYPH_DROPPED && glyph.kind != GLYPH_SEQUENCE)
            return false;
    }
    return offset + at >= row->end;
}

/** The columns of the header over those of a shifted row. */
static enum layout_result draw_header_columns(const struct pen *row_pen, const struct row *row,
                                              unsigned first)
{
    const struct canvas *canvas = row_pen->canvas;
    unsigned columns = (unsigned)canvas->settings->header_columns, room = row_pen->columns - first;
    columns = first + (columns < room ? columns : room);
    struct pen pen;
    pen_init(&pen, canvas, row_pen->cell, first, columns);
    if (!pen_dip(&pen, row, row->begin))
        return LAYOUT_WAIT;
    uint64_t begin = row->begin ? row->begin : canvas->bom;
    enum layout_result result = pen_bytes(&pen, begin, row->end, false);
    pen.visible = (struct ink){0};
    pen_blanks(&pen, columns - pen.column, FRAME_NO_OFFSET);
    for (unsigned i = first; i < columns; i++)
        pen.cell[i].ink.flags |= INK_BOLD;
    /* What is left of a wide character whose first column went away. */
    if (columns < row_pen->columns && pen.cell[columns].rune_count == 0) {
        pen.cell[columns].rune[0] = ' ';
        pen.cell[columns].rune_count = 1;
    }
    return result;
}

/** Draw a chopped row from the first shown column on; > at the edge where it goes on. */
static enum layout_result draw_chopped(struct pen *pen, const struct row *row, struct frame *frame)
{
    const struct canvas *canvas = pen->canvas;
    struct text_spot spot;
    unsigned first = pen->column;
    enum layout_result result = text_seek(canvas, row, canvas->shift, &spot);
    if (result != LAYOUT_OK)
        return result;
    if (!pen_dip(pen, row, spot.offset > canvas->bom ? spot.offset : row->begin))
        return LAYOUT_WAIT;
    frame->report.approximate = frame->report.approximate || !spot.exact;
    pen->line_column = spot.column;
    /* Several at most where those before it have no width. */
    while (pen->line_column < canvas->shift && spot.offset < row->end && pen_straddle(pen, &spot.offset))
        continue;
    result = pen_bytes(pen, spot.offset, row->end, false);
    if (result == LAYOUT_OK && pen->column == pen->columns && pen->columns > first &&
        !draw_finished(pen, row, first))
        pen_edge(pen, first);
    if (result == LAYOUT_OK && canvas->shift && canvas->settings->header_columns)
        result = draw_header_columns(pen, row, first);
    return result;
}

/** Draw a wrapped row, and remember the ink at its end for the one below. */
static enum layout_result draw_wrapped(struct pen *pen, const struct row *row)
{
    struct canvas_ink *ink = pen->canvas->ink;
    if (!pen_dip(pen, row, row->begin))
        return LAYOUT_WAIT;
    uint64_t begin = row->begin ? row->begin : pen->canvas->bom;
    enum layout_result result = pen_bytes(pen, begin, row->end, true);
    bool goes_on = row->next == row->end || pen->canvas->settings->sgr == SGR_CARRY;
    if (ink)
        *ink = (struct canvas_ink){result == LAYOUT_OK && goes_on ? row->next : FRAME_NO_OFFSET, pen->at};
    return result;
}

/** The line number, on each row of the line as in less; blanks while there is none. */
static void draw_number(struct frame *frame, unsigned number, const struct row *row, unsigned first,
                        unsigned width)
{
    char text[48] = "";
    if (row->line) {
        char digits[24];
        snprintf(digits, sizeof digits, "%s%llu", row->line_exact ? "" : "~", (unsigned long long)row->line);
        snprintf(text, sizeof text, "%*s ", (int)width - 1, digits);
    }
    frame_text(frame, number, first, text, STYLE_NUMBER);
}

/** The status column: the letter of a mark on the row, or * for a hit. */
static void draw_status(const struct canvas *canvas, const struct row *row, struct frame *frame,
                        unsigned number, bool hit)
{
    char text[2] = {hit ? '*' : ' ', '\0'};
    uint64_t end = row->next > row->begin ? row->next : row->begin + 1;
    for (size_t i = 0; i < canvas->mark_count; i++)
        if (canvas->mark[i].offset >= row->begin && canvas->mark[i].offset < end)
            text[0] = canvas->mark[i].letter;
    frame_text(frame, number, 0, text, STYLE_EDGE);
}

/** What an unreadable page is shown as. */
static void draw_unreadable(const struct canvas *canvas, const struct row *row, struct frame *frame,
                            unsigned number)
{
    char text[128];
    struct span span;
    int code = EIO;
    if (reader_span(canvas->reader, row->begin, 1, &span) == READER_UNREADABLE)
        code = reader_error(canvas->reader)->code;
    snprintf(text, sizeof text, "%s at 0x%llx-0x%llx", code == EIO ? "I/O error" : strerror(code),
             (unsigned long long)row->begin, (unsigned long long)(row->end ? row->end - 1 : 0));
    frame_text(frame, number, text_margin(canvas), text, STYLE_WARNING);
}

/** Change the ink of all text cells of the row. */
static void draw_flags(struct cell *cell, unsigned columns, uint16_t set, uint16_t turn)
{
    for (unsigned i = 0; i < columns; i++)
        cell[i].ink.flags = (uint16_t)((cell[i].ink.flags | set) ^ turn);
}

/** The looks that are not the file's own: of the header, and of the line that is new. */
static void draw_looks(const struct canvas *canvas, const struct row *row, struct frame *frame,
                       unsigned number)
{
    struct cell *cell = frame_row(frame, number);
    uint64_t line = row->line_known ? row->line_begin : row->begin;
    if (row->header == ROW_HEADER)
        draw_flags(cell, frame->columns, INK_BOLD, 0);
    else if (row->header == ROW_HEADER_LAST)
        draw_flags(cell, frame->columns, INK_BOLD | INK_UNDERLINE, 0);
    if (canvas->fresh != FRAME_NO_OFFSET && line == canvas->fresh && row->header == ROW_BODY)
        draw_flags(cell, text_status(canvas) ? TEXT_STATUS_WIDTH : frame->columns, 0, INK_REVERSE);
}

/** The first hyperlink on the screen is told in the status row. */
static void draw_link(const struct canvas *canvas, uint64_t link, struct frame *frame)
{
    struct span span;
    if (link == ATTRIBUTES_NO_LINK || frame->report.link[0] ||
        reader_span(canvas->reader, link, GLYPH_SEQUENCE_MAX, &span) != READER_OK)
        return;
    glyph_link(&canvas->fit.rules, span.data, span.length, frame->report.link, sizeof frame->report.link);
}

/** The hits on the row that was drawn up to the pen's column. */
static bool draw_hits(const struct canvas *canvas, const struct pen *pen, const struct row *row)
{
    unsigned first = text_margin(canvas);
    bool hit = false;
    if (row->header)
        return false;
    /* The columns of a header stand for other bytes than those behind them, and are not looked at. */
    if (canvas->shift)
        first += (unsigned)canvas->settings->header_columns;
    if (pen->column <= first)
        return false;
    uint64_t from = pen->cell[first].offset, until = pen->cell[pen->column - 1].offset + 1;
    if (canvas->matches && canvas->settings->highlight)
        hit = text_highlight(canvas, row, pen->cell + first, pen->column - first, from, until);
    text_highlight_others(canvas, row, pen->cell + first, pen->column - first, from, until);
    text_level(canvas, row, pen->cell + first, pen->column - first);
    return hit;
}

static enum layout_result text_draw(const struct canvas *canvas, const struct row *row, struct frame *frame,
                                    unsigned number)
{
    const unsigned first = text_margin(canvas), status = text_status(canvas);
    struct pen pen;
    pen_init(&pen, canvas, frame_row(frame, number), first, frame->columns);
    if (first > status)
        draw_number(frame, number, row, status, first - status);
    if (row->separator) {
        frame_text(frame, number, first, "--", STYLE_EDGE);
        return LAYOUT_OK;
    }
    if (row->unreadable) {
        draw_unreadable(canvas, row, frame, number);
        return LAYOUT_OK;
    }
    enum layout_result result =
        text_chopped(canvas) ? draw_chopped(&pen, row, frame) : draw_wrapped(&pen, row);
    bool hit = result == LAYOUT_OK && draw_hits(canvas, &pen, row);
    if (pen.column > first)
        text_edits(canvas, row, pen.cell + first, pen.column - first);
    if (status)
        draw_status(canvas, row, frame, number, hit);
    draw_link(canvas, pen.link, frame);
    draw_looks(canvas, row, frame, number);
    frame->report.approximate = frame->report.approximate || !pen.at.exact;
    return result;
}

const struct layout text_layout = {
    .name = "text",
    .holding = filtered_holding,
    .starting = filtered_starting,
    .after = filtered_after,
    .before = filtered_before,
    .again = filtered_again,
    .sure = text_sure,
    .draw = text_draw,
    .room = text_width,
    .column = text_column,
    .byte_at = text_byte_at,
    .width = text_row_width,
};
