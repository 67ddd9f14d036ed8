/* SPDX-License-Identifier: MIT */
/* view: bytes to the clipboard, or into a file (see session_body.h). View thread. */
#include "session_body.h"

enum progress session_copy(struct session *session, const struct request *request, struct reply *reply)
{
    (void)session;
    (void)request;
    return session_say(reply, OUTCOME_FAILED, "Command not available");
}

enum progress session_save(struct session *session, const struct request *request, struct reply *reply)
{
    (void)session;
    (void)request;
    return session_say(reply, OUTCOME_FAILED, "Command not available");
}
