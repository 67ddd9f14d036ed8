/* SPDX-License-Identifier: MIT */
/**
 * model: what a person searches for, and finding it in bytes.
 *
 * A pattern is compiled once (PCRE2 with JIT; a literal is searched by base/needle instead) and then only read, so
 * workers share it. Each thread that searches has a matcher of its own, which holds PCRE2's scratch memory. The unit
 * of matching is the line, as for grep: no match crosses a newline, `^` and `$` are the ends of the line, a CR
 * before the newline belongs to the line. Broken UTF-8 never matches a character and never stops a search. Where
 * either case matches, a pattern that is all ASCII and names its characters (no dot, \w, [^x]) folds ASCII letters only.
 */
#ifndef FOLIO_MODEL_PATTERN_H
#define FOLIO_MODEL_PATTERN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "folio/base/error.h"
#include "folio/base/span.h"

struct pattern;
struct matcher;

enum pattern_case {
    PATTERN_EXACT,  /**< letters match as they are */
    PATTERN_SMART,  /**< either case, unless the pattern has a capital letter (less -i) */
    PATTERN_FOLDED, /**< either case (less -I) */
};

/** A match: byte offsets into the searched span, `line_*` being the line around it without its newline. */
struct hit {
    size_t begin, end;
    size_t line_begin, line_end;
};

enum pattern_result {
    PATTERN_FOUND,
    PATTERN_NONE,
    /** A limit was reached in the line that starts at hit.line_begin: of backtracking, or 50 ms and 20 ns a byte. */
    PATTERN_TOO_HARD,
    PATTERN_STOPPED, /**< by matcher_stop, before the line that starts at hit.line_begin was done with */
};

/** The most bytes of a match: a longer one is cut there, at the end of a character. */
#define PATTERN_MATCH_MAX ((size_t)1 << 20)

/**
 * Compile `text`; `literal` means that no character is special. A pattern without special characters is literal by
 * itself. NULL and `error` ("Invalid pattern: REASON at OFFSET") when PCRE2 refuses it.
 */
struct pattern *pattern_compile(const char *text, size_t length, enum pattern_case letter_case, bool literal,
                                struct error *error);

/** NULL is fine. No matcher of it may be in use. */
void pattern_free(struct pattern *pattern);

/** The text it was compiled from; borrowed, as long as the pattern. */
const char *pattern_text(const struct pattern *pattern);

/** Scratch memory for one thread. NULL and `error` when out of memory. */
struct matcher *matcher_open(const struct pattern *pattern, struct error *error);

/** NULL is fine. */
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
