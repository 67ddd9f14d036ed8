/* SPDX-License-Identifier: MIT */
/*
 * model: a summary within its survey: made, begun anew, opened again, freed (see inside.h for the structure). View
 * thread, and the last worker of a dropped one.
 */
#include "life.h"

#include "chart.h"
#include "chunk.h"

#include <stdlib.h>

struct summary *summary_open(struct survey *survey, const struct summary_kind *kind, const void *knowledge,
                             struct error *error)
{
    struct summary *summary = calloc(1, sizeof *summary);
    void **scratch = calloc(survey->worker_count, sizeof *scratch);
    if (!summary || !scratch) {
        free(summary);
        free(scratch);
        error_set(error, 0, "out of memory for the %s", kind->name);
        return NULL;
    }
    summary->kind = kind;
    summary->knowledge = knowledge;
    summary->survey = survey;
    summary->scratch = scratch;
    atomic_store(&summary->hard, UINT64_MAX);
    ladder_init(&summary->chunk, sizeof(struct chunk));
    return summary;
}

void summary_forget(struct summary *summary)
{
    for (size_t place = 0; place < summary->reached; place++) {
        struct chunk *chunk = ladder_at(&summary->chunk, place);
        struct chunk_result *result = atomic_exchange(&chunk->result, NULL);
        if (result)
            atomic_fetch_sub(&summary->survey->memory, chunk_result_size(summary->kind) + sizeof *chunk);
        free(result);
        chunk->state = CHUNK_IDLE;
        chunk->stale = false;
    }
    atomic_store(&summary->ended, false);
    atomic_store(&summary->count, 0);
    atomic_store(&summary->done, 0);
    atomic_store(&summary->final, 0);
    atomic_store(&summary->unreadable, 0);
    atomic_store(&summary->hard, UINT64_MAX);
    summary->ahead = summary->behind = 0;
}

void summary_free(struct summary *summary)
{
    struct survey *survey = summary->survey;
    summary_forget(summary);
    for (unsigned number = 0; number < survey->worker_count; number++)
        if (summary->scratch[number] && summary->kind->scratch_close)
            summary->kind->scratch_close(summary->scratch[number]);
    if (summary->release)
        summary->release((void *)(uintptr_t)summary->knowledge);
    ladder_release(&summary->chunk);
    free(summary->scratch);
    free(summary);
}

void summary_rewind(struct summary *summary)
{
    const struct survey *survey = summary->survey;
    size_t focus =
        summary->kind->from_focus ? survey_place(survey, atomic_load(&survey->focus) / SURVEY_CHUNK) : 0;
    summary->ahead = summary->behind = focus;
}

void summary_reopen(struct summary *summary, uint64_t size)
{
    size_t chunk_count = atomic_load(&summary->survey->chunk_count);
    for (size_t place = 0; place < chunk_count; place++) {
        struct chunk *chunk = ladder_at(&summary->chunk, place);
        struct chunk_result *result = atomic_load(&chunk->result);
        uint64_t end = (survey_ordinal(summary->survey, place) + 1) * SURVEY_CHUNK;
        if (chunk->state == CHUNK_STUCK)
            chunk->state = CHUNK_IDLE;
        if (chunk->state == CHUNK_DONE && end + summary->kind->margin > result->size && result->size < size) {
            chunk->state = CHUNK_IDLE;
            atomic_store(&summary->ended, false);
            atomic_fetch_sub(&summary->final, 1);
        }
    }
    summary_rewind(summary);
}
