/* SPDX-License-Identifier: MIT */
/**
 * ui: what screen.c and ink.c share: the first owns the terminal, the second gives curses the cells. No
 * word of curses here. Main thread.
 */
#ifndef FOLIO_UI_TERMINAL_INSIDE_H
#define FOLIO_UI_TERMINAL_INSIDE_H

#include "folio/ui/terminal/look.h"
#include "folio/ui/terminal/strip.h"
#include "folio/view/frame/frame.h"

struct screen_ink;

/** What curses is given, with colours or without; curses has just been started. NULL when out of memory. */
struct screen_ink *screen_ink_open(bool color, const struct looks *looks);

/** Put the frame (NULL: blank rows) and the strip, on the last row, into the picture that refresh() sends. */
void screen_ink_draw(struct screen_ink *paint, const struct frame *frame, const struct strip *strip,
                     unsigned rows, unsigned columns);

/** The picture in curses is not what was drawn last: its size has changed. */
void screen_ink_forget(struct screen_ink *paint);

#endif
