/* SPDX-License-Identifier: MIT */
/* view: the list of changes (see session_body.h). View thread. */
#include "session_body.h"

enum progress session_pokes(struct session *session, const struct request *request, struct reply *reply)
{
    (void)session;
    (void)request;
    return session_say(reply, OUTCOME_FAILED, "Command not available");
}
