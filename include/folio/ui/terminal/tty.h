/* SPDX-License-Identifier: MIT */
/**
 * ui: the terminal as a device: which descriptor gives keys, how large it is, its modes, and putting it back.
 *
 * Knows nothing of curses. There is one terminal, and a crash must be able to put it back from a signal
 * handler, so this module keeps what that needs in one static place. Main thread.
 */
#ifndef FOLIO_UI_TERMINAL_TTY_H
#define FOLIO_UI_TERMINAL_TTY_H

#include <stdbool.h>

/** The largest screen that is drawn. */
#define TTY_ROWS    1000
#define TTY_COLUMNS 2000

/**
 * Open descriptors 0 to 2 on /dev/null where they are closed, so that no file gets their numbers. True: 0 was
 * open.
 */
bool tty_standard(void);

/**
 * A descriptor that gives keys: standard input, /dev/tty, or an output that can be read; -1 when there is
 * none.
 */
int tty_open(void);

/** The size as the kernel knows it; 24x80 where it does not. $LINES and $COLUMNS do not count. */
void tty_size(int fd, unsigned *rows, unsigned *columns);

/**
 * Raw mode: keys come one by one, no key makes a signal. The modes before are kept. From then until
 * tty_restore, `leave` (escape sequences, copied) and these modes are also what a crash puts back.
 */
void tty_raw(int fd, int out, const char *leave);

/** Write what tty_raw was given and put the modes back. Does nothing when that is done already. */
void tty_restore(void);

/**
 * Catch the signals of crashes: put the terminal back, then let them do what they did. Once, after
 * guard_install.
 */
void tty_catch_crashes(void);

/** Has the other end of the terminal gone? Told from a readable descriptor that has nothing to read. */
bool tty_gone(int fd);

#endif
