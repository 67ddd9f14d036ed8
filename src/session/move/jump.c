/* SPDX-License-Identifier: MIT */
/* session: going to a place, with '' to come back (see the header). View thread. */
#include "folio/session/move/jump.h"

#include "folio/session/core/place.h"
#include "folio/session/move/marks.h"

unsigned jump_target(const struct session *session)
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

void jump_left(struct session *session, struct mark here)
{
    if (here.set && !session->left)
        *marks_quote(session) = here;
    session->left = true;
}

void jump_leave(struct session *session)
{
    jump_left(session, place_here(session));
}

enum progress jump_to(struct session *session, uint64_t offset, unsigned target, bool exactly)
{
    return session->stage->motion->jump(session, offset, target, exactly);
}
