/* SPDX-License-Identifier: MIT */
/**
 * io: running another program in the foreground (the editor), and leaving this one.
 *
 * UI thread; whoever calls gives the terminal back before, as app_suspend does for a stop.
 */
#ifndef FOLIO_IO_THREAD_PROCESS_H
#define FOLIO_IO_THREAD_PROCESS_H

#include "folio/base/bytes/error.h"

#include <stdbool.h>

/**
 * Run `command` with `argument` (argv after it, NULL-terminated) and wait for its end. `command` may hold words
 * ("emacs -nw"), which are split at blanks; no shell sees any of it. Its standard input is `tty_fd`. Signals have
 * their defaults in it. False with one sentence when it cannot be run or ended badly.
 */
bool process_run(const char *command, char *const argument[], int tty_fd, struct error *error);

/** Leave the process at once with `status`: no destructor, no atexit, no thread is waited for. */
void process_leave(int status) __attribute__((noreturn));

#endif
