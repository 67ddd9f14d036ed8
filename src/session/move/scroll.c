/* SPDX-License-Identifier: MIT */
/* session: the verbs that scroll, and what belongs to the size of the screen. View thread. */
#include "folio/session/core/session.h"
#include "folio/view/layout/overview.h"

enum progress verb_resize(struct session *session, const struct request *request, struct reply *reply)
{
    (void)reply;
    session->area = (struct area){(unsigned)(request->amount >> 16), (unsigned)(request->amount & 0xffff)};
    unsigned columns = session->area.columns - overview_width(&session->settings, session->area.columns);
    view_resize(&session->base.view, session->area.rows, columns);
    view_resize(&session->help.view, session->area.rows, columns);
    stage_fit(session);
    view_settle(&session->stage->view, false);
    return PROGRESS_DONE;
}

enum progress verb_repaint(struct session *session, const struct request *request, struct reply *reply)
{
    (void)session;
    (void)request;
    (void)reply;
    return PROGRESS_DONE;
}

enum progress verb_scroll(struct session *session, const struct request *request, struct reply *reply)
{
    bool forced = request->verb == REQUEST_SCROLL_FORCED;
    return session->stage->motion->rows(session, request->amount * request_count(request, 1),
                                        forced ? MOVE_ROWS_FORCED : MOVE_ROWS, reply);
}

enum progress verb_scroll_lines(struct session *session, const struct request *request, struct reply *reply)
{
    return session->stage->motion->lines(session, request->amount * request_count(request, 1), reply);
}

/** Rows of a page: -z, or the screen less what -z says. */
static int64_t page_window(const struct session *session)
{
    int64_t rows = view_height(&session->stage->view), window = session->settings.window;
    if (window <= 0)
        window = rows + window;
    return window > 0 ? window : 1;
}

enum progress verb_page(struct session *session, const struct request *request, struct reply *reply)
{
    if (request->verb == REQUEST_PAGE_SET && request->counted)
        session->settings.window = (int)request_count(request, 1);
    int64_t rows = request_count(request, page_window(session));
    bool forced = request->verb == REQUEST_PAGE_FORCED;
    return session->stage->motion->rows(session, request->amount * rows,
                                        forced ? MOVE_PAGE_FORCED : MOVE_PAGE, reply);
}

enum progress verb_half(struct session *session, const struct request *request, struct reply *reply)
{
    if (request->counted && request->count > 0)
        session->settings.half = (int)request->count;
    int64_t half = session->settings.half;
    if (half <= 0) /* of the screen, status row and all, as less has it */
        half = ((int64_t)view_height(&session->stage->view) + 2) / 2;
    return session->stage->motion->rows(session, request->amount * (half > 0 ? half : 1), MOVE_HALF, reply);
}
