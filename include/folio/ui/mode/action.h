/* SPDX-License-Identifier: MIT */
/** ui, private: what each command does (action.c). UI thread. */
#ifndef FOLIO_UI_MODE_ACTION_H
#define FOLIO_UI_MODE_ACTION_H

#include "folio/ui/app/inside.h"

/** Carry out a command. */
void action_run(struct app *app, const struct invocation *invocation);

/** What was typed into the prompt is complete. */
void action_entered(struct app *app);

/** The prompt was left without Enter. */
void action_cancelled(struct app *app);

/** Something in the prompt may have changed: search for it, if one searches while typing. */
void action_typed(struct app *app);

/** Put the modifiers of the search into the prompt's label. */
void action_label(struct app *app);

/** Is what stands in the option prompt complete without Enter? */
bool action_option_ready(const struct app *app);

/** Are there edits that leaving would lose, of which nothing has been said yet? Says it. */
bool action_stays(struct app *app);

/** Forbidden by --secure, or senseless in the help? Says so. */
bool action_forbidden(struct app *app);

/** Is it a mark, or one of `also`? Says so where it is not. */
bool action_letter(struct app *app, uint32_t letter, const char *also);

#endif
