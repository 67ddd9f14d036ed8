/* SPDX-License-Identifier: MIT */
/*
 * model: matches as a summary of the survey. The scan runs on workers, everything else on the view thread.
 *
 * To which block does a unit belong? A line belongs to the block in which it begins, a match inside a long line to
 * the block in which it begins. So each block can be searched without knowing the one before it:
 *
 *     |.......margin.......|.............block.............|.......margin.......|
 *               ^s   head  '\n' line '\n' line '\n' last         e^
 *
 * The head (a line begun earlier) counts here only if it is long; whole lines count once; the last line may end in
 * the margin. A margin is as long as the longest short line, so "is it long?" is always answered inside the span.
 * The same walk over the same bytes serves the workers (counting) and the view thread (finding where).
 */
#include "folio/model/matches.h"

#include <stdlib.h>
#include <string.h>

#include "folio/base/scan.h"
#include "folio/model/lines.h"

struct matches {
    struct survey *survey;
    struct summary *summary;
    struct pattern *pattern;
    struct matcher *matcher;
};

/** A walk over the units of one block. */
struct walk {
    struct matcher *matcher;
    const struct survey_block *block;
    /** Called with the place of each unit in block->bytes, ascending; false ends the walk. */
    bool (*visit)(void *context, size_t place);
    void *context;
    bool ended;
};

static void walk_visit(struct walk *walk, size_t place)
{
    if (!walk->ended && !walk->visit(walk->context, place))
        walk->ended = true;
}

/** Every match that begins in [from, until) of the long line whose known part is [begin, end). */
static void walk_long(struct walk *walk, size_t begin, size_t end, size_t from, size_t until)
{
    struct span line = {walk->block->bytes.data + begin, end - begin};
    struct hit hit;
    while (!walk->ended && from < until) {
        if (matcher_find(walk->matcher, line, from - begin, &hit) != PATTERN_FOUND ||
            hit.begin + begin >= until)
            return;
        walk_visit(walk, hit.begin + begin);
        from = begin + (hit.end > hit.begin ? hit.end : hit.begin + 1);
    }
}

/** Every matching line of the complete short lines in [begin, end). */
static void walk_short(struct walk *walk, size_t begin, size_t end)
{
    struct span lines = {walk->block->bytes.data + begin, end - begin};
    struct hit hit;
    size_t from = 0;
    while (!walk->ended && from < lines.length) {
        enum pattern_result result = matcher_line(walk->matcher, lines, from, &hit);
        if (result == PATTERN_NONE)
            return;
        if (result == PATTERN_FOUND)
            walk_visit(walk, begin + hit.line_begin);
        const char *newline = memchr(lines.data + hit.line_begin, '\n', lines.length - hit.line_begin);
        if (!newline)
            return;
        from = (size_t)(newline - lines.data) + 1;
    }
}

/** Where the line with the byte at `at` ends: its newline, or the end of the bytes. `*known` unless cut there. */
static size_t walk_line_end(const struct survey_block *block, size_t at, bool *known)
{
    const struct span bytes = block->bytes;
    const char *newline = at < bytes.length ? memchr(bytes.data + at, '\n', bytes.length - at) : NULL;
    *known = newline || block->offset + bytes.length >= block->size;
    return newline ? (size_t)(newline - bytes.data) : bytes.length;
}

/** The line begun before the block. Returns where the first line of the block itself begins, or the block's end. */
static size_t walk_head(struct walk *walk)
{
    const struct survey_block *block = walk->block;
    const char *data = block->bytes.data;
    if (block->begin == 0 || data[block->begin - 1] == '\n')
        return block->begin;
    bool end_known;
    size_t begin = 0, end = walk_line_end(block, block->begin, &end_known);
    size_t last = scan_last(data, block->begin, '\n');
    bool begin_known = last < block->begin || block->offset == 0;
    if (last < block->begin)
        begin = last + 1;
    if (!begin_known || !end_known || end - begin > LINES_LONG)
        walk_long(walk, begin, end, block->begin, end < block->end ? end : block->end);
    return end < block->end ? end + 1 : block->end;
}

/** All units of the block. */
static void walk_block(struct walk *walk)
{
    const struct survey_block *block = walk->block;
    size_t begin = walk_head(walk);
    if (walk->ended || begin >= block->end)
        return;
    size_t last = scan_last(block->bytes.data + begin, block->end - begin, '\n');
    size_t last_begin = last < block->end - begin ? begin + last + 1 : begin;
    bool known;
    size_t end = walk_line_end(block, last_begin, &known);
    if (last_begin >= block->end) {
        walk_short(walk, begin, last_begin);
    } else if (known && end - last_begin <= LINES_LONG) {
        walk_short(walk, begin, end < block->bytes.length ? end + 1 : end);
    } else {
        walk_short(walk, begin, last_begin);
        walk_long(walk, last_begin, end, last_begin, block->end);
    }
}

static bool visit_count(void *context, size_t place)
{
    (void)place;
    ++*(uint32_t *)context;
    return true;
}

static void *matches_scratch_open(const void *knowledge, struct error *error)
{
    return matcher_open(knowledge, error);
}

static void matches_scratch_close(void *scratch)
{
    matcher_close(scratch);
}

static struct survey_tally matches_scan(const void *knowledge, void *scratch,
                                        const struct survey_block *block)
{
    (void)knowledge;
    struct survey_tally tally = {0};
    walk_block(
        &(struct walk){.matcher = scratch, .block = block, .visit = visit_count, .context = &tally.count});
    return tally;
}

static const struct summary_kind matches_kind = {
    .name = "search",
    .margin = SURVEY_MARGIN,
    .from_focus = true,
    .scratch_open = matches_scratch_open,
    .scratch_close = matches_scratch_close,
    .scan = matches_scan,
};

struct matches *matches_open(struct survey *survey, struct pattern *pattern, struct error *error)
{
    struct matches *matches = calloc(1, sizeof *matches);
    struct matcher *matcher = matches ? matcher_open(pattern, error) : NULL;
    struct summary *summary = matcher ? survey_add(survey, &matches_kind, pattern, error) : NULL;
    if (!summary) {
        if (!matches)
            error_set(error, 0, "out of memory for the search");
        matcher_close(matcher);
        pattern_free(pattern);
        free(matches);
        return NULL;
    }
    *matches = (struct matches){survey, summary, pattern, matcher};
    return matches;
}

static void matches_release(void *knowledge)
{
    pattern_free(knowledge);
}

void matches_close(struct matches *matches)
{
    if (!matches)
        return;
    matcher_close(matches->matcher);
    survey_drop(matches->survey, matches->summary, matches_release);
    free(matches);
}

const struct pattern *matches_pattern(const struct matches *matches)
{
    return matches->pattern;
}

struct matcher *matches_matcher(const struct matches *matches)
{
    return matches->matcher;
}

struct summary_state matches_state(const struct matches *matches)
{
    return summary_state(matches->summary);
}

/** What a replay of a block looks for and finds, as file offsets. */
struct replay {
    uint64_t base, offset;
    bool forward;
    bool found;
    uint64_t unit, before;
};

/** Note the first unit at or after replay->offset, the last one before it, and how many there are before it. */
static bool visit_replay(void *context, size_t place)
{
    struct replay *replay = context;
    uint64_t unit = replay->base + place;
    if (unit >= replay->offset) {
        if (replay->forward) {
            replay->unit = unit;
            replay->found = true;
        }
        return false;
    }
    replay->before++;
    if (!replay->forward) {
        replay->unit = unit;
        replay->found = true;
    }
    return true;
}

/** Walk the block at `range` on the view thread. False when its bytes cannot be had. */
static bool matches_replay(struct matches *matches, struct reader *reader, struct range range,
                           struct replay *replay)
{
    struct survey_block block = {.size = reader_size(reader)};
    block.offset = range.begin > SURVEY_MARGIN ? range.begin - SURVEY_MARGIN : 0;
    size_t want = (size_t)(range.end - block.offset) + SURVEY_MARGIN;
    if (reader_span(reader, block.offset, want, &block.bytes) != READER_OK)
        return false;
    block.begin = (size_t)(range.begin - block.offset);
    block.end = (size_t)(range.end - block.offset);
    if (block.begin >= block.bytes.length)
        return false;
    if (block.end > block.bytes.length)
        block.end = block.bytes.length;
    replay->base = block.offset;
    walk_block(&(struct walk){
        .matcher = matches->matcher, .block = &block, .visit = visit_replay, .context = replay});
    return true;
}

enum matches_result matches_next(struct matches *matches, struct reader *reader, uint64_t offset,
                                 bool forward, uint64_t *unit)
{
    uint64_t at = offset, size = reader_size(reader);
    if (forward ? offset >= size : offset == 0)
        return MATCHES_NONE;
    if (!forward)
        at--;
    for (;;) {
        struct range block;
        enum summary_answer answer = summary_next(matches->summary, at, forward, &block);
        if (answer != SUMMARY_FOUND)
            return answer == SUMMARY_NONE ? MATCHES_NONE : MATCHES_UNKNOWN;
        struct replay replay = {.offset = offset, .forward = forward};
        if (!matches_replay(matches, reader, block, &replay))
            return MATCHES_FAILED;
        *unit = replay.unit;
        if (replay.found)
            return MATCHES_FOUND;
        if (forward ? block.end >= size : block.begin == 0)
            return MATCHES_NONE;
        at = forward ? block.end : block.begin - 1;
    }
}

bool matches_rank(struct matches *matches, struct reader *reader, uint64_t offset, uint64_t *rank)
{
    uint64_t begin, size = reader_size(reader);
    struct replay replay = {.offset = offset, .forward = true};
    if (!summary_rank(matches->summary, offset, rank, &begin))
        return false;
    uint64_t end = begin + SURVEY_BLOCK < size ? begin + SURVEY_BLOCK : size;
    if (begin >= end || !matches_replay(matches, reader, (struct range){begin, end}, &replay))
        return begin >= end;
    *rank += replay.before;
    return true;
}
