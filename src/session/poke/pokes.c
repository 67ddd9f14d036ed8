/* SPDX-License-Identifier: MIT */
/*
 * session: what the journal knows of this file: the list of pokes, undo and redo, lists of pokes from a file. View thread;
 * the journal is read on a helper.
 */
#include "poking.h"

#include "folio/model/poke/words.h"
#include "folio/session/move/list.h"
#include "folio/session/poke/edits.h"

#include <stdlib.h>
#include <string.h>

/** Begin a task of which the bytes to be changed come. NULL with the reply. */
static struct document_poke *pokes_task(struct session *session, enum document_poke_task kind,
                                        struct reply *reply)
{
    struct error error;
    struct document_poke *task = document_poke_open(session->base.document, kind, &error);
    if (!task)
        reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    return task;
}

/** Start it; it is the one that `request` waits for. */
static enum progress pokes_start(struct session *session, const struct request *request,
                                 struct document_poke *task, struct reply *reply)
{
    struct poking *poking = poking_of(session);
    struct error error;
    if (!document_poke_start(session->base.document, task, &error)) {
        document_poke_close(task);
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    }
    poking->task = task;
    poking->request = request->number;
    poking->way = task->way;
    poking->consent = session->options.consent;
    poking->asked = false;
    poking->step = POKING_FINDING;
    return PROGRESS_WAITING;
}

/** What the task found is what is to be changed. */
static enum progress pokes_found(struct session *session, const struct request *request, struct reply *reply)
{
    struct poking *poking = poking_of(session);
    struct document_poke *task = poking->task;
    if (!document_poke_done(task))
        return PROGRESS_WAITING;
    if (!task->fine) {
        reply_say(reply, OUTCOME_FAILED, "%s", task->error.message);
        poking_drop(poking);
        return PROGRESS_DONE;
    }
    poking->list = task->list;
    poking->since = task->since;
    poking->passed = task->passed;
    task->list = (struct poke_list){0};
    poking->task = NULL;
    document_poke_close(task);
    poking_look(session);
    return poking_go_on(session, request, reply);
}

/** The verbs that find their bytes first. DONE, with no reply yet, where `begin` is to begin. */
static enum progress pokes_ready(struct session *session, const struct request *request, bool *begin,
                                 struct reply *reply)
{
    struct poking *poking = poking_of(session);
    *begin = false;
    if (poking->step == POKING_FINDING && poking->request == request->number)
        return pokes_found(session, request, reply);
    if (poking->step == POKING_SEEING && poking->request == request->number)
        return poking_go_on(session, request, reply);
    if (poking->step == POKING_STORING)
        return PROGRESS_WAITING;
    poking_drop(poking);
    *begin =
        request->verb == REQUEST_PATCH ? poking_possible(session, reply) : poking_allowed(session, reply);
    return PROGRESS_DONE;
}

enum progress verb_undo(struct session *session, const struct request *request, struct reply *reply)
{
    const char *text = request->text + strspn(request->text, " ");
    bool begin;
    char *end;
    /* A number is one of the journal; without one it is what was changed last, where changes go now. */
    if (session->settings.sandbox && !text[0] && edits_used(editing_edits(session)) &&
        session_shows_file(session))
        return editing_turn(session, request->amount < 0, reply);
    enum progress progress = pokes_ready(session, request, &begin, reply);
    if (!begin)
        return progress;
    unsigned long long id = strtoull(text, &end, 10);
    if (text[strspn(text, "0123456789")] || (text[0] && id == 0))
        return reply_say(reply, OUTCOME_FAILED, "%s is no entry; :pokes shows their numbers", text);
    struct document_poke *task = pokes_task(session, DOCUMENT_POKE_PLAN, reply);
    if (!task)
        return PROGRESS_DONE;
    task->way = request->amount < 0 ? JOURNAL_UNDO : JOURNAL_REDO;
    task->id = id;
    return pokes_start(session, request, task, reply);
}

enum progress verb_patch(struct session *session, const struct request *request, struct reply *reply)
{
    const char *path = request->text + strspn(request->text, " ");
    bool begin;
    enum progress progress = pokes_ready(session, request, &begin, reply);
    if (!begin)
        return progress;
    if (!path[0])
        return reply_say(reply, OUTCOME_FAILED, ":patch needs the name of a list of pokes behind it");
    if (session->options.secure)
        return reply_say(reply, OUTCOME_FAILED, "No list of pokes is read in secure mode");
    struct document_poke *task = pokes_task(session, DOCUMENT_POKE_PATCH, reply);
    if (!task)
        return PROGRESS_DONE;
    struct edits *edits = session->settings.sandbox ? editing_edits(session) : NULL;
    task->source = strdup(path);
    task->over = edits ? edits_copy(edits) : NULL;
    poking_of(session)->name = strdup(path);
    if (task->source && poking_of(session)->name && (!edits || task->over))
        return pokes_start(session, request, task, reply);
    document_poke_close(task);
    return reply_say(reply, OUTCOME_FAILED, "Out of memory");
}

/** A row for each entry. */
static enum progress pokes_list(struct session *session, const struct journal_list *book, struct reply *reply)
{
    struct buf text = {0};
    struct list_place *place = calloc(book->count + 1, sizeof *place);
    for (size_t i = 0; place && i < book->count; i++) {
        place[i] = (struct list_place){book->entry[i].offset, book->entry[i].id};
        poke_words_entry(&book->entry[i], &text);
    }
    enum progress progress = place
                                 ? list_open(session, "POKES", &text, place, book->count, list_go_byte, reply)
                                 : reply_say(reply, OUTCOME_FAILED, "Out of memory");
    buf_release(&text);
    return progress;
}

enum progress verb_pokes(struct session *session, const struct request *request, struct reply *reply)
{
    struct poking *poking = poking_of(session);
    struct error error;
    if (!poking->book || poking->book_request != request->number) {
        document_poke_close(poking->book);
        poking->book = pokes_task(session, DOCUMENT_POKE_BOOK, reply);
        poking->book_request = request->number;
        if (poking->book && document_poke_start(session->base.document, poking->book, &error))
            return PROGRESS_WAITING;
        document_poke_close(poking->book);
        if (poking->book)
            reply_say(reply, OUTCOME_FAILED, "%s", error.message);
        poking->book = NULL;
        return PROGRESS_DONE;
    }
    if (!document_poke_done(poking->book))
        return PROGRESS_WAITING;
    struct document_poke *task = poking->book;
    enum progress progress = PROGRESS_DONE;
    poking->book = NULL;
    if (!task->fine)
        reply_say(reply, OUTCOME_FAILED, "%s", task->error.message);
    else if (task->book.count == 0)
        reply_say(reply, OUTCOME_SAID, "No byte of this file was ever poked");
    else
        progress = pokes_list(session, &task->book, reply);
    document_poke_close(task);
    return progress;
}
