/* SPDX-License-Identifier: MIT */
/* session: following a file that grows, and looking for matches in what comes. View thread. */
#include "folio/model/document/save.h"
#include "folio/session/core/session.h"
#include "folio/session/move/jump.h"
#include "folio/session/search/found.h"

/* While following: stay at the end; a match ends it (amount 1) or rings (amount 2). */
enum progress verb_follow(struct session *session, const struct request *request, struct reply *reply)
{
    struct stage *stage = session->stage;
    struct document *document = stage->document;
    uint64_t size = reader_size(document->reader), unit;
    if (!session->wait.active) {
        session->wait.offset = size;
        if (request->amount && !search_asked(session))
            return reply_say(reply, OUTCOME_FAILED, "No previous regular expression");
    }
    document_want(document, UINT64_MAX);
    if (request->amount && session->wait.offset < size &&
        search_next(session, session->wait.offset, true, &unit) == MATCHES_FOUND) {
        session->wait.offset = unit + 1;
        session->bells++;
        if (request->amount == 1) {
            reply->bell = true;
            stage->view.canvas.current = unit;
            return jump_to(session, unit, jump_target(session), true);
        }
    }
    view_goto_end(&stage->view);
    stage->motion->follow(session);
    if (document_streamed(document) && !document_streaming(document))
        return reply_say(reply, OUTCOME_SAID, "Nothing more comes: what was piped in has ended");
    return PROGRESS_WAITING;
}
