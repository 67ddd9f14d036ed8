/* SPDX-License-Identifier: MIT */
/**
 * ui: the mode that keeps keys while it is not known what they mean.
 *
 * A key that is a byte must be about the byte that the person means. So while the byte before is being stored, or a
 * request is on its way that decides whether keys are bytes, keys are kept until the screen shows what all keys
 * before did. The loop (ui/run/feed.h) then takes them out, in their order. Where that takes long (a slow disk),
 * other keys are held up no more, and the bytes among those kept are forgotten: nobody knows any more what they were
 * about. UI thread.
 */
#ifndef FOLIO_UI_MODE_AHEAD_H
#define FOLIO_UI_MODE_AHEAD_H

#include "folio/ui/app/mode.h"

/** The most keys that are kept. */
#define AHEAD_KEYS 64

/** All zero at the beginning. */
struct ahead {
    uint64_t offset;          /**< of the byte that is being stored, */
    int before;               /**< and what was there */
    uint64_t storing;         /**< number of the request that stores it; 0: none is being stored */
    bool stored;              /**< it was replied to, */
    uint64_t next;            /**< with the cursor here; the frame that shows that may not have come */
    uint64_t turning;         /**< number of the last request that decides what keys mean */
    uint64_t answered;        /**< number of an answer to a question that is not replied to; 0: none */
    uint32_t key[AHEAD_KEYS]; /**< those that are kept */
    unsigned count;
    int64_t since;  /**< when the first of them was kept, or the byte sent (ms) */
    bool replaying; /**< keys that were kept are carried out: they are not kept again */
    bool lost;      /**< some were forgotten, and nothing was said of it yet */
};

/** The mode; it lies above the commands and below any prompt. */
extern const struct mode ahead_mode;

/** The last request stores a byte: keys are kept until the screen shows the one behind it. */
void ahead_store(struct app *app, uint64_t offset, int before);

/** The last request answers a question of the session: leaving waits for its reply. */
void ahead_answer(struct app *app);

/** Forget what was kept, and what it waited for. */
void ahead_forget(struct app *app);

/** A frame may have come that shows the byte behind the one that was stored. */
void ahead_look(struct app *app);

/** Take out the first key that was kept, if it is known what it means. False: there is none, or it has to wait. */
bool ahead_take(struct app *app, uint32_t *stroke);

/** Have keys that are no bytes waited for so long that the bytes among those kept are to be forgotten? Does so. */
bool ahead_overdue(struct app *app);

/** Say that keys were forgotten, if they were. */
void ahead_tell(struct app *app);

#endif
