/* SPDX-License-Identifier: MIT */
/*
 * model: matches as a summary of the survey. The scan runs on workers, everything else on the view thread. What a unit
 * is, and which block it belongs to, is in walk.c. A replay walks a block with the borders that the survey had,
 * so that the units found are those that were counted.
 */
#include "folio/model/search/matches.h"

#include "inside.h"

#include "folio/model/survey/spread.h"

#include <stdlib.h>

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

void matches_halt(struct matches *matches, bool halt)
{
    survey_halt(matches->survey, matches->summary, halt);
}

struct summary_state matches_state(const struct matches *matches)
{
    return summary_state(matches->summary);
}

static bool replay_block(void *context, const struct survey_block *block)
{
    struct matches_replay *replay = context;
    return searcher_walk(replay->matches->searcher, block, replay->visit, replay->visitor);
}

/** Walk the block at `range` on the view thread. */
static bool replay_walk(void *context, struct range range, replay_visit *visit, void *visitor)
{
    struct matches_replay *replay = context;
    replay->visit = visit;
    replay->visitor = visitor;
    return replay_scan(replay->reader, range, replay_block, replay);
}

struct replay matches_ask(struct matches_replay *context)
{
    return (struct replay){context->matches->summary, reader_size(context->reader), replay_walk, context};
}

enum matches_result matches_next(struct matches *matches, struct reader *reader, uint64_t offset,
                                 bool forward, uint64_t *unit)
{
    struct matches_replay context = {.matches = matches, .reader = reader};
    struct replay replay = matches_ask(&context);
    if (forward && offset >= replay.size)
        return MATCHES_NONE;
    return replay_next(&replay, offset, forward, unit);
}

bool matches_rank(struct matches *matches, struct reader *reader, uint64_t offset, uint64_t *rank)
{
    struct matches_replay context = {.matches = matches, .reader = reader};
    struct replay replay = matches_ask(&context);
    return replay_rank(&replay, offset, rank);
}

size_t matches_hits(struct matches *matches, struct span line, uint64_t offset, uint64_t from,
                    struct range *hit, size_t capacity)
{
    size_t count = 0, skip = from > offset ? (size_t)(from - offset) : 0;
    struct sight sight = searcher_look_line(matches->searcher, line, offset);
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
