/* SPDX-License-Identifier: MIT */
/*
 * session: the verbs that change bytes (see poking.h). View thread.
 *
 * What is compared and swapped is what the person saw when the question was asked, not what is there when it is
 * answered: so every byte is read, through the same reader that draws, before anybody is asked.
 */
#include "poking.h"

#include "folio/model/poke/words.h"
#include "folio/session/files/aside.h"
#include "folio/session/move/expression.h"
#include "folio/session/poke/edits.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Columns that the question leaves to how it is answered. */
#define ANSWER_ROOM 44

/** Ask whether the bytes, which are all known, are to be changed. */
static enum progress poking_question(struct session *session, struct reply *reply)
{
    static const char *const way[] = {
        [JOURNAL_POKE] = "", [JOURNAL_UNDO] = "undo ", [JOURNAL_REDO] = "redo "};
    const struct poking *poking = poking_of(session);
    unsigned columns = session->area.columns > ANSWER_ROOM ? session->area.columns - ANSWER_ROOM : 0;
    struct buf text = {0};
    if (poking->passed > 0)
        buf_format(&text, "%zu passed over; ", poking->passed);
    buf_text(&text, way[poking->way]);
    poking_say(poking->list.byte, poking->list.count, columns, &text);
    enum progress progress = poking_ask(session, buf_string(&text), reply);
    buf_release(&text);
    return progress;
}

/** Let the helper store them. */
static enum progress poking_store(struct session *session, uint64_t request, struct reply *reply)
{
    struct poking *poking = poking_of(session);
    struct document *document = session->base.document;
    struct error error;
    struct document_poke *task = document_poke_open(document, DOCUMENT_POKE_STORE, &error);
    if (task) {
        task->way = poking->way;
        task->since = poking->way == JOURNAL_POKE ? 0 : poking->since;
        task->consent = poking->consent;
        task->settle = poking->settle;
        task->passed = poking->passed;
        task->list = poking->list;
        task->running = &poking->running;
        task->progress = &poking->progress;
        poking->list = (struct poke_list){0};
    }
    if (!task || !document_poke_start(document, task, &error)) {
        document_poke_close(task);
        poking_drop(poking);
        poking_ended(session, false, reply);
        return reply_say(reply, OUTCOME_FAILED, "Nothing was changed: %s", error.message);
    }
    poking->task = task;
    poking->document = document;
    poking->request = request;
    poking->step = POKING_STORING;
    return PROGRESS_WAITING;
}

/** One byte as the person sees it. WAITING: it is not here. False in `*fine` with the reply. */
static enum progress poking_see(struct session *session, struct poke_byte *byte, bool *fine,
                                struct reply *reply)
{
    struct reader *reader = session->base.document->reader;
    const char *name = session->base.document->name;
    struct span span;
    unsigned long long offset = byte->offset;
    *fine = false;
    switch (reader_span(reader, byte->offset, 1, &span)) {
    case READER_GIVEN_UP: /* whoever interrupts it asks for something else, which gives it up and says so */
        return PROGRESS_WAITING;
    case READER_END:
        return reply_say(reply, OUTCOME_FAILED, "0x%08llx is past the end of %s, which has %llu bytes",
                         offset, name, (unsigned long long)reader_size(reader));
    case READER_UNREADABLE:
        return reply_say(reply, OUTCOME_FAILED, "0x%08llx of %s cannot be read: %s", offset, name,
                         reader_error(reader)->message);
    case READER_OK:
        break;
    }
    int seen = (unsigned char)span.data[0];
    if (!session->settings.sandbox && editing_has(session, byte->offset))
        return reply_say(reply, OUTCOME_FAILED,
                         "0x%08llx is edited in the sandbox; :commit or :discard comes first", offset);
    if (byte->expected != POKE_ANY && byte->expected != seen)
        return reply_say(reply, OUTCOME_FAILED,
                         "0x%08llx of %s is not what it was: expected %02x, found %02x", offset, name,
                         (unsigned)byte->expected, (unsigned)seen);
    byte->expected = seen;
    if (byte->mask != 0)
        byte->value = (uint8_t)((seen & ~byte->mask) | (byte->value & byte->mask));
    byte->mask = 0xff;
    *fine = true;
    return PROGRESS_DONE;
}

/** What came from a list and is so already need not be stored; what was typed is what somebody wants. */
static void poking_thin(struct poking *poking)
{
    struct poke_list *list = &poking->list;
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (!poking->name || list->byte[i].expected != list->byte[i].value)
            list->byte[kept++] = list->byte[i];
    list->count = kept;
}

/** A byte of a list is not what it should be: where in the list. */
static void poking_blame(const struct poking *poking, struct reply *reply)
{
    char text[REQUEST_TEXT];
    if (!poking->name || !poking->list.line || reply->outcome != OUTCOME_FAILED)
        return;
    snprintf(text, sizeof text, "%s", reply->message);
    reply_say(reply, OUTCOME_FAILED, "%s, line %zu: %s", poking->name, poking->list.line[poking->seen], text);
}

/** All are read: into the sandbox, or ask, or store. */
static enum progress poking_decide(struct session *session, const struct request *request,
                                   struct reply *reply)
{
    struct poking *poking = poking_of(session);
    if (poking->list.count == 0) {
        reply_say(reply, OUTCOME_SAID, "Nothing is to be changed: all bytes of %s are so already",
                  poking->name);
        poking_drop(poking);
        return PROGRESS_DONE;
    }
    if (session->settings.sandbox && poking->way == JOURNAL_POKE) {
        enum progress progress = editing_put(session, poking->list.byte, poking->list.count, reply);
        if (progress == PROGRESS_WAITING)
            return progress;
        if (poking->asked && reply->outcome != OUTCOME_FAILED)
            poking_step_on(session, poking->list.byte, poking->list.count);
        poking_ended(session, reply->outcome != OUTCOME_FAILED, reply);
        poking_drop(poking);
        return progress;
    }
    return poking->asked ? poking_store(session, request->number, reply) : poking_question(session, reply);
}

enum progress poking_go_on(struct session *session, const struct request *request, struct reply *reply)
{
    struct poking *poking = poking_of(session);
    if (poking->step == POKING_STORING)
        return poking_finish(session, reply) ? PROGRESS_DONE : PROGRESS_WAITING;
    while (poking->seen < poking->list.count) {
        bool fine;
        if (poking_see(session, &poking->list.byte[poking->seen], &fine, reply) == PROGRESS_WAITING)
            return PROGRESS_WAITING;
        if (!fine) {
            poking_blame(poking, reply);
            poking_drop(poking);
            poking_ended(session, false, reply);
            reply->ended = poking->asked ? ENDING_REFUSED : ENDING_NONE;
            return PROGRESS_DONE;
        }
        poking->seen++;
    }
    poking_thin(poking);
    poking->seen = poking->list.count;
    return poking_decide(session, request, reply);
}

/** Where OFFSET is an expression, what it means. WAIT: bytes that it reads are on their way. */
static enum reckon_result poke_reckon(struct session *session, const char *text, size_t length,
                                      uint64_t *offset, struct error *error)
{
    char place[REQUEST_TEXT];
    if (length == 0)
        return RECKON_UNKNOWN;
    snprintf(place, sizeof place, "%.*s", (int)length, text);
    return expression_reckon(session, place, offset, error);
}

/** The bytes that the request names. WAITING, or DONE with an empty list and the reply where there are none. */
static enum progress poke_words_of(struct session *session, const struct request *request,
                                   struct poke_words *words, struct reply *reply)
{
    struct error error, reckoned;
    uint64_t offset = 0;
    size_t place = poke_words_place(request->text);
    if (!request->text[strspn(request->text, " ")])
        return reply_say(reply, OUTCOME_FAILED, ":poke needs OFFSET=BYTE behind it, such as 0x1f3a0=5a");
    if (poke_words_parse(words, request->text, &error))
        return PROGRESS_DONE;
    enum reckon_result result = poke_reckon(session, request->text, place, &offset, &reckoned);
    if (result == RECKON_WAIT)
        return PROGRESS_WAITING;
    if (result == RECKON_OK && poke_words_at(words, request->text, place, offset, &error))
        return PROGRESS_DONE;
    return reply_say(reply, OUTCOME_FAILED, "%s", result == RECKON_FAILED ? reckoned.message : error.message);
}

enum progress verb_poke(struct session *session, const struct request *request, struct reply *reply)
{
    struct poking *poking = poking_of(session);
    struct poke_words words = {0};
    if (poking->step != POKING_NOTHING && poking->request == request->number)
        return poking_go_on(session, request, reply);
    if (poking->step == POKING_STORING)
        return PROGRESS_WAITING;
    poking_drop(poking);
    if (!poking_possible(session, reply))
        return PROGRESS_DONE;
    enum progress progress = poke_words_of(session, request, &words, reply);
    if (progress == PROGRESS_WAITING || words.count == 0) {
        poke_words_release(&words);
        return progress;
    }
    poking_begin(session, request, (struct poke_list){.byte = words.byte, .count = words.count}, false);
    return poking_go_on(session, request, reply);
}

enum progress verb_poke_answer(struct session *session, const struct request *request, struct reply *reply)
{
    struct poking *poking = poking_of(session);
    aside_close(session); /* that it was asked over */
    if (poking->step == POKING_STORING)
        return poking->request == request->number ? poking_go_on(session, request, reply)
                                                  : reply_say(reply, OUTCOME_FAILED, "Nothing was changed");
    bool asked = poking->step == POKING_ASKED;
    if (asked && request->amount > 0 && (uint64_t)request->amount == poking->question)
        return poking_store(session, request->number, reply);
    poking_drop(poking);
    return reply_say(reply, OUTCOME_SAID,
                     asked || !request->amount ? "Nothing was changed"
                                               : "Nothing was changed: the file is another one by now");
}
