/* SPDX-License-Identifier: MIT */
/** ui: the loop that the program is in while it has the screen. UI thread. */
#ifndef FOLIO_UI_RUN_LOOP_H
#define FOLIO_UI_RUN_LOOP_H

struct app;

/** Draw, wait, carry out keys and what comes from the session, until the program is left from inside. */
void loop_run(struct app *app) __attribute__((noreturn));

#endif
