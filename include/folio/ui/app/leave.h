/* SPDX-License-Identifier: MIT */
/** ui: leaving the program, and giving the terminal to somebody else for a while. UI thread. */
#ifndef FOLIO_UI_APP_LEAVE_H
#define FOLIO_UI_APP_LEAVE_H

#include <stdbool.h>

struct app;

/** End the process with `status`, the terminal as it was. What a screen would have told goes to standard error. */
void app_leave(struct app *app, int status) __attribute__((noreturn));

/**
 * Would leaving lose edits, or tear what is being stored, and nothing was said of it yet? Says it; the second time it
 * is false.
 */
bool app_stays(struct app *app);

/** Somebody wanted to leave while bytes were being stored: do so now, if they are. */
void app_part(struct app *app);

/** Leave, unless edits would be lost: the status tells whether all files could be opened. */
void app_quit(struct app *app);

/** At the end of a file, under -e or -E: show the next file, or leave. */
void app_next_or_leave(struct app *app);

/** Give the terminal to the shell until the person comes back. */
void app_suspend(struct app *app);

/** Take the terminal after somebody else had it; its size may be another. */
void app_return(struct app *app);

/** Carry out a signal. True for SIGINT, which is left to the caller. */
bool app_signal(struct app *app, int number);

#endif
