/* SPDX-License-Identifier: MIT */
/**
 * ui: rows of a frame on a terminal without a full screen: for -F, and where TERM is dumb. Pure; main thread.
 */
#ifndef FOLIO_UI_TERMINAL_PLAIN_H
#define FOLIO_UI_TERMINAL_PLAIN_H

#include "folio/base/bytes/buf.h"
#include "folio/view/frame/frame.h"

/** Append what makes the terminal write as the cell is to look; NULL: as it does by itself. */
typedef void plain_turn(void *pen, const struct cell *cell, struct buf *out);

/**
 * Append the rows [first, end) of `frame` to `out` as lines of UTF-8, without the blanks at their ends that cannot be
 * seen. `turn` is asked before each character, and at the end of each row with NULL.
 */
void plain_rows(const struct frame *frame, unsigned first, unsigned end, plain_turn *turn, void *pen,
                struct buf *out);

#endif
