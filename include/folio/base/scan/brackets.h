/* SPDX-License-Identifier: MIT */
/**
 * base: the brackets, commas and strings of JSON, at the speed of memory.
 *
 * What a stretch of bytes does to the depth cannot be said without knowing whether it begins inside a string. So it is
 * said for both cases, and two stretches are put together without looking at a byte again: a file may be scanned piece by
 * piece, in any order, and any stretch of its pieces is the sum of them.
 *
 * Depths are of *boundaries* between bytes: of a stretch, the opening less the closing brackets outside strings before
 * the boundary, from 0 at its beginning. An opening bracket is `[` or `{`, a closing one `]` or `}`. A backslash escapes
 * a quote or a backslash, outside strings too. A newline ends a string where that is asked for: in valid JSON none does,
 * and in a damaged file the harm ends with the line.
 *
 * Pure, any thread; nothing outside the stretch is read. The ways to scan are those of base/scan/scan.
 */
#ifndef FOLIO_BASE_SCAN_BRACKETS_H
#define FOLIO_BASE_SCAN_BRACKETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What a stretch does if it begins outside a string, or if it begins inside one. */
struct brackets_case {
    int64_t net;     /**< depth at its end */
    int64_t least;   /**< the least depth of its boundaries, both ends among them: at most 0 */
    uint64_t commas; /**< commas outside strings at the least depth */
    bool inside;     /**< it ends inside a string */
    /**
     * Outside strings stands a byte that cannot stand there in JSON: probably the case is not so. NUL does not count: where
     * it stands in a file of text nobody wrote anything.
     */
    bool junk;
};

/** What a stretch does; the value of no bytes at all is brackets_nothing. */
struct brackets {
    struct brackets_case from[2]; /**< it begins outside a string, inside one; no escape is pending */
    uint64_t quotes;              /**< not escaped; at least 1 where `lead`, for then it may be so */
    bool trailing;                /**< its last byte is a backslash that escapes what follows */
    bool all;                     /**< it is of backslashes only */
    bool lead;                    /**< behind its leading backslashes, if any, comes a quote */
    bool newline;                 /**< it holds a newline, and newlines end strings */
};

extern const struct brackets brackets_nothing;

/** What `data` does; `lines`: a newline ends a string. */
struct brackets brackets_scan(const char *data, size_t length, bool lines);

/** What `first` and then `second` do. Associative. */
struct brackets brackets_join(const struct brackets *first, const struct brackets *second);

/** How it stands at a boundary. */
struct brackets_state {
    bool inside;   /**< a string */
    bool escaped;  /**< the next byte is */
    int64_t depth; /**< from the beginning of the file, or wherever one began to count */
};

/** How it stands behind a stretch that begins as `state` says. */
struct brackets_state brackets_after(struct brackets_state state, const struct brackets *stretch);

/** Of a stretch that begins as `state` says: its case. */
const struct brackets_case *brackets_as(const struct brackets *stretch, struct brackets_state state);

/** The most bytes of a map: a block of the survey. */
#define BRACKETS_MAP_BYTES 65536u
#define BRACKETS_MAP_WORDS (BRACKETS_MAP_BYTES / 64)

/** Where they stand in a stretch: bit N % 64 of word N / 64 is byte N. Outside strings, but for the quotes. */
struct brackets_map {
    uint64_t open[BRACKETS_MAP_WORDS];
    uint64_t close[BRACKETS_MAP_WORDS];
    uint64_t comma[BRACKETS_MAP_WORDS];
    uint64_t quote[BRACKETS_MAP_WORDS]; /**< that begin or end a string */
};

/**
 * Find them in `data`, which begins as `state` says, and note them from byte `at`, a multiple of 64, of the map on. Words
 * that have none of its bytes stay as they are. There must be room.
 */
void brackets_map(struct brackets_map *map, size_t at, const char *data, size_t length,
                  struct brackets_state state, bool lines);

#endif
