/* SPDX-License-Identifier: MIT */
/**
 * model, private: what rows and steps share (walk.c, fold.c, data.c): the brackets and commas of one document. View thread.
 */
#ifndef FOLIO_MODEL_JSON_WALK_H
#define FOLIO_MODEL_JSON_WALK_H

#include "folio/model/json/row.h"

struct walk {
    const struct json_rows *rows;
    struct range document;
};

/** Is it an opening bracket, or a closing one? */
static inline bool json_opens(char byte)
{
    return byte == '[' || byte == '{';
}

static inline bool json_closes(char byte)
{
    return byte == ']' || byte == '}';
}

/** Begin in the document that the byte at `at` is in. */
enum nesting_answer walk_begin(struct walk *walk, const struct json_rows *rows, uint64_t at);

/** The bracket or comma at or after `at`, or before it. NONE: the document has none there. */
enum nesting_answer walk_token(const struct walk *walk, uint64_t at, bool forward, uint64_t *token);

/** The first byte at or after `*at` that is no blank. '\0': none is left in the document, and `*at` is its end. */
enum nesting_answer walk_blanks(const struct walk *walk, uint64_t *at, char *byte);

/** What stands at `token`, and the first byte behind it that is no blank, with its place. */
enum nesting_answer walk_look(const struct walk *walk, uint64_t token, char *byte, uint64_t *behind,
                              char *next);

/** How deep the document begins, as the nesting counts. */
enum nesting_answer walk_base(const struct walk *walk, int64_t *base);

/** The outermost closed container that the byte at `at` is in, by its bracket. NONE: there is none. */
enum nesting_answer walk_folded(const struct walk *walk, uint64_t at, uint64_t *opener);

/**
 * Is the container closed whose bracket is at `opener`? Then `*close` is its closing bracket, or, where it does not end, the
 * end of the document.
 */
enum nesting_answer walk_is_folded(const struct walk *walk, uint64_t opener, bool *folded, uint64_t *close);

/** Where the first row begins behind the bracket or comma at `token`, or the document ends. */
enum nesting_answer walk_behind(const struct walk *walk, uint64_t token, uint64_t *begin);

/** Has the bracket that closes at `at`, where a row would begin, none of its own? No other byte is hidden. */
enum nesting_answer walk_hidden(const struct walk *walk, uint64_t at, bool *hidden);

/** From `*begin`, where a row would begin, to where one does, or the document ends. */
enum nesting_answer walk_past_hidden(const struct walk *walk, uint64_t *begin);

#endif
