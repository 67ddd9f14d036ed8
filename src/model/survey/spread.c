/* SPDX-License-Identifier: MIT */
/*
 * model: how what is counted lies over the file (see the header). View thread.
 *
 *     shares   |----0----|----1----|----2----|----3----|
 *     chunks   |~~~~~~|~~~~~~|~~~~~~|  hole  |~~~~~~|        one within a share adds its total,
 *                         ^^ its blocks one by one           one across a border is taken apart
 *
 * Asking summary_rank at each border would add the same totals up again and again; this walks them once.
 */
#include "folio/model/survey/spread.h"

#include "chart.h"
#include "chunk.h"

/** The shares that are being filled. */
struct spread {
    uint64_t size;
    struct share *share;
    unsigned count;
};

/** The first byte of share `number`, rounded up, so that a byte is in one share only. */
static uint64_t share_begin(const struct spread *spread, unsigned number)
{
    return (uint64_t)(((unsigned __int128)spread->size * number + spread->count - 1) / spread->count);
}

/** The share of the byte at `offset`, which is below the size. */
static unsigned share_of(const struct spread *spread, uint64_t offset)
{
    return (unsigned)((unsigned __int128)offset * spread->count / spread->size);
}

/** `part` of `whole` of a count, rounded. */
static uint64_t share_part(uint64_t count, uint64_t part, uint64_t whole)
{
    return (uint64_t)(((unsigned __int128)count * part + whole / 2) / whole);
}

/** Put what lies in the range where it belongs, evenly where it belongs to several; nothing gets lost or doubled. */
static void spread_add(struct spread *spread, struct range range, uint64_t count, bool known)
{
    unsigned last = share_of(spread, range.end - 1);
    uint64_t before = 0;
    for (unsigned number = share_of(spread, range.begin); number <= last; number++) {
        uint64_t end = share_begin(spread, number + 1);
        uint64_t until = end < range.end ? end - range.begin : range.end - range.begin;
        uint64_t here = share_part(count, until, range.end - range.begin);
        spread->share[number].count += here - before;
        before = here;
        spread->share[number].known = spread->share[number].known && known;
    }
}

/** The blocks of a chunk one by one. */
static void spread_blocks(struct spread *spread, const struct chunk_result *result, struct range chunk,
                          unsigned fresh)
{
    for (unsigned number = 0; number < CHUNK_BLOCKS; number++) {
        uint64_t begin = chunk.begin + (uint64_t)number * SURVEY_BLOCK, end = begin + SURVEY_BLOCK;
        if (begin >= chunk.end)
            return;
        struct range block = {begin, end < chunk.end ? end : chunk.end};
        spread_add(spread, block, chunk_result_count(result, number), number < fresh);
    }
}

static void spread_chunk(struct spread *spread, const struct summary *summary, size_t place)
{
    uint64_t ordinal = survey_ordinal(summary->survey, place), begin = ordinal * SURVEY_CHUNK;
    const struct chunk_result *result = summary_result(summary, place);
    uint32_t covered = chunk_covered(ordinal, spread->size);
    struct range chunk = {begin, begin + covered};
    if (covered == 0)
        return;
    unsigned fresh = result ? summary_fresh(summary, result, ordinal) : 0;
    if (!result || (fresh == CHUNK_BLOCKS && share_of(spread, begin) == share_of(spread, chunk.end - 1)))
        spread_add(spread, chunk, result ? result->total : 0, result != NULL);
    else
        spread_blocks(spread, result, chunk, fresh);
}

void summary_spread(const struct summary *summary, uint64_t size, struct share *share, unsigned count)
{
    struct spread spread = {size, share, count};
    for (unsigned number = 0; number < count; number++)
        share[number] = (struct share){0, survey_charted(summary->survey, share_begin(&spread, number + 1))};
    if (size == 0 || count == 0)
        return;
    size_t chunk_count = atomic_load_explicit(&summary->survey->chunk_count, memory_order_acquire);
    for (size_t place = summary_first(summary); place < chunk_count; place++)
        spread_chunk(&spread, summary, place);
}
