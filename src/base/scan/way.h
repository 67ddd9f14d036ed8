/* SPDX-License-Identifier: MIT */
/**
 * base, private: what a way to scan consists of.
 *
 * scan.c and needle.c are doors; behind them stands one const table of functions per instruction set, and scan.c
 * holds which of the tables is in use. A new instruction set is one file with one table, and a line in scan.c. All
 * tables ask stands.c whether a needle stands where it seems to. All of it pure and for any thread; every function of a
 * table obeys the contract of the public one it is behind.
 */
#ifndef FOLIO_BASE_SCAN_WAY_H
#define FOLIO_BASE_SCAN_WAY_H

#include "folio/base/scan/brackets.h"
#include "folio/base/scan/needle.h"
#include "folio/base/scan/scan.h"

#if defined(__x86_64__)
#define SCAN_X86 1
#else
#define SCAN_X86 0
#endif

/** What base/scan/brackets is made of. */
struct brackets_table {
    /** brackets_scan, but for `all` and `lead`. */
    struct brackets (*scan)(const char *data, size_t length, bool lines);
    /** brackets_map, from word `first` on. */
    void (*map)(struct brackets_map *map, size_t first, const char *data, size_t length,
                struct brackets_state state, bool lines);
};

struct scan_table {
    struct scan_tally (*tally)(const char *data, size_t length);
    uint64_t (*count)(const char *data, size_t length, char byte);
    size_t (*select)(const char *data, size_t length, char byte, uint64_t nth);
    size_t (*printable)(const char *data, size_t length);
    size_t (*either)(const char *data, size_t length, char one, char other);
    size_t (*special)(const char *data, size_t length);
    /** needle_find where `length` is at least that of the needle. */
    size_t (*find)(const struct needle *needle, const char *data, size_t length);
    /** needles_find where `length` is at least that of the shortest. */
    size_t (*find_any)(const struct needles *needles, const char *data, size_t length, unsigned *which);
    const struct brackets_table *brackets;
};

/** What 64 bytes are to JSON: a bit for each byte. */
struct scan_brackets {
    uint64_t quote, backslash, open, close, comma, newline;
    uint64_t junk; /**< can only stand in a string, see scan_is_junk */
};

/**
 * Bit H of `low`[L] is set where byte HL may stand outside strings: NUL, blanks, RS, the signs of JSON, and what numbers,
 * true, false, null, NaN and Infinity are written with.
 */
extern const uint8_t scan_json_low[16];

/** Is it one of those that may not? */
static inline bool scan_is_junk(unsigned char byte)
{
    return byte >= 0x80 || !(scan_json_low[byte & 0xf] >> (byte >> 4) & 1);
}

/** Is it one of the bytes of scan_special? */
static inline bool scan_is_special(char byte)
{
    switch ((unsigned char)byte) {
    case 0x08:
    case 0x0d:
    case 0x1b:
    case 0xe1:
    case 0xe2:
    case 0xef:
    case 0xf3:
        return true;
    default:
        return false;
    }
}

/** Bits of enum scan_flag by byte, for the bytes 00-1f. */
extern const uint8_t scan_control_flag[32];

extern const struct brackets_table brackets_portable;
extern const struct scan_table scan_portable;
#if SCAN_X86
extern const struct brackets_table brackets_avx2, brackets_avx512;
extern const struct scan_table scan_avx2, scan_avx512;
#endif

/** The table in use, never NULL. */
const struct scan_table *scan_table(void);

/** Does the needle stand at `data`? There must be as many bytes as it has. */
bool needle_stands(const struct needle *needle, const char *data);

/**
 * Which needle begins at `data`, the first of several? -1: none. There are `length` bytes, at least as many as the
 * shortest has.
 */
int needles_stand(const struct needles *needles, const char *data, size_t length);

/**
 * The first start where one of the needles stands, among those whose bit is set in `mask`: bit N is the start at
 * `offset` + N of the `length` bytes at `data`. `length` where there is none.
 */
size_t needles_check(const struct needles *needles, const char *data, size_t length, size_t offset,
                     uint64_t mask, unsigned *which);

/** The small letter of a capital one, of ASCII only, whatever the locale: what is searched are bytes. */
static inline unsigned char byte_lower(unsigned char byte)
{
    return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
}

/** Bits to set in a byte of data before it is compared with `byte[place]`: 0x20 where case does not matter. */
static inline unsigned char needle_fold(const struct needle *needle, size_t place)
{
    unsigned char byte = needle->byte[place];
    if (needle->masked)
        return needle->fold[place];
    return needle->caseless && byte >= 'a' && byte <= 'z' ? 0x20 : 0;
}

/** A bit for each needle that has the right bytes at the places that are looked at, if it begins at `data`. */
static inline unsigned needles_bits(const struct needles *needles, const char *data)
{
    unsigned bits = needles->whole[0][(unsigned char)data[needles->place[0]]];
    bits &= needles->whole[1][(unsigned char)data[needles->place[1]]];
    return bits & needles->whole[2][(unsigned char)data[needles->place[2]]];
}

/** Place of the `nth` (from 0) set bit of `mask`, which has more than that. */
static inline unsigned scan_bit(uint64_t mask, uint64_t nth)
{
    for (; nth > 0; nth--)
        mask &= mask - 1;
    return (unsigned)__builtin_ctzll(mask);
}

#endif
