/* SPDX-License-Identifier: MIT */
/**
 * model: JSON written anew, with a line for each value, or without a blank.
 *
 * Only blanks outside of strings are taken out and put in; no other byte is touched, so numbers, escapes and what is no
 * JSON stay as they stand. Each document begins in a line of its own. The bytes come piece by piece and go out as far as
 * there is room; what is kept does not grow with them, however deep they are. Plain struct, one thread.
 */
#ifndef FOLIO_MODEL_JSON_FORMAT_H
#define FOLIO_MODEL_JSON_FORMAT_H

#include "folio/base/bytes/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What was written last, outside of strings. */
enum json_written {
    JSON_WRITTEN_NOTHING,
    JSON_WRITTEN_OPENER,
    JSON_WRITTEN_COMMA,
    JSON_WRITTEN_COLON,
    JSON_WRITTEN_VALUE, /**< all of a string or a container */
    JSON_WRITTEN_WORD,  /**< a byte of a number or a word, or of what is no JSON */
};

/** All zero but for `indent` at the beginning. */
struct json_format {
    unsigned indent;      /**< columns for each level; 0: no blanks at all */
    bool inside, escaped; /**< a string */
    bool blank;           /**< there was one since the last byte that was written */
    uint64_t depth;
    enum json_written last;
    /* Still to go out: a newline, blanks, a byte of the text, a blank behind it. */
    bool newline, behind;
    uint64_t blanks;
    int byte; /**< 0: none; a NUL of the text is told apart by `nul` */
    bool nul;
};

/**
 * Write what the bytes of `*in` become to `out`, at most `room` bytes, and take off `*in` what is dealt with; `last`: no
 * more comes behind it. Returns how many bytes were written; call it again while that is `room`.
 */
size_t json_format(struct json_format *format, struct span *in, bool last, char *out, size_t room);

#endif
