/* SPDX-License-Identifier: MIT */
/**
 * session: what all parts of the session work on. It belongs to the view thread, but for the mailbox, the wakes and what
 * says so.
 *
 * The rooms, each of which calls only those before it:
 *
 *     core      this, the stage, places, replies, the contracts of parts and motions
 *     files     the files that were named, what happens to them, texts in place of them
 *     move      going to places, scrolling, marks, lists, times
 *     search    patterns, filters, highlights
 *     poke      changing bytes, the sandbox
 *     part      what else there is to see of a file, and to do with it
 *     top       the thread, frames, settings, the tables of verbs and parts
 *
 * A verb is carried out at once or becomes *waiting*: at most one request waits (for the survey, for a search, for a file
 * to grow); it is asked again whenever the view thread is woken, and the next movement gives it up. Only n and N wait
 * behind a search, so that what is typed faster than it searches is carried out all the same.
 */
#ifndef FOLIO_SESSION_CORE_SESSION_H
#define FOLIO_SESSION_CORE_SESSION_H

#include "folio/io/page/patience.h"
#include "folio/io/thread/wake.h"
#include "folio/session/core/options.h"
#include "folio/session/core/reply.h"
#include "folio/session/core/stage.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct mailbox;
struct showing;
struct edits;
struct inner;

/** The most n and N that wait behind a search. */
#define WAITING_QUEUE 32

/** Where a stage is: the first byte shown, and the one under the cursor (0 without one). */
struct position {
    uint64_t top, cursor;
};

/** One of the files that were named. */
struct session_file {
    char *name;
    struct position position; /**< when it was left */
    struct edits *edits;      /**< its sandbox, NULL: never used; lent to the stage */
    bool failed;
};

/** The files, and which of them is on the base stage. */
struct file_list {
    struct session_file *file;
    size_t count, current;
    char *previous; /**< the name of the one that was shown before; NULL: none was */
    /** What is shown for itself of a file, which is set aside meanwhile (files/inner.c); NULL: the file itself is shown. */
    struct inner *inner;
};

/** The request that waits, and what its verb notes meanwhile. */
struct waiting {
    bool active;
    bool dropped; /**< the movement that was asked for last gave up one that waited */
    struct request request;
    int64_t since;   /**< in ms, see clock_ms */
    int64_t count;   /**< the verb's: what is still to be done, */
    uint64_t offset; /**< and from where */
    struct request queue[WAITING_QUEUE];
    unsigned queued;
};

struct session {
    struct session_options options;
    struct document_options document_options;
    struct settings settings;
    struct mailbox *mailbox;
    struct wake *view_wake, *ui_wake;
    /** Set by the UI thread: whatever waits for bytes gives way; the first screen is out. */
    atomic_bool interrupted, drawn;
    /** How long reads of the view thread wait for bytes, and what happens meanwhile. */
    struct patience patience;

    struct file_list files;
    struct stage base, help;
    /** The one on the screen: &base or &help. */
    struct stage *stage;
    /** In which new files are shown. */
    const struct layout *layout;
    /** Rows and columns of the screen's body, of which parts take some. */
    struct area area;

    struct waiting wait;
    /** The request at hand has already left its place (the mark '' is set). */
    bool left;
    /** Number of the last request carried out; a frame is owed; the first one has been shown. */
    uint64_t request;
    bool dirty, started;
    /** Bytes are awaited for what is shown. */
    bool reading;
    /** How often the bell was to be sounded by what no request waits for. */
    unsigned bells;
    /** What is shown, and was (top/show.c). */
    struct showing *showing;

    /** The tables, and what the parts keep. */
    const struct part *const *part;
    const struct motion *const *motion;
    void *states; /**< the memory of all of theirs, on the stages too */
    void *state[PART_COUNT];
};

/** The state of a part in the session. */
static inline void *session_part(const struct session *session, enum part_id part)
{
    return session->state[part];
}

/** Is the file on the screen, and not the help or a list in its place? */
static inline bool session_shows_file(const struct session *session)
{
    return session->stage == &session->base;
}

/** Did somebody ask for something else while this is under way? */
static inline bool session_interrupted(const struct session *session)
{
    return atomic_load(&session->interrupted);
}

#endif
