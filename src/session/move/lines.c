/* SPDX-License-Identifier: MIT */
/* view: the session's movements and marks (see core/session.h). View thread. */
#include "folio/session/move/lines.h"

#include "folio/model/known/lines.h"
#include "folio/session/core/stage.h"
#include "folio/session/files/list.h"
#include "folio/session/move/cursor.h"
#include "folio/session/move/layout.h"
#include "folio/session/part/strings.h"
#include "folio/session/search/filter.h"

#include <string.h>

/** Rows moved between two looks at whether somebody wants something else. */
#define SCROLL_SLICE 2000

unsigned session_target(const struct session *session)
{
    int rows = (int)view_height(&session->stage->view), target = session->settings.target;
    if (session->settings.target_percent >= 0)
        target = rows * session->settings.target_percent / 100 + 1;
    if (target < 0)
        target = rows + target + 1;
    if (target < 1)
        target = 1;
    return (unsigned)(target > rows ? rows : target) - (rows > 0);
}

struct mark session_here(const struct session *session)
{
    const struct view *view = &session->stage->view;
    bool real = session->stage == &session->base && view->count;
    if (real && view->layout->cursor)
        return session_cursor_mark(session);
    return (struct mark){real, session->current, real ? view->row[0].begin : 0, view->lead};
}

void session_left(struct session *session, struct mark here)
{
    if (here.set && !session->left)
        session->mark['\''] = here;
    session->left = true;
}

void session_leave_place(struct session *session)
{
    session_left(session, session_here(session));
}

enum progress session_jump(struct session *session, uint64_t offset, unsigned target, bool exactly)
{
    struct view *view = &session->stage->view;
    if (view->layout->cursor)
        return session_cursor_jump(session, offset, target);
    struct mark here = session_here(session);
    enum view_result result = view_goto(view, offset, target, exactly);
    /* As in less, '' keeps what it remembers when the jump only scrolls. */
    if (result == VIEW_WAIT || view->apart)
        session_left(session, here);
    return result == VIEW_WAIT && !atomic_load(&session->interrupted) ? PROGRESS_WAITING : PROGRESS_DONE;
}

enum progress session_resize(struct session *session, const struct request *request, struct reply *reply)
{
    (void)reply;
    session->rows = (unsigned)(request->amount >> 16);
    session->columns = (unsigned)(request->amount & 0xffff);
    unsigned columns = session->columns - overview_width(&session->settings, session->columns);
    view_resize(&session->base.view, session->rows, columns);
    view_resize(&session->help.view, session->rows, columns);
    session_fit(session);
    view_settle(&session->stage->view, false);
    return PROGRESS_DONE;
}

enum progress session_repaint(struct session *session, const struct request *request, struct reply *reply)
{
    (void)session;
    (void)request;
    (void)reply;
    return PROGRESS_DONE;
}

/** Is somebody waiting for something else while a long movement is under way? */
static bool session_hurried(const struct session *session)
{
    return atomic_load(&session->interrupted);
}

/** Does the line that came into sight begin with ^L, where movements stop at such lines? */
static bool session_form_feed(const struct session *session, bool down)
{
    const struct view *view = &session->stage->view;
    struct span span;
    struct utf8 first;
    if (!session->settings.form_feed || view->count == 0)
        return false;
    const struct row *row = &view->row[down ? view->count - 1 : 0];
    if (!row->line_known || row->begin != row->line_begin ||
        reader_span(session->stage->document->reader, row->begin, ENCODING_LENGTH_MAX, &span) != READER_OK)
        return false;
    first = encoding_decode(view->canvas.fit.rules.encoding, span.data, span.length);
    return first.valid && first.rune == '\f';
}

/** A movement of `rows` began when the row that begins at `next` was below the screen: its line is new (-w, -W). */
static void session_mark_new(struct session *session, int64_t rows, bool page, uint64_t next)
{
    struct view *view = &session->stage->view;
    int wanted = session->settings.mark_new;
    if (rows <= 1 || !wanted || (wanted == 1 && !page))
        return;
    for (unsigned i = 0; i < view->count; i++)
        if (view->row[i].begin >= next) {
            const struct row *row = &view->row[i];
            view->canvas.fresh = row->line_known ? row->line_begin : row->begin;
            return;
        }
}

/** The line at `offset` is where a jump led: it is marked as new lines are. */
static void session_mark_target(struct session *session, uint64_t offset)
{
    struct view *view = &session->stage->view;
    for (unsigned i = 0; i < view->count && session->settings.mark_new; i++)
        if (offset >= view->row[i].begin && offset < view->row[i].next)
            view->canvas.fresh = view->row[i].line_known ? view->row[i].line_begin : view->row[i].begin;
}

/** Where what is below the screen begins. */
static uint64_t session_below(const struct view *view)
{
    return view->count ? view->row[view->count - 1].next : 0;
}

/** What kind of movement it is. */
enum movement { MOVE_ROWS, MOVE_HALF, MOVE_PAGE, MOVE_ROWS_FORCED, MOVE_PAGE_FORCED };

/** `rows` signed rows, in slices. The bell when there is no way to go at all. */
static enum progress session_rows(struct session *session, int64_t rows, enum movement kind,
                                  struct reply *reply)
{
    static const enum cursor_step step[] = {[MOVE_ROWS] = CURSOR_ROWS,
                                            [MOVE_ROWS_FORCED] = CURSOR_SCREEN,
                                            [MOVE_HALF] = CURSOR_PAGE,
                                            [MOVE_PAGE] = CURSOR_PAGE,
                                            [MOVE_PAGE_FORCED] = CURSOR_PAST};
    struct view *view = &session->stage->view;
    if (view->layout->cursor)
        return session_cursor_rows(session, rows, step[kind], reply);
    struct mark here = session_here(session);
    enum view_result result = VIEW_MOVED;
    const bool down = rows > 0, careful = session->settings.form_feed && (rows > 1 || rows < -1);
    if (session->waiting)
        rows = session->wait_count;
    const int64_t most = careful || view->canvas.filter ? 1 : SCROLL_SLICE, wanted = rows;
    uint64_t below = session_below(view);
    while (rows && result == VIEW_MOVED && !session_hurried(session)) {
        int64_t slice = rows > most ? most : rows < -most ? -most : rows;
        result = view_scroll(view, slice, kind >= MOVE_ROWS_FORCED ? VIEW_ROWS_FORCED : VIEW_ROWS);
        rows -= view->canvas.filter && result != VIEW_MOVED ? 0 : slice;
        if (careful && session_form_feed(session, down))
            break;
    }
    if ((down || result == VIEW_WAIT) && session_filter_waits(session, result)) {
        session->wait_count = rows;
        return PROGRESS_WAITING;
    }
    session_mark_new(session, wanted, kind >= MOVE_PAGE, below);
    struct mark there = session_here(session);
    reply->bell = result == VIEW_EDGE && here.offset == there.offset && here.row == there.row;
    return PROGRESS_DONE;
}

/** The count of a request, with its default. */
static int64_t request_count(const struct request *request, int64_t normal)
{
    return request->counted && request->count > 0 ? request->count : normal;
}

enum progress session_scroll(struct session *session, const struct request *request, struct reply *reply)
{
    return session_rows(session, request->amount * request_count(request, 1),
                        request->verb == REQUEST_SCROLL_FORCED ? MOVE_ROWS_FORCED : MOVE_ROWS, reply);
}

enum progress session_scroll_lines(struct session *session, const struct request *request,
                                   struct reply *reply)
{
    if (view_scroll(&session->stage->view, request->amount * request_count(request, 1), VIEW_LINES) ==
        VIEW_EDGE)
        reply->bell = true;
    return PROGRESS_DONE;
}

/** Rows of a page: -z, or the screen less what -z says. */
static int64_t session_window(const struct session *session)
{
    int64_t rows = view_height(&session->stage->view), window = session->settings.window;
    if (window <= 0)
        window = rows + window;
    return window > 0 ? window : 1;
}

enum progress session_page(struct session *session, const struct request *request, struct reply *reply)
{
    if (request->verb == REQUEST_PAGE_SET && request->counted)
        session->settings.window = (int)request_count(request, 1);
    return session_rows(session, request->amount * request_count(request, session_window(session)),
                        request->verb == REQUEST_PAGE_FORCED ? MOVE_PAGE_FORCED : MOVE_PAGE, reply);
}

enum progress session_half(struct session *session, const struct request *request, struct reply *reply)
{
    if (request->counted && request->count > 0)
        session->settings.half = (int)request->count;
    int64_t half = session->settings.half;
    if (half <= 0)
        half = ((int64_t)view_height(&session->stage->view) + 2) /
               2; /* of the screen, status row and all, as less */
    return session_rows(session, request->amount * (half > 0 ? half : 1), MOVE_HALF, reply);
}

/** The end of the file on the last row; the bell where it is there already. */
static enum progress session_bottom(struct session *session, struct reply *reply)
{
    struct view *view = &session->stage->view;
    if (view->layout->cursor)
        return session_cursor_bottom(session, reply);
    struct mark here = session_here(session);
    bool there = !session->waiting && view->count + view->lead == view_height(view) && view_at_end(view);
    reply->bell = there;
    if (there)
        return PROGRESS_DONE;
    enum view_result result = view_goto_end(view);
    if (result == VIEW_WAIT || view->apart)
        session_left(session, here);
    return result == VIEW_WAIT ? PROGRESS_WAITING : PROGRESS_DONE;
}

enum progress session_goto_line(struct session *session, const struct request *request, struct reply *reply)
{
    struct document *document = session->stage->document;
    uint64_t line = (uint64_t)request_count(request, 1), offset;
    enum progress progress;
    if (session_strings_shown(session))
        return session_strings_goto(session, line, reply);
    switch (lines_offset(document->lines, document->reader, line, &offset)) {
    case LINES_FOUND:
        /* Without a count the first line goes to the top whatever -j says, as in less. */
        progress = session_jump(session, offset, request->counted ? session_target(session) : 0, true);
        session_mark_target(session, offset);
        return progress;
    case LINES_NONE:
        if (!document_streaming(document))
            return session_say(reply, OUTCOME_FAILED, "Cannot seek to line number %llu",
                               (unsigned long long)line);
        /* fall through */
    case LINES_UNKNOWN:
    case LINES_FAILED:
        break;
    }
    document_want(document, UINT64_MAX);
    return PROGRESS_WAITING;
}

enum progress session_goto_end(struct session *session, const struct request *request, struct reply *reply)
{
    struct document *document = session->stage->document;
    if (request->counted)
        return session_goto_line(session, request, reply);
    if (request->verb == REQUEST_GOTO_END && document_streaming(document)) {
        document_want(document, UINT64_MAX);
        return PROGRESS_WAITING;
    }
    session_leave_place(session); /* however near the end is */
    return session_bottom(session, reply);
}

enum progress session_goto_percent(struct session *session, const struct request *request,
                                   struct reply *reply)
{
    uint64_t size = reader_size(session->stage->document->reader), whole = 100000;
    uint64_t part = request->amount < 0 ? 0 : (uint64_t)request->amount;
    (void)reply;
    /* To the nearest byte, as less rounds. */
    unsigned __int128 offset = ((unsigned __int128)size * part + whole / 2) / whole,
                      last = size ? size - 1 : 0;
    offset = offset < last ? offset : last;
    enum progress progress = session_jump(session, (uint64_t)offset, session_target(session), false);
    session_mark_target(session, (uint64_t)offset);
    return progress;
}

/** Go to a byte: its line at the top, as less does; the end is no byte. */
static enum progress session_goto_offset(struct session *session, uint64_t offset, struct reply *reply)
{
    struct document *document = session->stage->document;
    uint64_t size = reader_size(document->reader);
    if (offset >= size && offset > 0) {
        if (!document_streaming(document))
            return session_say(reply, OUTCOME_FAILED, "Cannot seek to byte %llu: %s has %llu bytes",
                               (unsigned long long)offset, document->name, (unsigned long long)size);
        document_want(document, offset + 1);
        return PROGRESS_WAITING;
    }
    return session_jump(session, offset, session_target(session), false);
}

enum progress session_goto_byte(struct session *session, const struct request *request, struct reply *reply)
{
    return session_goto_offset(session, request->amount < 0 ? 0 : (uint64_t)request->amount, reply);
}

enum progress session_goto_relative(struct session *session, const struct request *request,
                                    struct reply *reply)
{
    uint64_t here = session_place_here(session), back = 0 - (uint64_t)request->amount;
    if (!session->waiting)
        session->wait_offset = request->amount >= 0 ? here + (uint64_t)request->amount
                               : here > back        ? here - back
                                                    : 0;
    return session_goto_offset(session, session->wait_offset, reply);
}

enum progress session_shift(struct session *session, const struct request *request, struct reply *reply)
{
    struct canvas *canvas = &session->stage->view.canvas;
    int64_t columns = session->settings.shift ? session->settings.shift : (int64_t)canvas->columns / 2;
    uint64_t amount = (uint64_t)request_count(request, columns > 0 ? columns : 1);
    if (request->counted)
        session->settings.shift = (int)(request->count & INT32_MAX);
    (void)reply;
    if (request->amount > 0)
        canvas->shift += amount;
    else
        canvas->shift = canvas->shift > amount ? canvas->shift - amount : 0;
    view_settle(&session->stage->view, false);
    return PROGRESS_DONE;
}

enum progress session_shift_edge(struct session *session, const struct request *request, struct reply *reply)
{
    struct view *view = &session->stage->view;
    uint64_t widest = 0, columns = view->canvas.columns;
    (void)reply;
    if (request->amount > 0) {
        view->canvas.shift = view->canvas.shift ? view->canvas.shift : 1; /* lines, not wrapped rows */
        view_settle(view, false);
        view_scroll(view, 0, VIEW_ROWS);
        for (unsigned i = 0; i < view->count; i++) {
            uint64_t width = view->layout->width(&view->canvas, &view->row[i]);
            widest = width > widest ? width : widest;
        }
    }
    view->canvas.shift = widest > columns ? widest - columns : 0;
    view_settle(view, false);
    return PROGRESS_DONE;
}

static bool mark_letter(int64_t letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

enum progress session_mark_set(struct session *session, const struct request *request, struct reply *reply)
{
    const struct view *view = &session->stage->view;
    if (!mark_letter(request->amount))
        return session_say(reply, OUTCOME_FAILED, "Choose a letter between 'a' and 'z' or 'A' and 'Z'");
    unsigned row = request->count == 1 && view->count ? view->count - 1 : 0;
    if (view->count)
        session->mark[request->amount] =
            (struct mark){true, session->current, view->row[row].begin, view->lead + row};
    return PROGRESS_DONE;
}

/** Where '^, '$ and letters lead. False when there is no such mark. */
static bool session_mark_find(const struct session *session, int64_t letter, struct mark *mark)
{
    uint64_t size = reader_size(session->stage->document->reader);
    *mark = (struct mark){true, session->current, 0, 0};
    if (letter == '$')
        mark->offset = size ? size - 1 : 0;
    if (letter == '$' || letter == '^')
        return true;
    *mark = letter > 0 && letter < 256 ? session->mark[letter] : (struct mark){0};
    if (letter == '\'' && !mark->set)
        *mark = (struct mark){true, session->current, 0, session_target(session)};
    return mark->set;
}

enum progress session_mark_goto(struct session *session, const struct request *request, struct reply *reply)
{
    struct mark mark;
    if (!session_mark_find(session, request->amount, &mark))
        return session_say(reply, OUTCOME_FAILED, "Mark not set");
    if (request->amount == '$')
        return session_bottom(session, reply);
    if (mark.file != session->current) {
        struct error error;
        if (!session_open_file(session, mark.file, &error))
            return session_say(reply, OUTCOME_FAILED, "%s", error.message);
    }
    unsigned row = request->counted && request->count > 0 ? (unsigned)request->count - 1 : mark.row;
    return session_jump(session, mark.offset, row, true);
}

enum progress session_mark_clear(struct session *session, const struct request *request, struct reply *reply)
{
    if (!mark_letter(request->amount) || !session->mark[request->amount].set)
        return session_say(reply, OUTCOME_FAILED, "Mark not set");
    session->mark[request->amount].set = false;
    return PROGRESS_DONE;
}
