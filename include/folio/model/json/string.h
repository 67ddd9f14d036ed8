/* SPDX-License-Identifier: MIT */
/**
 * model: the bytes of a JSON string as the text that they mean, and back.
 *
 * Pure, any thread; the bytes are those between the quotes. What means no text stands for itself, byte by byte: half of a
 * pair of surrogates (`\ud83d` alone), an escape that JSON does not have (`\x`), bytes that are no UTF-8. So a text is never
 * longer than its string, and nothing is lost; but an escape that stands for itself cannot be told from one that was
 * spelled (`\\x`).
 */
#ifndef FOLIO_MODEL_JSON_STRING_H
#define FOLIO_MODEL_JSON_STRING_H

#include "folio/base/bytes/buf.h"
#include "folio/base/bytes/span.h"
#include "folio/base/text/utf8.h"

#include <stdbool.h>

/** The most bytes of an escape: of a pair of surrogates. */
#define JSON_ESCAPE_MAX 12u

/** An escape. */
struct json_escape {
    size_t length;              /**< its bytes; 0: more must be seen to tell */
    char text[UTF8_LENGTH_MAX]; /**< what it means */
    size_t count;               /**< bytes of that; 0: it means no text, and stands for itself */
};

/**
 * The escape that begins with the backslash at `data`, of which `length` bytes (at least 1) are there; `whole`: the string
 * ends with them. Length 0 only where not `whole` and less than JSON_ESCAPE_MAX bytes are there.
 */
struct json_escape json_escape_decode(const char *data, size_t length, bool whole);

/** A string that is made text piece by piece; all zero at its beginning. */
struct json_unescape {
    char held[JSON_ESCAPE_MAX]; /**< an escape of which more must be seen */
    size_t count;
};

/** Append what the next `piece` means to `text`; `last`: it is the end of the string. */
void json_unescape(struct json_unescape *unescape, struct span piece, bool last, struct buf *text);

/** Append `text` as what stands between the quotes: quotes, backslashes and controls as escapes. Piece by piece as well. */
void json_escape(struct span text, struct buf *string);

#endif
