/* SPDX-License-Identifier: MIT */
/** ui: the commands that switch options while the program runs. UI thread. */
#ifndef FOLIO_UI_MODE_OPTION_H
#define FOLIO_UI_MODE_OPTION_H

struct app;
struct invocation;

/** Ask for an option to switch: a letter as on the command line, or its long name. */
void option_toggle(struct app *app, const struct invocation *invocation);

/** Ask for an option, and say how it is set. */
void option_query(struct app *app, const struct invocation *invocation);

/** :set: switch each of the words behind it. */
void option_set(struct app *app, const struct invocation *invocation);

#endif
