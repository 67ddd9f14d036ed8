/* SPDX-License-Identifier: MIT */
/** ui: the commands that save what is shown, or give it to a command of the shell. UI thread. */
#ifndef FOLIO_UI_MODE_WRITE_H
#define FOLIO_UI_MODE_WRITE_H

struct app;
struct invocation;
struct reply;

/** :write: the file, or a part of it, into another. By a key that is bound to it, it asks for the name. */
void write_command(struct app *app, const struct invocation *invocation);

/** Ask for the file into which what came through a pipe is to be saved. */
void write_log(struct app *app, const struct invocation *invocation);

/** :save: bytes of the file into another; the range and the name are the text of the command. */
void write_save(struct app *app, const struct invocation *invocation);

/** Ask for the command that is to get what is between a mark and the screen. */
void write_pipe(struct app *app, const struct invocation *invocation);

/** The session has made the pipe: run the command on it, with the terminal its own until it ends. */
void write_piped(struct app *app, const struct reply *reply);

#endif
