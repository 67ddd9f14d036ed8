/* SPDX-License-Identifier: MIT */
/*
 * view: the verbs of searching, and from where each goes (see core/session.h). Where the next match is: find.c.
 * View thread.
 *
 * Where bytes are shown, what is typed is bytes if the cursor is among the digits and it can be read so; among the
 * characters only if some of it is in quotes. All else is text, as with ^R everything is. What it was taken for it stays,
 * in every view: a pattern of bytes is found match by match in the text view, too, and n steps from one to the next.
 */
#include "typed.h"

#include "folio/base/words/number.h"
#include "folio/model/known/lines.h"
#include "folio/model/pattern/bytes.h"
#include "folio/session/core/stage.h"
#include "folio/session/move/lines.h"
#include "folio/session/part/strings.h"
#include "folio/session/search/find.h"
#include "folio/session/search/inside.h"

#include <string.h>

unsigned search_kind(const struct session *session, const char *text, unsigned modifiers)
{
    const struct stage *stage = session->stage;
    if (!session_bytes(stage) || modifiers & SEARCH_LITERAL)
        return 0;
    bool bytes = stage->view.canvas.characters ? pattern_is_quoted(text) : pattern_is_bytes(text);
    return bytes ? SEARCH_BYTES : 0;
}

/** Is the row part of a line that is searched match by match? */
static bool search_row_is_long(const struct row *row)
{
    return !row->line_known || row->begin - row->line_begin > LINES_LONG;
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
    if (place == line_begin || !stage->matches ||
        reader_span(stage->document->reader, line_begin, (size_t)(place - line_begin), &span) != READER_OK)
        return line_begin;
    return line_begin + matches_hits(stage->matches, span, line_begin, line_begin, &hit, 1);
}

/** Where matches are the units and lines are shown: after or before the current one, if it is on the screen. */
static uint64_t search_from_match(const struct view *view, const struct row *row, bool forward)
{
    uint64_t current = view->canvas.current;
    bool shown = current != FRAME_NO_OFFSET && current >= view->row[0].begin &&
                 current < view->row[view->count - 1].next;
    if (!shown)
        return row->begin;
    return forward ? current + 1 : current;
}

/**
 * From where n and N search: after or before the cursor, or the row at the jump target; inside a long line after or
 * before the current match, if it is on that row. A target above the file's beginning is before its first line,
 * one below its end is at its end.
 */
static uint64_t search_from_target(const struct session *session, bool forward)
{
    const struct stage *stage = session->stage;
    const struct view *view = &stage->view;
    unsigned target = session_target(session);
    uint64_t from;
    if (session_strings_from(session, forward, &from))
        return from;
    if (view->layout->cursor)
        return forward ? view->canvas.cursor + 1 : view->canvas.cursor;
    if (view->count == 0)
        return 0;
    if (target < view->lead)
        return 0;
    if (target - view->lead >= view->count)
        return view->row[view->count - 1].next;
    const struct row *row = &view->row[target - view->lead];
    uint64_t current = view->canvas.current;
    if (stage->matches && stage->searched.bytes)
        return search_from_match(view, row, forward);
    if (!search_row_is_long(row))
        return forward ? row->line_begin + 1 : search_before(session, row->line_begin, row->begin);
    if (current != FRAME_NO_OFFSET && current >= row->begin && current < row->next)
        return forward ? current + 1 : current;
    return forward ? row->begin + 1 : row->begin;
}

uint64_t search_from_screen(const struct session *session, bool forward)
{
    const struct view *view = &session->stage->view;
    if (view->layout->cursor)
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
    session->wait_offset = top->line_begin + 1;
    if (!search_match(session, top->begin, &match) || --session->wait_count > 0)
        return false;
    session->stage->view.canvas.current = top->line_begin;
    return search_arrive(session, top->begin) == PROGRESS_DONE;
}

enum progress session_search(struct session *session, const struct request *request, struct reply *reply)
{
    bool forward = request->amount > 0, anew = request->text[0] != '\0';
    bool tried = session->tried.active;
    unsigned modifiers = request->modifiers;
    char text[REQUEST_TEXT];
    struct error error;
    if (session->waiting)
        return search_go(session, forward, reply);
    if (!anew && !session->pattern[0])
        return session_say(reply, OUTCOME_FAILED, "No previous regular expression");
    if (session_try_accept(session, request, reply))
        return PROGRESS_DONE;
    modifiers |= anew ? search_kind(session, request->text, modifiers)
                      : session->modifiers & (SEARCH_LITERAL | SEARCH_BYTES);
    memcpy(text, anew ? request->text : session->pattern, sizeof text);
    session->hits_hidden = false;
    if (!search_take(session, text, modifiers, &error)) {
        if (tried)
            session_try_restore(session);
        return session_say(reply, OUTCOME_FAILED, "%s", error.message);
    }
    session->direction = forward ? 1 : -1;
    if (modifiers & SEARCH_KEEP)
        return PROGRESS_DONE;
    if (modifiers & SEARCH_FIRST) {
        search_begin_first(session, request, modifiers, forward);
        return search_go(session, forward, reply);
    }
    uint64_t from = anew ? search_from_screen(session, forward) : search_from_target(session, forward);
    search_begin(session, request, modifiers, from, forward);
    if (anew && forward && search_top_row(session))
        return PROGRESS_DONE;
    return search_go(session, forward, reply);
}

/** The last search, if there was one, is what is searched for on this stage. False: it has been replied why not. */
static bool search_resume(struct session *session, struct reply *reply)
{
    struct error error;
    if (!session->pattern[0]) {
        session_say(reply, OUTCOME_FAILED, "No previous regular expression");
        return false;
    }
    session->hits_hidden = false;
    bool ready = search_ready(session) && session_search_text_is(session, session->stage, session->modifiers,
                                                                 &session->stage->searched);
    if (!ready && !session_rematch(session, &error)) {
        session_say(reply, OUTCOME_FAILED, "%s", error.message);
        return false;
    }
    session->stage->view.canvas.matches = session->stage->matches;
    return true;
}

enum progress session_search_again(struct session *session, const struct request *request,
                                   struct reply *reply)
{
    bool forward = (request->amount > 0) == (session->direction >= 0);
    if (session->waiting)
        return search_go(session, forward, reply);
    if (!search_resume(session, reply))
        return PROGRESS_DONE;
    if (request->amount == 2 || request->amount == -2)
        session->modifiers = (session->modifiers | SEARCH_FILES) & ~(unsigned)SEARCH_WRAP;
    search_begin(session, request, session->modifiers, search_from_target(session, forward), forward);
    return search_go(session, forward, reply);
}

/** How many there are is known, and it is not enough. */
static enum progress search_few(struct session *session, uint64_t wanted, struct reply *reply)
{
    struct summary_state state = {0};
    char number[32], count[32];
    session_search_state(session, &state);
    number_group(wanted, number, sizeof number);
    number_group(state.count, count, sizeof count);
    return session_say(reply, OUTCOME_FAILED, "There is no match %s: %s %s", number, count,
                       state.count == 1 ? "match" : "matches");
}

enum progress session_search_pick(struct session *session, const struct request *request, struct reply *reply)
{
    struct document *document = session->stage->document;
    uint64_t wanted = request->counted && request->count > 0 ? (uint64_t)request->count : 1, unit = 0;
    if (!session->waiting && !search_resume(session, reply))
        return PROGRESS_DONE;
    switch (session_search_select(session, wanted - 1, &unit)) {
    case MATCHES_FOUND:
        session->stage->view.canvas.current = unit;
        return search_arrive(session, unit);
    case MATCHES_NONE:
        if (!document_streaming(document))
            return search_few(session, wanted, reply);
        document_want(document, UINT64_MAX);
        break;
    case MATCHES_UNKNOWN:
    case MATCHES_FAILED:
        break;
    }
    return PROGRESS_WAITING;
}

enum progress session_search_clear(struct session *session, const struct request *request,
                                   struct reply *reply)
{
    struct stage *stage = session->stage;
    (void)reply;
    if (request->amount) {
        session->pattern[0] = '\0';
        session->modifiers = 0;
        session_rematch(session, NULL);
    } else {
        session->hits_hidden = !session->hits_hidden;
        stage->view.canvas.matches = session->hits_hidden ? NULL : stage->matches;
    }
    return PROGRESS_DONE;
}
