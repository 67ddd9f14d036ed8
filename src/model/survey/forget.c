/* SPDX-License-Identifier: MIT */
/*
 * model: a part of the survey is void (see inside.h for the structure). The owner's thread.
 *
 * A chunk is the unit of work, so a chunk is forgotten: 16 MiB are scanned again in some milliseconds. One that is worked
 * on at this moment may or may not have seen the new bytes, so what comes of it is thrown away.
 */
#include "folio/model/survey/forget.h"

#include "chart.h"
#include "chunk.h"
#include "life.h"

#include <stdlib.h>

/** What was found out about a chunk is void. (lock) */
static void chunk_forget(struct summary *summary, struct chunk *chunk)
{
    struct chunk_result *result = atomic_exchange(&chunk->result, NULL);
    chunk->stale = chunk->state == CHUNK_WORKING;
    if (chunk->state == CHUNK_DONE) {
        chunk->state = CHUNK_IDLE;
        atomic_fetch_sub(&summary->final, 1);
    }
    if (!result)
        return;
    atomic_fetch_sub(&summary->count, result->total);
    atomic_fetch_sub(&summary->done, result->worked);
    atomic_fetch_sub(&summary->unreadable, result->unreadable);
    atomic_fetch_sub(&summary->survey->memory, chunk_result_size(summary->kind) + sizeof *chunk);
    free(result);
}

/**
 * Let the chunks be scanned again that `range` lies in, or so near to that it was looked at for them. In a chain each
 * begins as the one before it ended, so from the first on all are void, as is that it has ended. (lock)
 */
static void summary_forget_range(struct summary *summary, struct range range)
{
    uint64_t margin = summary->kind->margin, hard = UINT64_MAX;
    size_t chunk_count = atomic_load(&summary->survey->chunk_count);
    bool ended = false;
    for (size_t place = 0; place < chunk_count && place < summary->reached; place++) {
        struct chunk *chunk = ladder_at(&summary->chunk, place);
        uint64_t begin = survey_ordinal(summary->survey, place) * SURVEY_CHUNK, end = begin + SURVEY_CHUNK;
        bool near = range.begin < end + margin && (range.end + margin > begin || summary->kind->chained);
        if (near && end > summary->origin && range.end + margin > summary->origin)
            chunk_forget(summary, chunk);
        const struct chunk_result *result = atomic_load(&chunk->result);
        if (result && result->hard < hard)
            hard = result->hard;
        ended = ended || (result && result->ended && chunk->state == CHUNK_DONE);
    }
    atomic_store(&summary->hard, hard);
    atomic_store(&summary->ended, ended);
    summary_rewind(summary);
}

/**
 * Does it lie in a chunk that is, or may be taken for, a hole of the file? The table cannot take such a chunk in behind
 * its time: then all begins anew. (lock)
 */
static bool survey_lacks(const struct survey *survey, struct range range)
{
    for (uint64_t ordinal = range.begin / SURVEY_CHUNK; ordinal <= (range.end - 1) / SURVEY_CHUNK;
         ordinal++) {
        size_t place = survey_place(survey, ordinal);
        bool there = place < atomic_load(&survey->chunk_count) && survey_ordinal(survey, place) == ordinal;
        if (!there && (survey->charting || atomic_load(&survey->charted) > ordinal * SURVEY_CHUNK))
            return true;
    }
    return false;
}

void survey_forget(struct survey *survey, struct range range)
{
    if (range.begin >= range.end)
        return;
    survey_sweep(survey);
    pthread_mutex_lock(&survey->lock);
    survey->forgotten++;
    if (survey_lacks(survey, range))
        survey_restart(survey);
    for (struct summary *summary = survey->summary; summary; summary = summary->next)
        summary_forget_range(summary, range);
    pthread_mutex_unlock(&survey->lock);
    survey_ring(survey);
    if (survey->follower)
        survey_forget(survey->follower, range);
}

void survey_follow(struct survey *survey, struct survey *follower)
{
    survey->follower = follower;
}

void survey_unfollow(struct survey *survey, const struct survey *follower)
{
    if (survey->follower == follower)
        survey->follower = NULL;
}
