/* SPDX-License-Identifier: MIT */
/* view: movements of views with a cursor (see session_body.h). View thread. */
#include "session_body.h"

enum progress session_cursor_side(struct session *session, const struct request *request, struct reply *reply)
{
    (void)session;
    (void)request;
    return session_say(reply, OUTCOME_FAILED, "Command not available");
}

session_verb *session_cursor_verb(enum verb verb)
{
    (void)verb;
    return NULL;
}

enum progress session_cursor_put(struct session *session, uint64_t offset)
{
    (void)session;
    (void)offset;
    return PROGRESS_DONE;
}

void session_cursor_report(struct session *session, struct report *report)
{
    report->cursor = session->stage->view.canvas.cursor;
    report->byte = -1;
}
