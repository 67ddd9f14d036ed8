/* SPDX-License-Identifier: MIT */
/**
 * ui: the full screen. The only module that knows curses.
 *
 * Draws frames and the last row, gives keys. Opaque; one at a time, owned by the main thread. curses only
 * decides which bytes change what is shown; entering and leaving the screen, and the modes of the terminal,
 * are done here and in ui/terminal/tty, because curses would not do without the alternate screen and could not be
 * undone in a crash.
 */
#ifndef FOLIO_UI_TERMINAL_SCREEN_H
#define FOLIO_UI_TERMINAL_SCREEN_H

#include "folio/base/bytes/error.h"
#include "folio/ui/terminal/look.h"
#include "folio/ui/terminal/strip.h"
#include "folio/view/frame/frame.h"

#include <stdbool.h>
#include <stdint.h>

struct screen;

struct screen_options {
    int tty;        /**< gives keys */
    int out;        /**< takes what is drawn */
    bool alternate; /**< use the terminal's second screen, so that the first comes back at the end */
    bool color;
    bool mouse;                /**< the wheel is a key */
    const struct looks *looks; /**< how hits and the like look; copied */
};

/** The strings with which text stands out on a terminal that cannot be drawn on; "" where it has none. */
struct screen_standout {
    char on[32], off[32];
};

/**
 * Can the terminal named by $TERM be drawn on? Where it is known at all, `standout` gets its strings. One that is not
 * known is taken for the one that is most like it: then true, and the sentence says so. False and one sentence for
 * $TERM dumb, unset, or unknown and like none. COLORTERM is believed where it says that there are 24-bit colours. Before
 * any other thread is started.
 */
bool screen_able(int out, struct screen_standout *standout, struct error *error);

/** Take the screen. Call screen_able first. NULL and `error` on failure; the terminal is as before then. */
struct screen *screen_open(const struct screen_options *options, struct error *error);

/** Give the screen back. Nothing is freed: the process is about to end. NULL is fine. */
void screen_close(struct screen *screen);

/**
 * Give the screen back for rows that are printed in its place. Without a second screen the picture is cleared,
 * and they are to begin where they stood in it.
 */
void screen_leave(struct screen *screen);

/**
 * Take the screen again after screen_close (an editor ran, the shell had the terminal), with its size now.
 */
void screen_resume(struct screen *screen);

/** Find out the size anew, which may have changed: rows and columns of the whole screen. */
void screen_size(struct screen *screen, unsigned *rows, unsigned *columns);

/**
 * Draw `frame` (NULL: blank rows), cropped or filled up to the rows above the last, and `strip` on the last
 * one (its further rows above it, over the frame), with the cursor at `cursor` in it. `anew`: everything, whatever
 * curses believes to be there.
 */
void screen_draw(struct screen *screen, const struct frame *frame, const struct strip *strip, unsigned cursor,
                 bool anew);

/**
 * The next key if one is waiting (a code point or enum stroke), else STROKE_NONE. Sequences that are no key are passed
 * over. Where what has come is a key but may become another (Esc) it waits for the rest, but never longer than 25 ms.
 * What is pasted lies between STROKE_PASTE_BEGIN and STROKE_PASTE_END.
 */
uint32_t screen_key(struct screen *screen);

/** Ring the bell. */
void screen_bell(struct screen *screen);

#endif
