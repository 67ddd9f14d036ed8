/* SPDX-License-Identifier: MIT */
/* session: shifting to the right and to the left. View thread. */
#include "folio/session/move/shift.h"

/** How far a step goes. */
static int64_t shift_step(const struct settings *settings, int64_t columns)
{
    if (settings->shift_percent >= 0)
        columns = columns * settings->shift_percent / 100;
    else
        columns = settings->shift > 0 ? settings->shift : columns / 2;
    return columns > 0 ? columns : 1;
}

enum progress shift_columns(struct session *session, const struct request *request, struct reply *reply)
{
    struct canvas *canvas = &session->stage->view.canvas;
    uint64_t amount = (uint64_t)request_count(request, shift_step(&session->settings, canvas->columns));
    if (request->counted) {
        session->settings.shift = (int)(request->count & INT32_MAX);
        session->settings.shift_percent = -1;
    }
    (void)reply;
    if (request->amount > 0)
        canvas->shift += amount;
    else
        canvas->shift = canvas->shift > amount ? canvas->shift - amount : 0;
    view_shifted(&session->stage->view);
    view_settle(&session->stage->view, false);
    return PROGRESS_DONE;
}

enum progress shift_to_edge(struct session *session, const struct request *request, struct reply *reply)
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
    view_shifted(view);
    view_settle(view, false);
    return PROGRESS_DONE;
}

enum progress verb_shift(struct session *session, const struct request *request, struct reply *reply)
{
    return session->stage->motion->shift(session, request, reply);
}

enum progress verb_shift_edge(struct session *session, const struct request *request, struct reply *reply)
{
    return session->stage->motion->edge(session, request, reply);
}
