/* SPDX-License-Identifier: MIT */
/**
 * ui: a terminal that says in COLORTERM that it has 24-bit colours, though its description in terminfo does not.
 *
 * Everything else it says is true, so curses gets the same description with one change: colours are numbered as before,
 * and from DIRECT_BASE on each number is red, green and blue. Main thread.
 */
#ifndef FOLIO_UI_TERMINAL_DIRECT_H
#define FOLIO_UI_TERMINAL_DIRECT_H

#include <stdbool.h>

/** The number of black, and how many colours such a terminal has; no description in terminfo has that many. */
#define DIRECT_BASE   256
#define DIRECT_COLORS ((1 << 24) + DIRECT_BASE)

/** setupterm(3), as often as one likes: what was known of the type before is given back. False: not known either. */
bool direct_setup(const char *type, int out);

/**
 * setupterm has just found `type`: where the terminal is to be believed, have it, and curses from now on, find the changed
 * description. Before any other thread is started, for it stands in the environment. False: nothing changed.
 */
bool direct_begin(const char *type, int out);

/** Whoever is to read the description has: the environment is as it was. Does nothing the second time. */
void direct_end(void);

#endif
