/* SPDX-License-Identifier: MIT */
/**
 * ui: keys on their way to the modes: those of a person, those that were kept, and those of + commands. UI thread.
 */
#ifndef FOLIO_UI_RUN_FEED_H
#define FOLIO_UI_RUN_FEED_H

#include <stdbool.h>
#include <stdint.h>

struct app;

/** Carry out a key. `next` is the one that came with it, STROKE_NONE if none; true when that was used too. */
bool feed_key(struct app *app, uint32_t stroke, uint32_t next);

/** A frame or a reply may have come: carry out the keys that were kept, as far as it is known now what they mean. */
void feed_kept(struct app *app);

/** Type text as if a person did, and end what it leaves open; for + commands. */
void feed_text(struct app *app, const char *keys);

#endif
