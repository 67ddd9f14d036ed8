/* SPDX-License-Identifier: MIT */
/*
 * view: the text layout, where rows begin and end. View thread.
 *
 * A line of up to LINES_LONG bytes is wrapped from its start, so its rows are those of less; long.c knows about
 * longer ones. Chopped (-S, or shifted) a row is a whole line. base/glyph/fit has the rule of how much goes on a row.
 *
 * A byte order mark at the start of the file shows as nothing: the row there begins with it, and is fitted behind it.
 */
#include "rows.h"

#include "long.h"
#include "squeeze.h"
#include "text.h"

#include "folio/model/known/lines.h"
#include "folio/model/reader/overlay.h"

#include <string.h>

/** How far a chopped line's ends are looked for where the survey does not know them. */
#define CHOP_LOOK (1u << 20)

unsigned text_status(const struct canvas *canvas)
{
    return canvas->settings->status_column && canvas->columns > TEXT_STATUS_WIDTH ? TEXT_STATUS_WIDTH : 0;
}

unsigned text_margin(const struct canvas *canvas)
{
    unsigned width = canvas->number_width > TEXT_NUMBER_WIDTH ? canvas->number_width : TEXT_NUMBER_WIDTH;
    unsigned status = text_status(canvas);
    return status + (canvas->settings->numbers && canvas->columns > status + width ? width : 0);
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

unsigned text_unit(const struct canvas *canvas)
{
    return canvas->fit.rules.encoding ? canvas->fit.rules.encoding->unit : 1;
}

uint32_t text_unit_at(const struct canvas *canvas, const char *data)
{
    const struct encoding *encoding = canvas->fit.rules.encoding;
    uint32_t rune = 0;
    unsigned unit = text_unit(canvas);
    for (unsigned i = 0; i < unit; i++)
        rune = rune << 8 | (unsigned char)data[encoding && encoding->big_endian ? i : unit - 1 - i];
    return rune;
}

enum layout_result text_span(const struct canvas *canvas, uint64_t offset, size_t want, struct span *span,
                             bool *unreadable)
{
    enum reader_result result = reader_span(canvas->reader, offset, want, span);
    *unreadable = result == READER_UNREADABLE;
    if (result != READER_OK)
        *span = (struct span){"", 0};
    /* An end before the end is a file that is just changing, or a device that gave too little: ask again. */
    if (result == READER_GIVEN_UP || (result == READER_END && offset < reader_size(canvas->reader)))
        return LAYOUT_WAIT;
    return result == READER_END ? LAYOUT_NONE : LAYOUT_OK;
}

/** Do the edits in `range` leave it one column a byte? */
static bool text_edits_plain(const struct canvas *canvas, struct range range)
{
    const struct edit *edit;
    size_t count = edits_in(reader_edits(canvas->reader), range, &edit);
    for (; count > 0; count--, edit++)
        if (edit->mine < 0x20 || edit->mine > 0x7e)
            return false;
    return true;
}

bool text_plain(const struct canvas *canvas, uint64_t begin, uint64_t end)
{
    struct range range = {begin, end};
    return !canvas->fit.word && text_unit(canvas) == 1 && lines_plain(canvas->lines, range) &&
           text_edits_plain(canvas, range);
}

/** Bytes of the newline at the start of `data`; 0 where there is none. */
static unsigned text_newline(const struct canvas *canvas, struct span span, size_t at)
{
    unsigned unit = text_unit(canvas);
    return at + unit <= span.length && text_unit_at(canvas, span.data + at) == '\n' ? unit : 0;
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

/** Fill in the end of the wrapped row that begins at row->begin, and nothing else. */
static enum layout_result text_wrap(const struct canvas *canvas, struct row *row)
{
    struct span span;
    bool unreadable;
    unsigned used, mark = row->begin == 0 ? canvas->bom : 0;
    enum layout_result result =
        text_span(canvas, row->begin, mark + fit_look(&canvas->fit), &span, &unreadable);
    if (unreadable)
        return row_unreadable(canvas, row);
    if (result != LAYOUT_OK)
        return result;
    size_t length = mark;
    if (mark < span.length)
        length += fit_row(&canvas->fit, (struct span){span.data + mark, span.length - mark}, &used);
    row->end = row->begin + length;
    row->next = row->end + text_newline(canvas, span, length);
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
    result = text_span(canvas, row->end, ENCODING_LENGTH_MAX, &span, &unreadable);
    row->next = row->end + (!row->open && result == LAYOUT_OK ? text_newline(canvas, span, 0) : 0);
    return LAYOUT_OK;
}

/** Are runs of empty lines one row? Not where a filter decides line by line. */
static bool text_squeezes(const struct canvas *canvas)
{
    return canvas->settings->squeeze && !canvas->filter;
}

enum layout_result text_finish(const struct canvas *canvas, struct row *row)
{
    row->unreadable = row->open = false;
    enum layout_result result = text_chopped(canvas) ? row_chop(canvas, row) : text_wrap(canvas, row);
    if (result == LAYOUT_OK && !row->exact && !text_chopped(canvas))
        result = long_cut(canvas, row);
    if (result == LAYOUT_OK && text_squeezes(canvas) && squeeze_empty(canvas, row))
        squeeze_after(canvas, row);
    return result;
}

/** The row that begins the line at `line_begin`; with -s, the one that stands for its run of empty lines. */
static enum layout_result row_first(const struct canvas *canvas, uint64_t line_begin, struct row *row)
{
    *row = (struct row){.begin = line_begin, .line_begin = line_begin, .line_known = true, .exact = true};
    enum layout_result result = text_finish(canvas, row);
    if (result != LAYOUT_OK || !text_squeezes(canvas) || !squeeze_empty(canvas, row))
        return result;
    uint64_t begin = squeeze_begin(canvas, line_begin);
    if (begin == line_begin)
        return LAYOUT_OK;
    *row = (struct row){.begin = begin, .line_begin = begin, .line_known = true, .exact = true};
    return text_finish(canvas, row);
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
    return text_finish(canvas, after);
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

/** Where the line that holds `offset` begins, and whether that is sure. */
static enum layout_result text_line(const struct canvas *canvas, uint64_t offset, uint64_t *begin,
                                    bool *known)
{
    uint64_t limit = text_chopped(canvas) ? CHOP_LOOK : 2 * LINES_LONG;
    enum lines_result result = lines_begin(canvas->lines, canvas->reader, offset, limit, begin);
    *known = result == LINES_FOUND;
    return result == LINES_FAILED ? LAYOUT_WAIT : LAYOUT_OK;
}

/** `offset` brought inside the file, below the header: its end counts as in its last line. */
static bool text_clamp(const struct canvas *canvas, uint64_t *offset)
{
    uint64_t size = reader_size(canvas->reader);
    if (*offset < canvas->begin)
        *offset = canvas->begin;
    if (*offset >= size && size > 0)
        *offset = size - 1;
    return size > canvas->begin;
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
        return text_finish(canvas, row);
    }
    return long_holding(canvas, begin, known, offset, row);
}

enum layout_result text_starting(const struct canvas *canvas, uint64_t offset, struct row *row)
{
    uint64_t begin;
    bool known;
    if (!text_clamp(canvas, &offset))
        return LAYOUT_NONE;
    if (text_line(canvas, offset, &begin, &known) == LAYOUT_WAIT)
        return LAYOUT_WAIT;
    bool near = known && offset - begin <= LINES_LONG;
    if (near && begin >= canvas->begin)
        return row_first(canvas, begin, row);
    return text_holding(canvas, near ? canvas->begin : offset, row);
}

enum layout_result text_again(const struct canvas *canvas, const struct row *row, struct row *again)
{
    uint64_t size = reader_size(canvas->reader), begin = row->begin;
    *again = (struct row){.begin = begin};
    if (begin < canvas->begin || begin >= size)
        return text_holding(canvas, begin, again);
    if (text_line(canvas, begin, &again->line_begin, &again->line_known) == LAYOUT_WAIT)
        return LAYOUT_WAIT;
    again->exact = again->line_known && begin == again->line_begin;
    if (again->line_known && (text_chopped(canvas) || begin - again->line_begin <= LINES_LONG))
        return text_holding(canvas, begin, again);
    return text_finish(canvas, again);
}

enum layout_result text_before(const struct canvas *canvas, const struct row *row, struct row *before)
{
    struct row here = *row;
    if (row->begin <= canvas->begin)
        return LAYOUT_NONE;
    /* Where the line begins may be known by now; if not, look as far back as there is need. */
    if (!here.line_known &&
        text_line(canvas, here.begin - 1, &here.line_begin, &here.line_known) == LAYOUT_WAIT)
        return LAYOUT_WAIT;
    uint64_t above = here.begin - text_unit(canvas);
    if (here.line_known && here.begin <= here.line_begin)
        return text_holding(canvas, above, before);
    if (text_chopped(canvas))
        return here.line_known ? text_holding(canvas, above, before) : LAYOUT_WAIT;
    if (here.line_known && here.begin - here.line_begin <= LINES_LONG)
        return row_walk(canvas, here.line_begin, above, before);
    return long_before(canvas, &here, before);
}
