/* SPDX-License-Identifier: MIT */
/* view: which layout shows the file (see session_body.h). View thread. */
#include "session_body.h"

enum progress session_view(struct session *session, const struct request *request, struct reply *reply)
{
    (void)session;
    (void)request;
    return session_say(reply, OUTCOME_FAILED, "Command not available");
}

enum progress session_pick(struct session *session, const struct request *request, struct reply *reply)
{
    (void)session;
    (void)request;
    return session_say(reply, OUTCOME_FAILED, "Command not available");
}

void session_view_use(struct session *session, const struct layout *layout, uint64_t offset)
{
    (void)session;
    (void)layout;
    (void)offset;
}

enum progress session_list_open(struct session *session, const char *name, const struct buf *text,
                                struct list_place *place, size_t count, struct reply *reply)
{
    (void)session;
    (void)name;
    (void)text;
    (void)place;
    (void)count;
    (void)reply;
    return PROGRESS_DONE;
}

const char *session_path(const struct session *session, const struct stage *stage)
{
    (void)session;
    return stage->document->name;
}
