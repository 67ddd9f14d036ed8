/* SPDX-License-Identifier: MIT */
/**
 * ui: text of the tables as mdoc, for the rows of the man page. Pure.
 */
#ifndef FOLIO_UI_COMMAND_MANUAL_H
#define FOLIO_UI_COMMAND_MANUAL_H

#include "folio/base/bytes/buf.h"

/** Append `text` with everything escaped that roff would take for its own. */
void manual_text(struct buf *out, const char *text);

/** Append `text` as one argument of a macro: a lone delimiter is kept from being taken for punctuation. */
void manual_word(struct buf *out, const char *text);

#endif
