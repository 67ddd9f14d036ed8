/* SPDX-License-Identifier: MIT */
/**
 * base: UTF-8, one character at a time, broken input included.
 *
 * Pure; any thread. Decoding never reads outside the span. A byte that is not part of a well-formed sequence
 * (Unicode 15, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF) is one invalid character of
 * length 1.
 */
#ifndef FOLIO_BASE_TEXT_UTF8_H
#define FOLIO_BASE_TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The longest sequence in bytes. */
#define UTF8_LENGTH_MAX 4

/** One decoded character. */
struct utf8 {
    /** The code point; the byte itself where not valid. */
    uint32_t rune;
    /** Bytes used, 1 to 4; 0 only for an empty span. */
    uint8_t length;
    /** Well-formed? */
    bool valid;
};

/** Decode the character that starts at `data`. A sequence cut by the end of the span is invalid. */
struct utf8 utf8_decode(const char *data, size_t length);

/**
 * Where the character that ends just before `offset` starts: a value in [offset-4, offset-1], 0 for offset 0.
 * Agrees with decoding forward from a character start.
 */
size_t utf8_before(const char *data, size_t offset);

/**
 * The nearest character start at or before `offset`, given that `data[0]` may stand inside a character itself:
 * goes back at most 3 bytes, and only if a valid sequence really covers `offset`.
 */
size_t utf8_start(const char *data, size_t length, size_t offset);

/** Write `rune` as UTF-8 into `out`; the number of bytes, 1 to 4, or 0 for a surrogate or above U+10FFFF. */
size_t utf8_encode(uint32_t rune, char out[UTF8_LENGTH_MAX]);

#endif
