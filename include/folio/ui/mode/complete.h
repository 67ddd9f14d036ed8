/* SPDX-License-Identifier: MIT */
/** ui, private: what Tab offers in a prompt (complete.c). UI thread. */
#ifndef FOLIO_UI_MODE_COMPLETE_H
#define FOLIO_UI_MODE_COMPLETE_H

#include "folio/ui/app/inside.h"

/** Offer completions for the prompt, or the next of those offered. */
void complete_next(struct app *app);

/** Names of files may have come in. */
void complete_collect(struct app *app);

/** The person went on typing: forget what was offered. */
void complete_forget(struct app *app);

#endif
