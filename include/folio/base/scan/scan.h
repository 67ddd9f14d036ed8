/* SPDX-License-Identifier: MIT */
/**
 * base: counting and finding single bytes at the speed of memory.
 *
 * Pure functions over ordinary (or mapped) memory: no state that the caller can see, no system call, any thread.
 * Nothing outside the stretch is read; `data` may be NULL where `length` is 0.
 * The widest of AVX-512 (BW and VBMI), AVX2 and portable code that the processor has is chosen once, at the first call;
 * every version gives the same answers (the tests hold them against each other, see scan_use).
 */
#ifndef FOLIO_BASE_SCAN_SCAN_H
#define FOLIO_BASE_SCAN_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What occurs in a stretch of bytes besides printable ASCII (0x20-0x7e) and newline; 0 means nothing else. */
enum scan_flag {
    SCAN_TAB = 1 << 0,     /**< 0x09 */
    SCAN_ESC = 1 << 1,     /**< 0x1b */
    SCAN_BS = 1 << 2,      /**< 0x08 */
    SCAN_NUL = 1 << 3,     /**< 0x00 */
    SCAN_CR = 1 << 4,      /**< 0x0d */
    SCAN_CONTROL = 1 << 5, /**< any other byte below 0x20, and 0x7f */
    SCAN_HIGH = 1 << 6,    /**< 0x80-0xff */
};

/** The answer of scan_tally. */
struct scan_tally {
    /** Newlines (0x0a) in the stretch. */
    uint64_t newline_count;
    /** Bits of enum scan_flag. */
    uint8_t flags;
};

/** Count the newlines of `data` and say what else is in it, in one pass (two where it is not plain). */
struct scan_tally scan_tally(const char *data, size_t length);

/** How many bytes of `data` equal `byte`. */
uint64_t scan_count(const char *data, size_t length, char byte);

/** Offset of the `nth` (from 0) byte equal to `byte`; `length` when there are not that many. */
size_t scan_select(const char *data, size_t length, char byte, uint64_t nth);

/** Offset of the last byte equal to `byte`; `length` when there is none. */
size_t scan_last(const char *data, size_t length, char byte);

/** Offset of the first byte equal to `one` or to `other`; `length` when there is none. */
size_t scan_either(const char *data, size_t length, char one, char other);

/**
 * Offset of the first byte with which something may begin that is not shown; `length` when there is none: ESC,
 * backspace, CR, or one that begins characters of UTF-8 some of which take no room (E1, E2, EF, F3).
 */
size_t scan_special(const char *data, size_t length);

/** Length of the longest prefix that is printable ASCII only (0x20-0x7e). */
size_t scan_printable(const char *data, size_t length);

/** The ways to scan, for tests and benchmarks. */
enum scan_way { SCAN_PORTABLE, SCAN_AVX2, SCAN_AVX512, SCAN_WAY_COUNT };

/**
 * Use `way` from now on in the whole process, for base/scan/needle too. False, and nothing changes, where the processor
 * lacks it.
 */
bool scan_use(enum scan_way way);

#endif
