/* SPDX-License-Identifier: MIT */
/* session: the overview of matches or differences at the right edge. View thread. */
#include "folio/view/layout/overview.h"

#include "folio/session/core/session.h"
#include "folio/session/part/diff.h"

static void overview_room(const struct session *session, struct area *area)
{
    area->columns -= overview_width(&session->settings, session->area.columns);
}

static void overview_draw_beside(struct session *session, struct frame *frame)
{
    unsigned width = overview_width(&session->settings, session->area.columns);
    if (width == 0 || !frame_widen(frame, width))
        return;
    overview_draw(session_part(session, PART_OVERVIEW), &session->stage->view, comparison_summary(session),
                  frame);
    frame->report.overview = width;
}

const struct part overview_part = {
    .session_size = sizeof(struct overview),
    .room = overview_room,
    .draw = overview_draw_beside,
};
