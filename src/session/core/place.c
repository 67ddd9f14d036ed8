/* SPDX-License-Identifier: MIT */
/*
 * session: which place of the file the screen is about (see the header). View thread.
 *
 * Where there is a cursor the canvas holds it; which row it is on, and so what a place to come back to is, the motion
 * knows.
 */
#include "folio/session/core/place.h"

#include "folio/view/layout/fill.h"

bool place_cursor(const struct session *session, uint64_t *cursor)
{
    *cursor = session->stage->view.canvas.cursor;
    return *cursor != FRAME_NO_OFFSET;
}

uint64_t place_subject(const struct session *session)
{
    uint64_t cursor;
    return place_cursor(session, &cursor) ? cursor : view_here(&session->stage->view);
}

struct mark place_here(const struct session *session)
{
    return session->stage->motion->here(session);
}

struct position place_position(const struct session *session)
{
    const struct view *view = &session->base.view;
    uint64_t cursor = view->canvas.cursor;
    return (struct position){view_here(view), cursor == FRAME_NO_OFFSET ? 0 : cursor};
}

enum following place_following(const struct session *session)
{
    enum following following = FOLLOWING_NOT;
    for (unsigned i = 0; i < PART_COUNT && following == FOLLOWING_NOT; i++)
        if (session->part[i]->following)
            following = session->part[i]->following(session);
    return following;
}

bool place_stops_following(const struct session *session)
{
    return place_following(session) != FOLLOWING_NOT && !session->wait.dropped;
}

void place_return(struct session *session, struct position position)
{
    struct view *view = &session->base.view;
    if (position.top) {
        view_goto(view, position.top, 0, true);
        view_stay(view, position.top);
    }
    if (view->canvas.cursor != FRAME_NO_OFFSET)
        view->canvas.cursor = position.cursor;
}

void place_fill(struct view *view)
{
    struct row before;
    if (view_fill(view) == VIEW_EDGE && view->count && view->count < view_height(view) &&
        view->layout->before(&view->canvas, &view->row[0], &before) == LAYOUT_OK)
        view_goto_end(view);
    view->lead = 0;
}
