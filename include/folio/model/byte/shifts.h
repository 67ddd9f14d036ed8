/* SPDX-License-Identifier: MIT */
/**
 * model: by how much the bytes of another file are shifted against those of a first one, and from where on.
 *
 *     first   ab cd ef       01 02 03 04 05       a shift grows: bytes that only the other has stand before a place
 *     other   ab cd ef 99 99 01 02       05       it shrinks: the first so many bytes from there on are the first's alone
 *                      at 3, +2    at 5, +0
 *
 * Bytes that are there in both stand beside each other, whether they are the same or not. A table of bounded length,
 * made once (model/byte/align) and never changed; whoever reads it needs no lock.
 */
#ifndef FOLIO_MODEL_BYTE_SHIFTS_H
#define FOLIO_MODEL_BYTE_SHIFTS_H

#include "folio/base/bytes/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The most shifts of a table: 64 KiB of them. */
#define SHIFTS_MAX 4096u

/** From byte `at` of the first file on, byte x of it is byte x + by of the other. */
struct shift {
    uint64_t at;
    int64_t by;
};

/** Ascending; without any, the files are compared at the same offsets. */
struct shifts {
    size_t count;
    /** There was no room for more: what lies behind the last one may be shifted otherwise. */
    bool full;
    struct shift shift[];
};

/** A stretch of the first file of which one thing is true. */
struct shift_stretch {
    /** Its bytes; the last stretch has no end (UINT64_MAX). */
    struct range range;
    /** Byte x is byte x + by of the other file, which may be shorter. */
    int64_t by;
    /** The other file has none of these bytes. */
    bool only;
    /** How many bytes that only the other file has stand before range.begin, and where in that file. */
    uint64_t more, more_at;
    /** Where in the first file `by` begins to hold. */
    uint64_t since;
};

/** Bytes of a table with room for `count` shifts. */
static inline size_t shifts_size(size_t count)
{
    return sizeof(struct shifts) + count * sizeof(struct shift);
}

/** The stretch that holds the byte at `offset` of the first file. NULL is a table without any. */
struct shift_stretch shifts_at(const struct shifts *shifts, uint64_t offset);

#endif
