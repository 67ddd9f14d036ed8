/* SPDX-License-Identifier: MIT */
/**
 * ui: how the parts of the screen look that are not the file's: hits, controls, line numbers, the status row.
 *
 * A look is a struct ink, in words "black on yellow bold". Values, pure; main thread.
 */
#ifndef FOLIO_UI_TERMINAL_LOOK_H
#define FOLIO_UI_TERMINAL_LOOK_H

#include "folio/base/bytes/buf.h"
#include "folio/base/bytes/error.h"
#include "folio/base/glyph/ink.h"
#include "folio/view/frame/frame.h"

#include <stdbool.h>

/** The looks: one of each style (enum style), and behind them the status row. */
enum { LOOK_STATUS = STYLE_COUNT, LOOK_COUNT };

struct looks {
    struct ink ink[LOOK_COUNT];
};

/** What they are where nobody says otherwise: never told apart by colour alone. */
struct looks looks_default(void);

/** The name of a look; NULL for text, which looks as the file wants it. Static. */
const char *look_name(unsigned look);

/**
 * Read a look: a colour, "on" and a colour, attributes, in any order, or "plain". Colours are black, red, green,
 * yellow, blue, magenta, cyan, white, each also with "bright-" in front, default, a number up to 255, or #rrggbb.
 * False and one sentence otherwise; `ink` is as before then.
 */
bool look_parse(const char *text, struct ink *ink, struct error *error);

/** Append a look as look_parse reads it. */
void look_spell(const struct ink *ink, struct buf *out);

#endif
