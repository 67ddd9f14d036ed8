/* SPDX-License-Identifier: MIT */
/* view: changing bytes (see session_body.h). View thread. */
#include "session_body.h"

enum progress session_poke(struct session *session, const struct request *request, struct reply *reply)
{
    (void)session;
    (void)request;
    return session_say(reply, OUTCOME_FAILED, "Command not available");
}

enum progress session_poke_answer(struct session *session, const struct request *request, struct reply *reply)
{
    (void)session;
    (void)request;
    return session_say(reply, OUTCOME_FAILED, "Command not available");
}

enum progress session_undo(struct session *session, const struct request *request, struct reply *reply)
{
    (void)session;
    (void)request;
    return session_say(reply, OUTCOME_FAILED, "Command not available");
}

enum progress session_patch(struct session *session, const struct request *request, struct reply *reply)
{
    (void)session;
    (void)request;
    return session_say(reply, OUTCOME_FAILED, "Command not available");
}

enum progress session_poke_ask(struct session *session, struct poke_byte *byte, size_t count,
                               enum journal_way way, const char *what, struct reply *reply)
{
    (void)session;
    (void)byte;
    (void)count;
    (void)way;
    (void)what;
    (void)reply;
    return PROGRESS_DONE;
}

bool session_poke_continue(struct session *session)
{
    (void)session;
    return false;
}

void session_poke_look(struct session *session)
{
    (void)session;
}

void session_poke_leave(struct session *session)
{
    (void)session;
}
