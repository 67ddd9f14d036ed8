/* SPDX-License-Identifier: MIT */
/**
 * ui: signals as something to poll for. Main thread.
 *
 * A handler only notes the signal and writes into a pipe. What was ignored when the program started (nohup, a
 * shell without job control) stays ignored.
 */
#ifndef FOLIO_UI_TERMINAL_SIGNALS_H
#define FOLIO_UI_TERMINAL_SIGNALS_H

#include "folio/base/bytes/error.h"

/**
 * Catch INT, QUIT, TERM, HUP, TSTP, CONT and WINCH, ignore PIPE and XFSZ. A descriptor to poll, or -1 and `error`.
 */
int signals_open(struct error *error);

/** The next signal that came, 0 when there is none. */
int signals_take(void);

/** Die of `number`, so that whoever waits for us sees it. Does not return. */
void signals_die(int number) __attribute__((noreturn));

/** Stop this process group until it is continued, as ^Z does. */
void signals_stop(void);

#endif
