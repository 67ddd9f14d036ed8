/* SPDX-License-Identifier: MIT */
/*
 * view: the strings layout, rows that are runs of printable text (model/byte/runs). View thread.
 *
 * Between two rows any number of bytes may be left out: which run comes next is a question to the summary and a look into
 * one block. Where the survey has not been there yet the answer is LAYOUT_WAIT, and the screen fills as it comes by.
 */
#include "strings.h"

#include "folio/model/byte/runs.h"
#include "folio/view/hex/grid.h"
#include "folio/view/strings/layout.h"

static enum layout_result strings_answer(enum matches_result result)
{
    return result == MATCHES_FOUND ? LAYOUT_OK : result == MATCHES_NONE ? LAYOUT_NONE : LAYOUT_WAIT;
}

/** The row of the run that begins at `begin`. */
static enum layout_result strings_row(const struct canvas *canvas, uint64_t begin, struct row *row)
{
    struct span span;
    switch (reader_span(canvas->reader, begin, STRINGS_ROW, &span)) {
    case READER_OK:
        break;
    case READER_UNREADABLE:
        span.length = 0;
        break;
    case READER_END:
    case READER_GIVEN_UP:
        return LAYOUT_WAIT;
    }
    uint64_t end = begin + runs_length(canvas->content, span);
    if (end == begin) /* the file is changing under us */
        end++;
    *row = (struct row){.begin = begin, .end = end, .next = end, .exact = true};
    return LAYOUT_OK;
}

/** The run that holds the byte, or the next one; behind the last one, that. */
static enum layout_result strings_holding(const struct canvas *canvas, uint64_t offset, struct row *row)
{
    uint64_t begin, size = reader_size(canvas->reader);
    if (size == 0)
        return LAYOUT_NONE;
    if (offset >= size)
        offset = size - 1;
    enum matches_result result = runs_holding(canvas->content, canvas->reader, offset, &begin);
    if (result == MATCHES_NONE)
        result = runs_next(canvas->content, canvas->reader, offset, true, &begin);
    if (result == MATCHES_NONE)
        result = runs_next(canvas->content, canvas->reader, offset, false, &begin);
    return result == MATCHES_FOUND ? strings_row(canvas, begin, row) : strings_answer(result);
}

static enum layout_result strings_after(const struct canvas *canvas, const struct row *row, struct row *after)
{
    uint64_t begin;
    enum matches_result result = runs_next(canvas->content, canvas->reader, row->begin + 1, true, &begin);
    return result == MATCHES_FOUND ? strings_row(canvas, begin, after) : strings_answer(result);
}

static enum layout_result strings_before(const struct canvas *canvas, const struct row *row,
                                         struct row *before)
{
    uint64_t begin;
    enum matches_result result = runs_next(canvas->content, canvas->reader, row->begin, false, &begin);
    return result == MATCHES_FOUND ? strings_row(canvas, begin, before) : strings_answer(result);
}

static enum layout_result strings_again(const struct canvas *canvas, const struct row *row, struct row *again)
{
    return strings_row(canvas, row->begin, again);
}

static unsigned strings_room(const struct canvas *canvas)
{
    unsigned first = strings_first(canvas);
    return canvas->columns > first ? canvas->columns - first : 1;
}

static uint64_t strings_width(const struct canvas *canvas, const struct row *row)
{
    uint64_t begin;
    return strings_first(canvas) + strings_columns(canvas, row, UINT64_MAX, &begin);
}

/** Run number `number` of the list. */
static enum layout_result strings_locate(const struct canvas *canvas, uint64_t number, uint64_t *offset)
{
    enum matches_result result = runs_select(canvas->content, canvas->reader, number - 1, offset);
    return result == MATCHES_FOUND ? LAYOUT_OK : strings_answer(result);
}

/** Past the row of the cursor, or past the current match if that is in this row, or in what is left out above it. */
static bool strings_from(const struct canvas *canvas, bool forward, uint64_t *from)
{
    struct row row, here;
    if (strings_holding(canvas, canvas->cursor, &here) != LAYOUT_OK)
        return false;
    *from = forward ? here.next : here.begin;
    if (canvas->current == FRAME_NO_OFFSET || strings_holding(canvas, canvas->current, &row) != LAYOUT_OK ||
        row.begin != here.begin)
        return true;
    if (forward && canvas->current >= *from)
        *from = canvas->current + 1;
    if (!forward && canvas->current < *from)
        *from = canvas->current;
    return true;
}

const struct layout strings_layout = {
    .name = "strings",
    .moves = LAYOUT_LIST,
    .singles = true,
    .wait = "searching...",
    .holding = strings_holding,
    .starting = strings_holding,
    .after = strings_after,
    .before = strings_before,
    .again = strings_again,
    .sure = grid_sure,
    .draw = strings_draw,
    .room = strings_room,
    .column = grid_column,
    .width = strings_width,
    .locate = strings_locate,
    .entry = "string",
    .from = strings_from,
};
