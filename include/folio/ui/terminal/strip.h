/* SPDX-License-Identifier: MIT */
/**
 * ui: a row of cells, or a few of them, filled from the left. The status row and the prompt are made of it.
 *
 * A plain value over cells of the caller; whatever is put in goes through base/glyph, so a strip is harmless.
 * UI thread; pure.
 */
#ifndef FOLIO_UI_TERMINAL_STRIP_H
#define FOLIO_UI_TERMINAL_STRIP_H

#include "folio/view/frame/frame.h"

#include <stdbool.h>
#include <stddef.h>

/** The widest strip there is; also how many cells all rows have together. */
#define STRIP_COLUMNS 2048

struct strip {
    struct cell cell[STRIP_COLUMNS];
    unsigned columns; /**< of a row */
    unsigned rows;    /**< how many of them there are, one behind the other in `cell` */
    unsigned used;    /**< filled from the left in the last one; the rest are blanks */
    bool bar;         /**< drawn as a bar (the status row), not as text (a prompt) */
};

/** An empty strip of so many columns (clamped to STRIP_COLUMNS). */
void strip_init(struct strip *strip, unsigned columns, bool bar);

/** Go on in a new row below. False: there is no room for one. */
bool strip_break(struct strip *strip);

/** Put text (UTF-8, from anywhere) behind what is there; cut at the edge at a character border. */
void strip_put(struct strip *strip, const char *text, size_t length);

/** The same in a style, but for what it shows in place of controls. */
void strip_put_styled(struct strip *strip, const char *text, size_t length, enum style style);

/** The columns that text takes. */
unsigned strip_width(const char *text, size_t length);

#endif
