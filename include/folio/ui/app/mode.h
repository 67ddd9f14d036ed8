/* SPDX-License-Identifier: MIT */
/**
 * ui: a mode is what a key means: a letter is a command, or a character of a pattern, or the answer to a question.
 *
 * Modes lie on each other in a stack. A key goes to the topmost mode, and on to the one below where that does not
 * want it. Those at the bottom are always there (ui/run/program.c puts them there); a prompt or a question is pushed
 * when it is asked and takes itself off when it is answered. A mode is a constant; its state is a struct of its own
 * in its header, to which struct app has a pointer. No mode calls another: it answers MODE_PASS or MODE_AGAIN. UI
 * thread.
 */
#ifndef FOLIO_UI_APP_MODE_H
#define FOLIO_UI_APP_MODE_H

#include "folio/base/bytes/buf.h"
#include "folio/session/core/request.h"

#include <stdbool.h>
#include <stdint.h>

/** More modes than can ever lie on each other. */
#define MODE_DEPTH 8

struct app;

/** What a mode did with a key. */
enum mode_result {
    MODE_USED,      /**< the key is done with */
    MODE_USED_NEXT, /**< and so is the one that came right behind it */
    MODE_PASS,      /**< the key is for the mode below */
    MODE_AGAIN      /**< the stack has changed, or kept keys go first: the key is to be asked about again */
};

/** Every member but `name` and `key` may be NULL, where there is nothing to do. */
struct mode {
    const char *name;
    /** A key. `next` is the one that came right behind it, as Alt and a letter do; STROKE_NONE if none did. */
    enum mode_result (*key)(struct app *app, uint32_t stroke, uint32_t next);
    /**
     * What was pasted, all of it at once, in UTF-8 with a newline at the end of each line; borrowed. Nothing in it may be
     * carried out. The topmost mode that has this decides what it means; false: it is for nobody, and is dropped.
     */
    bool (*paste)(struct app *app, const struct buf *text);
    /** What stands in the last row instead of a message, while no mode above has something to say. */
    const char *(*label)(const struct app *app);
    /** A request with this verb was sent; app->talk.sent is its number. */
    void (*sent)(struct app *app, enum verb verb);
    /** A reply came; it may be the one that the mode waits for. */
    void (*reply)(struct app *app, const struct reply *reply);
    /** Is something under way that must not be torn by leaving? */
    bool (*stays)(const struct app *app);
    /** The process is about to end: wait a little for what must not be lost. */
    void (*leave)(struct app *app);
};

/** The modes that are on, from the bottom up. All zero: none. */
struct mode_stack {
    const struct mode *mode[MODE_DEPTH];
    unsigned count;
};

/** Put a mode on top. It stays where it is when it is on already. */
void mode_push(struct app *app, const struct mode *mode);

/** Take a mode off, wherever it lies. Does nothing when it is not on. */
void mode_pop(struct app *app, const struct mode *mode);

/** Is the mode on? */
bool mode_on(const struct app *app, const struct mode *mode);

/**
 * Give a key to the modes, from the top down. The answer is MODE_PASS when none wanted it. On MODE_AGAIN the caller
 * gives it the same key once more.
 */
enum mode_result mode_key(struct app *app, uint32_t stroke, uint32_t next);

/** The `paste` of a mode that lies above others and takes none. */
bool mode_paste_refused(struct app *app, const struct buf *text);

/** Give the modes what was pasted. False: nobody wants it. */
bool mode_paste(struct app *app, const struct buf *text);

/** What the topmost mode that has something to say puts into the last row; NULL: nothing. */
const char *mode_label(const struct app *app);

/** Tell all modes of a request. */
void mode_sent(struct app *app, enum verb verb);

/** Tell all modes of a reply. */
void mode_reply(struct app *app, const struct reply *reply);

/** Is there a mode in which leaving would tear something? */
bool mode_stays(const struct app *app);

/** Tell all modes that the process is about to end. */
void mode_leave(struct app *app);

#endif
