/* SPDX-License-Identifier: MIT */
/**
 * ui: attributes and colours of cells as strings for the terminal, where rows are printed and not drawn.
 *
 * A cell looks as it does on the screen: what the file wants in its colours, and what we know of it in our looks. Call
 * screen_able first, which finds the terminal's description. Main thread.
 */
#ifndef FOLIO_UI_TERMINAL_PEN_H
#define FOLIO_UI_TERMINAL_PEN_H

#include "folio/base/bytes/buf.h"
#include "folio/ui/terminal/look.h"
#include "folio/view/frame/frame.h"

#include <stdbool.h>

struct pen;

/** A pen, which writes as the terminal does by itself; without `color` only attributes. NULL when out of memory. */
struct pen *pen_open(bool color, const struct looks *looks);

/** Append what makes the terminal write as the cell is to look; NULL: as it does by itself. */
void pen_turn(struct pen *pen, const struct cell *cell, struct buf *out);

/** Free it; NULL is fine. */
void pen_close(struct pen *pen);

#endif
