/* SPDX-License-Identifier: MIT */
/**
 * tools: a program on a pseudo terminal, with the time at which each piece of its output came.
 *
 * The terminal of the harness waits in milliseconds and asks /proc; a meter must not. This one reads as soon as there is
 * something, notes the time before it draws, and knows when the body (all rows but the last) last became another.
 * Opaque; one thread, which is busy while it waits.
 */
#ifndef FOLIO_TOOLS_BENCH_SCREEN_H
#define FOLIO_TOOLS_BENCH_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct screen;

/** Start `command` on a terminal of that size; fails if it cannot be executed. */
struct screen *screen_open(char *const *command, int rows, int columns);

/** End the program and free. */
void screen_close(struct screen *screen);

/** The program's process. */
pid_t screen_process(const struct screen *screen);

/** Press keys, and note the time. \\r, \\e and \\s (a blank) are what they are in C; false when the program ended. */
bool screen_press(struct screen *screen, const char *keys);

/** What came of the last keys (or of the start), in milliseconds since then. */
struct answer {
    bool any;     /**< did the body change? */
    bool waited;  /**< did the last row say "reading" at the first change, or before? */
    double frame; /**< the first complete picture: the body changed, or "reading" came */
    double data;  /**< the body's last change */
};

/** Read until the body has changed and been left alone for `quiet` milliseconds, at most `timeout`. */
struct answer screen_settle(struct screen *screen, double quiet, double timeout);

/** The same, but give up after `unchanged` milliseconds when nothing changes. */
struct answer screen_settle_key(struct screen *screen, double quiet, double unchanged, double timeout);

/**
 * Read until `text` stands in a row and `~text` in none: milliseconds since the last keys, or -1 after `timeout`.
 * NULL in `text`: until the last row says neither "indexing" nor "counting" nor "searching".
 */
double screen_await(struct screen *screen, const char *text, double timeout);

/** Read until `text` stands in no row: milliseconds since the last keys, or -1 after `timeout`. */
double screen_await_gone(struct screen *screen, const char *text, double timeout);

/** Wait for the first output after the last keys; false after `timeout`. */
bool screen_wait_output(struct screen *screen, double timeout);

/** Does `text` stand in the last row? As of what was read. */
bool screen_status(const struct screen *screen, const char *text);

/** Print all rows, for whoever looks for a fault. */
void screen_print(const struct screen *screen);

#endif
