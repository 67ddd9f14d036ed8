/* SPDX-License-Identifier: MIT */
/* session: STOP: whatever runs beside what waits is stopped, where it can be. View thread. */
#include "folio/session/core/session.h"

enum progress verb_stop(struct session *session, const struct request *request, struct reply *reply)
{
    (void)request;
    document_want(session->stage->document, 0);
    for (unsigned i = 0; i < PART_COUNT; i++)
        if (session->part[i]->stop)
            session->part[i]->stop(session, reply);
    return PROGRESS_DONE;
}
