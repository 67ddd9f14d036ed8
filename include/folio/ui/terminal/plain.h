/* SPDX-License-Identifier: MIT */
/**
 * ui: rows of a frame on a terminal without a full screen: for -F, and where TERM is dumb. Pure; main thread.
 */
#ifndef FOLIO_UI_TERMINAL_PLAIN_H
#define FOLIO_UI_TERMINAL_PLAIN_H

#include "folio/base/bytes/buf.h"
#include "folio/view/frame/frame.h"

/**
 * Append the rows [first, end) of `frame` to `out` as lines of UTF-8, without the blanks at their ends. Hits,
 * controls and warnings stand between `on` and `off`, the terminal's strings for standing out ("" where it has none).
 */
void plain_rows(const struct frame *frame, unsigned first, unsigned end, const char *on, const char *off,
                struct buf *out);

#endif
