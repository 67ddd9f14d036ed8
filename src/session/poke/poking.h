/* SPDX-License-Identifier: MIT */
/**
 * session: a change of bytes on its way, for the files of this room. View thread.
 *
 *     request  -> [task: plan, list]  -> seen  -> question -> answer -> store, on a helper -> what came of it
 *                                             -> sandbox
 *
 * At most one is on its way. One that is not stored yet is dropped for a new one; one that is being stored is waited for,
 * and comes to its end whatever else is done.
 */
#ifndef FOLIO_SESSION_POKE_POKING_H
#define FOLIO_SESSION_POKE_POKING_H

#include "folio/base/bytes/buf.h"
#include "folio/model/document/poke.h"
#include "folio/model/reader/run.h"
#include "folio/session/core/session.h"
#include "folio/session/poke/confirm.h"

#include <stdatomic.h>

enum poking_step {
    POKING_NOTHING,
    POKING_FINDING, /**< a task finds out which bytes: an undo, a list */
    POKING_SEEING,  /**< which bytes they are now is read, as the person sees them */
    POKING_ASKED,   /**< the question is out */
    POKING_STORING
};

struct poking {
    enum poking_step step;
    uint64_t request;      /**< the one that it is for */
    uint64_t question;     /**< the number of the one that is out */
    struct poke_list list; /**< the bytes */
    enum journal_way way;
    uint64_t since; /**< of an undo or redo: when the journal was read, see struct poke_plan */
    size_t passed;  /**< of an undo: see struct poke_plan */
    unsigned consent;
    size_t seen;                /**< bytes of the list that were read */
    bool asked;                 /**< it was asked for already: a run, which Enter stores */
    char *name;                 /**< of the list that they come from; NULL: typed */
    struct document_poke *task; /**< FINDING, STORING */
    struct document *document;  /**< of STORING; NULL: it is gone */

    struct document_poke *book; /**< for the list of pokes */
    uint64_t book_request;
    struct document_poke *look; /**< for what was not finished; of `looked` */
    const struct document *looked;
    bool held;             /**< it was seen that another program holds the journal */
    bool settle;           /**< the journal holds pokes that were never stored */
    uint64_t ends;         /**< how many changes have ended, in whatever way */
    struct report_end end; /**< the last one that nobody waited for */
    /** Pokes that are being stored. Read by the UI thread before it leaves. */
    atomic_uint running;
    struct poke_progress progress; /**< of the one that is; touched by the UI thread as well */
};

/** What a run is typed over, where it is no byte. */
enum { RUN_UNKNOWN = -1, RUN_BEHIND = -2, RUN_UNREADABLE = -3 };

/** What a person types (run.c). */
struct typed_run {
    struct run run;
    int16_t before[RUN_MAX]; /**< what is there: a byte, or why none is known */
};

/** The one of the session. */
static inline struct typed_run *run_of(const struct session *session)
{
    return session_part(session, PART_RUN);
}

/** The one of the session. */
static inline struct poking *poking_of(const struct session *session)
{
    return session_part(session, PART_POKING);
}

/** Forget what is not being stored yet. */
void poking_drop(struct poking *poking);

/** May bytes of the file be changed, whatever they are? False with the reply. */
bool poking_allowed(const struct session *session, struct reply *reply);

/** Put the question; its number is that of the request for which it is asked. */
enum progress poking_ask(struct session *session, const char *what, struct reply *reply);

/** Bytes are to be changed, for `request`, which goes on with poking_go_on. `asked`: the person said yes already. */
void poking_begin(struct session *session, const struct request *request, struct poke_list list, bool asked);

/**
 * A change has ended: what was typed is no run any more, and the reply's value tells how many have ended. Where it was
 * not made the cursor is back at the first byte of the run.
 */
void poking_ended(struct session *session, bool fine, struct reply *reply);

/** The cursor goes on behind the bytes that were typed, as it would in an editor. */
void poking_step_on(struct session *session, const struct poke_byte *byte, size_t count);

/** What is typed is no longer shown. */
void poking_drop_run(struct session *session);

/** Bytes are about to be read, to be compared and asked about: as the file has them now, whatever was drawn. */
void poking_look(struct session *session);

/** Does this request wait for what is on its way? Otherwise it was given up, or another one asks again. */
bool poking_waited(const struct session *session, uint64_t request);

/** Append what is to become of bytes that are all known: all of it where that fits `columns`, or the first and how many. */
void poking_say(const struct poke_byte *byte, size_t count, unsigned columns, struct buf *out);

/** Go on with what `request` began, from reading the bytes on. */
enum progress poking_go_on(struct session *session, const struct request *request, struct reply *reply);

/**
 * The store is over: take it in, and tell how in the reply, or, where nobody waits (NULL), in the report. False: it is not
 * over yet.
 */
bool poking_finish(struct session *session, struct reply *reply);

/** Does the book know of a poke of the file on the base stage that was not finished? Looked for in the background. */
void unfinished_look(struct session *session);

/** It has been looked for: say what there is. True when there is something. */
bool unfinished_looked(struct session *session);

#endif
