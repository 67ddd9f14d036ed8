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

/**
 * Wait until a screen is needed; leaves where everything fits and was asked to be printed (-F). What has begun to come
 * and does not end needs a screen too, so that it is seen and keys are answered; then app->short_awaited.
 */
void launch_wait(struct app *app);

/** While app->short_awaited: when all has come, and fits, print it in place of the screen and leave. */
void launch_short_ended(struct app *app);

#endif
