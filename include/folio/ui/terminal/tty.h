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
#include <stddef.h>

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
 * Put the terminal `fd` into raw mode: keys come one by one, and no key makes a signal. The modes that it had are
 * remembered, and `leave` is copied: the escape sequences that give the screen back. tty_restore writes `leave` to
 * `out` and sets those modes again, and so does a crash.
 */
void tty_raw(int fd, int out, const char *leave);

/** Undo tty_raw. Does nothing when that is done already. */
void tty_restore(void);

/**
 * Catch the signals of crashes: each puts the terminal back and then does what it did before. Once, and after
 * link_open, which installs a handler of its own that has to be asked first.
 */
void tty_catch_crashes(void);

/** Write all of it to a terminal. False: that failed, and errno says how. May be called in a signal handler. */
bool tty_write(int out, const char *text, size_t length);

/** Has the terminal gone away? Then its descriptor is readable, but there is nothing to read. */
bool tty_gone(int fd);

#endif
