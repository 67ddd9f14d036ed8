/* SPDX-License-Identifier: MIT */
/**
 * base: finding a literal string, or one of a few, at the speed of memory.
 *
 * A needle is prepared once and then only read, so threads may share it. The three rarest of its bytes (by a table of
 * how common bytes are in text) are looked for side by side, 32 or 64 positions at a time; the whole needle is compared
 * only where all three stand. Several needles are looked for at once by three bytes each, which stand at the same places in
 * all of them. Plain structs, no allocation, nothing to release.
 */
#ifndef FOLIO_BASE_SCAN_NEEDLE_H
#define FOLIO_BASE_SCAN_NEEDLE_H

#include "folio/base/bytes/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The longest needle in bytes. */
#define NEEDLE_LENGTH_MAX 256

/** A literal string made ready for searching. */
struct needle {
    /** The bytes; folded to lower case where caseless, and with the bits set that do not matter where masked. */
    unsigned char byte[NEEDLE_LENGTH_MAX];
    size_t length;
    /** ASCII letters match in either case. */
    bool caseless;
    /** Some bits do not matter: those that are set in `fold`. */
    bool masked;
    unsigned char fold[NEEDLE_LENGTH_MAX];
    /** Places in `byte` of the two rarest bytes, first < second unless length is 1; and of the next, if there is one. */
    size_t first, second, third;
};

/**
 * Prepare `length` bytes at `data`. Caseless means the 52 ASCII letters; other bytes are compared as they are.
 * False when length is 0 or over NEEDLE_LENGTH_MAX, or when caseless and a byte is not ASCII.
 */
bool needle_init(struct needle *needle, const char *data, size_t length, bool caseless);

/**
 * Prepare `length` bytes of which only the bits that are set in `mask` matter: none of a byte, or all, or some. False
 * when length is 0 or over NEEDLE_LENGTH_MAX.
 */
bool needle_init_masked(struct needle *needle, const unsigned char *value, const unsigned char *mask,
                        size_t length);

/** Offset of the first occurrence in `data`; `length` when there is none. Never reads outside `data`. */
size_t needle_find(const struct needle *needle, const char *data, size_t length);

/** How many needles can be looked for at once, and by how many bytes of each. */
#define NEEDLES_MAX   8
#define NEEDLES_PLACE 3

/** Alternatives made ready for searching. */
struct needles {
    struct needle needle[NEEDLES_MAX];
    unsigned count;
    /** Length of the shortest. */
    size_t shortest;
    /** The places that are looked at, each below `shortest`; a short needle has one of them twice. */
    size_t place[NEEDLES_PLACE];
    /** By place and byte: a bit for each needle that has the byte there. */
    uint8_t whole[NEEDLES_PLACE][256];
    /** By the low half of the byte, by the high half, and by its low seven bits: the same, or more. */
    uint8_t low[NEEDLES_PLACE][16], high[NEEDLES_PLACE][16], seven[NEEDLES_PLACE][128];
};

/** Prepare `count` texts. False when that is 0 or over NEEDLES_MAX, or when needle_init refuses one of them. */
bool needles_init(struct needles *needles, const struct span *text, unsigned count, bool caseless);

/**
 * Offset of the first place in `data` where a needle stands; `length` when there is none. Where several begin there,
 * `*which` is the first of them in the order of needles_init. Never reads outside `data`.
 */
size_t needles_find(const struct needles *needles, const char *data, size_t length, unsigned *which);

#endif
