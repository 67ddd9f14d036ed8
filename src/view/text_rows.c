/* SPDX-License-Identifier: MIT */
/*
 * view: the text layout, where rows begin and end. View thread.
 *
 * A line of up to LINES_LONG bytes is wrapped from its start, so its rows are those of less. A longer one is never
 * walked: where the line survey says that everything between its start and the place is printable ASCII, row starts
 * are arithmetic (start + k * width) and exact; elsewhere a row starts at the nearest character to that and is marked
 * as not exact. Scrolling goes from row to row, so the first visible byte never moves by itself.
 *
 * Chopped (-S, or shifted) a row is a whole line.
 */
#include <string.h>

#include "folio/base/glyph.h"
#include "folio/base/scan.h"
#include "folio/base/utf8.h"
#include "folio/model/lines.h"

#include "text.h"

/** How far a chopped line's ends are looked for where the survey does not know them. */
#define CHOP_LOOK (1u << 20)
/** Bytes looked back over for the row before one inside a long line, per column. */
#define BACK_PER_COLUMN 4u
/** The longest run of empty lines that -s skips in one step, forward or backward. */
#define SQUEEZE_LOOK (8u << 20)

unsigned text_margin(const struct canvas *canvas)
{
    unsigned width = canvas->number_width > TEXT_NUMBER_WIDTH ? canvas->number_width : TEXT_NUMBER_WIDTH;
    return canvas->settings->numbers && canvas->columns > width ? width : 0;
}

unsigned text_width(const struct canvas *canvas)
{
    unsigned width = canvas->columns - text_margin(canvas);
    return width ? width : 1;
}

bool text_chopped(const struct canvas *canvas)
{
    return canvas->settings->chop || canvas->shift > 0;
}

/** The bytes at `offset` as a layout answer. */
static enum layout_result text_span(const struct canvas *canvas, uint64_t offset, size_t want,
                                    struct span *span, bool *unreadable)
{
    enum reader_result result = reader_span(canvas->reader, offset, want, span);
    *unreadable = result == READER_UNREADABLE;
    if (result == READER_GIVEN_UP)
        return LAYOUT_WAIT;
    return result == READER_END ? LAYOUT_NONE : LAYOUT_OK;
}

size_t text_fit(const struct canvas *canvas, struct span span, uint64_t column, unsigned width,
                unsigned *used)
{
    size_t at = 0;
    *used = 0;
    while (at < span.length && *used < width) {
        size_t room = width - *used, rest = span.length - at;
        size_t plain = scan_printable(span.data + at, rest < room + 1 ? rest : room + 1);
        /* The last printable one may carry combining marks: leave it to glyph_next. */
        if (plain > 1 && plain <= room) {
            at += plain - 1;
            *used += (unsigned)(plain - 1);
            continue;
        }
        if (plain > room) {
            *used = width;
            return at + room;
        }
        struct glyph glyph;
        glyph_next(span.data + at, rest, (struct glyph_place){column + *used, &canvas->fit.rules}, &glyph);
        if (glyph.kind == GLYPH_NEWLINE || (*used > 0 && *used + glyph.width > width))
            return at;
        at += glyph.length;
        *used += glyph.width;
    }
    /* What takes no column belongs to the row before it. */
    while (at < span.length) {
        struct glyph glyph;
        glyph_next(span.data + at, span.length - at, (struct glyph_place){0, &canvas->fit.rules}, &glyph);
        if (glyph.kind != GLYPH_DROPPED)
            break;
        at += glyph.length;
    }
    return at;
}

/** Fill a row that begins in an unreadable page: it stands for as much of that page as is in its line. */
static enum layout_result row_unreadable(const struct canvas *canvas, struct row *row)
{
    uint64_t size = reader_size(canvas->reader), page = row->begin - row->begin % TEXT_BAD_PAGE;
    row->unreadable = true;
    row->begin = page > row->line_begin ? page : row->line_begin;
    row->end = row->next = size - page > TEXT_BAD_PAGE ? page + TEXT_BAD_PAGE : size;
    return LAYOUT_OK;
}

/** Fill in the end of the wrapped row that begins at row->begin. */
static enum layout_result row_wrap(const struct canvas *canvas, struct row *row)
{
    struct span span;
    bool unreadable;
    unsigned width = text_width(canvas), used;
    size_t want = (size_t)width * GLYPH_LENGTH_MAX;
    enum layout_result result = text_span(canvas, row->begin, want, &span, &unreadable);
    if (unreadable)
        return row_unreadable(canvas, row);
    if (result != LAYOUT_OK)
        return result;
    size_t length = text_fit(canvas, span, 0, width, &used);
    row->end = row->begin + length;
    row->next = row->end;
    if (length < span.length && span.data[length] == '\n')
        row->next++;
    return LAYOUT_OK;
}

/** Fill in the end of a chopped row: its line's end. */
static enum layout_result row_chop(const struct canvas *canvas, struct row *row)
{
    struct span span;
    bool unreadable;
    enum layout_result result = text_span(canvas, row->begin, 1, &span, &unreadable);
    if (unreadable)
        return row_unreadable(canvas, row);
    if (result != LAYOUT_OK)
        return result;
    enum lines_result end = lines_end(canvas->lines, canvas->reader, row->begin, CHOP_LOOK, &row->end);
    if (end == LINES_FAILED)
        return LAYOUT_WAIT;
    row->open = end == LINES_UNKNOWN;
    result = text_span(canvas, row->end, 1, &span, &unreadable);
    row->next = row->end + (!row->open && result == LAYOUT_OK && span.length && span.data[0] == '\n');
    return LAYOUT_OK;
}

/** Skip the empty lines that follow an empty line, for -s. */
static void row_squeeze(const struct canvas *canvas, struct row *row)
{
    uint64_t limit = row->next + SQUEEZE_LOOK;
    struct span span;
    while (row->next < limit &&
           reader_span(canvas->reader, row->next, MAPPING_COPY_MAX, &span) == READER_OK) {
        size_t run = 0;
        while (run < span.length && span.data[run] == '\n')
            run++;
        row->next += run;
        if (run < span.length)
            return;
    }
}

/** The start of the run of empty lines in which the empty line at `begin` lies, for -s. */
static uint64_t squeeze_begin(const struct canvas *canvas, uint64_t begin)
{
    uint64_t limit = begin > SQUEEZE_LOOK ? begin - SQUEEZE_LOOK : 0;
    struct span span;
    while (begin > limit) {
        /* Where the line before is empty, a newline, or nothing, stands before its own newline. */
        size_t want = begin < MAPPING_COPY_MAX ? (size_t)begin : MAPPING_COPY_MAX, run = 0;
        if (reader_span(canvas->reader, begin - want, want, &span) != READER_OK || span.length < want)
            return begin;
        while (run < want && span.data[want - 1 - run] == '\n')
            run++;
        if (run == 0 || run < want || begin == want)
            return run == 0 ? begin : run < want ? begin - (run - 1) : 0;
        begin -= run - 1;
    }
    return begin;
}

/** Is the row an empty line? */
static bool row_empty(const struct row *row)
{
    return row->line_known && row->begin == row->line_begin && row->end == row->begin && row->next > row->end;
}

/** Fill in the end of the row that begins at row->begin. */
static enum layout_result row_finish(const struct canvas *canvas, struct row *row)
{
    row->unreadable = row->open = false;
    enum layout_result result = text_chopped(canvas) ? row_chop(canvas, row) : row_wrap(canvas, row);
    bool empty = row->end == row->begin && row->next == row->begin + 1 && row->line_known &&
                 row->line_begin == row->begin;
    if (result == LAYOUT_OK && canvas->settings->squeeze && empty)
        row_squeeze(canvas, row);
    return result;
}

/** The row that begins the line at `line_begin`; with -s, the one that stands for its run of empty lines. */
static enum layout_result row_first(const struct canvas *canvas, uint64_t line_begin, struct row *row)
{
    *row = (struct row){.begin = line_begin, .line_begin = line_begin, .line_known = true, .exact = true};
    enum layout_result result = row_finish(canvas, row);
    if (result == LAYOUT_OK && canvas->settings->squeeze && row_empty(row))
        row->begin = row->end = row->line_begin = squeeze_begin(canvas, line_begin);
    return result;
}

enum layout_result text_after(const struct canvas *canvas, const struct row *row, struct row *after)
{
    if (row->open)
        return LAYOUT_WAIT;
    if (row->next >= reader_size(canvas->reader))
        return LAYOUT_NONE;
    bool new_line = row->next > row->end || row->unreadable || text_chopped(canvas);
    *after = (struct row){
        .begin = row->next,
        .line_begin = new_line ? row->next : row->line_begin,
        .line_known = new_line || row->line_known,
        .exact = new_line || row->exact,
    };
    return row_finish(canvas, after);
}

/** Walk a short line from its start to the row that holds `offset`. */
static enum layout_result row_walk(const struct canvas *canvas, uint64_t line_begin, uint64_t offset,
                                   struct row *row)
{
    enum layout_result result = row_first(canvas, line_begin, row);
    while (result == LAYOUT_OK && row->next <= offset && row->next == row->end && !text_chopped(canvas)) {
        struct row after;
        result = text_after(canvas, row, &after);
        if (result == LAYOUT_NONE)
            return LAYOUT_OK; /* offset is the end of the file */
        if (result == LAYOUT_OK)
            *row = after;
    }
    return result;
}

/** The start of the character that holds `offset`; a guess at a row's start must not cut one. */
static enum layout_result text_character(const struct canvas *canvas, uint64_t offset, uint64_t *begin)
{
    struct span span;
    bool unreadable;
    uint64_t from = offset > UTF8_LENGTH_MAX ? offset - UTF8_LENGTH_MAX : 0;
    enum layout_result result = text_span(canvas, from, 2 * UTF8_LENGTH_MAX, &span, &unreadable);
    *begin = offset;
    if (result == LAYOUT_OK && !unreadable && offset - from < span.length)
        *begin = from + utf8_start(span.data, span.length, (size_t)(offset - from));
    return result;
}

/** A row inside a long line, by arithmetic. `known` tells whether `line_begin` is where the line begins. */
static enum layout_result row_inside(const struct canvas *canvas, uint64_t line_begin, bool known,
                                     uint64_t offset, struct row *row)
{
    unsigned width = text_width(canvas);
    /* A newline after a full row belongs to that row: begin with the byte before. */
    uint64_t inside = offset > line_begin ? offset - line_begin - 1 : 0,
             begin = line_begin + inside - inside % width;
    bool plain =
        known && (begin == line_begin || lines_plain(canvas->lines, (struct range){line_begin, begin}));
    *row = (struct row){.begin = begin, .line_begin = line_begin, .line_known = known, .exact = plain};
    if (!plain) {
        enum layout_result result = text_character(canvas, begin, &row->begin);
        if (result == LAYOUT_WAIT)
            return result;
    }
    enum layout_result result = row_finish(canvas, row);
    while (result == LAYOUT_OK && row->next <= offset && row->next == row->end) {
        struct row after;
        result = text_after(canvas, row, &after);
        if (result == LAYOUT_OK)
            *row = after;
    }
    return result == LAYOUT_NONE ? LAYOUT_OK : result;
}

/** Where the line that holds `offset` begins, and whether that is sure. */
static enum layout_result text_line(const struct canvas *canvas, uint64_t offset, uint64_t *begin,
                                    bool *known)
{
    uint64_t limit = text_chopped(canvas) ? CHOP_LOOK : 2 * LINES_LONG;
    enum lines_result result = lines_begin(canvas->lines, canvas->reader, offset, limit, begin);
    *known = result == LINES_FOUND;
    return result == LINES_FAILED ? LAYOUT_WAIT : LAYOUT_OK;
}

/** `offset` brought inside the file: its end counts as in its last line. */
static bool text_clamp(const struct canvas *canvas, uint64_t *offset)
{
    uint64_t size = reader_size(canvas->reader);
    if (size == 0)
        return false;
    if (*offset >= size)
        *offset = size - 1;
    return true;
}

enum layout_result text_holding(const struct canvas *canvas, uint64_t offset, struct row *row)
{
    uint64_t begin;
    bool known;
    if (!text_clamp(canvas, &offset))
        return LAYOUT_NONE;
    if (text_line(canvas, offset, &begin, &known) == LAYOUT_WAIT)
        return LAYOUT_WAIT;
    if (known && (text_chopped(canvas) || offset - begin <= LINES_LONG))
        return row_walk(canvas, begin, offset, row);
    if (text_chopped(canvas)) {
        *row = (struct row){.begin = offset, .line_begin = begin};
        return row_finish(canvas, row);
    }
    return row_inside(canvas, begin, known, offset, row);
}

enum layout_result text_starting(const struct canvas *canvas, uint64_t offset, struct row *row)
{
    uint64_t begin;
    bool known;
    if (!text_clamp(canvas, &offset))
        return LAYOUT_NONE;
    if (text_line(canvas, offset, &begin, &known) == LAYOUT_WAIT)
        return LAYOUT_WAIT;
    if (known && offset - begin <= LINES_LONG)
        return row_first(canvas, begin, row);
    return text_holding(canvas, offset, row);
}

/** How much at the front of `span` is too much for it to fit on one row; the last glyph always stays. */
static size_t text_surplus(const struct canvas *canvas, struct span span, size_t at)
{
    struct glyph_place place = {0, &canvas->fit.rules};
    struct glyph glyph = {0};
    unsigned width = text_width(canvas), used;
    size_t last = at;
    for (size_t next = at; next < span.length; next += glyph.length) {
        glyph_next(span.data + next, span.length - next, place, &glyph);
        place.column += glyph.width;
        last = next;
    }
    uint64_t columns = place.column;
    for (place.column = 0; at < last; at += glyph.length) {
        glyph_next(span.data + at, span.length - at, place, &glyph);
        /* Tabs take other columns than before once the row begins elsewhere: so the rest is fitted as it is. */
        if (glyph.kind != GLYPH_DROPPED && columns <= width &&
            text_fit(canvas, (struct span){span.data + at, span.length - at}, 0, width, &used) ==
                span.length - at)
            break;
        place.column += glyph.width;
        columns -= glyph.width < columns ? glyph.width : columns;
    }
    return at;
}

/** The row that ends where `row` begins, inside a long line that is not plain: fill one row backward. */
static enum layout_result row_back(const struct canvas *canvas, const struct row *row, struct row *before)
{
    uint64_t back = (uint64_t)text_width(canvas) * BACK_PER_COLUMN + GLYPH_LENGTH_MAX;
    uint64_t from = row->begin - row->line_begin > back ? row->begin - back : row->line_begin;
    struct span span;
    bool unreadable;
    enum layout_result result = text_span(canvas, from, (size_t)(row->begin - from), &span, &unreadable);
    if (result != LAYOUT_OK)
        return result;
    *before = (struct row){.begin = from, .line_begin = row->line_begin, .line_known = row->line_known};
    if (unreadable || from + span.length < row->begin)
        return row_finish(canvas, before);
    size_t at = from == row->line_begin ? 0 : utf8_start(span.data, span.length, UTF8_LENGTH_MAX);
    before->begin = from + text_surplus(canvas, span, at);
    before->end = before->next = row->begin;
    return LAYOUT_OK;
}

enum layout_result text_before(const struct canvas *canvas, const struct row *row, struct row *before)
{
    struct row here = *row;
    if (row->begin == 0)
        return LAYOUT_NONE;
    /* Where the line begins may be known by now; if not, look as far back as there is need. */
    if (!here.line_known &&
        text_line(canvas, here.begin - 1, &here.line_begin, &here.line_known) == LAYOUT_WAIT)
        return LAYOUT_WAIT;
    if (here.line_known && here.begin <= here.line_begin)
        return text_holding(canvas, here.begin - 1, before);
    if (text_chopped(canvas))
        return here.line_known ? text_holding(canvas, here.begin - 1, before) : LAYOUT_WAIT;
    if (here.line_known && here.begin - here.line_begin <= LINES_LONG)
        return row_walk(canvas, here.line_begin, here.begin - 1, before);
    if (here.exact && here.line_known &&
        lines_plain(canvas->lines, (struct range){here.line_begin, here.begin})) {
        *before = (struct row){.begin = here.begin - text_width(canvas),
                               .line_begin = here.line_begin,
                               .line_known = true,
                               .exact = true};
        return row_finish(canvas, before);
    }
    return row_back(canvas, &here, before);
}
