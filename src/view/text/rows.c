/* SPDX-License-Identifier: MIT */
/*
 * view: the text layout, where rows begin and end. View thread.
 *
 * A line of up to LINES_LONG bytes is wrapped from its start, so its rows are those of less; long.c knows about
 * longer ones. Chopped (-S, or shifted) a row is a whole line. base/glyph/fit has the rule of how much goes on a row.
 */
#include "rows.h"

#include "long.h"
#include "squeeze.h"
#include "text.h"

#include "folio/model/known/lines.h"
#include "folio/model/reader/overlay.h"

/** Are runs of empty lines one row? Not where a filter decides line by line. */
static bool text_squeezes(const struct canvas *canvas)
{
    return canvas->settings->squeeze && !canvas->filter;
}

/** Fill in the end of the row that begins at row->begin. */
static enum layout_result text_finish(const struct canvas *canvas, struct row *row)
{
    row->unreadable = row->open = false;
    enum layout_result result = text_chopped(canvas) ? text_chop(canvas, row) : long_finish(canvas, row);
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

/** Go on from `row`, where it could be had, to the row of its line that holds `offset`. */
static enum layout_result row_reach(const struct canvas *canvas, enum layout_result result, uint64_t offset,
                                    struct row *row)
{
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

/** Walk a short line from its start to the row that holds `offset`. */
static enum layout_result row_walk(const struct canvas *canvas, uint64_t line_begin, uint64_t offset,
                                   struct row *row)
{
    return row_reach(canvas, row_first(canvas, line_begin, row), offset, row);
}

/** Where the line that holds `offset` begins, and whether that is sure. */
static enum layout_result text_line(const struct canvas *canvas, uint64_t offset, uint64_t *begin,
                                    bool *known)
{
    uint64_t limit = text_chopped(canvas) ? TEXT_CHOP_LOOK : 2 * LINES_LONG;
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
    enum layout_result result = known ? long_holding(canvas, begin, offset, row) : LAYOUT_NONE;
    if (result != LAYOUT_NONE)
        return result;
    if (long_guess(canvas, begin, known, offset, row) == LAYOUT_WAIT)
        return LAYOUT_WAIT;
    return row_reach(canvas, text_finish(canvas, row), offset, row);
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
