/* SPDX-License-Identifier: MIT */
/*
 * model: matches as a summary of the survey. The scan runs on workers, everything else on the view thread. What a unit
 * is, and which block it belongs to, is in matches_walk.c. A replay walks a block with the borders that the survey had,
 * so that the units found are those that were counted.
 */
#include "folio/model/matches.h"

#include <stdlib.h>

#include "folio/model/spread.h"

#include "matches_body.h"

static bool visit_count(void *context, uint64_t unit)
{
    (void)unit;
    ++*(uint32_t *)context;
    return true;
}

static void *matches_scratch_open(const void *knowledge, struct error *error)
{
    return searcher_open(knowledge, error);
}

static void matches_scratch_close(void *scratch)
{
    searcher_close(scratch);
}

static struct survey_tally matches_scan(const void *knowledge, void *scratch,
                                        const struct survey_block *block)
{
    (void)knowledge;
    struct survey_tally tally = {0};
    searcher_walk(scratch, block, visit_count, &tally.count);
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

/** Takes over the pattern. */
static struct search *search_new(struct pattern *pattern, const struct matches_text *text)
{
    struct search *search = calloc(1, sizeof *search);
    if (!search)
        return NULL;
    search->pattern = pattern;
    search->text = text ? *text : (struct matches_text){.rules = glyph_plain};
    return search;
}

static void search_free(void *knowledge)
{
    struct search *search = knowledge;
    pattern_free(search->pattern);
    free(search);
}

struct matches *matches_open(struct survey *survey, struct pattern *pattern, const struct matches_text *text,
                             struct error *error)
{
    struct matches *matches = calloc(1, sizeof *matches);
    struct search *search = matches ? search_new(pattern, text) : NULL;
    if (!search) {
        error_set(error, 0, "out of memory for the search");
        pattern_free(pattern);
        free(matches);
        return NULL;
    }
    struct searcher *searcher = searcher_open(search, error);
    struct summary *summary = searcher ? survey_add(survey, &matches_kind, search, error) : NULL;
    if (!summary) {
        searcher_close(searcher);
        search_free(search);
        free(matches);
        return NULL;
    }
    *matches = (struct matches){survey, summary, search, searcher, NULL};
    return matches;
}

void matches_close(struct matches *matches)
{
    if (!matches)
        return;
    searcher_close(matches->searcher);
    free(matches->nearby);
    survey_drop(matches->survey, matches->summary, search_free);
    free(matches);
}

const struct summary *matches_summary(const struct matches *matches)
{
    return matches->summary;
}

const struct pattern *matches_pattern(const struct matches *matches)
{
    return matches->search->pattern;
}

struct matcher *matches_matcher(const struct matches *matches)
{
    return matches->searcher->matcher;
}

struct summary_state matches_state(const struct matches *matches)
{
    return summary_state(matches->summary);
}

/** What a replay of a block looks for and finds, as file offsets. */
struct replay {
    uint64_t offset;
    bool forward;
    bool found;
    uint64_t unit, before;
};

/** Note the first unit at or after replay->offset, the last one before it, and how many there are before it. */
static bool visit_replay(void *context, uint64_t unit)
{
    struct replay *replay = context;
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

/** What a replay needs. */
struct matches_replay {
    struct searcher *searcher;
    struct replay *replay;
};

static bool replay_walk(void *context, const struct survey_block *block)
{
    struct matches_replay *replay = context;
    return searcher_walk(replay->searcher, block, visit_replay, replay->replay);
}

/** Walk the block at `range` on the view thread. False when its bytes cannot be had. */
static bool matches_replay(struct matches *matches, struct reader *reader, struct range range,
                           struct replay *replay)
{
    struct matches_replay context = {matches->searcher, replay};
    return lined_replay(reader, range, replay_walk, &context);
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

size_t matches_hits(struct matches *matches, struct span line, uint64_t offset, uint64_t from,
                    struct range *hit, size_t capacity)
{
    size_t count = 0, skip = from > offset ? (size_t)(from - offset) : 0;
    struct sight sight = searcher_look(matches->searcher, line, offset);
    struct hit found;
    if (skip > line.length)
        return 0;
    size_t at = sight_text(&sight, skip);
    while (count < capacity &&
           matcher_find(matches->searcher->matcher, sight.text, at, &found) == PATTERN_FOUND) {
        bool empty = found.end <= found.begin;
        uint64_t begin = offset + sight_byte(&sight, found.begin);
        hit[count++] = (struct range){begin, empty ? begin : offset + sight_end(&sight, found.end)};
        at = empty ? found.begin + 1 : found.end;
    }
    return count;
}
