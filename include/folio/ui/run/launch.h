/* SPDX-License-Identifier: MIT */
/**
 * ui: showing files without a screen: printing them on a terminal that cannot be drawn on, and finding out under -F
 * whether a screen is needed at all. UI thread; the session runs, but no key is read.
 */
#ifndef FOLIO_UI_RUN_LAUNCH_H
#define FOLIO_UI_RUN_LAUNCH_H

struct app;

/**
 * Print the files row by row, harmless, and leave. Never more than a screenful, because nothing could stop it there:
 * where that is not all, it is said what to do, and the status is 1.
 */
void launch_print(struct app *app) __attribute__((noreturn));

/** Wait until a screen is needed; leaves where everything fits and was asked to be printed (-F). */
void launch_wait(struct app *app);

#endif
