/* SPDX-License-Identifier: MIT */
/* session: the verbs that go to a line, a share, a byte, a mark. View thread. */
#include "folio/session/move/goto.h"

#include "folio/model/known/lines.h"
#include "folio/session/core/place.h"
#include "folio/session/files/list.h"
#include "folio/session/move/jump.h"
#include "folio/session/move/marks.h"
#include "folio/view/layout/fill.h"

/** The line at `offset` is where a jump led: it is marked as new lines are. */
static void lines_mark_target(struct session *session, uint64_t offset)
{
    struct view *view = &session->stage->view;
    for (unsigned i = 0; i < view->count && session->settings.mark_new; i++)
        if (row_holds(&view->row[i], offset))
            view->canvas.fresh = view->row[i].line_known ? view->row[i].line_begin : view->row[i].begin;
}

/**
 * To the byte at `offset` itself: its row, sideways where lines are chopped. It stays in view from there on. A cursor
 * does so by itself.
 */
static enum progress goto_byte(struct session *session, uint64_t offset, unsigned target)
{
    struct view *view = &session->stage->view;
    uint64_t cursor;
    if (place_cursor(session, &cursor))
        return jump_to(session, offset, target, true);
    struct mark here = place_here(session);
    uint64_t shift = view->canvas.shift;
    view_reveal(view, offset);
    enum progress progress = jump_to(session, offset, target, true);
    view_stay(view, offset);
    if (view->canvas.shift != shift)
        jump_left(session, here);
    return progress;
}

/** As less has it: the line of the byte, but the row of the byte where that is far behind the line's beginning. */
static enum progress goto_line_of(struct session *session, uint64_t offset)
{
    struct view *view = &session->stage->view;
    enum progress progress = jump_to(session, offset, jump_target(session), false);
    if (progress == PROGRESS_WAITING)
        return progress;
    view_fill(view);
    bool seen = view->count == 0 || offset < view->row[view->count - 1].next;
    bool near = view->count > 0 && view->row[0].line_known && offset - view->row[0].line_begin <= LINES_LONG;
    return seen || near ? progress : goto_byte(session, offset, jump_target(session));
}

/** To entry `number` of a list that numbers its rows by itself. */
static enum progress goto_entry(struct session *session, uint64_t number, struct reply *reply)
{
    const struct view *view = &session->stage->view;
    uint64_t offset;
    switch (view->layout->locate(&view->canvas, number, &offset)) {
    case LAYOUT_OK:
        return jump_to(session, offset, jump_target(session), true);
    case LAYOUT_NONE:
        return reply_say(reply, OUTCOME_FAILED, "There is no %s %llu", view->layout->entry,
                         (unsigned long long)number);
    case LAYOUT_WAIT:
        break;
    }
    return PROGRESS_WAITING;
}

enum progress verb_goto_line(struct session *session, const struct request *request, struct reply *reply)
{
    struct document *document = session->stage->document;
    uint64_t line = (uint64_t)request_count(request, 1), offset;
    enum progress progress;
    if (session->stage->view.layout->locate)
        return goto_entry(session, line, reply);
    switch (lines_offset(document->lines, document->reader, line, &offset)) {
    case LINES_FOUND:
        /* Without a count the first line goes to the top whatever -j says, as in less. */
        progress = jump_to(session, offset, request->counted ? jump_target(session) : 0, true);
        lines_mark_target(session, offset);
        return progress;
    case LINES_NONE:
        if (!document_streaming(document))
            return reply_say(reply, OUTCOME_FAILED, "Cannot seek to line number %llu",
                             (unsigned long long)line);
        /* fall through */
    case LINES_UNKNOWN:
    case LINES_FAILED:
        break;
    }
    document_want(document, UINT64_MAX);
    return PROGRESS_WAITING;
}

enum progress verb_goto_end(struct session *session, const struct request *request, struct reply *reply)
{
    struct document *document = session->stage->document;
    if (request->counted)
        return verb_goto_line(session, request, reply);
    if (request->verb == REQUEST_GOTO_END && document_streaming(document) &&
        place_following(session) == FOLLOWING_NOT) {
        document_want(document, UINT64_MAX);
        return PROGRESS_WAITING;
    }
    jump_leave(session); /* however near the end is */
    return session->stage->motion->bottom(session, reply);
}

enum progress verb_goto_percent(struct session *session, const struct request *request, struct reply *reply)
{
    uint64_t size = reader_size(session->stage->document->reader), whole = 100000;
    uint64_t part = request->amount < 0 ? 0 : (uint64_t)request->amount;
    (void)reply;
    /* To the nearest byte, as less rounds. */
    unsigned __int128 offset = ((unsigned __int128)size * part + whole / 2) / whole,
                      last = size ? size - 1 : 0;
    offset = offset < last ? offset : last;
    enum progress progress = request->counted ? goto_byte(session, (uint64_t)offset, jump_target(session))
                                              : goto_line_of(session, (uint64_t)offset);
    lines_mark_target(session, (uint64_t)offset);
    return progress;
}

enum progress goto_offset(struct session *session, uint64_t offset, bool line, struct reply *reply)
{
    struct document *document = session->stage->document;
    uint64_t size = reader_size(document->reader);
    if (offset >= size && offset > 0) {
        if (!document_streaming(document))
            return reply_say(reply, OUTCOME_FAILED, "Cannot seek to byte %llu: %s has %llu bytes",
                             (unsigned long long)offset, document->name, (unsigned long long)size);
        document_want(document, offset + 1);
        return PROGRESS_WAITING;
    }
    return line ? goto_line_of(session, offset) : goto_byte(session, offset, jump_target(session));
}

enum progress verb_goto_byte(struct session *session, const struct request *request, struct reply *reply)
{
    return goto_offset(session, request->amount < 0 ? 0 : (uint64_t)request->amount, !request->counted,
                       reply);
}

enum progress verb_goto_relative(struct session *session, const struct request *request, struct reply *reply)
{
    uint64_t here = place_subject(session), back = 0 - (uint64_t)request->amount;
    if (!session->wait.active)
        session->wait.offset = request->amount >= 0 ? here + (uint64_t)request->amount
                               : here > back        ? here - back
                                                    : 0;
    return goto_offset(session, session->wait.offset, false, reply);
}

/** Where '^, '$ and letters lead. False when there is no such mark. */
static bool marks_find(const struct session *session, int64_t letter, struct mark *mark)
{
    uint64_t size = reader_size(session->stage->document->reader);
    *mark = (struct mark){true, session->files.current, 0, 0};
    if (letter == '$')
        mark->offset = size ? size - 1 : 0;
    if (letter == '$' || letter == '^')
        return true;
    *mark = letter > 0 && letter < 256 ? marks_at(session, (char)letter) : (struct mark){0};
    if (letter == '\'' && !mark->set)
        *mark = (struct mark){true, session->files.current, 0, jump_target(session)};
    return mark->set;
}

enum progress goto_mark(struct session *session, struct mark mark, struct reply *reply)
{
    struct error error;
    if (mark.file != session->files.current && !files_open(session, mark.file, &error))
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    return goto_byte(session, mark.offset, mark.row);
}

enum progress verb_mark_goto(struct session *session, const struct request *request, struct reply *reply)
{
    struct mark mark;
    if (!marks_find(session, request->amount, &mark))
        return reply_say(reply, OUTCOME_FAILED, "Mark not set");
    if (request->amount == '$')
        return session->stage->motion->bottom(session, reply);
    if (request->counted && request->count > 0)
        mark.row = (unsigned)request->count - 1;
    return goto_mark(session, mark, reply);
}
