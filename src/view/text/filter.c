/* SPDX-License-Identifier: MIT */
/*
 * view: the text layout, rows of the lines that a filter shows. View thread.
 *
 * A line is *shown* if it is visible (model/search/filter), or one of canvas->context lines before or after one that
 * is. Inside a line rows are those of rows.c; here only is decided which line comes next. One question is enough for that:
 *
 *     after a row that ends before line L          before a row whose line begins with L
 *     v = the first visible line at or after       v = the last visible line before
 *         L - context                                  L + context
 *     shown is v - context, or L if that is later  shown is v + context, or L - 1 if that is earlier
 *
 * Where lines are left out between two that are shown, and there is context, stands a row of its own: "--", which
 * begins where the line below it does and holds nothing.
 */
#include "filter.h"

#include "rows.h"
#include "text.h"

#include "folio/model/known/lines.h"
#include "folio/model/reader/overlay.h"
#include "folio/model/search/filter.h"

/** How far a line's ends are looked for where the survey does not know them. */
#define FILTER_LOOK (1u << 20)

static enum layout_result filter_answer(enum matches_result result)
{
    return result == MATCHES_FOUND ? LAYOUT_OK : result == MATCHES_NONE ? LAYOUT_NONE : LAYOUT_WAIT;
}

/** Where the line that holds `offset` begins. */
static enum layout_result filter_line(const struct canvas *canvas, uint64_t offset, uint64_t *begin)
{
    enum lines_result result = lines_begin(canvas->lines, canvas->reader, offset, FILTER_LOOK, begin);
    return result == LINES_FOUND ? LAYOUT_OK : LAYOUT_WAIT;
}

/** Where the line of the file begins in which `offset` is: what a filter decides about, whatever the sandbox holds. */
static enum layout_result filter_true_line(const struct canvas *canvas, uint64_t offset, uint64_t *begin)
{
    *begin = offset;
    if (!reader_edits(canvas->reader) || offset >= reader_size(canvas->reader))
        return LAYOUT_OK;
    enum lines_result result =
        lines_begin(canvas->lines, reader_beneath(canvas->reader), offset, FILTER_LOOK, begin);
    return result == LINES_FOUND ? LAYOUT_OK : LAYOUT_WAIT;
}

/** The last line that is shown of the file's line at `visible`: newlines of the sandbox may make several of it. */
static enum layout_result filter_last_part(const struct canvas *canvas, uint64_t *visible)
{
    uint64_t end, size = reader_size(canvas->reader);
    if (!reader_edits(canvas->reader))
        return LAYOUT_OK;
    if (lines_end(canvas->lines, reader_beneath(canvas->reader), *visible, FILTER_LOOK, &end) != LINES_FOUND)
        return LAYOUT_WAIT;
    return filter_line(canvas, end < size ? end : size - 1, visible);
}

/** Where the line behind the one that holds `offset` begins; the file's end after the last one. */
static enum layout_result filter_behind(const struct canvas *canvas, uint64_t offset, uint64_t *begin)
{
    struct span span;
    bool unreadable;
    uint64_t size = reader_size(canvas->reader), end;
    if (lines_end(canvas->lines, canvas->reader, offset, FILTER_LOOK, &end) != LINES_FOUND)
        return LAYOUT_WAIT;
    *begin = end + text_unit(canvas);
    if (end >= size || *begin > size)
        *begin = size;
    else if (text_span(canvas, end, 1, &span, &unreadable) == LAYOUT_WAIT)
        return LAYOUT_WAIT;
    else if (unreadable)
        *begin = end - end % TEXT_BAD_PAGE + TEXT_BAD_PAGE;
    return LAYOUT_OK;
}

/** `count` lines before the one at `line_begin`; not before `floor`. */
static enum layout_result filter_back(const struct canvas *canvas, uint64_t line_begin, unsigned count,
                                      uint64_t floor, uint64_t *begin)
{
    enum layout_result result = LAYOUT_OK;
    *begin = line_begin;
    for (; count > 0 && *begin > floor && result == LAYOUT_OK; count--)
        result = filter_line(canvas, *begin - 1, begin);
    if (*begin < floor)
        *begin = floor;
    return result;
}

/** `count` lines after the one at `line_begin`; not after `ceiling`. */
static enum layout_result filter_on(const struct canvas *canvas, uint64_t line_begin, unsigned count,
                                    uint64_t ceiling, uint64_t *begin)
{
    enum layout_result result = LAYOUT_OK;
    *begin = line_begin;
    for (; count > 0 && *begin < ceiling && result == LAYOUT_OK; count--)
        result = filter_behind(canvas, *begin, begin);
    if (*begin > ceiling)
        *begin = ceiling;
    return result;
}

/** The first line that is shown from the one at `line_begin` on. */
static enum layout_result filter_forward(const struct canvas *canvas, uint64_t line_begin, uint64_t *begin)
{
    uint64_t from, visible;
    enum layout_result result = filter_back(canvas, line_begin, canvas->context, canvas->begin, &from);
    if (result == LAYOUT_OK)
        result = filter_true_line(canvas, from, &from);
    if (result != LAYOUT_OK)
        return result;
    result = filter_answer(filter_next(canvas->filter, canvas->reader, from, true, &visible));
    if (result != LAYOUT_OK)
        return result;
    *begin = line_begin;
    return visible > line_begin ? filter_back(canvas, visible, canvas->context, line_begin, begin)
                                : LAYOUT_OK;
}

/** The last line that is shown before the one at `line_begin`. */
static enum layout_result filter_backward(const struct canvas *canvas, uint64_t line_begin, uint64_t *begin)
{
    uint64_t until, visible, last, true_last;
    if (line_begin <= canvas->begin)
        return LAYOUT_NONE;
    enum layout_result result = filter_line(canvas, line_begin - 1, &last);
    if (result == LAYOUT_OK)
        result = filter_true_line(canvas, last, &true_last);
    if (result == LAYOUT_OK)
        result = filter_on(canvas, line_begin, canvas->context, reader_size(canvas->reader), &until);
    if (result != LAYOUT_OK)
        return result;
    result = filter_answer(filter_next(canvas->filter, canvas->reader, until, false, &visible));
    if (result != LAYOUT_OK)
        return result;
    if (visible < canvas->begin)
        return LAYOUT_NONE;
    *begin = last;
    if (visible >= true_last)
        return LAYOUT_OK;
    result = filter_last_part(canvas, &visible);
    return result == LAYOUT_OK ? filter_on(canvas, visible, canvas->context, last, begin) : result;
}

/** The last row of the line at `begin`. */
static enum layout_result filter_last_row(const struct canvas *canvas, uint64_t begin, struct row *row)
{
    uint64_t next;
    enum layout_result result = filter_behind(canvas, begin, &next);
    return result == LAYOUT_OK ? text_holding(canvas, next - 1, row) : result;
}

/** The row that says that lines are left out, above the one that begins at `begin`. */
static struct row filter_gap(uint64_t begin)
{
    return (struct row){.begin = begin,
                        .end = begin,
                        .next = begin,
                        .line_begin = begin,
                        .line_known = true,
                        .exact = true,
                        .separator = true};
}

/** The shown line that stands for the line that holds `offset`: itself, one after it, or (`*last`) the last before. */
static enum layout_result filter_nearest(const struct canvas *canvas, uint64_t offset, uint64_t *line_begin,
                                         uint64_t *begin, bool *last)
{
    uint64_t size = reader_size(canvas->reader);
    *last = false;
    if (size <= canvas->begin)
        return LAYOUT_NONE;
    offset = offset < canvas->begin ? canvas->begin : offset < size ? offset : size - 1;
    enum layout_result result = filter_line(canvas, offset, line_begin);
    if (result == LAYOUT_OK)
        result = filter_forward(canvas, *line_begin > canvas->begin ? *line_begin : canvas->begin, begin);
    if (result == LAYOUT_NONE) {
        *last = true;
        result = filter_backward(canvas, *line_begin, begin);
    }
    return result;
}

enum layout_result filtered_holding(const struct canvas *canvas, uint64_t offset, struct row *row)
{
    uint64_t line_begin, begin;
    bool last;
    if (!canvas->filter)
        return text_holding(canvas, offset, row);
    enum layout_result result = filter_nearest(canvas, offset, &line_begin, &begin, &last);
    if (result != LAYOUT_OK)
        return result;
    if (last)
        return filter_last_row(canvas, begin, row);
    return begin == line_begin ? text_holding(canvas, offset, row) : text_starting(canvas, begin, row);
}

enum layout_result filtered_starting(const struct canvas *canvas, uint64_t offset, struct row *row)
{
    uint64_t line_begin, begin;
    bool last;
    if (!canvas->filter)
        return text_starting(canvas, offset, row);
    enum layout_result result = filter_nearest(canvas, offset, &line_begin, &begin, &last);
    if (result != LAYOUT_OK)
        return result;
    return text_starting(canvas, !last && begin == line_begin ? offset : begin, row);
}

enum layout_result filtered_after(const struct canvas *canvas, const struct row *row, struct row *after)
{
    uint64_t begin;
    if (!canvas->filter)
        return text_after(canvas, row, after);
    if (row->separator)
        return text_starting(canvas, row->next, after);
    if (row->open)
        return LAYOUT_WAIT;
    if (row->next >= reader_size(canvas->reader))
        return LAYOUT_NONE;
    if (row->next == row->end && !row->unreadable && !text_chopped(canvas))
        return text_after(canvas, row, after);
    enum layout_result result = filter_forward(canvas, row->next, &begin);
    if (result != LAYOUT_OK)
        return result;
    if (begin == row->next || canvas->context == 0)
        return text_starting(canvas, begin, after);
    *after = filter_gap(begin);
    return LAYOUT_OK;
}

enum layout_result filtered_before(const struct canvas *canvas, const struct row *row, struct row *before)
{
    uint64_t begin, last;
    if (!canvas->filter || (!row->separator && row->line_known && row->begin > row->line_begin))
        return text_before(canvas, row, before);
    if (row->begin <= canvas->begin)
        return LAYOUT_NONE;
    if (!row->line_known)
        return LAYOUT_WAIT;
    enum layout_result result = filter_backward(canvas, row->begin, &begin);
    if (result == LAYOUT_OK)
        result = filter_line(canvas, row->begin - 1, &last);
    if (result != LAYOUT_OK)
        return result;
    if (begin == last || canvas->context == 0 || row->separator)
        return filter_last_row(canvas, begin, before);
    *before = filter_gap(row->begin);
    return LAYOUT_OK;
}

enum layout_result filtered_again(const struct canvas *canvas, const struct row *row, struct row *again)
{
    if (!row->separator)
        return text_again(canvas, row, again);
    *again = *row;
    return LAYOUT_OK;
}
