/* SPDX-License-Identifier: MIT */
/* session: what is to be given to an editor. View thread. */
#include "folio/model/known/lines.h"
#include "folio/session/core/session.h"

#include <stdio.h>
#include <string.h>

enum progress verb_place(struct session *session, const struct request *request, struct reply *reply)
{
    const struct view *view = &session->stage->view;
    (void)request;
    if (!session_shows_file(session) || document_is_stdin(session->stage->document))
        return reply_say(reply, OUTCOME_FAILED, "Cannot edit standard input");
    snprintf(reply->message, sizeof reply->message, "%s", session->stage->document->name);
    reply->value = view->count && view->row[0].line ? view->row[0].line : 1;
    if (stage_bytes(session->stage) && lines_number(view->canvas.lines, view->canvas.reader,
                                                    view->canvas.cursor, &reply->value) == LINES_FAILED)
        reply->value = 1;
    return PROGRESS_DONE;
}
