/* SPDX-License-Identifier: MIT */
/*
 * model: runs of printable text (see the header). The scan runs on workers, everything else on the view thread.
 *
 * A block counts the runs that begin in it. The character before it tells whether its first bytes belong to a run that
 * began before; behind it RUNS_MARGIN bytes are enough to see whether one that begins in its last bytes is long enough.
 * How long a run is in the end, nobody needs to know: it may be longer than any margin, and is counted once.
 *
 *     |....text|text text text text|text...text..|      one run, begun in the first block, one in the third
 */
#include "folio/model/byte/runs.h"

#include "prose.h"

#include "folio/model/reader/overlay.h"
#include "folio/model/search/replay.h"

#include <stdlib.h>

/** What the longest shortest run may need behind its block. */
#define RUNS_MARGIN ((size_t)RUNS_SHORTEST_MAX * ENCODING_LENGTH_MAX)

_Static_assert(RUNS_MARGIN <= SURVEY_MARGIN, "a run that begins in a block is seen to be long enough");

struct runs {
    struct survey *survey;
    struct summary *summary;
    /** What the workers read, too. */
    struct prose *prose;
};

/** The first byte from `at` on, where a character begins, that is of no run. */
static size_t run_end(const struct prose *prose, struct span bytes, size_t at)
{
    return at + prose_length(prose, (struct span){bytes.data + at, bytes.length - at});
}

/** Visit each run that begins in the block. False when a visit returned false, which ends it. */
static bool runs_walk(const struct prose *prose, const struct survey_block *block, replay_visit *visit,
                      void *visitor)
{
    struct prose_bytes bytes = {block->bytes, block->offset};
    size_t needed = block->end + (size_t)prose->shortest * ENCODING_LENGTH_MAX;
    if (needed < bytes.span.length) /* what a run has behind that is of no concern */
        bytes.span.length = needed;
    size_t at = prose_start(prose, bytes, block->begin);
    if (prose_begin(prose, bytes, at) < at)
        at = run_end(prose, bytes.span, at);
    while (at < block->end && (at = prose_find(prose, bytes.span, at)) < block->end) {
        if (!visit(visitor, block->offset + at))
            return false;
        at = run_end(prose, bytes.span, at);
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
    runs_walk(knowledge, block, visit_count, &tally.count);
    return tally;
}

static const struct summary_kind runs_kind = {
    .name = "strings",
    .margin = RUNS_MARGIN,
    .from_focus = true,
    .scan = runs_scan,
};

struct runs *runs_open(struct survey *survey, const struct encoding *charset, unsigned shortest,
                       struct error *error)
{
    struct runs *runs = calloc(1, sizeof *runs);
    struct prose *prose = malloc(sizeof *prose);
    if (!runs || !prose) {
        error_set(error, 0, "out of memory for the strings");
        goto failed;
    }
    prose_init(prose, prose_encoding(charset), shortest);
    *runs = (struct runs){survey, survey_add(survey, &runs_kind, prose, error), prose};
    if (runs->summary)
        return runs;
failed:
    free(runs);
    free(prose);
    return NULL;
}

void runs_close(struct runs *runs)
{
    if (!runs)
        return;
    survey_drop(runs->survey, runs->summary, free);
    free(runs);
}

bool runs_serve(const struct runs *runs, const struct encoding *charset, unsigned shortest)
{
    return runs->prose->encoding == prose_encoding(charset) && runs->prose->shortest == shortest;
}

const struct encoding *runs_encoding(const struct runs *runs)
{
    return runs->prose->encoding;
}

size_t runs_length(const struct runs *runs, struct span data)
{
    return prose_length(runs->prose, data);
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
    return runs_walk(replay->runs->prose, block, replay->visit, replay->visitor);
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

/** Up to `most` bytes at `offset`; none where they cannot be read. FAILED: they cannot be had now. */
static enum matches_result run_bytes(struct reader *reader, uint64_t offset, size_t most, struct span *span)
{
    switch (reader_span(reader, offset, most, span)) {
    case READER_OK:
        return MATCHES_FOUND;
    case READER_END:
    case READER_UNREADABLE:
        *span = (struct span){"", 0};
        return MATCHES_FOUND;
    case READER_GIVEN_UP:
        break;
    }
    return MATCHES_FAILED;
}

/** Where the character begins that holds the byte at `offset`; `offset` itself where that is no text. */
static enum matches_result run_character(const struct runs *runs, struct reader *reader, uint64_t offset,
                                         uint64_t *begin)
{
    const unsigned unit = runs->prose->unit;
    uint64_t from = offset - offset % unit;
    struct span span;
    /* From the unit of the byte, or from the one before, where both are a pair. */
    for (*begin = offset;; from -= unit) {
        enum matches_result result = run_bytes(reader, from, ENCODING_LENGTH_MAX, &span);
        if (result != MATCHES_FOUND)
            return result;
        if (from + prose_length(runs->prose, span) > offset) {
            *begin = from;
            return MATCHES_FOUND;
        }
        if (unit != 2 || from < 2 || offset - from >= 2)
            return MATCHES_NONE;
    }
}

/** Where the text begins that goes up to `offset`; looks back a block. FAILED: it cannot be had now. */
static enum matches_result run_begin(const struct runs *runs, struct reader *reader, uint64_t offset,
                                     uint64_t *begin)
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
        *begin = from + prose_begin(runs->prose, (struct prose_bytes){span, from}, span.length);
        break;
    }
    return MATCHES_FOUND;
}

enum matches_result runs_holding(struct runs *runs, struct reader *reader, uint64_t offset, uint64_t *begin)
{
    const size_t most = (size_t)runs->prose->shortest * ENCODING_LENGTH_MAX;
    struct span span;
    reader = reader_beneath(reader); /* runs were counted in the file, not in the edits over it */
    enum matches_result result = run_character(runs, reader, offset, begin);
    if (result == MATCHES_FOUND)
        result = run_begin(runs, reader, *begin, begin);
    if (result != MATCHES_FOUND)
        return result;
    /* Longer than one looks back: then it is the last that begins before this byte. */
    if (offset - *begin + ENCODING_LENGTH_MAX > SURVEY_BLOCK)
        return runs_next(runs, reader, offset + 1, false, begin);
    result = run_bytes(reader, *begin, most, &span);
    if (result != MATCHES_FOUND)
        return result;
    return span.length > 0 && prose_find(runs->prose, span, 0) == 0 ? MATCHES_FOUND : MATCHES_NONE;
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
