/* SPDX-License-Identifier: MIT */
/**
 * ui: the mode in which a run of bytes is typed (ui/mode/run.h).
 *
 * Keys gather in the run, which the session shows over the file after each of them, and says what is there and what it
 * becomes. Enter has it stored, if it is what the screen shows; until then nothing is. A key that is no byte makes the
 * run one that cannot be stored, so that a command that is typed by mistake never is: only Esc clears it. UI thread.
 */
#ifndef FOLIO_UI_MODE_TYPING_H
#define FOLIO_UI_MODE_TYPING_H

#include "folio/base/bytes/buf.h"
#include "folio/ui/app/mode.h"

struct reply;
struct report;

/** The mode; it is on while there is a run. */
extern const struct mode typing_mode;

/** Begin one at the cursor, and let it have the key. */
enum mode_result typing_begin(struct app *app, const struct report *report);

/** The reply to VALUE: a run that was made of a number; it is pending as if its bytes had been typed. */
void typing_given(struct app *app, const struct reply *reply);

/** What was pasted goes into the run, and begins one where there is none; or it is said why not. Always true. */
bool typing_paste(struct app *app, const struct buf *text);

#endif
