/* SPDX-License-Identifier: MIT */
/** ui, private: saving, and giving to a command (write.c). UI thread. */
#ifndef FOLIO_UI_MODE_WRITE_H
#define FOLIO_UI_MODE_WRITE_H

#include "folio/ui/app/inside.h"

/** The file, or a part of it, into another: :write with its name, or a prompt that asks for one. */
void action_write(struct app *app, const struct invocation *invocation);

/** Ask for the file into which what came through a pipe is to be saved. */
void action_log(struct app *app, const struct invocation *invocation);

/** Ask for the command that is to get what is between a mark and the screen. */
void action_pipe(struct app *app, const struct invocation *invocation);

/** A name or a command came from the prompt. False: it was for something else. */
bool write_entered(struct app *app, const char *text);

/** A key may be the answer to what is asked about a file that is there. False: nothing is asked. */
bool write_answer(struct app *app, uint32_t stroke);

/** The reply to WRITE or SAVE: it may have come upon a file that is there; then ask what to do with it. */
void write_replied(struct app *app, const struct reply *reply);

/** PIPE has made its pipe: run the command on it, with the terminal its own until it ends. */
void write_piped(struct app *app, const struct reply *reply);

#endif
