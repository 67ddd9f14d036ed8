/* SPDX-License-Identifier: MIT */
/**
 * ui: the mode that keeps keys while it is not known what they mean, or refuses them.
 *
 * A key that is a byte must be about the byte that the person means. So while bytes are being stored, or a request is on
 * its way that decides whether keys are bytes, keys are kept until the screen shows what all keys before did. The loop
 * (ui/run/feed.h) then takes them out, in their order. Where that takes long (a slow disk), other keys are held up no more.
 *
 * Keys are kept whole or refused whole: from the first one that cannot be kept, and when bytes were not stored, all that
 * follow are refused, for each would go to another byte than it was meant for. It is said, and ends with Esc, or when
 * nobody has typed for a while. UI thread.
 */
#ifndef FOLIO_UI_MODE_AHEAD_H
#define FOLIO_UI_MODE_AHEAD_H

#include "folio/ui/app/mode.h"

/** The most keys that are kept. */
#define AHEAD_KEYS 1024

/** All zero at the beginning. */
struct ahead {
    uint64_t storing;    /**< number of the request that stores what was typed; 0: nothing is being stored */
    bool stored;         /**< it was replied to, */
    uint64_t ends;       /**< and the screen has to show that so many changes have ended */
    uint64_t background; /**< how many changes ended that nobody waited for, as far as they were looked at */
    uint64_t turning;    /**< number of the last request that decides what keys mean */
    uint64_t answered;   /**< number of an answer to a question that is not replied to; 0: none */
    uint32_t key[AHEAD_KEYS]; /**< those that are kept */
    unsigned count;
    int64_t since;                 /**< when the first of them was kept, or what was typed was sent (ms) */
    bool replaying;                /**< keys that were kept are carried out: they are not kept again */
    bool refusing;                 /**< keys are refused, */
    int64_t refused;               /**< the last one then (ms), */
    const char *why;               /**< because of this; a constant text */
    char label[REQUEST_TEXT + 64]; /**< what is said of that */
};

/** The mode; it lies above the commands and below any prompt. */
extern const struct mode ahead_mode;

/** The last request stores what was typed: keys are kept until the screen shows what came of it. */
void ahead_store(struct app *app);

/** The last request answers a question of the session: leaving waits for its reply. */
void ahead_answer(struct app *app);

/** Forget what was kept; keys are no longer refused. */
void ahead_forget(struct app *app);

/** Keep a key. */
void ahead_keep(struct app *app, uint32_t stroke);

/** Are keys kept, so that this one has to stand behind them, or refused? */
bool ahead_holds(const struct app *app);

/** Does the screen show what all keys before did, and is nothing being stored? */
bool ahead_clear(const struct app *app);

/** Does the screen show the run as it is, with all that is there, and is nothing being stored? */
bool ahead_shown(const struct app *app);

/** In how many ms ahead_look has something to do without a frame: keys are refused no longer. -1: never. */
int ahead_patience(const struct app *app);

/** A frame came: it may show what came of bytes that were stored. Or time went by. */
void ahead_look(struct app *app);

/** Take out the first key that was kept, if it is known what it means. False: there is none, or it has to wait. */
bool ahead_take(struct app *app, uint32_t *stroke);

/** Have keys that are no bytes waited for so long that the bytes among those kept are refused? Does so. */
bool ahead_overdue(struct app *app);

#endif
