/* SPDX-License-Identifier: MIT */
/**
 * model: changing bytes of an open file, and asking the journal about them.
 *
 * All of it waits for disks, so it is a *task* on a helper thread of its own, with a descriptor of its own, that rings
 * the document's wake when it is done. What came of it is then in the task, for the view thread, which owns it. A task
 * that is closed before is left to itself: a poke that has begun comes to its end, whoever still wants to know.
 */
#ifndef FOLIO_MODEL_DOCUMENT_POKE_H
#define FOLIO_MODEL_DOCUMENT_POKE_H

#include "folio/base/bytes/buf.h"
#include "folio/base/bytes/error.h"
#include "folio/io/journal/journal.h"
#include "folio/io/page/mapping.h"
#include "folio/io/poke/poke.h"
#include "folio/io/thread/wake.h"
#include "folio/model/document/document.h"
#include "folio/model/poke/list.h"
#include "folio/model/reader/edits.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What is to be done. */
enum document_poke_task {
    DOCUMENT_POKE_STORE, /**< poke `list`; the result tells what came of it */
    DOCUMENT_POKE_PLAN,  /**< what an undo or redo takes, into `list` */
    DOCUMENT_POKE_BOOK,  /**< the entries of this file, into `book` */
    DOCUMENT_POKE_LOOK,  /**< what was not finished, into `said` and `unsettled` */
    DOCUMENT_POKE_PATCH, /**< read the file `source`, into `list`: what is not so already */
    DOCUMENT_POKE_TASKS
};

/** A task. Whoever opens one fills in what is asked, before starting it. */
struct document_poke {
    enum document_poke_task task;
    enum journal_way way;  /**< STORE, PLAN */
    uint64_t id;           /**< PLAN: of an entry or a group, 0: the last */
    unsigned consent;      /**< STORE: of enum poke_consent */
    bool settle;           /**< STORE: first mark what the journal holds of pokes that were never stored */
    char *source;          /**< PATCH: owned */
    struct edits *over;    /**< PATCH: owned; what is laid over the file, NULL: nothing */
    struct poke_list list; /**< STORE: owned, the bytes; PLAN, PATCH: what was found */
    struct poke_progress *progress; /**< of STORE, for who looks on; NULL: nobody does */
    atomic_uint *running; /**< counts STORE tasks that are under way, for who wants to leave; NULL: nobody */

    /* To be looked at when it is done. */
    bool fine;
    struct error error;        /**< why it is not; of STORE, that of the result */
    struct poke_result result; /**< STORE */
    struct journal_list book;  /**< BOOK */
    struct buf said;           /**< LOOK: a sentence, empty: all is finished */
    bool unsettled;            /**< LOOK: there is something to be settled by the next STORE */
    uint64_t since;            /**< PLAN: see struct poke_plan; STORE: of the plan, 0: there is none */
    size_t passed;             /**< the same */

    /* For the files of model/document only. */
    int fd;
    char *path; /**< the name of the document; NULL: it came without */
    struct wake *wake;
    int64_t known_ns, before_ns; /**< time of change: as the document knows it, and right before the poke */
    atomic_bool done;
    atomic_bool counted; /**< in `running` */
    atomic_int holders;
    atomic_int stage; /**< STORE: how far it is with the journal */
};

/** Prepare a task about this document. NULL and `error` when it cannot be had. */
struct document_poke *document_poke_open(const struct document *document, enum document_poke_task task,
                                         struct error *error);

/** Begin. False and `error`: no thread can be had, and nothing has happened. Times of change are not news from now on. */
bool document_poke_start(struct document *document, struct document_poke *poke, struct error *error);

/** Is the task done? */
bool document_poke_done(const struct document_poke *poke);

/** Does a STORE wait for the journal, which another program holds? */
bool document_poke_waits(const struct document_poke *poke);

/**
 * Give up a STORE of this document that has not written anything into the journal yet: then nothing will be changed,
 * and the task is only to be closed. False: it is too late.
 */
bool document_poke_give_up(struct document *document, struct document_poke *poke);

/** Let go of a task; NULL is fine. */
void document_poke_close(struct document_poke *poke);

/**
 * Take in that a STORE of this very document is done: what is known of its bytes is found out anew, and the new time of
 * change counts as ours. Where the mapping would go on to show the old bytes (overlayfs), the file is mapped anew and
 * `*anew` says so. False: the bytes could not be looked at yet; call again.
 */
bool document_poke_take(struct document *document, struct document_poke *poke, struct patience patience,
                        bool *anew);

#endif
