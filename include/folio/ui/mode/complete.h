/* SPDX-License-Identifier: MIT */
/**
 * ui: what Tab offers in a prompt: names of commands, of settings and their values, of files. UI thread.
 */
#ifndef FOLIO_UI_MODE_COMPLETE_H
#define FOLIO_UI_MODE_COMPLETE_H

struct app;

/** Put the first word that fits into the prompt, or the one after that which is there. */
void complete_next(struct app *app);

/** A helper may have read the names of files that complete_next waits for: put the first into the prompt. */
void complete_collect(struct app *app);

/** The person went on typing: what was offered is forgotten, and the next Tab begins anew. */
void complete_forget(struct app *app);

#endif
