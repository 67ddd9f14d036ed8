/* SPDX-License-Identifier: MIT */
/* view: the sandbox (see session_body.h). View thread. */
#include "session_body.h"

enum progress session_commit(struct session *session, const struct request *request, struct reply *reply)
{
    (void)session;
    (void)request;
    return session_say(reply, OUTCOME_FAILED, "Command not available");
}

enum progress session_discard(struct session *session, const struct request *request, struct reply *reply)
{
    (void)session;
    (void)request;
    return session_say(reply, OUTCOME_FAILED, "Command not available");
}

enum progress session_kind(struct session *session, const struct request *request, struct reply *reply)
{
    (void)session;
    (void)request;
    return session_say(reply, OUTCOME_FAILED, "Command not available");
}

enum progress session_edit(struct session *session, const struct poke_byte *byte, size_t count,
                           struct reply *reply)
{
    (void)session;
    (void)byte;
    (void)count;
    (void)reply;
    return PROGRESS_DONE;
}

void session_edits_close(struct stage *stage)
{
    (void)stage;
}
