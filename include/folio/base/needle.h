/* SPDX-License-Identifier: MIT */
/**
 * base: finding a literal string at the speed of memory.
 *
 * A needle is prepared once and then only read, so threads may share it. The two rarest of its bytes (by a table of
 * how common bytes are in text) are looked for side by side, 32 or 64 positions at a time; only where both stand is
 * the whole compared. Plain struct, no allocation, nothing to release.
 */
#ifndef FOLIO_BASE_NEEDLE_H
#define FOLIO_BASE_NEEDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The longest needle in bytes. */
#define NEEDLE_LENGTH_MAX 256

/** A literal string made ready for searching. */
struct needle {
    /** The bytes; folded to lower case where caseless. */
    unsigned char byte[NEEDLE_LENGTH_MAX];
    size_t length;
    /** ASCII letters match in either case. */
    bool caseless;
    /** Places in `byte` of the two rarest bytes, first < second unless length is 1. */
    size_t first, second;
};

/**
 * Prepare `length` bytes at `data`. Caseless means the 52 ASCII letters; other bytes are compared as they are.
 * False when length is 0 or over NEEDLE_LENGTH_MAX, or when caseless and a byte is not ASCII.
 */
bool needle_init(struct needle *needle, const char *data, size_t length, bool caseless);

/** Offset of the first occurrence in `data`; `length` when there is none. Never reads outside `data`. */
size_t needle_find(const struct needle *needle, const char *data, size_t length);

#endif
