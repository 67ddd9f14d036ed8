/* SPDX-License-Identifier: MIT */
/* view: the session's searching (see session_body.h). The search itself is a summary of the survey. View thread. */
#include <stdio.h>
#include <string.h>

#include "folio/base/encoding.h"
#include "folio/model/lines.h"

#include "session_body.h"

/** Matches stepped over between two looks at whether somebody wants something else. */
#define SEARCH_SLICE 2000

bool session_rematch(struct session *session, struct error *error)
{
    struct stage *stage = session->stage;
    struct canvas *canvas = &stage->view.canvas;
    matches_close(stage->matches);
    stage->matches = canvas->matches = NULL;
    stage->searched = (struct matches_text){canvas->fit.rules, session->settings.search_raw != 0};
    canvas->current = FRAME_NO_OFFSET;
    if (!session->pattern[0])
        return true;
    struct pattern *pattern = pattern_compile(session->pattern, strlen(session->pattern),
                                              (enum pattern_case)session->settings.letter_case, false, error);
    if (pattern)
        stage->matches = matches_open(stage->document->survey, pattern, &stage->searched, error);
    canvas->matches = session->hits_hidden ? NULL : stage->matches;
    return stage->matches != NULL;
}

/** Is the row part of a line that is searched match by match? */
static bool row_is_long(const struct row *row)
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
    if (place == line_begin ||
        reader_span(stage->document->reader, line_begin, (size_t)(place - line_begin), &span) != READER_OK)
        return line_begin;
    return line_begin + matches_hits(stage->matches, span, line_begin, line_begin, &hit, 1);
}

/**
 * From where n and N search: after or before the row at the jump target; inside a long line after or before the
 * current match, if it is on that row. A target above the file's beginning is before its first line, one below its
 * end is at its end.
 */
static uint64_t search_from_target(const struct session *session, bool forward)
{
    const struct view *view = &session->stage->view;
    unsigned target = session_target(session);
    if (view->count == 0)
        return 0;
    if (target < view->lead)
        return 0;
    if (target - view->lead >= view->count)
        return view->row[view->count - 1].next;
    const struct row *row = &view->row[target - view->lead];
    uint64_t current = view->canvas.current;
    if (!row_is_long(row))
        return forward ? row->line_begin + 1 : search_before(session, row->line_begin, row->begin);
    if (current != FRAME_NO_OFFSET && current >= row->begin && current < row->next)
        return forward ? current + 1 : current;
    return forward ? row->begin + 1 : row->begin;
}

/** From where a new search goes: the first row shown, or after the last one backward. */
static uint64_t search_from_screen(const struct session *session, bool forward)
{
    const struct view *view = &session->stage->view;
    if (view->count == 0)
        return 0;
    const struct row *top = &view->row[0], *bottom = &view->row[view->count - 1];
    if (forward)
        return row_is_long(top) ? top->begin : top->line_begin;
    bool inside = !row_is_long(bottom) && bottom->next == bottom->end;
    return inside ? search_before(session, bottom->line_begin, bottom->next) : bottom->next;
}

/** The first match in the line (or rest of a line) that begins at `offset`, as offsets in the file. */
static bool search_match(const struct session *session, uint64_t offset, struct range *match)
{
    struct stage *stage = session->stage;
    const struct encoding *encoding = stage->view.canvas.fit.rules.encoding;
    struct span span;
    if (reader_span(stage->document->reader, offset, LINES_LONG, &span) != READER_OK)
        return false;
    span.length = encoding_newline(encoding, span.data, span.length, (unsigned)(offset % encoding->unit), 0);
    return matches_hits(stage->matches, span, offset, offset, match, 1) == 1;
}

/** Where lines are chopped, shift them so many whole screens that the match begins in sight, as less does. */
static void search_reveal(struct session *session, uint64_t unit)
{
    struct view *view = &session->stage->view;
    struct canvas *canvas = &view->canvas;
    struct range match;
    uint64_t column;
    if ((!session->settings.chop && canvas->shift == 0) || !search_match(session, unit, &match))
        return;
    if (!view->layout->column(canvas, match.begin, &column))
        return;
    unsigned room = view->layout->room(canvas), header = (unsigned)session->settings.header_columns;
    canvas->shift = column - column % room;
    /* Not under the columns that stay at the left. */
    if (canvas->shift && column - canvas->shift < header)
        canvas->shift -= canvas->shift < header ? canvas->shift : header;
}

/** Is the byte at `offset` below the last row, when the row that begins at `unit` stands on row `target`? */
static bool search_below(const struct session *session, uint64_t unit, uint64_t offset, unsigned target)
{
    const struct view *view = &session->stage->view;
    struct row row, after;
    enum layout_result result = view->layout->holding(&view->canvas, unit, &row);
    for (; result == LAYOUT_OK && row.next <= offset && target < view_height(view); target++) {
        result = view->layout->after(&view->canvas, &row, &after);
        row = after;
    }
    return result == LAYOUT_OK && target >= view_height(view);
}

/**
 * Go to the match that was found in the line, or the rest of a line, that begins at `unit`: that goes to the target,
 * but if the match's end would then be below the screen, the row of what follows it to the last one.
 */
static enum progress search_arrive(struct session *session, uint64_t unit)
{
    const struct view *view = &session->stage->view;
    unsigned target = session_target(session);
    struct range match;
    search_reveal(session, unit);
    const unsigned height = view_height(view);
    if (height && search_match(session, unit, &match) &&
        search_below(session, unit, match.end - (match.end > match.begin), target))
        return session_jump(session, match.end, height - 1, true);
    return session_jump(session, unit, target, true);
}

/** A number with a comma between each three digits. */
static void search_number(uint64_t number, char *out, size_t capacity)
{
    char digits[24];
    size_t length = (size_t)snprintf(digits, sizeof digits, "%llu", (unsigned long long)number), at = 0;
    for (size_t i = 0; i < length && at + 2 < capacity; i++) {
        if (i && (length - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
}

/** There is no such place; where not all could be read, there may be one. */
static enum progress search_missed(const struct session *session, struct reply *reply)
{
    uint64_t unreadable = matches_state(session->stage->matches).unreadable;
    char number[32];
    if (!unreadable)
        return session_say(reply, OUTCOME_FAILED, "Pattern not found: %s", session->pattern);
    search_number(unreadable, number, sizeof number);
    return session_say(reply, OUTCOME_FAILED, "Pattern not found: %s (%s bytes could not be read)",
                       session->pattern, number);
}

/** Go on from session->wait_offset until `wait_count` matches are passed, or something is not known yet. */
static enum progress search_go(struct session *session, bool forward, struct reply *reply)
{
    struct document *document = session->stage->document;
    if (!session->stage->matches) { /* the pattern was forgotten meanwhile */
        reply->outcome = OUTCOME_STOPPED;
        return PROGRESS_DONE;
    }
    for (unsigned slice = 0; slice < SEARCH_SLICE; slice++) {
        uint64_t unit;
        switch (
            matches_next(session->stage->matches, document->reader, session->wait_offset, forward, &unit)) {
        case MATCHES_FOUND:
            if (--session->wait_count <= 0) {
                session->wait_count = 1; /* should the jump have to wait, the same match is found again */
                session->wait_offset = forward ? unit : unit + 1;
                session->stage->view.canvas.current = unit;
                return search_arrive(session, unit);
            }
            session->wait_offset = forward ? unit + 1 : unit;
            continue;
        case MATCHES_NONE:
            if (forward && document_streaming(document)) {
                document_want(document, UINT64_MAX);
                return PROGRESS_WAITING;
            }
            return search_missed(session, reply);
        case MATCHES_UNKNOWN:
        case MATCHES_FAILED:
            return PROGRESS_WAITING;
        }
    }
    wake_ring(session->view_wake);
    return PROGRESS_WAITING;
}

/**
 * A new search whose first match is in the rest of the line that goes on over the top row: that row is where it goes.
 * True when that was the match wanted.
 */
static bool search_top_row(struct session *session)
{
    const struct view *view = &session->stage->view;
    const struct row *top = &view->row[0];
    struct range match;
    if (view->count == 0 || row_is_long(top) || top->begin == top->line_begin)
        return false;
    session->wait_offset = top->line_begin + 1;
    if (!search_match(session, top->begin, &match) || --session->wait_count > 0)
        return false;
    session->stage->view.canvas.current = top->line_begin;
    return search_arrive(session, top->begin) == PROGRESS_DONE;
}

/** Begin to search from `from`: the survey's workers go there first. */
static void search_begin(struct session *session, const struct request *request, uint64_t from, bool forward)
{
    session->wait_offset = from;
    session->wait_count = request->counted && request->count > 0 ? request->count : 1;
    survey_focus(session->stage->document->survey, from, forward);
}

enum progress session_search(struct session *session, const struct request *request, struct reply *reply)
{
    bool forward = request->amount > 0, anew = request->text[0] != '\0';
    struct error error;
    if (session->waiting)
        return search_go(session, forward, reply);
    if (!anew && !session->pattern[0])
        return session_say(reply, OUTCOME_FAILED, "No previous regular expression");
    char before[REQUEST_TEXT];
    memcpy(before, session->pattern, sizeof before);
    if (anew)
        memcpy(session->pattern, request->text, sizeof session->pattern);
    session->direction = forward ? 1 : -1;
    session->hits_hidden = false;
    if ((anew || !session->stage->matches) && !session_rematch(session, &error)) {
        memcpy(session->pattern, before, sizeof before);
        session_rematch(session, NULL);
        return session_say(reply, OUTCOME_FAILED, "%s", error.message);
    }
    session->stage->view.canvas.matches = session->stage->matches;
    uint64_t from = anew ? search_from_screen(session, forward) : search_from_target(session, forward);
    search_begin(session, request, from, forward);
    if (anew && forward && search_top_row(session))
        return PROGRESS_DONE;
    return search_go(session, forward, reply);
}

enum progress session_search_again(struct session *session, const struct request *request,
                                   struct reply *reply)
{
    bool forward = (request->amount > 0) == (session->direction >= 0);
    struct error error;
    if (session->waiting)
        return search_go(session, forward, reply);
    if (!session->pattern[0])
        return session_say(reply, OUTCOME_FAILED, "No previous regular expression");
    session->hits_hidden = false;
    if (!session->stage->matches && !session_rematch(session, &error))
        return session_say(reply, OUTCOME_FAILED, "%s", error.message);
    session->stage->view.canvas.matches = session->stage->matches;
    search_begin(session, request, search_from_target(session, forward), forward);
    return search_go(session, forward, reply);
}

enum progress session_search_clear(struct session *session, const struct request *request,
                                   struct reply *reply)
{
    struct stage *stage = session->stage;
    (void)reply;
    if (request->amount) {
        session->pattern[0] = '\0';
        session_rematch(session, NULL);
    } else {
        session->hits_hidden = !session->hits_hidden;
        stage->view.canvas.matches = session->hits_hidden ? NULL : stage->matches;
    }
    return PROGRESS_DONE;
}
