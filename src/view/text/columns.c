/* SPDX-License-Identifier: MIT */
/*
 * view: the text layout, columns of a line that is not wrapped. View thread.
 *
 * The column of a byte is arithmetic where all before it is printable ASCII, a walk from the line's start where that
 * is near, and a walk from the place that model/known/columns names where it has come by; elsewhere a guess.
 */
#include "columns.h"

#include "long.h"
#include "text.h"

#include "folio/model/known/lines.h"

/** Bytes of a line that are walked from its start, where nothing nearer is known. */
#define COLUMN_WALK (128u << 10)
/** The same in one step. */
#define COLUMN_STEP (32u << 10)

/** A walk along a line. */
struct stroll {
    const struct canvas *canvas;
    uint64_t end; /**< of the line */
    struct text_spot *spot;
};

/**
 * Go on from the spot by one step, at most to column `until` and to byte `limit`. OK: it may go on; NONE: it is there,
 * or cannot go on.
 */
static enum layout_result stroll_step(const struct stroll *stroll, uint64_t until, uint64_t limit)
{
    const struct fit *fit = &stroll->canvas->fit;
    struct text_spot *spot = stroll->spot;
    struct span span;
    bool unreadable;
    uint64_t rest = limit - spot->offset, column = spot->column;
    size_t step = rest < COLUMN_STEP ? (size_t)rest : COLUMN_STEP;
    size_t want = step + glyph_ahead(&fit->rules);
    enum layout_result result = text_span(stroll->canvas, spot->offset, want, &span, &unreadable);
    if (result != LAYOUT_OK || unreadable)
        return result == LAYOUT_WAIT ? LAYOUT_WAIT : LAYOUT_NONE;
    size_t length = fit_pass(fit, span, &column, step);
    bool there = column > until;
    if (there) {
        column = spot->column;
        length = fit_walk(fit, span, &column, until);
    }
    spot->offset += length;
    spot->column = column;
    return there || length == 0 || spot->offset >= limit ? LAYOUT_NONE : LAYOUT_OK;
}

/** Walk to column `until` or byte `limit`, whichever comes first. LAYOUT_WAIT: bytes are missing. */
static enum layout_result stroll_to(const struct stroll *stroll, uint64_t until, uint64_t limit)
{
    enum layout_result result = LAYOUT_OK;
    while (result == LAYOUT_OK && stroll->spot->offset < limit)
        result = stroll_step(stroll, until, limit);
    if (stroll->spot->offset > stroll->end)
        stroll->spot->offset = stroll->end;
    return result == LAYOUT_WAIT ? LAYOUT_WAIT : LAYOUT_OK;
}

/** Where the text of the line at `begin` begins. */
static struct text_spot text_origin(const struct canvas *canvas, uint64_t begin)
{
    return (struct text_spot){begin ? begin : canvas->bom, 0, true};
}

enum layout_result text_seek(const struct canvas *canvas, const struct row *row, uint64_t column,
                             struct text_spot *spot)
{
    struct columns_place place;
    struct columns *walk = row->line_known ? long_walk(canvas, row->line_begin) : NULL;
    uint64_t end = row->begin + column < row->end ? row->begin + column : row->end;
    *spot = text_origin(canvas, row->begin);
    if (column == 0)
        return LAYOUT_OK;
    if (end - row->begin > LINES_LONG && text_plain(canvas, row->begin, end)) {
        *spot = (struct text_spot){end, end - row->begin, true};
        return LAYOUT_OK;
    }
    struct stroll stroll = {canvas, row->end, spot};
    if (walk && columns_at(walk, column, &place)) {
        *spot = (struct text_spot){place.offset, place.column, true};
        return stroll_to(&stroll, column, row->end);
    }
    uint64_t limit = row->end - row->begin < COLUMN_WALK ? row->end : row->begin + COLUMN_WALK;
    enum layout_result result = stroll_to(&stroll, column, limit);
    /* The glyph that begins at the limit is the one only if it ends at the column. */
    if (result != LAYOUT_OK || spot->offset < limit || spot->column >= column || limit == row->end)
        return result;
    *spot = (struct text_spot){end, column, false}; /* too far: as if the rest were one byte a column */
    return long_glyph(canvas, end, &spot->offset);
}

bool text_byte_at(const struct canvas *canvas, const struct row *row, uint64_t column, uint64_t *offset)
{
    struct text_spot spot;
    if (text_seek(canvas, row, column, &spot) != LAYOUT_OK)
        return false;
    *offset = spot.offset;
    return true;
}

bool text_column(const struct canvas *canvas, uint64_t offset, uint64_t *column)
{
    struct columns_place place;
    uint64_t begin;
    if (lines_begin(canvas->lines, canvas->reader, offset, 2 * LINES_LONG, &begin) != LINES_FOUND)
        return false;
    *column = offset - begin;
    if (offset == begin || text_plain(canvas, begin, offset))
        return true;
    struct text_spot spot = text_origin(canvas, begin);
    struct columns *walk = long_walk(canvas, begin);
    if (walk && columns_before(walk, offset, &place))
        spot = (struct text_spot){place.offset, place.column, true};
    if (offset < spot.offset || offset - spot.offset > 2 * COLUMN_WALK)
        return true; /* too far: as if every byte took a column */
    struct stroll stroll = {canvas, offset, &spot};
    if (stroll_to(&stroll, UINT64_MAX, offset) != LAYOUT_OK)
        return false;
    *column = spot.column;
    return true;
}

uint64_t text_row_width(const struct canvas *canvas, const struct row *row)
{
    struct columns_place place;
    if (text_plain(canvas, row->begin, row->end))
        return row->end - row->begin;
    struct text_spot spot = text_origin(canvas, row->begin);
    struct columns *walk = row->line_known ? long_walk(canvas, row->line_begin) : NULL;
    if (walk && row->end > row->begin && columns_before(walk, row->end - 1, &place))
        spot = (struct text_spot){place.offset, place.column, true};
    if (row->end - spot.offset > 2 * COLUMN_WALK)
        return row->end - row->begin;
    struct stroll stroll = {canvas, row->end, &spot};
    if (stroll_to(&stroll, UINT64_MAX, row->end) != LAYOUT_OK)
        return 0;
    return spot.column;
}
