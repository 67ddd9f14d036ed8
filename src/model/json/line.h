/* SPDX-License-Identifier: MIT */
/**
 * model, private: JSON in a line of something else (line.c): of a log, or behind `var jsonData = `. View thread.
 */
#ifndef FOLIO_MODEL_JSON_LINE_H
#define FOLIO_MODEL_JSON_LINE_H

#include "folio/base/bytes/span.h"
#include "folio/model/json/nesting.h"

/** How far into a line it is looked for. */
#define LINE_LOOK 65536u

/** Where it begins in the line that begins at `line`: at a bracket that opens a value of JSON. NONE: there is none. */
enum nesting_answer json_in_line(struct nesting *nesting, struct reader *reader, uint64_t line,
                                 uint64_t *begin);

/** Is the line that these bytes begin with a value of JSON, a string or a container at least at its beginning? */
bool json_is_line(struct span bytes);

/** Does a container of JSON begin with these bytes, as far as they tell? `[12:30]` and `{x}` do not. */
bool json_opens(struct span bytes);

#endif
