/* SPDX-License-Identifier: MIT */
/**
 * tests: wait for a program in a terminal, and never sleep.
 *
 * Each call reads what the program writes until what was asked for is so, or the time is over. A wait for the screen
 * also wants quiet: 20 ms without output, or 150 ms if there was none at all since the last key, signal or resize, so
 * that "nothing changes" is no luck. All times are milliseconds and are multiplied by FOLIO_TEST_PATIENCE (a
 * number, 1 if unset) for slow builds and machines. The thread of the terminal.
 */
#ifndef FOLIO_TESTS_TERMINAL_WAIT_H
#define FOLIO_TESTS_TERMINAL_WAIT_H

#include "harness/terminal.h"

#include <stdbool.h>

/** A question about a terminal, asked again after each piece of output and at least every 20 ms. */
typedef bool terminal_predicate(const struct terminal *terminal, void *context);

/** Wait until `predicate` holds and the program is quiet. False if that did not happen in time. */
bool terminal_wait(struct terminal *terminal, terminal_predicate *predicate, void *context, int timeout);

/** Wait until `needle` stands in a row and the program is quiet. */
bool terminal_wait_text(struct terminal *terminal, const char *needle, int timeout);

/**
 * Wait until the program has taken every key and sleeps in a read, poll or select of its main thread, with its
 * output drawn: exact, whatever the load, for a program of one thread. Where the kernel does not tell, 150 ms of quiet.
 */
bool terminal_wait_idle(struct terminal *terminal, int timeout);

/** Read what there is for `time` milliseconds, not scaled: for a test that is about time. */
void terminal_watch(struct terminal *terminal, int time);

/** Wait until the program has ended: its exit status, 128 + N if signal N ended it, -1 if it still runs. */
int terminal_exit_status(struct terminal *terminal, int timeout);

/** FOLIO_TEST_PATIENCE as a number, at least 1. */
double terminal_patience(void);

#endif
