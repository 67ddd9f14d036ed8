/* SPDX-License-Identifier: MIT */
/** ui: the commands that open another file, or edit the one that is shown. UI thread. */
#ifndef FOLIO_UI_MODE_FILE_H
#define FOLIO_UI_MODE_FILE_H

struct app;
struct invocation;
struct reply;

/**
 * Show another file. By key it asks for the name; by `:e` the name is there, and an empty one means this file anew.
 */
void file_examine(struct app *app, const struct invocation *invocation);

/** Ask the session which line to edit: the editor is run when the reply comes. */
void file_edit(struct app *app, const struct invocation *invocation);

/** The session has said which line of which file: run the editor there, then look at the file anew. */
void file_place(struct app *app, const struct reply *reply);

#endif
