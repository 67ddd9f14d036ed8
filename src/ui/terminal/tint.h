/* SPDX-License-Identifier: MIT */
/**
 * ui: what an ink is on this terminal. All that is decided about colours and attributes is decided here, once for what is
 * drawn (ink.c) and for what is printed (pen.c). Asks terminfo; main thread.
 */
#ifndef FOLIO_UI_TERMINAL_TINT_H
#define FOLIO_UI_TERMINAL_TINT_H

#include "folio/base/glyph/ink.h"
#include "folio/ui/terminal/palette.h"

#include <stdbool.h>

/** The terminal reverses nothing by that name, but has a way to make text stand out. */
#define TINT_STANDOUT INK_FOREGROUND

/** What the terminal has. */
struct tints {
    struct palette palette;
    bool dim, italic, strike, reverse;
};

/** An ink on it: of the attributes of struct ink and TINT_STANDOUT those that it has, and colours of the palette. */
struct tint {
    unsigned flags;
    int foreground, background;
};

/** Ask the terminal that setupterm found. Without `color` none are used. */
struct tints tints_of_terminal(bool color);

/**
 * What `ink` is there; `own` for a look of ours, which need not be told from one. What the terminal does not have becomes
 * what is next to it.
 */
struct tint tint_make(const struct tints *tints, const struct ink *ink, bool own);

#endif
