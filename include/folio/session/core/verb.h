/* SPDX-License-Identifier: MIT */
/**
 * session: what is true of each verb, as a table made of verbs.def. Constant; any thread.
 *
 * The view thread carries verbs out by it; the UI thread asks it what may be held back, added up or must be waited for.
 */
#ifndef FOLIO_SESSION_CORE_VERB_H
#define FOLIO_SESSION_CORE_VERB_H

#include "folio/session/core/request.h"
#include "folio/view/frame/frame.h"

#include <stdbool.h>

struct session;

/** What a verb or a waiting request comes to. */
enum progress {
    PROGRESS_DONE,   /**< the reply says how */
    PROGRESS_WAITING /**< ask again later */
};

/** Carry out (again) a request; fills `reply`, whose outcome is OUTCOME_DONE at the beginning. View thread. */
typedef enum progress session_verb(struct session *session, const struct request *request,
                                   struct reply *reply);

/** What a verb cannot be carried out without; otherwise it is answered with "Command not available". */
enum verb_needs {
    NEEDS_FILE = 1,  /**< a file is on the screen, not the help and no list */
    NEEDS_TRUST = 2, /**< not in secure mode */
};

/** One verb. */
struct verb_row {
    session_verb *perform;
    bool moves;     /**< it gives up the request that waits */
    unsigned needs; /**< enum verb_needs */
    enum busy busy; /**< what the status row calls it while it waits; BUSY_NOTHING: counting lines */
    bool holds;     /**< while it waits, requests that queue wait behind it */
    bool queues;    /**< it does so */
    bool stops;     /**< it is STOP: lines that are marked as new stay marked */
    /** Where in the text the name of a file begins, which is put in as it is meant; NULL, or it is: it has none. */
    const char *(*name)(const struct session *session, const char *text);
    bool names; /**< of several names those behind the first are the payload, each with its NUL */
    /** What else is to be done when it is given up while it waits; NULL: nothing. */
    void (*dropped)(struct session *session);

    /* What the UI thread wants to know. */
    bool adds;        /**< several in a row are one with their counts added */
    bool goes_on;     /**< -e looks at it: at the end of the file it leaves */
    bool turns;       /**< it decides what the next keys mean */
    bool turns_bytes; /**< it does so where bytes are shown */
    bool selects;     /**< bytes may be selected behind it */
    bool aside;       /**< it shows a text in place of the file, unless it fails */
};

/** The row of a verb; constant. */
const struct verb_row *verb_row(enum verb verb);

/* The functions, each in the file of the part that it belongs to. */
#define VERB(name, function, ...) session_verb verb_##function;
#include "folio/session/core/verbs.def"
#undef VERB

#endif
