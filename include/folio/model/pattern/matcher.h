/* SPDX-License-Identifier: MIT */
/**
 * model: finding a pattern in bytes, by one thread.
 *
 * A matcher is opened for a pattern (model/pattern, which says what matches), borrows it, and holds PCRE2's scratch
 * memory. Opaque; whoever opened it closes it. Offsets are into the span that is searched.
 */
#ifndef FOLIO_MODEL_PATTERN_MATCHER_H
#define FOLIO_MODEL_PATTERN_MATCHER_H

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

struct pattern;
struct matcher;

/** A match: byte offsets into the searched span, `line_*` being the line around it without its newline. */
struct hit {
    size_t begin, end;
    size_t line_begin, line_end;
};

enum pattern_result {
    PATTERN_FOUND,
    PATTERN_NONE,
    /**
     * A limit was reached in the line that starts at hit.line_begin: of backtracking, or 50 ms and 20 ns a byte. After
     * some such lines, the matcher's limits are lower.
     */
    PATTERN_TOO_HARD,
    PATTERN_STOPPED, /**< by matcher_stop, before the line that starts at hit.line_begin was done with */
};

/** The most bytes of a match: a longer one is cut there, at the end of a character. */
#define PATTERN_MATCH_MAX ((size_t)1 << 20)

/** Scratch memory for one thread. NULL and `error` when out of memory. */
struct matcher *matcher_open(const struct pattern *pattern, struct error *error);

/** Free a matcher; NULL is fine. */
void matcher_close(struct matcher *matcher);

/**
 * Answer PATTERN_STOPPED soon after `*stop` (borrowed; NULL: never) has become true: within 100 ms of processor time,
 * however hard the pattern is. What has a literal only is not interrupted.
 */
void matcher_stop(struct matcher *matcher, const atomic_bool *stop);

/**
 * The first match in `line` (one line, or a piece of one, no newline in it) that begins at or after `from`. Only
 * hit.begin and hit.end are set. An empty match counts. No lock, no allocation.
 */
enum pattern_result matcher_find(struct matcher *matcher, struct span line, size_t from, struct hit *hit);

/**
 * The first matching line of `lines` (lines with their newlines; the last may lack it) that begins at or after
 * `from`, which is the start of a line. What stands behind the last newline is a line, unless it is nothing. No lock,
 * no allocation (but by PCRE2 where it has no JIT).
 */
enum pattern_result matcher_line(struct matcher *matcher, struct span lines, size_t from, struct hit *hit);

/**
 * What the `number`-th parentheses matched in the match that begins at hit->begin, as hit->begin and hit->end. False:
 * nothing, or the pattern has no such parentheses. Allocates; for what is on the screen only.
 */
bool matcher_group(struct matcher *matcher, struct span line, unsigned number, struct hit *hit);

#endif
