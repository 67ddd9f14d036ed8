/* SPDX-License-Identifier: MIT */
/**
 * ui: what screen.c, ink.c and input.c share: the first owns the terminal, the second gives curses the cells, the third
 * takes the keys; pen.c writes cells without curses. No word of curses here. Main thread.
 */
#ifndef FOLIO_UI_TERMINAL_INSIDE_H
#define FOLIO_UI_TERMINAL_INSIDE_H

#include "folio/ui/terminal/look.h"
#include "folio/ui/terminal/strip.h"
#include "folio/view/frame/frame.h"

#include <stdint.h>

struct screen_ink;

/** What curses is given, with colours or without; curses has just been started. NULL when out of memory. */
struct screen_ink *screen_ink_open(bool color, const struct looks *looks);

/** Put the frame (NULL: blank rows) and the strip, on the last row, into the picture that doupdate() sends. */
void screen_ink_draw(struct screen_ink *paint, const struct frame *frame, const struct strip *strip,
                     unsigned rows, unsigned columns);

/** The picture in curses is not what was drawn last: its size has changed. */
void screen_ink_forget(struct screen_ink *paint);

/** Copy a string of the terminal without the delays it may name ("$<5>"), behind what is in `out`. */
void screen_string(char *out, size_t capacity, const char *string);

struct screen_input;

/**
 * Keys from `tty`, whose terminal curses has been told of; of the wheel only with `mouse`. Lives as long as the
 * process; NULL when out of memory.
 */
struct screen_input *screen_input_open(int tty, bool mouse);

/** See screen_key. */
uint32_t screen_input_key(struct screen_input *input);

#endif
