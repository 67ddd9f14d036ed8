/* SPDX-License-Identifier: MIT */
/* session: a text in place of the file, the help or a list, on the help stage (see the header). View thread. */
#include "folio/session/files/aside.h"

#include "folio/session/core/session.h"

#include <stdlib.h>

bool aside_open(struct session *session, const char *name, const char *text, size_t length,
                struct error *error)
{
    struct document *document = document_open_text(name, text, length, &session->document_options, error);
    if (!document)
        return false;
    stage_open(session, &session->help, document);
    session->stage = &session->help;
    return true;
}

void aside_close(struct session *session)
{
    for (unsigned i = 0; i < PART_COUNT; i++)
        if (session->part[i]->dismiss && session->part[i]->dismiss(session))
            return;
    if (session_shows_file(session))
        return;
    stage_close(session, &session->help);
    session->stage = &session->base;
}

enum progress verb_help_open(struct session *session, const struct request *request, struct reply *reply)
{
    struct error error;
    bool shown = !session_shows_file(session);
    bool opened = !shown && aside_open(session, "HELP", request->payload, (size_t)request->amount, &error);
    free(request->payload);
    if (shown || opened)
        return PROGRESS_DONE;
    return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
}

enum progress verb_help_close(struct session *session, const struct request *request, struct reply *reply)
{
    (void)request;
    aside_close(session);
    reply->list = session->stage->view.layout->moves == LAYOUT_LIST; /* it was below */
    return PROGRESS_DONE;
}
