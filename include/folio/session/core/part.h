/* SPDX-License-Identifier: MIT */
/**
 * session: a part of the session: a feature with a state of its own (searching, the list of strings, marks, ...).
 *
 *     thread  --stop, go_on, pace, running-->  |        |
 *     show    --prepare, draw, report------->  |  part  |  calls what is below it: stage, move, model
 *     stage   --open, refresh, room, close-->  |        |
 *     files   --leave, keep, resume--------->  |        |
 *
 * Whoever walks the parts knows none of them by name: they are rows of parts.def. A part has two states, both all zeros
 * at the beginning and known to nobody else: one for the session, and one on each stage, for what belongs to the file
 * that is shown there. All functions run on the view thread, and each may be NULL: then there is nothing to do.
 */
#ifndef FOLIO_SESSION_CORE_PART_H
#define FOLIO_SESSION_CORE_PART_H

#include "folio/session/core/request.h"
#include "folio/view/frame/frame.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct session;
struct stage;

/** The parts; also the places of their states. */
enum part_id {
#define PART(name, constant) PART_##name,
#include "folio/session/core/parts.def"
#undef PART
    PART_COUNT
};

/** What is left of the screen's body for rows of the file. */
struct area {
    unsigned rows, columns;
};

struct part {
    /** Bytes of its state in the session, and on a stage. 0: none. */
    size_t session_size, stage_size;

    /** A document has come on the stage. Not before the view thread runs. */
    void (*open)(struct session *session, struct stage *stage);
    /** The stage ends: free what is kept for it there. The state becomes all zeros afterwards. */
    void (*close)(struct stage *stage);
    /** Settings, the encoding or the layout changed, or may have: what is known for others is found out anew. */
    void (*refresh)(struct session *session);
    /** Take rows and columns for what is drawn beside the rows of the stage that is shown. */
    void (*room)(const struct session *session, struct area *area);

    /** Rows are about to be drawn: fill in what the canvas shows of this part. */
    void (*prepare)(struct session *session);
    /** Draw beside the rows, in what `room` took; the frame has grown by what inner parts drew. */
    void (*draw)(struct session *session, struct frame *frame);
    /** Fill in what is told of this part. What is told of the file and of its place is there already. */
    void (*report)(struct session *session, struct report *report);
    /** Is there something in what was drawn or told that will change by itself? */
    bool (*unsettled)(const struct session *session);

    /** Is something found out in the background? When that ends, it is shown at once. */
    bool (*running)(const struct session *session);
    /** While it is, rows may be missing because nobody knows them yet, not because bytes are awaited. */
    bool gaps;
    /** For how many milliseconds the view thread may sleep at most; 0: until it is rung. */
    int (*pace)(const struct session *session);
    /** Go on with something beside all else. True when there is something new to show. */
    bool (*go_on)(struct session *session);
    /** ^C: stop what can be stopped; say in the reply what cannot. */
    void (*stop)(struct session *session, struct reply *reply);
    /** A byte that was looked for is about to be gone to: open what hides it. */
    void (*reveal)(struct session *session, uint64_t offset);
    /** A movement was carried out, and the screen is where it led. */
    void (*moved)(struct session *session);
    /** Does this part have the end of the file followed as it grows? */
    enum following (*following)(const struct session *session);
    /** Something is waited for, by a request or by what follows the file: go on with what was stopped, which may be it. */
    void (*wait)(struct session *session);

    /** Another file is about to take the place of the one on the base stage. */
    void (*leave)(struct session *session);
    /** A stage that was set aside for what is in its file is the base stage again. */
    void (*back)(struct session *session);
    /** File number `gone` is no longer in the list, and those behind it have moved up. */
    void (*forget)(struct session *session, size_t gone);
    /** The same file is about to be opened anew: note what is to be shown again. */
    void (*keep)(struct session *session);
    /** It is open: show that again, around the byte at `cursor`. Says in the reply why it cannot. */
    void (*resume)(struct session *session, uint64_t cursor, struct reply *reply);
    /** Take away what this part shows in place of the file. False: it shows nothing. */
    bool (*dismiss)(struct session *session);
};

/** Let all parts go on with what was stopped: somebody waits from now on, for what only they know. */
void parts_wait(struct session *session);

/** Let the byte at `offset`, which was looked for and is gone to next, be seen. */
void parts_reveal(struct session *session, uint64_t offset);

#define PART(name, constant) extern const struct part constant;
#include "folio/session/core/parts.def"
#undef PART

#endif
