/* SPDX-License-Identifier: MIT */
/** ui: the commands about patterns that are highlighted in colours of their own. UI thread. */
#ifndef FOLIO_UI_MODE_HIGHLIGHT_H
#define FOLIO_UI_MODE_HIGHLIGHT_H

struct app;
struct invocation;

/**
 * :highlight: a pattern gets a colour of its own; with -NUMBER that highlight is taken away; with nothing, the list.
 */
void highlight_command(struct app *app, const struct invocation *invocation);

/** :nohighlight: the highlight with that NUMBER is shown no more, or none of them is. */
void highlight_none(struct app *app, const struct invocation *invocation);

#endif
