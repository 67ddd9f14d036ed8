/* SPDX-License-Identifier: MIT */
/** ui: the commands that run a command of the shell. UI thread. */
#ifndef FOLIO_UI_MODE_SHELL_H
#define FOLIO_UI_MODE_SHELL_H

#include <stdbool.h>

struct app;
struct invocation;
struct reply;

/** Ask for a command; `!` is the last one again, nothing is the shell itself. % and # in it are names of files. */
void shell_ask(struct app *app, const struct invocation *invocation);

/** The # of newer less. It takes its line, so that nothing of it is a command, and says what there is instead. */
void shell_ask_other(struct app *app, const struct invocation *invocation);

/** The session has put in the names: run the command. */
void shell_named(struct app *app, const struct reply *reply);

/**
 * Give $SHELL the terminal, with `command` to carry out ("": as a person uses it) and `input` as its standard input,
 * until it ends and the person has read what it printed.
 */
void shell_run(struct app *app, const char *command, int input);

#endif
