/* SPDX-License-Identifier: MIT */
/* view: the text layout, what is drawn on a row (see layout.h; text_rows.c says where rows begin). View thread. */
#include "text.h"

#include <stdio.h>
#include <string.h>

#include "folio/base/glyph.h"
#include "folio/base/scan.h"
#include "folio/base/utf8.h"
#include "folio/model/lines.h"

/** Columns of a long line that are walked to find a shifted column, where it is not plain. */
#define SHIFT_WALK (256u << 10)
/** The same in one step, in columns, and the bytes looked at for each. */
#define SEEK_STEP       8192u
#define SEEK_PER_COLUMN 8u
/** Context on either side in which a match that shows on a row of a long line may begin. */
#define HIT_CONTEXT 4096u

/** A row being drawn: where the next glyph goes. */
struct pen {
    const struct canvas *canvas;
    struct cell *cell;
    unsigned column, columns;
    /** Column of the line at which the pen's column 0 text begins, and of the next glyph. */
    uint64_t line_column;
};

static void pen_put(struct pen *pen, const uint32_t *rune, unsigned rune_count, enum style style,
                    uint64_t offset)
{
    if (pen->column >= pen->columns)
        return;
    struct cell *cell = &pen->cell[pen->column++];
    cell->rune[0] = rune[0]; /* also where there are none: 0 marks the second column of a wide one */
    memcpy(cell->rune, rune, rune_count * sizeof *rune);
    cell->rune_count = (uint8_t)rune_count;
    cell->style = (uint8_t)style;
    cell->offset = offset;
}

/** Put a replacement from its character `first` on, one column each. */
static void pen_replacement(struct pen *pen, const struct glyph *glyph, unsigned first, uint64_t offset)
{
    enum style style = glyph->kind == GLYPH_WARNING ? STYLE_WARNING : STYLE_CONTROL;
    for (unsigned i = first; i < glyph->rune_count; i++)
        pen_put(pen, &glyph->rune[i], 1, style, offset);
}

static void pen_blanks(struct pen *pen, unsigned count, uint64_t offset)
{
    const uint32_t blank = ' ';
    while (count-- > 0)
        pen_put(pen, &blank, 1, STYLE_TEXT, offset);
}

static void pen_glyph(struct pen *pen, const struct glyph *glyph, uint64_t offset)
{
    static const uint32_t second[1];
    switch (glyph->kind) {
    case GLYPH_DROPPED:
    case GLYPH_NEWLINE:
    case GLYPH_SEQUENCE:
        return;
    case GLYPH_TAB:
        pen_blanks(pen, glyph->width, offset);
        return;
    case GLYPH_CONTROL:
    case GLYPH_WARNING:
        pen_replacement(pen, glyph, 0, offset);
        return;
    case GLYPH_TEXT:
        break;
    }
    if (pen->column + glyph->width > pen->columns) {
        pen_blanks(pen, pen->columns - pen->column, offset);
        return;
    }
    pen_put(pen, glyph->rune, glyph->rune_count, STYLE_TEXT, offset);
    if (glyph->width == 2)
        pen_put(pen, second, 0, STYLE_TEXT, offset);
}

/** Draw the bytes [offset, end) until the row is full. */
static enum layout_result pen_bytes(struct pen *pen, uint64_t offset, uint64_t end)
{
    struct span span = {"", 0};
    size_t at = 0;
    while (offset + at < end && pen->column < pen->columns) {
        if (span.length - at < GLYPH_LENGTH_MAX) {
            offset += at;
            at = 0;
            size_t want = end - offset < MAPPING_COPY_MAX / 8 ? (size_t)(end - offset) : MAPPING_COPY_MAX / 8;
            size_t look = want + GLYPH_LENGTH_MAX; /* CR is dropped only if the newline after it is seen */
            enum reader_result result = reader_span(pen->canvas->reader, offset, look, &span);
            if (result != READER_OK)
                return result == READER_GIVEN_UP ? LAYOUT_WAIT : LAYOUT_OK;
        }
        struct glyph glyph;
        glyph_next(span.data + at, span.length - at,
                   (struct glyph_place){pen->line_column, &pen->canvas->fit.rules}, &glyph);
        pen_glyph(pen, &glyph, offset + at);
        pen->line_column += glyph.width;
        at += glyph.length;
    }
    return LAYOUT_OK;
}

/** Where column `column` of the chopped row is: the byte, and the column at which that byte really begins. */
static enum layout_result text_seek(const struct canvas *canvas, const struct row *row, uint64_t column,
                                    uint64_t *offset, uint64_t *found)
{
    uint64_t end = row->begin + column < row->end ? row->begin + column : row->end;
    *offset = row->begin;
    *found = 0;
    if (column == 0)
        return LAYOUT_OK;
    if (end - row->begin > LINES_LONG && lines_plain(canvas->lines, (struct range){row->begin, end})) {
        *offset = end;
        *found = end - row->begin;
        return LAYOUT_OK;
    }
    while (*found < column && *offset < row->end && *found < SHIFT_WALK) {
        struct span span;
        unsigned used, room = (unsigned)(column - *found < SEEK_STEP ? column - *found : SEEK_STEP);
        size_t want = (size_t)room * SEEK_PER_COLUMN + GLYPH_LENGTH_MAX;
        enum reader_result result = reader_span(canvas->reader, *offset, want, &span);
        if (result != READER_OK)
            return result == READER_GIVEN_UP ? LAYOUT_WAIT : LAYOUT_OK;
        /* Cut at the row's end, but CR takes no column only if the newline after it is seen. */
        uint64_t rest = row->end - *offset;
        if (span.length > rest)
            span.length = (size_t)rest + (span.data[rest] == '\n');
        size_t length = text_fit(canvas, span, *found, room, &used);
        if (length == 0 || used > room) /* one that stands across the column is left to the caller */
            break;
        *offset = row->end - *offset > length ? *offset + length : row->end;
        *found += used;
    }
    if (*found < column && *offset < row->end && *found >= SHIFT_WALK) {
        *offset = end; /* too far to walk: as if the rest were one byte a column */
        *found = column;
    }
    return LAYOUT_OK;
}

/** Draw what shows of the glyph at `*offset`, which stands across the first shown column; false: it cannot be had. */
static bool pen_straddle(struct pen *pen, uint64_t *offset)
{
    struct span span;
    struct glyph glyph;
    struct glyph_place place = {pen->line_column, &pen->canvas->fit.rules};
    unsigned hidden = (unsigned)(pen->canvas->shift - pen->line_column);
    if (reader_span(pen->canvas->reader, *offset, GLYPH_LENGTH_MAX, &span) != READER_OK)
        return false;
    glyph_next(span.data, span.length, place, &glyph);
    if (glyph.kind == GLYPH_CONTROL || glyph.kind == GLYPH_WARNING)
        pen_replacement(pen, &glyph, hidden, *offset);
    else if (glyph.width > hidden)
        pen_blanks(pen, glyph.width - hidden, *offset);
    pen->line_column += glyph.width;
    *offset += glyph.length;
    return true;
}

/** Does the row end with what is in its last cell? Only what has no width may follow. */
static bool pen_finished(const struct pen *pen, const struct row *row, unsigned first)
{
    uint64_t offset = pen->cell[pen->columns - 1].offset;
    struct span span;
    struct glyph glyph;
    if (row->open || pen->line_column > pen->canvas->shift + (pen->columns - first))
        return false;
    if (reader_span(pen->canvas->reader, offset, 2 * GLYPH_LENGTH_MAX, &span) != READER_OK)
        return true;
    glyph_next(span.data, span.length, (struct glyph_place){0, &pen->canvas->fit.rules}, &glyph);
    size_t at = glyph.length;
    for (; offset + at < row->end && at < span.length; at += glyph.length) {
        glyph_next(span.data + at, span.length - at, (struct glyph_place){0, &pen->canvas->fit.rules},
                   &glyph);
        if (glyph.kind != GLYPH_DROPPED)
            return false;
    }
    return offset + at >= row->end;
}

/** Put > in the last column: the row goes on. */
static void pen_edge(struct pen *pen, unsigned first)
{
    static const uint32_t edge = '>';
    const struct cell *last = &pen->cell[pen->columns - 1];
    uint64_t offset = last->offset;
    pen->column = pen->columns - 1;
    if (last->rune_count == 0 && pen->column > first)
        pen->column--;
    pen_blanks(pen, pen->columns - 1 - pen->column, offset);
    pen_put(pen, &edge, 1, STYLE_EDGE, offset);
}

/** Draw a chopped row from the first shown column on; > at the edge where it goes on. */
static enum layout_result text_draw_chopped(struct pen *pen, const struct row *row)
{
    uint64_t offset, found;
    unsigned first = pen->column;
    enum layout_result result = text_seek(pen->canvas, row, pen->canvas->shift, &offset, &found);
    if (result != LAYOUT_OK)
        return result;
    pen->line_column = found;
    /* Several at most where those before it have no width. */
    while (pen->line_column < pen->canvas->shift && offset < row->end && pen_straddle(pen, &offset))
        continue;
    result = pen_bytes(pen, offset, row->end);
    if (result == LAYOUT_OK && pen->column == pen->columns && pen->columns > first &&
        !pen_finished(pen, row, first))
        pen_edge(pen, first);
    return result;
}

/** The line number, on each row of the line as in less; blanks while there is none. */
static void text_draw_number(struct frame *frame, unsigned number, const struct row *row, unsigned width)
{
    char text[48] = "";
    if (row->line) {
        char digits[24];
        snprintf(digits, sizeof digits, "%s%llu", row->line_exact ? "" : "~", (unsigned long long)row->line);
        snprintf(text, sizeof text, "%*s ", (int)width - 1, digits);
    }
    frame_text(frame, number, 0, text, STYLE_NUMBER);
}

/** Mark the cells of [begin, end) as a hit; replacements keep their own look. */
static void text_mark(struct cell *cell, unsigned columns, uint64_t begin, uint64_t end, enum style style)
{
    for (unsigned column = 0; column < columns; column++)
        if (cell[column].style == STYLE_TEXT && cell[column].offset >= begin && cell[column].offset < end)
            cell[column].style = (uint8_t)style;
}

/** The bytes in which hits on this row can lie: its whole line, or a part around it in a long line. */
static bool text_hit_span(const struct canvas *canvas, uint64_t from, uint64_t until, const struct row *row,
                          uint64_t *begin, struct span *span)
{
    bool whole = row->line_known && until - row->line_begin <= LINES_LONG;
    *begin = whole ? row->line_begin : from > HIT_CONTEXT ? from - HIT_CONTEXT : 0;
    if (!whole && row->line_known && *begin < row->line_begin)
        *begin = row->line_begin;
    size_t want = whole ? LINES_LONG : (size_t)(until - *begin) + HIT_CONTEXT;
    if (reader_span(canvas->reader, *begin, want, span) != READER_OK)
        return false;
    const size_t inside = from > *begin ? (size_t)(from - *begin) : 0;
    if (inside >= span->length)
        return false;
    size_t newline = inside + scan_select(span->data + inside, span->length - inside, '\n', 0);
    size_t last = scan_last(span->data, inside, '\n');
    span->length = newline;
    if (last < inside) { /* the part around it reached into the line before */
        span->data += last + 1;
        span->length -= last + 1;
        *begin += last + 1;
    }
    return true;
}

/** Give the search hits among the drawn cells [from, until) their style. */
static void text_highlight(const struct canvas *canvas, const struct row *row, struct cell *cell,
                           unsigned columns, uint64_t from, uint64_t until)
{
    struct span span;
    struct hit hit;
    uint64_t begin;
    if (from >= until || !text_hit_span(canvas, from, until, row, &begin, &span))
        return;
    bool line_is_current = row->line_known && canvas->current == row->line_begin && begin == row->line_begin;
    for (size_t at = 0; at <= span.length;) {
        if (matcher_find(matches_matcher(canvas->matches), span, at, &hit) != PATTERN_FOUND)
            return;
        if (begin + hit.begin >= until)
            return;
        bool current = (line_is_current && at == 0) || canvas->current == begin + hit.begin;
        if (hit.end > hit.begin && begin + hit.end > from)
            text_mark(cell, columns, begin + hit.begin, begin + hit.end, current ? STYLE_CURRENT : STYLE_HIT);
        at = hit.end > hit.begin ? hit.end : hit.begin + 1;
    }
}

/** What an unreadable page is shown as. */
static void text_draw_unreadable(const struct canvas *canvas, const struct row *row, struct frame *frame,
                                 unsigned number)
{
    char text[128];
    snprintf(text, sizeof text, "%s at 0x%llx-0x%llx", strerror(reader_error(canvas->reader)->code),
             (unsigned long long)row->begin, (unsigned long long)(row->end ? row->end - 1 : 0));
    frame_text(frame, number, text_margin(canvas), text, STYLE_WARNING);
}

static enum layout_result text_draw(const struct canvas *canvas, const struct row *row, struct frame *frame,
                                    unsigned number)
{
    struct cell *cell = frame_row(frame, number);
    struct pen pen = {
        .canvas = canvas, .cell = cell, .column = text_margin(canvas), .columns = frame->columns};
    if (text_margin(canvas))
        text_draw_number(frame, number, row, text_margin(canvas));
    if (row->unreadable) {
        text_draw_unreadable(canvas, row, frame, number);
        return LAYOUT_OK;
    }
    enum layout_result result =
        text_chopped(canvas) ? text_draw_chopped(&pen, row) : pen_bytes(&pen, row->begin, row->end);
    if (result == LAYOUT_OK && canvas->matches && canvas->settings->highlight &&
        pen.column > text_margin(canvas)) {
        uint64_t first = cell[text_margin(canvas)].offset, last = cell[pen.column - 1].offset + 1;
        text_highlight(canvas, row, cell, pen.column, first, last);
    }
    return result;
}

/** Columns that the bytes [begin, end) of one line take: arithmetic where plain, a walk of at most SHIFT_WALK. */
static bool text_column(const struct canvas *canvas, uint64_t offset, uint64_t *column)
{
    uint64_t begin, at, found;
    if (lines_begin(canvas->lines, canvas->reader, offset, 2 * LINES_LONG, &begin) != LINES_FOUND)
        return false;
    struct row row = {.begin = begin, .end = offset};
    *column = offset - begin;
    if (offset == begin || lines_plain(canvas->lines, (struct range){begin, offset}))
        return true;
    if (text_seek(canvas, &row, UINT32_MAX, &at, &found) != LAYOUT_OK)
        return false;
    if (at >= offset)
        *column = found;
    return true;
}

/** Columns of the whole row: arithmetic where it is plain, a walk of at most SHIFT_WALK where it is not. */
static uint64_t text_row_width(const struct canvas *canvas, const struct row *row)
{
    uint64_t offset, found;
    if (lines_plain(canvas->lines, (struct range){row->begin, row->end}))
        return row->end - row->begin;
    struct row whole = *row;
    if (text_seek(canvas, &whole, UINT32_MAX, &offset, &found) != LAYOUT_OK)
        return 0;
    return offset < row->end ? row->end - row->begin : found;
}

const struct layout text_layout = {
    .name = "text",
    .holding = text_holding,
    .starting = text_starting,
    .after = text_after,
    .before = text_before,
    .draw = text_draw,
    .room = text_width,
    .column = text_column,
    .width = text_row_width,
};
