/* SPDX-License-Identifier: MIT */
/* view: what the bytes under the cursor would be (see session_body.h). View thread. */
#include "session_body.h"

enum progress session_inspect(struct session *session, const struct request *request, struct reply *reply)
{
    (void)session;
    (void)request;
    return session_say(reply, OUTCOME_FAILED, "Command not available");
}

unsigned session_inspect_rows(const struct session *session)
{
    (void)session;
    return 0;
}

void session_inspect_draw(struct session *session, struct frame *frame, unsigned row)
{
    (void)session;
    (void)frame;
    (void)row;
}
