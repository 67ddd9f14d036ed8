/* SPDX-License-Identifier: MIT */
/**
 * base: how bytes spell characters. UTF-8, UTF-16 and UTF-32 in both byte orders, and every stateless superset of
 * ASCII that iconv knows.
 *
 * An encoding has a *unit* of 1, 2 or 4 bytes: in UTF-16 a newline is 000A at an even offset of the file, never a
 * byte 0A. Everything that looks for newlines or for the start of a character in a stretch is told `phase`: the
 * offset in the file of the stretch's first byte, modulo the unit; bytes before the first whole unit are no text.
 *
 * Those of single bytes that are no superset of ASCII (EBCDIC) are *foreign*: a newline is another byte there. They
 * serve where bytes are shown and typed one by one, and never for lines of text.
 *
 * An encoding is immutable once found, and lives as long as the process: any thread may use it. Only encoding_find
 * allocates, and asks iconv; it takes some milliseconds.
 */
#ifndef FOLIO_BASE_TEXT_ENCODING_H
#define FOLIO_BASE_TEXT_ENCODING_H

#include "folio/base/bytes/error.h"
#include "folio/base/text/utf8.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The longest character in bytes, in any encoding that encoding_find takes. */
#define ENCODING_LENGTH_MAX 4

enum encoding_form {
    ENCODING_UTF8,
    ENCODING_BYTES, /**< one byte a character: a table of 256 */
    ENCODING_MULTI, /**< one to four bytes, ASCII below 0x80 and in no later place of a longer one but as a trail byte */
    ENCODING_UTF16,
    ENCODING_UTF32,
};

struct encoding {
    /** As it is shown and set: "UTF-8", "UTF-16LE", "ISO-8859-1", "WINDOWS-1252". */
    char name[32];
    enum encoding_form form;
    uint8_t unit;
    bool big_endian;
    bool foreign; /**< BYTES that are no superset of ASCII: for bytes one by one, and not for text */
    /** Code points of ENCODING_BYTES, UINT32_MAX where a byte is none; what else a form needs is private to encoding.c. */
    const void *table;
};

/** UTF-8; what a NULL encoding means everywhere. */
extern const struct encoding encoding_utf8;

/**
 * The encoding of this name, as iconv and people spell it ("latin1", "utf-16", "cp1252", "shift_jis"); UTF-16 and
 * UTF-32 without a byte order are little-endian. NULL and `error` when iconv does not know it, or when it has states
 * (ISO-2022-JP, UTF-7) or is no superset of ASCII (EBCDIC): the sentence says which. Not from two threads at once.
 */
const struct encoding *encoding_find(const char *name, struct error *error);

/** The same, and foreign encodings too ("cp037", "ibm1047"). Of what is refused the sentence is the same. */
const struct encoding *encoding_find_bytes(const char *name, struct error *error);

/**
 * The character at the start of `data`: like utf8_decode. What is no character is one unit (one byte in MULTI) with
 * `valid` false and `rune` its value. Not valid where it is cut by the end of `data`; length 0 only for no data. Where
 * iconv makes two code points of one character, `rune` is the first.
 */
struct utf8 encoding_decode(const struct encoding *encoding, const char *data, size_t length);

/**
 * Write the one unit that is `rune` to `out`, which has room for ENCODING_LENGTH_MAX bytes. Returns its bytes; 0: it is
 * no character of this encoding, or takes more than one unit. Of several bytes that are one character, the lowest.
 */
unsigned encoding_encode(const struct encoding *encoding, uint32_t rune, char *out);

/**
 * The nearest character start at or before `offset` in `data`, given that data[0] may stand inside a character
 * itself. Exact in UTF-8, UTF-16, UTF-32 and BYTES; in MULTI if `data` goes back to a byte that no character of this
 * encoding has as its trail (a newline, mostly everything from 0x00 to 0x2f), which is nearly always near. Inside
 * the part of a unit that `phase` leaves at the front it is 0; from `length` on it is `offset`.
 */
size_t encoding_start(const struct encoding *encoding, const char *data, size_t length, size_t offset,
                      unsigned phase);

/** Offset of the first byte of the `nth` newline (from 0) of `data`; `length` when there are not that many. */
size_t encoding_newline(const struct encoding *encoding, const char *data, size_t length, unsigned phase,
                        uint64_t nth);

/** Offset of the first byte of the last newline; `length` when there is none. */
size_t encoding_last_newline(const struct encoding *encoding, const char *data, size_t length,
                             unsigned phase);

/** How many newlines there are. */
uint64_t encoding_count_newlines(const struct encoding *encoding, const char *data, size_t length,
                                 unsigned phase);

#endif
