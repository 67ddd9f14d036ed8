/* SPDX-License-Identifier: MIT */
/**
 * ui: those rows of a help text that are about a word. Pure; any thread.
 *
 * A help text has titles, and below them rows that are indented: keys or names in a column, then a sentence; a row that
 * is indented further goes on with the one above.
 */
#ifndef FOLIO_UI_COMMAND_LOOKUP_H
#define FOLIO_UI_COMMAND_LOOKUP_H

#include "folio/base/bytes/buf.h"

#include <stddef.h>

/**
 * Append the rows of `text` that are about `word`, below their titles; the number of rows. A word of one or two
 * characters, or one that begins with a sign, is a key, an option or the name of a command, and must be one just so.
 * Any other may be part of a row, in capitals or not.
 */
size_t lookup(const char *text, const char *word, struct buf *out);

#endif
