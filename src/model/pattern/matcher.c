/* SPDX-License-Identifier: MIT */
/**
 * model: finding lines. One thread's.
 *
 * The answer is always that of PCRE2 run over one line after the other. Four ways lead to it, fastest first:
 *
 *   needle    A literal, or up to eight: base/scan/needle over everything, and the ends of the line around what it finds.
 *   sift      The pattern needs a literal, or one of up to eight (pattern_shape): they lead to candidate lines, and
 *             PCRE2 judges those.
 *   blind     The pattern cannot see newlines (pattern_shape): PCRE2 gets stretches of many lines.
 *   walk      Anything else: line by line.
 *
 * Patterns of bytes (bytes.c) are found by a needle too; they may match newlines, and then are in no line.
 */
#include "folio/model/pattern/matcher.h"

#include "inside.h"

#include <string.h>

/** Bytes given to PCRE2 at once in a blind search. More lines make it no faster. */
#define BLIND_LENGTH ((size_t)16 << 10)
/** The longest stretch, with the last line: beginnings times length of the rest, as WINDOW_WORK. */
#define BLIND_LENGTH_MAX ((size_t)24 << 10)
/** What a candidate line without a match costs, in bytes that the needle might have passed instead. */
#define SIFT_COST 512
/** Blind calls that met the limit before a matcher tries no more. */
#define BLIND_FAILURE_MAX 8

enum pattern_result matcher_find(struct matcher *matcher, struct span line, size_t from, struct hit *hit)
{
    if (from > line.length)
        return PATTERN_NONE;
    const struct pattern *pattern = matcher->pattern;
    if (pattern->bytes)
        return matcher_bytes(pattern->bytes, line, from, hit);
    unsigned which = 0;
    size_t rest = line.length - from;
    size_t found = pattern->sift ? needles_find(&pattern->needles, line.data + from, rest, &which) : 0;
    if (pattern->sift && found == rest)
        return PATTERN_NONE;
    if (!pattern->literal)
        return matcher_judge(matcher, line, from, hit);
    hit->begin = from + found;
    hit->end = hit->begin + pattern->needles.needle[which].length;
    return PATTERN_FOUND;
}

/** Where the line that `offset` is in ends: its newline, or the end of `lines`. */
static size_t lines_end(struct span lines, size_t offset)
{
    const char *newline =
        offset < lines.length ? memchr(lines.data + offset, '\n', lines.length - offset) : NULL;
    return !newline ? lines.length : (size_t)(newline - lines.data);
}

/** Where the line that `offset` is in begins, not before `from`, which is the beginning of one. */
static size_t lines_begin(struct span lines, size_t from, size_t offset)
{
    const char *newline = memrchr(lines.data + from, '\n', offset - from);
    return !newline ? from : (size_t)(newline - lines.data) + 1;
}

/** Judge the line [begin, end) of `lines`; the hit speaks of `lines`. */
static enum pattern_result matcher_line_at(struct matcher *matcher, struct span lines, size_t begin,
                                           size_t end, struct hit *hit)
{
    struct span line = {lines.data + begin, end - begin};
    enum pattern_result result =
        matcher_stopped(matcher) ? PATTERN_STOPPED : matcher_judge(matcher, line, 0, hit);
    if (result == PATTERN_NONE)
        return result;
    hit->line_begin = begin;
    hit->line_end = end;
    hit->begin = result == PATTERN_FOUND ? hit->begin + begin : begin;
    hit->end = result == PATTERN_FOUND ? hit->end + begin : begin;
    return result;
}

/** Line by line, all lines that begin in [from, until). */
static enum pattern_result matcher_walk(struct matcher *matcher, struct span lines, size_t from, size_t until,
                                        struct hit *hit)
{
    while (from < until) {
        size_t end = lines_end(lines, from);
        enum pattern_result result = matcher_line_at(matcher, lines, from, end, hit);
        if (result != PATTERN_NONE)
            return result;
        from = end + 1;
    }
    return PATTERN_NONE;
}

/**
 * Where a stretch of whole lines from `from` on ends: at the newline of its last line, which is left out, because an
 * empty match behind it would be in no line.
 */
static size_t blind_end(struct span lines, size_t from)
{
    if (lines.length - from > BLIND_LENGTH)
        return lines_end(lines, from + BLIND_LENGTH - 1);
    return lines.data[lines.length - 1] == '\n' ? lines.length - 1 : lines.length;
}

/** Stretches of lines at once. One with a long line in it, or with a hard one, is walked through. */
static enum pattern_result matcher_blind(struct matcher *matcher, struct span lines, size_t from,
                                         struct hit *hit)
{
    while (from < lines.length) {
        size_t until = blind_end(lines, from);
        bool whole = until - from <= BLIND_LENGTH_MAX && matcher->blind_failures < BLIND_FAILURE_MAX;
        enum pattern_result result = PATTERN_TOO_HARD;
        if (whole && !matcher_stopped(matcher)) {
            result = matcher_glance(matcher, (struct span){lines.data + from, until - from}, hit);
            matcher->blind_failures += result == PATTERN_TOO_HARD;
        }
        if (result == PATTERN_FOUND) {
            hit->begin += from;
            hit->end += from;
            hit->line_begin = lines_begin(lines, from, hit->begin);
            hit->line_end = lines_end(lines, hit->end);
            return result;
        }
        if (result == PATTERN_TOO_HARD) {
            result = matcher_walk(matcher, lines, from, until + 1, hit);
            if (result != PATTERN_NONE)
                return result;
        }
        from = until + 1;
    }
    return PATTERN_NONE;
}

/** From candidate to candidate. PATTERN_NONE with `*from` before the end: sifting does not pay, go on otherwise. */
static enum pattern_result matcher_sift(struct matcher *matcher, struct span lines, size_t *from,
                                        struct hit *hit)
{
    while (*from < lines.length && (matcher->sift_credit >= 0 || !matcher->pattern->shape.blind)) {
        size_t rest = lines.length - *from;
        unsigned which;
        size_t found = needles_find(&matcher->pattern->needles, lines.data + *from, rest, &which);
        if (found == rest) {
            *from = lines.length;
            break;
        }
        size_t begin = lines_begin(lines, *from, *from + found);
        size_t end = lines_end(lines, *from + found);
        enum pattern_result result = matcher_line_at(matcher, lines, begin, end, hit);
        if (result != PATTERN_NONE)
            return result;
        int64_t credit = matcher->sift_credit + (int64_t)found - SIFT_COST;
        matcher->sift_credit = credit < SIFT_CREDIT_MAX ? credit : SIFT_CREDIT_MAX;
        *from = end + 1;
    }
    return PATTERN_NONE;
}

/** Is there a newline in what was found? */
static bool hit_breaks(struct span lines, const struct hit *hit)
{
    return memchr(lines.data + hit->begin, '\n', hit->end - hit->begin) != NULL;
}

/** The line of a literal, or of bytes. */
static enum pattern_result matcher_needle(struct matcher *matcher, struct span lines, size_t from,
                                          struct hit *hit)
{
    struct span rest = {lines.data + from, lines.length - from};
    enum pattern_result result = matcher_find(matcher, rest, 0, hit);
    while (matcher->pattern->bytes && result == PATTERN_FOUND && hit_breaks(rest, hit))
        result = matcher_find(matcher, rest, hit->begin + 1, hit);
    if (result == PATTERN_FOUND) {
        hit->begin += from;
        hit->end += from;
        hit->line_begin = lines_begin(lines, from, hit->begin);
        hit->line_end = lines_end(lines, hit->end);
    }
    return result;
}

enum pattern_result matcher_line(struct matcher *matcher, struct span lines, size_t from, struct hit *hit)
{
    if (from >= lines.length)
        return PATTERN_NONE;
    if (matcher->pattern->literal || matcher->pattern->bytes)
        return matcher_needle(matcher, lines, from, hit);
    if (matcher->pattern->sift) {
        enum pattern_result result = matcher_sift(matcher, lines, &from, hit);
        if (result != PATTERN_NONE || from >= lines.length)
            return result;
    }
    if (matcher->pattern->shape.blind)
        return matcher_blind(matcher, lines, from, hit);
    return matcher_walk(matcher, lines, from, lines.length, hit);
}
