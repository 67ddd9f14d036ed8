/* SPDX-License-Identifier: MIT */
/* model: the chunks of a chained summary (see inside.h for the structure). View thread; no lock. */
#include "folio/model/survey/chain.h"

#include "chart.h"
#include "chunk.h"

size_t chain_places(const struct summary *summary, size_t *first)
{
    *first = summary_first(summary);
    return atomic_load_explicit(&summary->survey->chunk_count, memory_order_acquire);
}

uint64_t chain_begin(const struct summary *summary, size_t place)
{
    return survey_ordinal(summary->survey, place) * SURVEY_CHUNK;
}

uint64_t chain_hole_end(const struct summary *summary, size_t place)
{
    const struct survey *survey = summary->survey;
    uint64_t charted = atomic_load(&survey->charted), size = atomic_load(&survey->size);
    if (place < atomic_load_explicit(&survey->chunk_count, memory_order_acquire))
        return chain_begin(summary, place);
    return charted < size ? charted : size;
}

const void *chain_exit(const struct summary *summary, size_t place)
{
    const struct survey *survey = summary->survey;
    const struct chunk *chunk = ladder_at(&summary->chunk, place);
    const struct chunk_result *result = atomic_load_explicit(&chunk->result, memory_order_acquire);
    if (!result || result->ended || result->covered < SURVEY_CHUNK)
        return NULL;
    if (result->size < atomic_load(&survey->size) &&
        chunk_result_kept(result, survey_ordinal(survey, place), summary->kind->margin) < CHUNK_BLOCKS)
        return NULL;
    return chunk_result_detail(result, summary->kind, CHUNK_BLOCKS);
}
