/* SPDX-License-Identifier: MIT */
/*
 * model: the owner's side of the survey (see inside.h for the structure). View thread.
 *
 * Why counts per block and not offsets of lines: counting newlines runs at the speed of memory, listing them 10 to 40
 * times slower, and a block can be replayed in microseconds when one wants to know where in it. Why chunks are
 * published whole: one release store per 16 MiB instead of one per block, and a reader never sees half a chunk.
 * Why one lock and not atomics for the tickets: it is taken once per 16 MiB, that is a thousand times a second.
 */
#include "folio/model/survey/survey.h"

#include "chart.h"
#include "life.h"

#include "folio/model/survey/summary.h"

#include <stdlib.h>
#include <string.h>

void survey_sweep(struct survey *survey)
{
    pthread_mutex_lock(&survey->lock);
    struct retired *retired = survey->retired;
    survey->retired = NULL;
    pthread_mutex_unlock(&survey->lock);
    while (retired) {
        struct retired *next = retired->next;
        free(retired->result);
        free(retired);
        retired = next;
    }
}

struct survey *survey_open(int fd, uint64_t size, unsigned workers, enum advice advice, struct wake *wake,
                           struct error *error)
{
    struct survey *survey = calloc(1, sizeof *survey);
    struct surveyor *surveyor = calloc(workers, sizeof *surveyor);
    if (!survey || !surveyor) {
        free(survey);
        free(surveyor);
        error_set(error, 0, "out of memory for the line survey");
        return NULL;
    }
    survey->fd = fd;
    survey->beside = -1;
    survey->advice = advice;
    survey->worker_count = workers;
    survey->wake = wake;
    survey->surveyor = surveyor;
    atomic_store(&survey->size, size);
    atomic_store(&survey->forward, true);
    ladder_init(&survey->ordinal, sizeof(uint64_t));
    pthread_mutex_init(&survey->lock, NULL);
    return survey;
}

void survey_beside(struct survey *survey, int fd, uint64_t size)
{
    survey->beside = fd;
    survey->beside_size = size;
}

void survey_solid(struct survey *survey)
{
    survey->solid = true;
}

/** Join the workers and free all. Runs on a helper, because a worker may be held up by the device. */
static void survey_bury(void *context)
{
    struct survey *survey = context;
    pool_close(survey->pool);
    for (unsigned number = 0; number < survey->worker_count; number++)
        surveyor_close(&survey->surveyor[number]);
    while (survey->summary) {
        struct summary *summary = survey->summary;
        survey->summary = summary->next;
        summary_free(summary);
    }
    survey_sweep(survey);
    ladder_release(&survey->ordinal);
    pthread_mutex_destroy(&survey->lock);
    free(survey->surveyor);
    free(survey->bad);
    free(survey);
}

void survey_close(struct survey *survey)
{
    if (!survey)
        return;
    /* In one piece, or a worker that lets a summary go on after a halt may overlook it. */
    pthread_mutex_lock(&survey->lock);
    atomic_store(&survey->stop, true);
    for (struct summary *summary = survey->summary; summary; summary = summary->next)
        atomic_store(&summary->stop, true);
    pthread_mutex_unlock(&survey->lock);
    if (!survey->pool || !pool_help(survey_bury, survey))
        survey_bury(survey);
}

void survey_start(struct survey *survey)
{
    if (!atomic_load(&survey->pool))
        atomic_store(&survey->pool, pool_open(survey->worker_count, survey_work, survey, NULL));
    survey_ring(survey);
}

void survey_restart(struct survey *survey)
{
    for (struct summary *summary = survey->summary; summary; summary = summary->next)
        summary_forget(summary);
    survey->generation++;
    atomic_store(&survey->chunk_count, 0);
    atomic_store(&survey->charted, 0);
    atomic_store(&survey->bad_count, 0);
}

void survey_resize(struct survey *survey, uint64_t size, bool rewritten)
{
    uint64_t before = atomic_load(&survey->size);
    survey_sweep(survey);
    pthread_mutex_lock(&survey->lock);
    /* In one piece with the new size, or a worker charts the new generation up to the old one. */
    if (rewritten || size < before)
        survey_restart(survey);
    atomic_store(&survey->size, size);
    for (struct summary *summary = survey->summary; summary; summary = summary->next)
        summary_reopen(summary, size);
    pthread_mutex_unlock(&survey->lock);
    survey_ring(survey);
}

void survey_focus(struct survey *survey, uint64_t offset, bool forward)
{
    uint64_t before = atomic_exchange(&survey->focus, offset);
    bool way = atomic_exchange(&survey->forward, forward);
    survey_sweep(survey);
    if (before / SURVEY_CHUNK == offset / SURVEY_CHUNK && way == forward)
        return;
    pthread_mutex_lock(&survey->lock);
    for (struct summary *summary = survey->summary; summary; summary = summary->next)
        if (summary->kind->from_focus)
            summary_rewind(summary);
    pthread_mutex_unlock(&survey->lock);
}

void survey_yield(struct survey *survey, bool yield)
{
    atomic_store(&survey->yield, yield);
}

/** Put a new summary among the others. NULL and `error`, the summary freed, when out of memory. */
static struct summary *survey_take(struct survey *survey, struct summary *summary, struct error *error)
{
    if (!summary)
        return NULL;
    pthread_mutex_lock(&survey->lock);
    size_t chunk_count = atomic_load(&survey->chunk_count);
    bool room = chunk_count == 0 || summary_reach(summary, chunk_count - 1);
    if (room) {
        summary_rewind(summary);
        summary->next = survey->summary;
        survey->summary = summary;
    }
    pthread_mutex_unlock(&survey->lock);
    if (!room) {
        error_set(error, 0, "out of memory for the %s", summary->kind->name);
        summary_free(summary);
        return NULL;
    }
    survey_ring(survey);
    return summary;
}

struct summary *survey_add(struct survey *survey, const struct summary_kind *kind, const void *knowledge,
                           struct error *error)
{
    return survey_take(survey, summary_open(survey, kind, knowledge, error), error);
}

struct summary *survey_chain(struct survey *survey, const struct summary_kind *kind, const void *knowledge,
                             uint64_t origin, const void *entry, struct error *error)
{
    struct summary *summary = summary_open(survey, kind, knowledge, error);
    if (summary) {
        summary->origin = origin;
        memcpy(&summary->entry, entry, kind->detail);
    }
    return survey_take(survey, summary, error);
}

void survey_halt(struct survey *survey, struct summary *summary, bool halt)
{
    /* What is complete has nothing to be halted: should the file grow, the rest is counted as always. */
    if (halt ? summary_state(summary).complete : atomic_load(&summary->halt) != HALT_SET)
        return;
    pthread_mutex_lock(&survey->lock);
    if (halt) {
        atomic_store(&summary->halt, HALT_SET);
        atomic_store(&summary->stop, true);
    } else if (atomic_load(&summary->halt) == HALT_SET) {
        atomic_store(&summary->halt, HALT_OVER);
    }
    pthread_mutex_unlock(&survey->lock);
    if (!halt)
        survey_ring(survey);
}

void survey_drop(struct survey *survey, struct summary *summary, void (*release)(void *knowledge))
{
    if (!summary)
        return;
    pthread_mutex_lock(&survey->lock);
    struct summary **link = &survey->summary;
    while (*link != summary)
        link = &(*link)->next;
    *link = summary->next;
    summary->dropped = true;
    atomic_store(&summary->stop, true);
    summary->release = release;
    bool last = summary->users == 0;
    pthread_mutex_unlock(&survey->lock);
    if (last)
        summary_free(summary);
}
