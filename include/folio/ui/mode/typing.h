/* SPDX-License-Identifier: MIT */
/** ui, private: keys into commands and prompts (typing.c). UI thread. */
#ifndef FOLIO_UI_MODE_TYPING_H
#define FOLIO_UI_MODE_TYPING_H

#include "folio/ui/app/inside.h"

/** One key. `next` is the one that came with it, STROKE_NONE if none; true when that was used too. */
bool app_key(struct app *app, uint32_t stroke, uint32_t next);

/** Type text as if a person did, and end what it leaves open; for + commands. */
void app_type(struct app *app, const char *keys);

#endif
