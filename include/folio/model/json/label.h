/* SPDX-License-Identifier: MIT */
/** model: the member of an object that tells what it is, beside its row where it is closed. View thread. */
#ifndef FOLIO_MODEL_JSON_LABEL_H
#define FOLIO_MODEL_JSON_LABEL_H

#include "folio/model/json/row.h"

/** So many members are looked at, of those that begin within so many bytes. */
#define LABEL_MEMBERS 32
#define LABEL_BYTES   65536u

/**
 * Read the first member of the row's container with this key and a value that is no container; `key` "": the first of name,
 * title, id, key and type that there is. NONE: none is among those that are looked at. UNKNOWN, FAILED.
 */
enum nesting_answer json_label(const struct json_rows *rows, const struct json_row *row, const char *key,
                               struct json_value *label);

#endif
