/* SPDX-License-Identifier: MIT */
/**
 * base: what a few bytes would be as numbers, dates, bits, a character. Bytes in, text out.
 *
 * Pure; any thread. Text is printable ASCII, and "-" where there is no such value: too few bytes, a sequence that is
 * none, a date outside of the years 1 to 9999.
 */
#ifndef FOLIO_BASE_WORDS_INSPECT_H
#define FOLIO_BASE_WORDS_INSPECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** So many bytes are enough for every value: the longest LEB128 of 64 bits. */
#define INSPECT_BYTES 10
/** Room for any value, with its NUL. */
#define INSPECT_TEXT 48

/** What bytes may be. */
enum inspect_kind {
    INSPECT_BITS, /**< of one byte: "0100 0001" */
    INSPECT_U8,
    INSPECT_I8,
    INSPECT_ULEB, /**< LEB128, and in parentheses how many bytes it has: "624485 (3)" */
    INSPECT_SLEB,
    INSPECT_RUNE, /**< the UTF-8 character: "U+00E9" */
    INSPECT_U16,  /**< from here on the byte order counts */
    INSPECT_I16,
    INSPECT_F16,
    INSPECT_U32,
    INSPECT_I32,
    INSPECT_F32,
    INSPECT_U64,
    INSPECT_I64,
    INSPECT_F64,
    INSPECT_UNIX32, /**< seconds since 1970, with a sign: 2026-11-20T13:45:12Z */
    INSPECT_UNIX64,
    INSPECT_UNIX_MS,  /**< milliseconds since 1970 */
    INSPECT_UNIX_US,  /**< microseconds since 1970 */
    INSPECT_UNIX_NS,  /**< nanoseconds since 1970 */
    INSPECT_FILETIME, /**< tenths of microseconds since 1601, as Windows has them */
    INSPECT_DOS,      /**< the time, and then the date, of a FAT directory; local, and with even seconds */
    INSPECT_COUNT
};

/** The short name of a kind: "u16". */
const char *inspect_label(enum inspect_kind kind);

/** What the first of `length` bytes are as this kind, in that byte order, NUL-terminated. Returns the length. */
size_t inspect_value(enum inspect_kind kind, const unsigned char *data, size_t length, bool big,
                     char out[INSPECT_TEXT]);

/**
 * Which kind of date the first bytes are likely to be: of UNIX64, UNIX_MS, UNIX_US, UNIX_NS and FILETIME the one that makes
 * of eight of them a date near our time (at most one does); else DOS, where four of them are one; else what is nearest.
 */
enum inspect_kind inspect_date(const unsigned char *data, size_t length, bool big);

/** The character that INSPECT_RUNE shows. False: there is none. */
bool inspect_rune(const unsigned char *data, size_t length, uint32_t *rune);

#endif
