/* SPDX-License-Identifier: MIT */
/*
 * model: matches as the unit of a search, in the bytes as they are. The walk runs on workers and on the view thread.
 *
 * A pattern of bytes and a literal know no lines: they are looked for in the block and in as much behind it as a match
 * that begins in the block may take.
 *
 *     |....margin....|.........block.........|....margin....|
 *        ^start     <-reach          reach->        each from the end of the one before
 *
 * Which of several overlapping matches count depends on where the walk begins, and blocks know nothing of each other.
 * As for long lines (walk.c), walks through the same bytes fall in step at the first match that both find. So
 * where something matches across the block's beginning, the walk starts some way before it, and where nothing does,
 * which is nearly always, at the beginning. Two blocks may disagree at their border only where matches overlap all that
 * way: in runs of the same bytes. Then the first match of the block
 * overlaps the last one before it, or does not follow it at once.
 *
 * Any other expression is one of lines, which are searched as the text view does it, but for all their matches. A line
 * that is short is walked from its beginning, in every block that it touches; a longer one from a little before the
 * block. matcher_line finds the lines worth walking.
 */
#include "folio/model/search/bytes.h"

#include "inside.h"

#include "folio/base/scan/scan.h"
#include "folio/model/known/lines.h"
#include "folio/model/pattern/bytes.h"
#include "folio/model/reader/hole.h"

#include <stdlib.h>
#include <string.h>

/** How far before its block a walk through overlapping matches starts, besides some times the longest match. */
#define RESYNC       ((size_t)4096)
#define RESYNC_TIMES 4
/** Bytes before that which an expression may look back at. */
#define CONTEXT ((size_t)8192)

/** A walk over the matches of a block. */
struct walk {
    struct searcher *searcher;
    const struct survey_block *block;
    /** Given the match as places of the file; false to end the walk. */
    bool (*visit)(void *context, struct range match);
    void *context;
};

static bool walk_visit(const struct walk *walk, size_t begin, size_t end)
{
    uint64_t offset = walk->block->offset;
    return walk->visit(walk->context, (struct range){offset + begin, offset + end});
}

/** Where to begin to look for a pattern that takes at most `reach` bytes. */
static size_t whole_start(const struct walk *walk, size_t reach)
{
    const struct survey_block *block = walk->block;
    size_t near = block->begin < reach - 1 ? 0 : block->begin - (reach - 1);
    size_t far = RESYNC + RESYNC_TIMES * reach, end = block->begin + reach - 1;
    struct span border = {block->bytes.data, end < block->bytes.length ? end : block->bytes.length};
    struct hit hit;
    if (matcher_find(walk->searcher->matcher, border, near, &hit) != PATTERN_FOUND ||
        hit.begin >= block->begin)
        return block->begin;
    return block->begin > far ? block->begin - far : 0;
}

/** A pattern that knows no lines. */
static bool walk_whole(const struct walk *walk, size_t reach)
{
    const struct survey_block *block = walk->block;
    struct matcher *matcher = walk->searcher->matcher;
    size_t end = block->end + reach - 1, at = whole_start(walk, reach);
    struct span span = {block->bytes.data, end < block->bytes.length ? end : block->bytes.length};
    struct hit hit;
    while (matcher_find(matcher, span, at, &hit) == PATTERN_FOUND && hit.begin < block->end) {
        if (hit.begin >= block->begin && !walk_visit(walk, hit.begin, hit.end))
            return false;
        at = hit.end;
    }
    return true;
}

/** Where the newline at or behind `at` is, or the bytes end. */
static size_t walk_newline(const struct survey_block *block, size_t at)
{
    const char *newline = memchr(block->bytes.data + at, '\n', block->bytes.length - at);
    return newline ? (size_t)(newline - block->bytes.data) : block->bytes.length;
}

/** Where the search of the line [begin, end) starts whose matches from `from` on are wanted. */
static size_t line_start(const struct survey_block *block, size_t begin, size_t end, size_t from)
{
    bool known = (begin > 0 || block->begins) && end - begin <= LINES_LONG;
    return known || from - begin <= RESYNC ? begin : from - RESYNC;
}

/** Every match in the line [begin, end) that begins in the block. */
static bool walk_line(const struct walk *walk, size_t begin, size_t end)
{
    const struct survey_block *block = walk->block;
    const size_t from = begin > block->begin ? begin : block->begin;
    const bool breaks = end < block->bytes.length;
    const size_t last = breaks ? end : end - (end > begin); /* the last place that a match may be at */
    size_t start = line_start(block, begin, end, from), before = SIZE_MAX;
    size_t cut = start - begin > CONTEXT ? start - CONTEXT : begin, at = start - cut;
    struct span line = {block->bytes.data + cut, end - cut};
    struct hit hit;
    for (;;) {
        enum pattern_result result = matcher_find(walk->searcher->matcher, line, at, &hit);
        if (result == PATTERN_TOO_HARD)
            survey_block_hard(block, from);
        if (result != PATTERN_FOUND)
            return true;
        bool empty = hit.end <= hit.begin;
        size_t place = cut + hit.begin < last ? cut + hit.begin : last;
        if (place >= block->end || place >= block->bytes.length)
            return true;
        if (place >= from && place != before && !walk_visit(walk, place, empty ? place : cut + hit.end))
            return false;
        before = place;
        at = empty ? hit.begin + 1 : hit.end;
    }
}

/** An expression in the lines of the block. */
static bool walk_lines(const struct walk *walk)
{
    const struct survey_block *block = walk->block;
    const char *data = block->bytes.data;
    size_t newline = scan_last(data, block->begin, '\n');
    size_t begin = newline < block->begin ? newline + 1 : 0, end;
    struct hit hit;
    if (begin < block->begin) { /* a line begun earlier */
        end = walk_newline(block, block->begin);
        if (!walk_line(walk, begin, end))
            return false;
        begin = end + 1;
    }
    if (begin >= block->end)
        return true;
    size_t last = scan_last(data + begin, block->end - begin, '\n'), until = begin;
    if (last < block->end - begin)
        until = begin + last + 1;
    while (begin < until) {
        enum pattern_result result =
            matcher_line(walk->searcher->matcher, (struct span){data, until}, begin, &hit);
        if (result == PATTERN_STOPPED)
            return true;
        if (result == PATTERN_NONE)
            break;
        end = walk_newline(block, hit.line_begin);
        if (result == PATTERN_TOO_HARD)
            survey_block_hard(block, hit.line_begin);
        else if (!walk_line(walk, hit.line_begin, end))
            return false;
        begin = end + 1;
    }
    return until >= block->end || walk_line(walk, until, walk_newline(block, until));
}

bool searcher_singles(struct searcher *searcher, const struct survey_block *whole,
                      bool (*visit)(void *context, struct range match), void *context)
{
    const struct survey_block block = lined_trim(whole);
    const struct walk walk = {searcher, &block, visit, context};
    size_t reach = pattern_reach(searcher->search->pattern);
    matcher_stop(searcher->matcher, whole->stop);
    return reach ? walk_whole(&walk, reach) : walk_lines(&walk);
}

bool matches_single(const struct matches *matches)
{
    return matches->search->text.bytes;
}

/** The matches around the rows that were drawn last. */
struct nearby {
    struct range range; /**< what is known */
    uint64_t asked; /**< where the last question began: one from there or before is that of another frame */
    bool partial;   /**< some bytes could not be had */
    size_t count;
    /** One for each byte, and for two that begin before, where blocks disagree. */
    struct range match[MATCHES_WITHIN + 2];
};

/** Note a match, until one begins behind the range. */
static bool nearby_visit(void *context, struct range match)
{
    struct nearby *nearby = context;
    if (match.begin >= nearby->range.end)
        return false;
    bool inside = match.end > nearby->range.begin || match.begin >= nearby->range.begin;
    if (inside && nearby->count < sizeof nearby->match / sizeof *nearby->match)
        nearby->match[nearby->count++] = match;
    return true;
}

/** What a replay needs. */
struct nearby_replay {
    struct searcher *searcher;
    struct nearby *nearby;
};

static bool nearby_walk(void *context, const struct survey_block *block)
{
    const struct nearby_replay *replay = context;
    return searcher_singles(replay->searcher, block, nearby_visit, replay->nearby);
}

/** The block from `at` on in which there may be matches. False: there is none. */
static bool nearby_block(const struct matches *matches, uint64_t at, uint64_t end, struct range *block)
{
    const uint64_t begin = at - at % SURVEY_BLOCK;
    switch (summary_next(matches->summary, at, true, block)) {
    case SUMMARY_FOUND:
        return block->begin < end;
    case SUMMARY_NONE:
        return false;
    case SUMMARY_UNKNOWN:
        break;
    }
    *block = (struct range){begin, begin + SURVEY_BLOCK};
    return begin < end;
}

/** Is there nothing but a hole in the block? */
static bool nearby_hole(struct reader *reader, struct range block)
{
    struct range hole;
    return reader_hole(reader, block.begin, &hole) && hole.end >= block.end;
}

/** Find all matches that reach into nearby->range. */
static void nearby_fill(struct matches *matches, struct reader *reader, struct nearby *nearby)
{
    const size_t reach = pattern_reach(matches->search->pattern);
    const uint64_t back = reach ? reach - 1 : LINES_LONG, size = reader_size(reader);
    struct nearby_replay replay = {matches->searcher, nearby};
    uint64_t at = nearby->range.begin > back ? nearby->range.begin - back : 0;
    struct range block;
    nearby->count = 0;
    nearby->partial = false;
    for (; at < size && nearby_block(matches, at, nearby->range.end, &block); at = block.end) {
        block.end = block.end < size ? block.end : size;
        if (!nearby_hole(reader, block) && !replay_scan(reader, block, nearby_walk, &replay))
            nearby->partial = true;
    }
}

const struct range *matches_within(struct matches *matches, struct reader *reader, struct range range,
                                   size_t *count)
{
    struct nearby *nearby = matches->nearby;
    *count = 0;
    if (!nearby)
        nearby = matches->nearby = calloc(1, sizeof *nearby);
    if (!nearby)
        return NULL;
    if (range.end - range.begin > MATCHES_WITHIN)
        range.end = range.begin + MATCHES_WITHIN;
    bool known = range.begin > nearby->asked && range.begin >= nearby->range.begin &&
                 range.end <= nearby->range.end && !nearby->partial;
    if (!known) {
        nearby->range = (struct range){range.begin, range.begin + MATCHES_WITHIN};
        nearby_fill(matches, reader, nearby);
    }
    nearby->asked = range.begin;
    size_t first = 0, end;
    while (first < nearby->count && nearby->match[first].begin < range.begin &&
           nearby->match[first].end <= range.begin)
        first++;
    for (end = first; end < nearby->count && nearby->match[end].begin < range.end;)
        end++;
    *count = end - first;
    return nearby->match + first;
}
