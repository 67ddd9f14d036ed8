/* SPDX-License-Identifier: MIT */
/** ui, private: patterns in colours of their own (highlight.c). UI thread. */
#ifndef FOLIO_UI_MODE_HIGHLIGHT_H
#define FOLIO_UI_MODE_HIGHLIGHT_H

#include "folio/ui/app/inside.h"

/** Show a pattern in a colour of its own; with -NUMBER one less, with nothing the list of them. */
void action_highlight(struct app *app, const struct invocation *invocation);

/** Show highlight NUMBER no more, or none of them. */
void action_unhighlight(struct app *app, const struct invocation *invocation);

#endif
