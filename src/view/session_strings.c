/* SPDX-License-Identifier: MIT */
/* view: runs of text among bytes (see session_body.h). View thread. */
#include "session_body.h"

enum progress session_strings(struct session *session, const struct request *request, struct reply *reply)
{
    (void)session;
    (void)request;
    return session_say(reply, OUTCOME_FAILED, "Command not available");
}

void session_strings_close(struct stage *stage)
{
    (void)stage;
}
