/* SPDX-License-Identifier: MIT */
/* session: a change of bytes on its way, step by step (see poking.h). View thread. */
#include "poking.h"

#include "folio/model/document/save.h"
#include "folio/model/poke/words.h"
#include "folio/session/move/cursor.h"
#include "folio/session/poke/confirm.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

void poking_drop(struct poking *poking)
{
    if (poking->step == POKING_STORING)
        return;
    document_poke_close(poking->task);
    poking->task = NULL;
    poke_list_release(&poking->list);
    free(poking->name);
    poking->name = NULL;
    poking->step = POKING_NOTHING;
}

bool poking_waited(const struct session *session, uint64_t request)
{
    return session->wait.active && session->wait.request.number == request;
}

/* The true reason first: what is armed is of no use where there is nothing to be changed. */
bool poking_allowed(const struct session *session, struct reply *reply)
{
    const struct document *document = session->base.document;
    if (session->options.secure)
        reply_say(reply, OUTCOME_FAILED, "Nothing is changed in secure mode (--secure, or LESSSECURE)");
    else if (document_streamed(document) && document_is_stdin(document))
        reply_say(reply, OUTCOME_FAILED, "Standard input came through a pipe: there is no file to change");
    else if (document_streamed(document))
        reply_say(reply, OUTCOME_FAILED, "%s is read like a pipe: nothing in it can be changed",
                  document->name);
    else if (!session->settings.write)
        reply_say(reply, OUTCOME_FAILED, "Pokes are off; :set write (or --write) switches them on");
    else
        return true;
    return false;
}

bool poking_possible(const struct session *session, struct reply *reply)
{
    if (!session_shows_file(session)) {
        reply_say(reply, OUTCOME_FAILED, "This is no file: there is nothing to change in it");
        return false;
    }
    if (session->files.inner) {
        reply_say(reply, OUTCOME_FAILED,
                  "This text is made of the file; change the file itself (q goes back)");
        return false;
    }
    return session->settings.sandbox || poking_allowed(session, reply);
}

/** The bytes as they were, or are to be, in the order of their offsets: pairs of digits. */
static void say_bytes(const struct poke_byte *byte, size_t count, bool back, bool after, struct buf *out)
{
    for (size_t i = 0; i < count; i++) {
        const struct poke_byte *next = &byte[back ? count - 1 - i : i];
        buf_format(out, " %02x", (unsigned)(after ? next->value : next->expected));
    }
}

/** Do all follow each other, forward or (as an undo has them) backward? */
static bool say_run(const struct poke_byte *byte, size_t count, bool back)
{
    size_t run = 1;
    while (run < count && byte[run].offset == (back ? byte[0].offset - run : byte[0].offset + run))
        run++;
    return run == count;
}

void poking_say(const struct poke_byte *byte, size_t count, unsigned columns, struct buf *out)
{
    size_t room = columns > 30 ? (columns - 30) / 6 : 0;
    bool back = count > 1 && byte[1].offset < byte[0].offset;
    if (count > 1 && count <= room && say_run(byte, count, back)) {
        buf_format(out, "0x%08" PRIx64 ":", byte[back ? count - 1 : 0].offset);
        say_bytes(byte, count, back, false, out);
        buf_text(out, " ->");
        say_bytes(byte, count, back, true, out);
        return;
    }
    if (count > 1)
        buf_format(out, "%zu bytes, first ", count);
    poke_words_say(byte[0].offset, (uint8_t)byte[0].expected, byte[0].value, out);
}

enum progress poking_ask(struct session *session, const char *what, struct reply *reply)
{
    struct poking *poking = poking_of(session);
    poking->step = POKING_ASKED;
    poking->question = reply->value = session->request;
    return reply_say(reply, OUTCOME_ASKS, "%s", what);
}

void poking_begin(struct session *session, const struct request *request, struct poke_list list, bool asked)
{
    struct poking *poking = poking_of(session);
    poking->list = list;
    poking->way = JOURNAL_POKE;
    poking->consent = session->options.consent;
    poking->asked = asked;
    poking->passed = 0;
    poking->request = request->number;
    poking_look(session);
}

void poking_look(struct session *session)
{
    struct poking *poking = poking_of(session);
    reader_forget(session->base.document->reader);
    poking->seen = 0;
    poking->step = POKING_SEEING;
}

void poking_dropped(struct session *session)
{
    const struct poking *poking = poking_of(session);
    if (poking->step != POKING_STORING || poking->request != session->wait.request.number)
        stage_notice(session->stage, "It was given up before it was asked: nothing was changed");
}

void poking_drop_run(struct session *session)
{
    struct run *run = &run_of(session)->run;
    run->count = 0;
    run->half = false;
    session->base.view.canvas.run = NULL;
    session->dirty = true;
}

void poking_ended(struct session *session, bool fine, struct reply *reply)
{
    struct poking *poking = poking_of(session);
    const struct run *run = &run_of(session)->run;
    if (!fine && run->count > 0 && session_shows_file(session) && stage_bytes(session->stage))
        (void)cursor_put(session, run->offset);
    poking_drop_run(session);
    poking->ends++;
    if (reply)
        reply->value = poking->ends;
}

void poking_step_on(struct session *session, const struct poke_byte *byte, size_t count)
{
    uint64_t cursor = session->base.view.canvas.cursor, first = byte[0].offset, last = byte[count - 1].offset;
    if (session_shows_file(session) && cursor >= first && cursor <= last + 1)
        (void)cursor_put(session, last + 1);
}

enum progress poking_confirm(struct session *session, struct poke_byte *byte, size_t count,
                             enum journal_way way, const char *what, struct reply *reply)
{
    struct poking *poking = poking_of(session);
    if (poking->step == POKING_STORING) {
        free(byte);
        return reply_say(reply, OUTCOME_FAILED, "A poke is still under way");
    }
    poking_drop(poking);
    if (!poking_allowed(session, reply)) {
        free(byte);
        return PROGRESS_DONE;
    }
    poking->list = (struct poke_list){.byte = byte, .count = count};
    poking->way = way;
    poking->passed = 0;
    poking->consent = session->options.consent;
    poking->asked = false;
    return poking_ask(session, what, reply);
}
