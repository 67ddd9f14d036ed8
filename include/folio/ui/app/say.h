/* SPDX-License-Identifier: MIT */
/** ui: telling the person something: a sentence in the last row, the bell. UI thread. */
#ifndef FOLIO_UI_APP_SAY_H
#define FOLIO_UI_APP_SAY_H

#include "folio/view/frame/frame.h"

#include <stdbool.h>
#include <stdint.h>

struct app;

/** Show a sentence in the last row until the next key. */
void app_say(struct app *app, const char *text);

/**
 * Say how a change of bytes ended. It stays in the last row, whatever else is said: until the next key where it was
 * `awaited` and nothing is in doubt; otherwise until Esc, or until a key comes when it has been there for a while. What
 * the disk would not have rings.
 */
void app_end(struct app *app, const char *text, enum ending how, bool awaited);

/** A key came, Esc or another one. True: there was something that is not well, and it has been seen now. */
bool app_end_seen(struct app *app, bool escape);

/** Ring the bell, unless the person wants it quiet or there is no screen yet. */
void app_bell(struct app *app);

/** Are colours wanted: --color, and NO_COLOR in the environment. */
bool app_color(const struct app *app);

/** Is a command that touches other files not available: under --secure, or while the help is shown? Says so. */
bool app_forbidden(struct app *app);

/** Is a key the letter of a mark, or one of `also`? Says what a mark is where it is not. */
bool app_letter(struct app *app, uint32_t letter, const char *also);

#endif
