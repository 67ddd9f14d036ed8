/* SPDX-License-Identifier: MIT */
/**
 * model, private: what rows and steps share (row.c): the brackets and commas of one document. View thread.
 */
#ifndef FOLIO_MODEL_JSON_WALK_H
#define FOLIO_MODEL_JSON_WALK_H

#include "folio/model/json/row.h"

struct walk {
    const struct json_rows *rows;
    struct range document;
};

/** Is it an opening bracket, or a closing one? */
bool json_opens(char byte);
bool json_closes(char byte);

/** Begin in the document that the byte at `at` is in. */
enum nesting_answer walk_begin(struct walk *walk, const struct json_rows *rows, uint64_t at);

/** The bracket or comma at or after `at`, or before it. NONE: the document has none there. */
enum nesting_answer walk_token(const struct walk *walk, uint64_t at, bool forward, uint64_t *token);

/** Where the first row begins behind the bracket or comma at `token`, or the document ends. */
enum nesting_answer walk_behind(const struct walk *walk, uint64_t token, uint64_t *begin);

#endif
