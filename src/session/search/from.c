/* SPDX-License-Identifier: MIT */
/*
 * session: from where a search goes, and what is typed for it. View thread.
 *
 * Where bytes are shown, what is typed is bytes if the cursor is among the digits and it can be read so; among the
 * characters only if some of it is in quotes. All else is text, as with ^R everything is. What it was taken for it stays,
 * in every view: a pattern of bytes is found match by match in the text view, too, and n steps from one to the next.
 */
#include "from.h"

#include "inside.h"

#include "folio/model/known/lines.h"
#include "folio/model/pattern/bytes.h"
#include "folio/session/move/jump.h"
#include "folio/session/search/found.h"

unsigned search_kind(const struct session *session, const char *text, unsigned modifiers)
{
    const struct stage *stage = session->stage;
    if (!stage_bytes(stage) || modifiers & SEARCH_LITERAL)
        return 0;
    bool bytes = stage->view.canvas.characters ? pattern_is_quoted(text) : pattern_is_bytes(text);
    return bytes ? SEARCH_BYTES : 0;
}

/** Is the row part of a line that is searched match by match? A chopped one is all of its line. */
static bool search_row_is_long(const struct row *row)
{
    return !row->line_known || row->open || row->end - row->line_begin > LINES_LONG;
}

/**
 * From where a search goes backward from a place in a short line: the part of the line before that place counts as a
 * line, as in less.
 */
static uint64_t search_before(const struct session *session, uint64_t line_begin, uint64_t place)
{
    struct stage *stage = session->stage;
    struct span span;
    struct range hit;
    if (place == line_begin || !search_on(stage)->matches ||
        reader_span(stage->document->reader, line_begin, (size_t)(place - line_begin), &span) != READER_OK)
        return line_begin;
    return line_begin + matches_hits(search_on(stage)->matches, span, line_begin, line_begin, &hit, 1);
}

/** Where matches are the units and lines are shown: after or before the current one, if it is on the screen. */
static uint64_t search_from_match(const struct view *view, const struct row *row, bool forward)
{
    uint64_t current = view->canvas.current;
    if (!view_holds(view, current))
        return row->begin;
    return forward ? current + 1 : current;
}

/**
 * From where n and N search: after or before the cursor, or the row at the jump target; inside a long line after or
 * before the current match, if it is on that row. A target above the file's beginning is before its first line,
 * one below its end is at its end.
 */
uint64_t search_from_target(const struct session *session, bool forward)
{
    const struct stage *stage = session->stage;
    const struct view *view = &stage->view;
    unsigned target = jump_target(session);
    uint64_t from;
    if (view->layout->from && view->layout->from(&view->canvas, forward, &from))
        return from;
    if (view->canvas.cursor != FRAME_NO_OFFSET)
        return stage->motion->beside(session, forward);
    if (view->count == 0)
        return 0;
    if (target < view->lead)
        return 0;
    if (target - view->lead >= view->count)
        return view->row[view->count - 1].next;
    const struct row *row = &view->row[target - view->lead];
    uint64_t current = view->canvas.current;
    if (search_on(stage)->matches && search_on(stage)->searched.bytes)
        return search_from_match(view, row, forward);
    const bool within = row_holds(row, current);
    /* In a short line the match is the line's beginning, in a long one the very match. */
    const bool match = within && row->line_known && current > row->line_begin;
    if (!match && !search_row_is_long(row))
        return forward ? row->line_begin + 1 : search_before(session, row->line_begin, row->begin);
    if (within)
        return forward ? current + 1 : current;
    return forward ? row->begin + 1 : row->begin;
}

uint64_t search_from_screen(const struct session *session, bool forward)
{
    const struct view *view = &session->stage->view;
    if (view->canvas.cursor != FRAME_NO_OFFSET)
        return view->canvas.cursor;
    if (view->count == 0)
        return 0;
    const struct row *top = &view->row[0], *bottom = &view->row[view->count - 1];
    if (forward)
        return search_row_is_long(top) ? top->begin : top->line_begin;
    bool inside = !search_row_is_long(bottom) && bottom->next == bottom->end;
    return inside ? search_before(session, bottom->line_begin, bottom->next) : bottom->next;
}

/**
 * A new search whose first match is in the rest of the line that goes on over the top row: that row is where it goes.
 * True when that was the match wanted.
 */
bool search_top_row(struct session *session)
{
    const struct view *view = &session->stage->view;
    const struct row *top = &view->row[0];
    struct range match;
    if (view->count == 0 || search_row_is_long(top) || top->begin == top->line_begin)
        return false;
    session->wait.offset = top->line_begin + 1;
    if (!search_match(session, top->begin, &match) || --session->wait.count > 0)
        return false;
    session->stage->view.canvas.current = top->line_begin;
    return search_arrive(session, top->begin) == PROGRESS_DONE;
}
