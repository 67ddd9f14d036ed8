/* SPDX-License-Identifier: MIT */
/*
 * model: runs of printable text (see the header). The scan runs on workers, everything else on the view thread.
 *
 * A block counts the runs that begin in it. One byte before it tells whether its first bytes belong to a run that began
 * before; behind it RUNS_SHORTEST_MAX bytes are enough to see whether one that begins in its last bytes is long enough.
 * How long a run is in the end, nobody needs to know: it may be longer than any margin, and is counted once.
 *
 *     |....text|text text text text|text...text..|      one run, begun in the first block, one in the third
 */
#include "folio/model/byte/runs.h"

#include "folio/base/scan/scan.h"
#include "folio/model/reader/overlay.h"
#include "folio/model/search/replay.h"

#include <stdlib.h>

struct runs {
    struct survey *survey;
    struct summary *summary;
    /** What the workers read, too: the shortest run. */
    unsigned *shortest;
};

static bool run_byte(char byte)
{
    return byte == '\t' || (byte >= ' ' && byte <= '~');
}

size_t runs_length(struct span data)
{
    size_t at = 0;
    for (;;) {
        at += scan_printable(data.data + at, data.length - at);
        if (at == data.length || data.data[at] != '\t')
            return at;
        at++;
    }
}

/** The first byte from `at` on that is of no run. */
static size_t run_end(struct span bytes, size_t at)
{
    return at + runs_length((struct span){bytes.data + at, bytes.length - at});
}

/**
 * The first run of at least `shortest` bytes from `at` on; the byte before that is of no run. The end of the bytes where
 * there is none. The last byte that a run would need is looked at first: where it is of none, all before it is passed.
 */
static size_t run_find(struct span bytes, size_t at, size_t shortest)
{
    while (at + shortest <= bytes.length) {
        size_t good = at + shortest;
        while (good > at && run_byte(bytes.data[good - 1]))
            good--;
        if (good == at)
            return at;
        at = good;
    }
    return bytes.length;
}

/** Visit each run that begins in the block. False when a visit returned false, which ends it. */
static bool runs_walk(unsigned shortest, const struct survey_block *block, replay_visit *visit, void *visitor)
{
    struct span bytes = block->bytes;
    size_t at = block->begin, needed = block->end + shortest;
    if (needed < bytes.length) /* what a run has behind that is of no concern */
        bytes.length = needed;
    if (at > 0 && run_byte(bytes.data[at - 1]))
        at = run_end(bytes, at);
    while (at < block->end && (at = run_find(bytes, at, shortest)) < block->end) {
        if (!visit(visitor, block->offset + at))
            return false;
        at = run_end(bytes, at);
    }
    return true;
}

static bool visit_count(void *visitor, uint64_t unit)
{
    (void)unit;
    ++*(uint32_t *)visitor;
    return true;
}

static struct survey_tally runs_scan(const void *knowledge, void *scratch, const struct survey_block *block)
{
    (void)scratch;
    struct survey_tally tally = {0};
    runs_walk(*(const unsigned *)knowledge, block, visit_count, &tally.count);
    return tally;
}

static const struct summary_kind runs_kind = {
    .name = "strings",
    .margin = RUNS_SHORTEST_MAX,
    .from_focus = true,
    .scan = runs_scan,
};

struct runs *runs_open(struct survey *survey, unsigned shortest, struct error *error)
{
    struct runs *runs = calloc(1, sizeof *runs);
    unsigned *knowledge = malloc(sizeof *knowledge);
    if (!runs || !knowledge) {
        error_set(error, 0, "out of memory for the strings");
        goto failed;
    }
    *knowledge = shortest;
    *runs = (struct runs){survey, survey_add(survey, &runs_kind, knowledge, error), knowledge};
    if (runs->summary)
        return runs;
failed:
    free(runs);
    free(knowledge);
    return NULL;
}

void runs_close(struct runs *runs)
{
    if (!runs)
        return;
    survey_drop(runs->survey, runs->summary, free);
    free(runs);
}

struct summary_state runs_state(const struct runs *runs)
{
    return summary_state(runs->summary);
}

/** A replay under way. */
struct runs_replay {
    const struct runs *runs;
    struct reader *reader;
    replay_visit *visit;
    void *visitor;
};

static bool replay_block(void *context, const struct survey_block *block)
{
    const struct runs_replay *replay = context;
    return runs_walk(*replay->runs->shortest, block, replay->visit, replay->visitor);
}

static bool replay_walk(void *context, struct range block, replay_visit *visit, void *visitor)
{
    struct runs_replay *replay = context;
    replay->visit = visit;
    replay->visitor = visitor;
    return replay_scan(replay->reader, block, replay_block, replay);
}

/** What model/search/replay is asked. */
static struct replay runs_ask(struct runs_replay *context)
{
    return (struct replay){context->runs->summary, reader_size(context->reader), replay_walk, context};
}

/** Where the bytes of a run begin that go up to `offset`; looks back a block. FAILED: they cannot be had now. */
static enum matches_result run_begin(struct reader *reader, uint64_t offset, uint64_t *begin)
{
    uint64_t from = offset > SURVEY_BLOCK ? offset - SURVEY_BLOCK : 0;
    struct span span;
    *begin = offset;
    while (from < offset) {
        enum reader_result result = reader_span(reader, from, (size_t)(offset - from), &span);
        if (result == READER_UNREADABLE) {
            from = from - from % READER_PAGE + READER_PAGE;
            continue;
        }
        if (result != READER_OK)
            return MATCHES_FAILED;
        if (from + span.length < offset) { /* something behind it cannot be read */
            from += span.length;
            continue;
        }
        size_t good = span.length;
        while (good > 0 && run_byte(span.data[good - 1]))
            good--;
        *begin = from + good;
        break;
    }
    return MATCHES_FOUND;
}

/** How many bytes of a run stand from `begin` on, up to `most`. */
static enum matches_result run_measure(struct reader *reader, uint64_t begin, size_t most, size_t *length)
{
    struct span span;
    *length = 0;
    switch (reader_span(reader, begin, most, &span)) {
    case READER_OK:
        *length = runs_length(span);
        return MATCHES_FOUND;
    case READER_END:
    case READER_UNREADABLE:
        return MATCHES_FOUND;
    case READER_GIVEN_UP:
        break;
    }
    return MATCHES_FAILED;
}

enum matches_result runs_holding(struct runs *runs, struct reader *reader, uint64_t offset, uint64_t *begin)
{
    size_t length;
    reader = reader_beneath(reader); /* runs were counted in the file, not in the edits over it */
    enum matches_result result = run_measure(reader, offset, 1, &length);
    if (result != MATCHES_FOUND || length == 0)
        return result == MATCHES_FOUND ? MATCHES_NONE : result;
    result = run_begin(reader, offset, begin);
    if (result != MATCHES_FOUND)
        return result;
    /* Longer than one looks back: then it is the last that begins before this byte. */
    if (offset - *begin == SURVEY_BLOCK)
        return runs_next(runs, reader, offset + 1, false, begin);
    result = run_measure(reader, *begin, *runs->shortest, &length);
    if (result != MATCHES_FOUND)
        return result;
    return length >= *runs->shortest ? MATCHES_FOUND : MATCHES_NONE;
}

enum matches_result runs_next(struct runs *runs, struct reader *reader, uint64_t offset, bool forward,
                              uint64_t *begin)
{
    struct runs_replay context = {.runs = runs, .reader = reader};
    struct replay replay = runs_ask(&context);
    enum matches_result result = replay_next(&replay, offset, forward, begin);
    if (result == MATCHES_UNKNOWN) /* somebody wants to see it: the workers go on from there */
        survey_focus(runs->survey, offset, forward);
    return result;
}

bool runs_rank(struct runs *runs, struct reader *reader, uint64_t offset, uint64_t *rank)
{
    struct runs_replay context = {.runs = runs, .reader = reader};
    struct replay replay = runs_ask(&context);
    return replay_rank(&replay, offset, rank);
}

enum matches_result runs_select(struct runs *runs, struct reader *reader, uint64_t nth, uint64_t *begin)
{
    struct runs_replay context = {.runs = runs, .reader = reader};
    struct replay replay = runs_ask(&context);
    return replay_select(&replay, nth, begin);
}
