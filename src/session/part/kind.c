/* SPDX-License-Identifier: MIT */
/* session: :kind, what libmagic says of the file as the sandbox has it. View thread. */
#include "folio/model/kind/kind.h"

#include "folio/model/document/sandbox.h"
#include "folio/session/poke/edits.h"

/** In the session: what is waited for, NULL: nothing; and by which request. */
struct kind_question {
    struct kind *kind;
    uint64_t request;
};

enum progress verb_kind(struct session *session, const struct request *request, struct reply *reply)
{
    struct kind_question *question = session_part(session, PART_KIND);
    const struct edits *edits = editing_edits(session);
    struct range looked = {0, KIND_SAMPLE};
    if (question->kind && question->request != request->number) {
        kind_close(question->kind); /* of a question that was given up */
        question->kind = NULL;
    }
    if (!question->kind) {
        question->kind = document_kind_edited(session->stage->document, edits);
        question->request = request->number;
    }
    if (!question->kind)
        return reply_say(reply, OUTCOME_FAILED, "Out of memory");
    const char *text = kind_text(question->kind);
    if (!text)
        return PROGRESS_WAITING;
    reply_say(reply, OUTCOME_SAID, "kind: %s%s", text[0] ? text : "not known",
              edits_in(edits, looked, NULL) ? " (sandbox)" : "");
    kind_close(question->kind);
    question->kind = NULL;
    return PROGRESS_DONE;
}

const struct part kind_part = {.session_size = sizeof(struct kind_question)};
