/* SPDX-License-Identifier: MIT */
/*
 * view: which layout shows the file, and lists in place of it (see core/session.h). View thread.
 *
 * Going from text to bytes and back is meant to be done without a thought, so it must not lose the place: each remembers
 * where it left the other (struct twin), and who did not move in between finds everything as it was.
 */
#include "folio/session/move/layout.h"

#include "folio/base/bytes/buf.h"
#include "folio/model/known/lines.h"
#include "folio/session/core/stage.h"
#include "folio/session/move/cursor.h"
#include "folio/session/move/lines.h"
#include "folio/session/part/strings.h"
#include "folio/session/search/inside.h"
#include "folio/view/layout/fill.h"

#include <stdlib.h>
#include <string.h>

/** The first byte shown. */
static uint64_t view_first(const struct view *view)
{
    return view->count ? view->row[0].begin : view->anchor;
}

/** Is the byte on the screen? */
static bool view_shows(const struct view *view, uint64_t offset)
{
    return view->count && offset >= view->row[0].begin && offset < view->row[view->count - 1].next;
}

uint64_t session_place_here(const struct session *session)
{
    const struct view *view = &session->stage->view;
    return view->layout->cursor ? view->canvas.cursor : view_first(view);
}

/** What the other view is to be about: the byte under the cursor; of text the current match, or the first byte. */
static uint64_t view_subject(const struct session *session)
{
    const struct view *view = &session->stage->view;
    uint64_t current = view->canvas.current;
    struct range match;
    if (view->layout->cursor || current == FRAME_NO_OFFSET)
        return session_place_here(session);
    if (search_match(session, current, &match))
        current = match.begin;
    return view_shows(view, current) ? current : view_first(view);
}

/** No rows are left empty where there are others to be shown above. */
static void view_fill_up(struct view *view)
{
    struct row before;
    if (view_fill(view) == VIEW_EDGE && view->count && view->count < view_height(view) &&
        view->layout->before(&view->canvas, &view->row[0], &before) == LAYOUT_OK)
        view_goto_end(view);
    view->lead = 0;
}

void session_view_use(struct session *session, const struct layout *layout, uint64_t offset)
{
    struct view *view = &session->stage->view;
    view->layout = layout;
    view->lead = view->count = view->header_count = 0;
    view->canvas.cursor = layout->cursor ? offset : FRAME_NO_OFFSET;
    view->canvas.fresh = FRAME_NO_OFFSET;
    view->anchor = offset;
    session_stage_refresh(session);
    view_resize(view, view->rows, view->canvas.columns);
    view_fill_up(view);
    session_cursor_settle(session);
}

/** Is the screen still as it was when the other view was left for it? */
static bool twin_holds(const struct stage *stage, const struct layout *layout)
{
    const struct view *view = &stage->view;
    const struct twin *twin = &stage->twin;
    return twin->layout == layout && twin->here == view_first(view) && twin->cursor == view->canvas.cursor &&
           twin->current == view->canvas.current;
}

/** Of a line's matches the current one was made the first; where the cursor was left on another, that is it again. */
static void view_match_again(struct session *session)
{
    struct canvas *canvas = &session->stage->view.canvas;
    struct range match;
    if (canvas->current != FRAME_NO_OFFSET && session->stage->searched.bytes &&
        search_match(session, canvas->cursor, &match) && match.begin == canvas->cursor)
        canvas->current = canvas->cursor;
}

enum progress session_view(struct session *session, const struct request *request, struct reply *reply)
{
    struct stage *stage = session->stage;
    struct view *view = &stage->view;
    const bool text =
        request->amount == VIEW_TEXT || (request->amount == VIEW_OTHER && view->layout == &hex_layout);
    const struct layout *layout = text ? &text_layout : &hex_layout;
    if (stage != &session->base)
        return session_say(reply, OUTCOME_FAILED, "Command not available");
    session->bytes = !text;
    if (layout == view->layout)
        return PROGRESS_DONE;
    struct twin left = {.layout = view->layout, .top = view_first(view), .subject = view->canvas.cursor};
    const bool back = twin_holds(stage, layout);
    const uint64_t top = back ? stage->twin.top : view_subject(session);
    const uint64_t subject = back ? stage->twin.subject : top;
    session_view_use(session, layout, top);
    if (layout->cursor) {
        session_cursor_put(session, subject);
        view_match_again(session);
    }
    left.here = view_first(view);
    left.cursor = view->canvas.cursor;
    left.current = view->canvas.current;
    stage->twin = left;
    return PROGRESS_DONE;
}

struct spot session_spot(const struct session *session)
{
    const struct view *view = &session->base.view;
    return (struct spot){view_first(view), view->layout && view->layout->cursor ? view->canvas.cursor : 0};
}

void session_spot_return(struct session *session, struct spot spot)
{
    struct view *view = &session->base.view;
    if (spot.top)
        view_goto(view, spot.top, 0, true);
    if (view->layout->cursor)
        view->canvas.cursor = spot.cursor;
}

/** Forget where the rows of a list lead. */
static void list_forget(struct session *session)
{
    free(session->place);
    session->place = NULL;
    session->place_count = 0;
}

/** Where the first line is that leads somewhere. */
static uint64_t list_first(const struct session *session, const struct buf *text)
{
    const char *line = buf_string(text), *begin = line;
    for (size_t i = 0; i < session->place_count; i++) {
        if (session->place[i].offset != FRAME_NO_OFFSET)
            return (uint64_t)(line - begin);
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    return 0;
}

enum progress session_list_open(struct session *session, const char *name, const struct buf *text,
                                struct list_place *place, size_t count, struct reply *reply)
{
    struct error error;
    struct document *document = NULL;
    if (session->stage != &session->base)
        error_set(&error, 0, "Command not available");
    else if (text->failed)
        error_set(&error, 0, "Out of memory");
    else
        document = document_open_text(name, text->data, text->length, &session->document_options, &error);
    if (!document) {
        free(place);
        return session_say(reply, OUTCOME_FAILED, "%s", error.message);
    }
    list_forget(session);
    session->place = place;
    session->place_count = count;
    session_stage_open(session, &session->help, document);
    session->stage = &session->help;
    session_view_use(session, &list_layout, 0);
    session_cursor_put(session, list_first(session, text));
    reply->list = true;
    return PROGRESS_DONE;
}

void session_list_close(struct session *session)
{
    if (session_strings_leave(session) || session->stage != &session->help)
        return;
    list_forget(session);
    session_stage_close(&session->help);
    session->stage = &session->base;
}

/** The byte to which the row under the cursor leads. WAITING: that is not known yet. */
static enum progress pick_place(const struct session *session, uint64_t *offset)
{
    const struct canvas *canvas = &session->stage->view.canvas;
    uint64_t line;
    *offset = canvas->cursor;
    if (session->stage != &session->help)
        return PROGRESS_DONE;
    if (lines_number(canvas->lines, canvas->reader, canvas->cursor, &line) != LINES_FOUND)
        return PROGRESS_WAITING;
    *offset = line <= session->place_count ? session->place[line - 1].offset : FRAME_NO_OFFSET;
    return PROGRESS_DONE;
}

enum progress session_pick(struct session *session, const struct request *request, struct reply *reply)
{
    uint64_t offset;
    (void)request;
    if (!session->stage->view.layout->list)
        return session_say(reply, OUTCOME_FAILED, "This is no list");
    if (pick_place(session, &offset) == PROGRESS_WAITING)
        return PROGRESS_WAITING;
    if (offset == FRAME_NO_OFFSET)
        return session_say(reply, OUTCOME_FAILED, "This row leads nowhere");
    if (offset >= reader_size(session->base.document->reader))
        return session_say(reply, OUTCOME_FAILED, "Byte 0x%llx is not in the file now",
                           (unsigned long long)offset);
    session_list_close(session);
    session->bytes = true;
    session_leave_place(session);
    if (session->stage->view.layout != &hex_layout)
        session_view_use(session, &hex_layout, offset);
    return session_cursor_put(session, offset);
}

const char *session_path(const struct session *session, const struct stage *stage)
{
    (void)session;
    return strcmp(stage->document->name, "-") == 0 ? "/dev/stdin" : stage->document->name;
}
