/* SPDX-License-Identifier: MIT */
/**
 * tests: a terminal with a program in it.
 *
 * A `struct terminal` is a pseudo terminal whose far end runs one program and whose near end is read by libvterm, so
 * that a test presses keys and looks at cells as a person does. The test owns it from terminal_open to
 * terminal_close, which also ends the program and removes its home. It belongs to one thread, has no thread of its
 * own, and reads what the program writes only inside the functions of terminal_wait.h (and while terminal_keys finds
 * the program not reading): a test that stays away from them is a person who stopped the terminal.
 *
 * The program starts as on a fresh machine: default signals, an empty home (HOME and XDG_*), TERM=xterm-256color,
 * LC_ALL=C.UTF-8, and of the caller's environment only PATH, TMPDIR, and what sanitizers and coverage need.
 *
 * What the cells show is in terminal_look.h, waiting in terminal_wait.h.
 */
#ifndef FOLIO_TESTS_TERMINAL_H
#define FOLIO_TESTS_TERMINAL_H

#include "folio/base/bytes/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

struct terminal;

/** In place of a descriptor in `struct terminal_setup`: the terminal itself, or nothing at all. */
enum { TERMINAL_TTY = 0, TERMINAL_CLOSED = -1 };

/** How to start the program; everything may be 0 but `argv`, `rows` and `columns`. Read only during the call. */
struct terminal_setup {
    char *const *argv;          /**< as for execvp: NULL-terminated, argv[0] is searched in PATH */
    const char *const *environ; /**< "NAME=VALUE" sets, "NAME" takes away, in this order; NULL-terminated */
    const char *directory;      /**< the working directory; NULL: the caller's */
    int rows, columns;          /**< what the kernel says of the window; 0 is allowed, libvterm then has 1 */
    int input, output, errors;  /**< TERMINAL_TTY, TERMINAL_CLOSED or a descriptor above 2, the caller's */
    bool no_controlling;        /**< no /dev/tty: a session of its own that never took the terminal */
    bool job;           /**< under a small shell, so that SIGTSTP can stop it (a session leader cannot) */
    int ignored_signal; /**< ignored when the program starts, as nohup does with SIGHUP; 0: none */
};

/** Start a program. Returns NULL and fills `error` if there is no pty or the program cannot be executed. */
struct terminal *terminal_open(const struct terminal_setup *setup, struct error *error);

/**
 * Press keys: text as it stands, and names between < and >: CR ESC Tab BS Space lt Up Down Left Right Home End PgUp
 * PgDn Ins Del F1 to F12 WheelUp WheelDown, C-x M-x S-Up with modifiers, Click-ROW-COLUMN, x9b for a byte. Cursor
 * keys follow the mode the program asked for, the mouse says nothing until it is asked to. False and `error` for an
 * unknown name (nothing is sent then), or if the program does not read for 10 seconds.
 */
bool terminal_keys(struct terminal *terminal, const char *keys, struct error *error);

/** Give the window another size, which sends SIGWINCH. Sizes below 1 reach the kernel but are 1 for libvterm. */
void terminal_resize(struct terminal *terminal, int rows, int columns);

/** Send a signal to the program; nothing happens if it has ended. */
void terminal_signal(struct terminal *terminal, int number);

/** Take the terminal away while the program runs, as a closed window does. The last cells stay readable. */
void terminal_hangup(struct terminal *terminal);

/** The modes of the terminal (echo, raw or not) as they are now; false after a hangup. Also after the program's end. */
bool terminal_modes(const struct terminal *terminal, struct termios *modes);

/** The process of the program (with `job` not the shell's). Valid until terminal_close. */
pid_t terminal_process(const struct terminal *terminal);

/** Kill the program if it still runs, remove its home, and free the terminal. NULL is allowed. */
void terminal_close(struct terminal *terminal);

#endif
