/* SPDX-License-Identifier: MIT */
/*
 * session: what came of a change of bytes (see poking.h). View thread.
 *
 * Who asked for it may wait for the answer, or have gone on to other things; then the report says it, until it was seen.
 */
#include "poking.h"

#include "folio/base/glyph/glyph.h"
#include "folio/model/poke/words.h"
#include "folio/model/reader/poked.h"
#include "folio/session/poke/confirm.h"
#include "folio/session/poke/edits.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/** On a stage: the bytes that were poked, NULL: none. */
struct poked_bytes {
    struct poked *poked;
};

/** The list of them, to be drawn. NULL when out of memory: then they are not marked. */
static struct poked *finish_poked(struct stage *stage)
{
    struct poked_bytes *bytes = stage_part(stage, PART_POKING);
    if (!bytes->poked)
        bytes->poked = poked_open();
    stage->view.canvas.poked = bytes->poked;
    return bytes->poked;
}

/** What is asked once more, with what is agreed to by the answer; 0: nothing. */
static unsigned finish_consent(const struct poke_result *result, unsigned given)
{
    unsigned consent = result->reason == POKE_SETUID    ? (unsigned)POKE_MAY_SETUID
                       : result->reason == POKE_UNNAMED ? (unsigned)POKE_MAY_UNNAMED
                                                        : 0;
    return consent & ~given;
}

/** It was refused because it must be asked once more: do so, if somebody still waits for the answer. */
static bool finish_again(struct session *session, struct document_poke *task, struct reply *reply)
{
    struct poking *poking = poking_of(session);
    unsigned consent = finish_consent(&task->result, poking->consent);
    if (!consent || !reply || task->result.written)
        return false;
    poking->list = task->list;
    task->list = (struct poke_list){0};
    poking->consent |= consent;
    poking->asked = false;
    char what[REQUEST_TEXT];
    snprintf(what, sizeof what, "0x%08" PRIx64 ": %s", poking->list.byte[0].offset,
             task->result.reason == POKE_SETUID ? "it stays set-user/group-ID; sure?"
                                                : "the file was deleted, nobody will see it; sure?");
    poking_ask(session, what, reply);
    return true;
}

/** How it ended, in a sentence. */
static void finish_say(const struct document_poke *task, struct buf *out)
{
    const struct poke_result *result = &task->result;
    const size_t count = task->list.count;
    if (!task->fine) {
        if (count > 1 && result->written > 0)
            buf_format(out, "%zu of %zu bytes are written, %zu synced; ", result->written, count,
                       result->synced);
        buf_text(out, task->error.message[0] ? task->error.message : "nothing was changed");
        if (result->reason == POKE_DEVICE)
            buf_text(out, " (--write-devices)");
        return;
    }
    poking_say(task->list.byte, count, 80, out);
    buf_text(out, count > 1 ? ": " : " ");
    poke_words_outcome(result, count - 1, out);
    if (task->passed > 0) {
        buf_text(out, "; ");
        poke_words_passed(task->passed, out);
    }
    if (result->allocated)
        buf_text(out, "; a hole of the file was filled");
    if (result->names > 1)
        buf_format(out, "; the file has %" PRIu64 " names", result->names);
}

/** What is drawn of bytes that were stored; an edit of the sandbox that is in the file now is none any more. */
static void finish_mark(struct session *session, const struct document_poke *task)
{
    struct stage *stage = &session->base;
    const struct poke_result *result = &task->result;
    struct poked *poked = finish_poked(stage);
    for (size_t i = 0; i < result->written; i++) {
        const struct poke_byte *byte = &task->list.byte[i];
        bool failed = i >= result->synced || (result->reason == POKE_MISSING && i == result->which);
        if (poked)
            poked_note(poked, byte->offset, failed);
    }
    editing_poked(session, task->list.byte, result->written);
}

/** How it ended: fine, refused, or not on the disk. */
static enum ending finish_ending(const struct document_poke *task)
{
    const struct poke_result *result = &task->result;
    bool unsaved = result->stored > result->synced || result->reason == POKE_MISSING;
    return task->fine ? ENDING_FINE : unsaved ? ENDING_UNSAVED : ENDING_REFUSED;
}

/** Tell how it ended who waits for it, or, in the report, whoever looks. */
static void finish_tell(struct session *session, const char *text, enum ending how, struct reply *reply)
{
    struct report_end *end = &poking_of(session)->end;
    if (reply) {
        reply_say(reply, how == ENDING_FINE ? OUTCOME_SAID : OUTCOME_FAILED, "%s", text);
        reply->ended = how;
        return;
    }
    end->number++;
    end->how = how;
    glyph_text(text, strlen(text), end->text, sizeof end->text);
}

bool poking_finish(struct session *session, struct reply *reply)
{
    struct poking *poking = poking_of(session);
    struct document_poke *task = poking->task;
    struct stage *stage = &session->base;
    struct buf text = {0};
    bool anew = false;
    if (!document_poke_done(task) ||
        (poking->document && !document_poke_take(poking->document, task, session->patience, &anew)))
        return false;
    poking->task = NULL;
    poking->step = POKING_NOTHING;
    if (poking->document && task->result.written > 0) {
        finish_mark(session, task);
        stage_forget(stage);
        view_settle(&stage->view, false);
    }
    poking->settle = poking->settle && !task->settle;
    if (!finish_again(session, task, reply)) {
        finish_say(task, &text);
        finish_tell(session, buf_string(&text), finish_ending(task), reply);
        if (poking->document && task->fine && poking->asked)
            poking_step_on(session, task->list.byte, task->list.count);
    }
    poking_ended(session, task->fine, reply && reply->outcome != OUTCOME_ASKS ? reply : NULL);
    buf_release(&text);
    document_poke_close(task);
    /* Another one may wait for this one's end. */
    wake_ring(session->view_wake);
    return true;
}

/** Go on with a poke beside all else. */
static bool poking_beside(struct session *session)
{
    struct poking *poking = poking_of(session);
    bool news = unfinished_looked(session);
    if (poking->book && !poking_waited(session, poking->book_request)) {
        document_poke_close(poking->book);
        poking->book = NULL;
    }
    bool held = poking->step == POKING_STORING && document_poke_waits(poking->task);
    news = news || held != poking->held;
    poking->held = held;
    if (poking_waited(session, poking->request))
        return news;
    if (poking->step == POKING_FINDING || poking->step == POKING_SEEING) {
        if (poking->asked)
            poking_ended(session, false, NULL);
        poking_drop(poking);
    }
    return (poking->step == POKING_STORING && poking_finish(session, NULL)) || news;
}

bool poking_storing(const struct session *session)
{
    return atomic_load(&poking_of(session)->running) > 0;
}

struct poke_progress *poking_progress(const struct session *session)
{
    return &poking_of(session)->progress;
}

/** Another file comes: what was asked is over. What is being stored goes on. */
static void poking_leave(struct session *session)
{
    struct poking *poking = poking_of(session);
    poking_drop(poking);
    poking->document = NULL;
    poking->looked = NULL;
    poking->settle = false;
}

static void poking_close(struct stage *stage)
{
    struct poked_bytes *bytes = stage_part(stage, PART_POKING);
    poked_close(bytes->poked);
    stage->view.canvas.poked = NULL;
}

static void poking_open(struct session *session, struct stage *stage)
{
    if (stage == &session->base)
        unfinished_look(session);
}

static void poking_report(struct session *session, struct report *report)
{
    const struct poking *poking = poking_of(session);
    report->end_of_poke = poking->end;
    report->ends = poking->ends;
    report->storing = poking->step == POKING_STORING;
    size_t count = atomic_load(&poking->progress.count);
    report->poked = count > 1 ? (unsigned)(atomic_load(&poking->progress.stored) * 1000 / count) : 1000;
    if (report->storing && !session->reading)
        report->busy = document_poke_waits(poking->task) ? BUSY_JOURNAL : BUSY_POKING;
}

static void poking_stop(struct session *session, struct reply *reply)
{
    struct poking *poking = poking_of(session);
    if (poking->step != POKING_STORING)
        return;
    if (poking->document && document_poke_waits(poking->task) &&
        document_poke_give_up(poking->document, poking->task)) {
        poking->step = POKING_NOTHING;
        poking_drop(poking);
        poking_ended(session, false, NULL);
        reply_say(reply, OUTCOME_SAID, "Nothing was changed: the journal is held by another program");
    } else {
        reply_say(reply, OUTCOME_SAID,
                  "A byte that is being stored cannot be stopped; it will be said here how it ended");
    }
}

const struct part poking_part = {
    .session_size = sizeof(struct poking),
    .stage_size = sizeof(struct poked_bytes),
    .open = poking_open,
    .close = poking_close,
    .report = poking_report,
    .go_on = poking_beside,
    .stop = poking_stop,
    .leave = poking_leave,
};
