/* SPDX-License-Identifier: MIT */
/**
 * ui: what Tab offers in a prompt: names of commands, of settings and their values, of files, keys of a JSON
 * file. UI thread.
 */
#ifndef FOLIO_UI_MODE_COMPLETE_H
#define FOLIO_UI_MODE_COMPLETE_H

#include <stdbool.h>

struct app;
struct reply;
struct strip;

/**
 * Tab: put in what all that fits have in common; where that is nothing, or the next time, show them in rows above the
 * prompt; then put in one after the other, and what was typed behind the last. Not `forward`: the other way round.
 */
void complete_next(struct app *app, bool forward);

/** Draw what is offered into rows of `strip`, and begin a row for the prompt. */
void complete_draw(const struct app *app, struct strip *strip);

/** A helper may have read the names of files that complete_next waits for. */
void complete_collect(struct app *app);

/** A reply came, perhaps with the keys that complete_next waits for. */
void complete_replied(struct app *app, const struct reply *reply);

/** The person went on typing: what was offered is forgotten, and the next Tab begins anew. */
void complete_forget(struct app *app);

#endif
