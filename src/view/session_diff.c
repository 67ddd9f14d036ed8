/* SPDX-License-Identifier: MIT */
/* view: comparing with another file (see session_body.h). View thread. */
#include "session_body.h"

enum progress session_diff(struct session *session, const struct request *request, struct reply *reply)
{
    (void)session;
    (void)request;
    return session_say(reply, OUTCOME_FAILED, "Command not available");
}

enum progress session_diff_step(struct session *session, const struct request *request, struct reply *reply)
{
    (void)session;
    (void)request;
    return session_say(reply, OUTCOME_FAILED, "Command not available");
}

void session_diff_close(struct stage *stage)
{
    (void)stage;
}

void session_diff_report(const struct session *session, struct report *report)
{
    (void)session;
    (void)report;
}
