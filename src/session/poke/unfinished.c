/* SPDX-License-Identifier: MIT */
/* session: pokes that a crash left open, and what became of them (see poking.h). View thread. */
#include "poking.h"

#include "folio/model/document/save.h"

void unfinished_look(struct session *session)
{
    struct poking *poking = poking_of(session);
    struct document *document = session->base.document;
    if (poking->look || session->options.secure || document_streamed(document))
        return;
    struct document_poke *task = document_poke_open(document, DOCUMENT_POKE_LOOK, NULL);
    if (task && document_poke_start(document, task, NULL)) {
        poking->look = task;
        poking->looked = document;
    } else {
        document_poke_close(task);
    }
}

bool unfinished_looked(struct session *session)
{
    struct poking *poking = poking_of(session);
    struct document_poke *task = poking->look;
    struct stage *stage = &session->base;
    if (!task || !document_poke_done(task))
        return false;
    poking->look = NULL;
    bool news = poking->looked == stage->document && task->fine && task->said.length > 0;
    if (news) {
        poking->settle = poking->settle || task->unsettled;
        stage_notice(stage, buf_string(&task->said));
    }
    document_poke_close(task);
    return news;
}
