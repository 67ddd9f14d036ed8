/* SPDX-License-Identifier: MIT */
/** ui: what each command does. UI thread. */
#ifndef FOLIO_UI_MODE_ACTIONS_H
#define FOLIO_UI_MODE_ACTIONS_H

struct app;
struct invocation;

/** Carry out a command. */
void actions_run(struct app *app, const struct invocation *invocation);

#endif
