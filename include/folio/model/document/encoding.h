/* SPDX-License-Identifier: MIT */
/**
 * model: how the open file spells its characters. Guessed from its beginning and by libmagic, or set by a person.
 *
 * UTF-8 until the beginning of the file is in memory. A guess only ever becomes better informed (more of a stream has
 * come, libmagic has answered) and never changes what a person has set; it is made anew when the file is rewritten.
 * Where newlines are spelled in another way (UTF-16, UTF-32), the lines are surveyed anew: `document->lines` is another
 * summary then, and `document->lines_generation` another number. Whoever keeps the pointer compares that number after
 * each call of a function below or of document_look. View thread.
 */
#ifndef FOLIO_MODEL_DOCUMENT_ENCODING_H
#define FOLIO_MODEL_DOCUMENT_ENCODING_H

#include "folio/base/bytes/error.h"
#include "folio/base/text/encoding.h"
#include "folio/model/document/document.h"

#include <stdbool.h>

/**
 * The encoding that holds now, never NULL; it lives as long as the process. Asks for a guess where there is none yet,
 * and never waits. `*sure` (NULL allowed): set by a person, or told by a byte order mark, or by characters that nothing
 * but this encoding has; otherwise a guess, shown with `~`.
 */
const struct encoding *document_encoding(struct document *document, bool *sure);

/** Set it by name as encoding_find takes it, or "auto" for a guess again. False and `error`: nothing has changed. */
bool document_set_encoding(struct document *document, const char *name, struct error *error);

/** Is the beginning of the file no text in any encoding? Such a file is shown as UTF-8. False while not known. */
bool document_binary(struct document *document);

/**
 * Bytes of the byte order mark at offset 0 in the encoding that holds now, 0 where there is none: the view shows
 * nothing for them. At every other offset U+FEFF is a character like others, and shows.
 */
unsigned document_bom(struct document *document);

#endif
