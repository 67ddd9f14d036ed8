/* SPDX-License-Identifier: MIT */
/*
 * session: moving where rows are lines: the screen moves, and knows its first row. View thread.
 *
 * A filter may let nothing through for a long way; then a movement goes on waiting for lines that are still looked for.
 */
#include "folio/session/move/lines.h"

#include "folio/model/known/lines.h"
#include "folio/session/core/place.h"
#include "folio/session/move/jump.h"
#include "folio/session/move/shift.h"
#include "folio/view/layout/fill.h"

/** Rows moved between two looks at whether somebody wants something else. */
#define SCROLL_SLICE 2000

static struct mark lines_here(const struct session *session)
{
    const struct view *view = &session->stage->view;
    bool set = session_shows_file(session) && view->count;
    return (struct mark){set, session->files.current, view->count ? view_here(view) : 0, view->lead};
}

static struct mark lines_marked(const struct session *session, bool bottom)
{
    const struct view *view = &session->stage->view;
    unsigned row = bottom && view->count ? view->count - 1 : 0;
    uint64_t offset = row ? view->row[row].begin : view_here(view);
    return (struct mark){view->count > 0, session->files.current, offset, view->lead + row};
}

static uint64_t lines_line(const struct session *session)
{
    const struct view *view = &session->stage->view;
    return view->count && view->row[0].line_known ? view->row[0].line_begin : view_here(view);
}

static uint64_t lines_beside(const struct session *session, bool forward)
{
    const struct view *view = &session->stage->view;
    unsigned target = jump_target(session);
    if (view->count == 0 || target < view->lead)
        return 0;
    const struct row *row =
        &view->row[target - view->lead < view->count ? target - view->lead : view->count - 1];
    uint64_t begin = row->line_known ? row->line_begin : row->begin;
    return forward ? begin + 1 : begin;
}

static enum progress lines_jump(struct session *session, uint64_t offset, unsigned target, bool exactly)
{
    struct view *view = &session->stage->view;
    struct mark here = place_here(session);
    enum view_result result = view_goto(view, offset, target, exactly);
    /* As in less, '' keeps what it remembers when the jump only scrolls. */
    if (result == VIEW_WAIT || view->apart)
        jump_left(session, here);
    return result == VIEW_WAIT && !session_interrupted(session) ? PROGRESS_WAITING : PROGRESS_DONE;
}

/** Does the line that came into sight begin with ^L, where movements stop at such lines? */
static bool lines_form_feed(const struct session *session, bool down)
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
static void lines_mark_new(struct session *session, int64_t rows, bool page, uint64_t next)
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

/** Where what is below the screen begins. */
static uint64_t lines_below(const struct view *view)
{
    return view->count ? view->row[view->count - 1].next : 0;
}

/** Is a movement that came to `result` to go on waiting for lines that pass the filter? Lets a pipe be read on. */
bool lines_wait(struct session *session, enum view_result result)
{
    struct stage *stage = session->stage;
    if (!stage->view.canvas.filter || result == VIEW_MOVED || session_interrupted(session))
        return false;
    if (result == VIEW_WAIT)
        return stage_filtering(stage);
    if (!document_streaming(stage->document))
        return false;
    document_want(stage->document, UINT64_MAX); /* what passes may be anywhere in what is still to come */
    return true;
}

/** `rows` signed rows, in slices. The bell when there is no way to go at all. */
static enum progress lines_rows(struct session *session, int64_t rows, enum movement kind,
                                struct reply *reply)
{
    struct view *view = &session->stage->view;
    struct mark here = place_here(session);
    enum view_result result = VIEW_MOVED;
    const bool down = rows > 0, careful = session->settings.form_feed && (rows > 1 || rows < -1);
    if (session->wait.active)
        rows = session->wait.count;
    const int64_t most = careful || view->canvas.filter ? 1 : SCROLL_SLICE, wanted = rows;
    uint64_t below = lines_below(view);
    while (rows && result == VIEW_MOVED && !session_interrupted(session)) {
        int64_t slice = rows > most ? most : rows < -most ? -most : rows;
        result = view_scroll(view, slice, kind >= MOVE_ROWS_FORCED ? VIEW_ROWS_FORCED : VIEW_ROWS);
        rows -= view->canvas.filter && result != VIEW_MOVED ? 0 : slice;
        if (careful && lines_form_feed(session, down))
            break;
    }
    if ((down || result == VIEW_WAIT) && lines_wait(session, result)) {
        session->wait.count = rows;
        return PROGRESS_WAITING;
    }
    lines_mark_new(session, wanted, kind >= MOVE_PAGE, below);
    struct mark there = place_here(session);
    reply->bell = result == VIEW_EDGE && here.offset == there.offset && here.row == there.row;
    return PROGRESS_DONE;
}

static enum progress lines_lines(struct session *session, int64_t lines, struct reply *reply)
{
    reply->bell = view_scroll(&session->stage->view, lines, VIEW_LINES) == VIEW_EDGE;
    return PROGRESS_DONE;
}

/** The end of the file on the last row; the bell where it is there already. */
static enum progress lines_bottom(struct session *session, struct reply *reply)
{
    struct view *view = &session->stage->view;
    struct mark here = place_here(session);
    bool there = !session->wait.active && view->count + view->lead == view_height(view) && view_at_end(view);
    reply->bell = there;
    if (there)
        return PROGRESS_DONE;
    enum view_result result = view_goto_end(view);
    if (result == VIEW_WAIT || view->apart)
        jump_left(session, here);
    return result == VIEW_WAIT ? PROGRESS_WAITING : PROGRESS_DONE;
}

static bool lines_at_end(const struct session *session)
{
    struct view *view = &session->stage->view;
    return view_fill(view) != VIEW_WAIT && view_at_end(view);
}

/** Nothing follows the screen. */
static void lines_follow(struct session *session)
{
    (void)session;
}

const struct motion lines_motion = {
    .here = lines_here,
    .marked = lines_marked,
    .line = lines_line,
    .beside = lines_beside,
    .rows = lines_rows,
    .lines = lines_lines,
    .jump = lines_jump,
    .bottom = lines_bottom,
    .shift = shift_columns,
    .edge = shift_to_edge,
    .follow = lines_follow,
    .at_end = lines_at_end,
    .settle = lines_follow,
};
