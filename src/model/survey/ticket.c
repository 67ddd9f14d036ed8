/* SPDX-License-Identifier: MIT */
/*
 * model: who does what next (see inside.h for the structure). Worker threads; one lock, taken twice per 16 MiB.
 *
 * Order: the chart, which all else needs; chained summaries, for somebody looks at what they tell; then the newest
 * summary, which somebody waits for. Within a summary: in a chain one chunk after the other; outward from what is on
 * the screen; or the screen, the start, the end, and the rest.
 */
#include "ticket.h"

#include "chart.h"
#include "chunk.h"
#include "life.h"

#include <stdlib.h>
#include <string.h>

/** Is the chunk at `place` waiting for a worker? (lock) */
static bool chunk_idle(const struct summary *summary, size_t place)
{
    return ((struct chunk *)ladder_at(&summary->chunk, place))->state == CHUNK_IDLE;
}

/** Choose a chunk going outward from ahead/behind. (lock) */
static bool summary_pick_near(struct summary *summary, size_t chunk_count, bool forward, size_t *place)
{
    while (summary->ahead < chunk_count && !chunk_idle(summary, summary->ahead))
        summary->ahead++;
    while (summary->behind > 0 && !chunk_idle(summary, summary->behind - 1))
        summary->behind--;
    bool up = summary->ahead<chunk_count, down = summary->behind> 0;
    if (!up && !down)
        return false;
    *place = (forward ? up : !down) ? summary->ahead : summary->behind - 1;
    return true;
}

/** Choose the chunk on the screen, the first, the last, then in order. (lock) */
static bool summary_pick_order(struct summary *summary, size_t chunk_count, size_t *place)
{
    const struct survey *survey = summary->survey;
    size_t focus = survey_place(survey, atomic_load(&survey->focus) / SURVEY_CHUNK);
    size_t early[] = {focus, 0, chunk_count - 1};
    for (size_t i = 0; i < sizeof early / sizeof *early; i++)
        if (early[i] < chunk_count && chunk_idle(summary, early[i])) {
            *place = early[i];
            return true;
        }
    return summary_pick_near(summary, chunk_count, true, place);
}

/** Choose the one chunk of a chain that can be done now: that behind those which are DONE. (lock) */
static bool summary_pick_chain(struct summary *summary, size_t chunk_count, size_t *place)
{
    uint64_t first = summary->origin / SURVEY_CHUNK;
    for (; summary->ahead < chunk_count; summary->ahead++) {
        const struct chunk *chunk = ladder_at(&summary->chunk, summary->ahead);
        if (survey_ordinal(summary->survey, summary->ahead) < first)
            continue;
        *place = summary->ahead;
        if (chunk->state != CHUNK_DONE)
            return chunk->state == CHUNK_IDLE;
        if (((struct chunk_result *)atomic_load(&chunk->result))->ended)
            return false;
    }
    return false;
}

static bool summary_pick(struct summary *summary, size_t *place)
{
    size_t chunk_count = atomic_load(&summary->survey->chunk_count);
    if (chunk_count == 0)
        return false;
    if (summary->kind->chained)
        return summary_pick_chain(summary, chunk_count, place);
    if (summary->kind->from_focus)
        return summary_pick_near(summary, chunk_count, atomic_load(&summary->survey->forward), place);
    return summary_pick_order(summary, chunk_count, place);
}

/** What a chain brings to this chunk: the entry of the first block that is not kept. (lock) */
static void ticket_chain(struct ticket *ticket, const struct chunk_result *before)
{
    const struct summary *summary = ticket->summary;
    const struct summary_kind *kind = summary->kind;
    uint64_t kept_at = ticket->ordinal * SURVEY_CHUNK + (uint64_t)ticket->kept * SURVEY_BLOCK, previous;
    const void *entry = &summary->entry;
    ticket->entry_at = summary->origin;
    if (ticket->kept > 0 && kept_at > summary->origin) {
        entry = chunk_result_detail(before, kind, ticket->kept);
        ticket->entry_at = kept_at;
    } else if (ticket->place > 0 && (previous = survey_ordinal(summary->survey, ticket->place - 1)) >=
                                        summary->origin / SURVEY_CHUNK) {
        const struct chunk *chunk = ladder_at(&summary->chunk, ticket->place - 1);
        entry = chunk_result_detail(atomic_load(&chunk->result), kind, CHUNK_BLOCKS);
        ticket->entry_at = (previous + 1) * SURVEY_CHUNK;
    }
    memcpy(&ticket->entry, entry, kind->detail);
}

/** The result to be filled, holding what is kept of the one before. (lock: a restart frees that one) */
static void ticket_begin(struct ticket *ticket, const struct chunk_result *before)
{
    const struct summary_kind *kind = ticket->summary->kind;
    ticket->kept = chunk_result_kept(before, ticket->ordinal, kind->margin);
    if (kind->chained)
        ticket_chain(ticket, before);
    ticket->result = chunk_result_open(kind);
    if (!ticket->result)
        return;
    if (ticket->kept)
        chunk_result_keep(ticket->result, before, kind, ticket->kept);
    ticket->result->size = ticket->size;
    ticket->result->hard = UINT64_MAX;
    ticket->result->covered = chunk_covered(ticket->ordinal, ticket->size);
}

/** May tickets be given out for the summary? (lock) */
static bool summary_open_to_work(struct summary *summary)
{
    if (atomic_load(&summary->halt) == HALT_NONE)
        return true;
    if (atomic_load(&summary->halt) == HALT_SET || summary->users > 0)
        return false;
    atomic_store(&summary->halt, HALT_NONE);
    atomic_store(&summary->stop, atomic_load(&summary->survey->stop));
    return true;
}

/** Fill a ticket for a chunk of `summary`, if one waits. (lock) */
static bool summary_ticket(struct summary *summary, struct ticket *ticket)
{
    size_t place;
    if (!summary_open_to_work(summary) || !summary_pick(summary, &place))
        return false;
    struct chunk *chunk = ladder_at(&summary->chunk, place);
    chunk->state = CHUNK_WORKING;
    summary->users++;
    ticket->summary = summary;
    ticket->place = place;
    ticket->ordinal = survey_ordinal(summary->survey, place);
    ticket_begin(ticket, atomic_load(&chunk->result));
    return true;
}

void survey_ring(struct survey *survey)
{
    struct pool *pool = atomic_load(&survey->pool);
    if (pool)
        pool_ring(pool);
}

bool survey_ticket(struct survey *survey, struct ticket *ticket)
{
    bool found = false;
    pthread_mutex_lock(&survey->lock);
    *ticket = (struct ticket){.generation = survey->generation, .size = atomic_load(&survey->size)};
    if (!survey->charting && atomic_load(&survey->charted) < ticket->size)
        found = survey->charting = true;
    for (int chained = 1; chained >= 0; chained--)
        for (struct summary *summary = survey->summary; summary && !found; summary = summary->next)
            found = summary->kind->chained == (chained > 0) && summary_ticket(summary, ticket);
    pthread_mutex_unlock(&survey->lock);
    return found;
}

/** Note what a new result tells, less what the one before told. (lock) */
static void summary_count(struct summary *summary, const struct chunk_result *result,
                          const struct chunk_result *before)
{
    static const struct chunk_result nothing;
    if (!before)
        before = &nothing;
    atomic_fetch_add(&summary->count, result->total - before->total);
    atomic_fetch_add(&summary->done, (uint64_t)result->worked - before->worked);
    atomic_fetch_add(&summary->unreadable, (uint64_t)result->unreadable - before->unreadable);
    if (result->hard < atomic_load(&summary->hard))
        atomic_store(&summary->hard, result->hard);
}

/** Put a finished result in place of the one before. (lock) */
static void chunk_replace(struct survey *survey, const struct ticket *ticket, struct chunk_result *result)
{
    struct summary *summary = ticket->summary;
    struct chunk *chunk = ladder_at(&summary->chunk, ticket->place);
    struct chunk_result *before = atomic_load(&chunk->result);
    struct retired *retired = before ? malloc(sizeof *retired) : NULL;
    atomic_store_explicit(&chunk->result, result, memory_order_release);
    summary_count(summary, result, before);
    if (retired) { /* out of memory: the old one is leaked rather than freed under a reader */
        *retired = (struct retired){before, survey->retired};
        survey->retired = retired;
    }
    if (!before)
        atomic_fetch_add(&survey->memory, chunk_result_size(summary->kind) + sizeof *chunk);
    /* The file may have grown meanwhile. */
    uint64_t size = atomic_load(&survey->size);
    uint64_t end = (ticket->ordinal + 1) * SURVEY_CHUNK + summary->kind->margin;
    bool grown = size > result->size && end > result->size;
    chunk->state = grown ? CHUNK_IDLE : CHUNK_DONE;
    if (grown) {
        summary_rewind(summary);
        return;
    }
    atomic_fetch_add(&summary->final, 1); /* after the count: who sees this one sees that one */
    if (result->ended)
        atomic_store(&summary->ended, true);
}

/** A chunk could not be done: wait until the file has another size, unless it has, or it was only halted. (lock) */
static void chunk_refuse(const struct survey *survey, const struct ticket *ticket)
{
    struct chunk *chunk = ladder_at(&ticket->summary->chunk, ticket->place);
    bool again = ticket->stopped || atomic_load(&survey->size) > ticket->size;
    chunk->state = again ? CHUNK_IDLE : CHUNK_STUCK;
    if (again)
        summary_rewind(ticket->summary);
}

/** Did bytes of the chunk change while it was worked on? Then it waits for a worker again. (lock) */
static bool chunk_stale(const struct ticket *ticket)
{
    struct chunk *chunk = ladder_at(&ticket->summary->chunk, ticket->place);
    bool stale = chunk->stale;
    chunk->stale = false;
    if (stale) {
        chunk->state = CHUNK_IDLE;
        summary_rewind(ticket->summary);
    }
    return stale;
}

/** What is to be done when the lock is free again, behind one who used a summary. */
enum summary_left { LEFT_ALONE, LEFT_OVER, LEFT_DROPPED };

/** One who used it does so no more. (lock) */
static enum summary_left summary_leave(struct summary *summary)
{
    if (--summary->users > 0)
        return LEFT_ALONE;
    return summary->dropped                           ? LEFT_DROPPED
           : atomic_load(&summary->halt) == HALT_OVER ? LEFT_OVER
                                                      : LEFT_ALONE;
}

/** The last one frees it, or calls those who waited for that: it may go on after a halt, and there is work for all. */
static void summary_left(struct survey *survey, struct summary *summary, enum summary_left left)
{
    if (left == LEFT_DROPPED)
        summary_free(summary);
    if (left == LEFT_OVER)
        survey_ring(survey);
}

/** A summary other than `busy` for which the worker keeps scratch, used from now on. NULL: there is none. */
static struct summary *summary_scratched(struct survey *survey, unsigned number, const struct summary *busy)
{
    pthread_mutex_lock(&survey->lock);
    struct summary *summary = survey->summary;
    while (summary && (summary == busy || !summary->scratch[number]))
        summary = summary->next;
    if (summary)
        summary->users++;
    pthread_mutex_unlock(&survey->lock);
    return summary;
}

void survey_spare(struct survey *survey, unsigned number, const struct summary *busy)
{
    struct summary *summary;
    while ((summary = summary_scratched(survey, number, busy))) {
        if (summary->kind->scratch_close)
            summary->kind->scratch_close(summary->scratch[number]);
        summary->scratch[number] = NULL;
        pthread_mutex_lock(&survey->lock);
        enum summary_left left = summary_leave(summary);
        pthread_mutex_unlock(&survey->lock);
        summary_left(survey, summary, left);
    }
}

void ticket_close(struct survey *survey, const struct ticket *ticket, struct chunk_result *result)
{
    struct summary *summary = ticket->summary;
    pthread_mutex_lock(&survey->lock);
    bool current = !summary->dropped && survey->generation == ticket->generation;
    if (current && chunk_stale(ticket))
        current = false;
    else if (current && result)
        chunk_replace(survey, ticket, result);
    else if (current)
        chunk_refuse(survey, ticket);
    enum summary_left left = summary_leave(summary);
    pthread_mutex_unlock(&survey->lock);
    if (!current)
        free(result);
    summary_left(survey, summary, left);
}
