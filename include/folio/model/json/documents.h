/* SPDX-License-Identifier: MIT */
/**
 * model: which document of a JSON file a byte is in.
 *
 * A file is one document, or several one behind the other; or each of its lines is one (JSON lines): the first line that
 * is not blank is a whole value, and a line follows that begins with one; or a line cannot go on what the first one began,
 * which was cut off. Names of files say nothing of it. In JSON lines a line that is broken does no harm to the others. In a
 * file of something else a document begins at the first bracket of a line that opens JSON: in a log, or behind a marker as
 * `var jsonData = `. View thread.
 */
#ifndef FOLIO_MODEL_JSON_DOCUMENTS_H
#define FOLIO_MODEL_JSON_DOCUMENTS_H

#include "folio/model/json/nesting.h"
#include "folio/model/known/lines.h"

/**
 * Where the document begins that the byte at `at` is in, to `*begin`: with its line, with the bracket that opens it, or with
 * the file, a byte order mark left out. Between two it is the next one, behind the last the last. `*json`: there is one.
 * FOUND, UNKNOWN, FAILED.
 */
enum nesting_answer json_document(struct nesting *nesting, struct reader *reader, const struct summary *lines,
                                  uint64_t at, uint64_t *begin, bool *json);

/**
 * Is each line a document? FOUND: yes; NONE: the file is one, or is no JSON; UNKNOWN: its first line has no end yet; FAILED.
 */
enum nesting_answer json_documents_by_line(struct nesting *nesting, struct reader *reader,
                                           const struct summary *lines);

#endif
