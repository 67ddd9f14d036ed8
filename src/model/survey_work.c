/* SPDX-License-Identifier: MIT */
/*
 * model: a worker's round (see survey_body.h for the structure). Worker threads.
 *
 *     take a ticket (lock) -> chart | scan the chunk's blocks (no lock) -> publish (lock) -> ring
 */
#include <stdlib.h>

#include "survey_body.h"

/** This worker's scratch for the summary, made at first need. False when it cannot be had. */
static bool summary_scratch(struct summary *summary, unsigned number)
{
    if (!summary->kind->scratch_open || summary->scratch[number])
        return true;
    summary->scratch[number] = summary->kind->scratch_open(summary->knowledge, NULL);
    return summary->scratch[number] != NULL;
}

/** A window that stands for the file as it is now. NULL when it cannot be had. */
static struct window *surveyor_window(struct survey *survey, unsigned number, unsigned generation, bool anew)
{
    struct surveyor *surveyor = &survey->surveyor[number];
    if (surveyor->window && (anew || surveyor->generation != generation)) {
        window_close(surveyor->window);
        surveyor->window = NULL;
    }
    if (!surveyor->window)
        surveyor->window = window_open(survey->fd, survey->advice, NULL);
    surveyor->generation = generation;
    return surveyor->window;
}

/** Do a chunk. NULL: it could not be done (stopped, the file is shorter than known, no memory). */
static struct chunk_result *ticket_do(struct survey *survey, const struct ticket *ticket, unsigned number)
{
    struct chunk_result *result = NULL;
    enum window_result scanned = WINDOW_SHORT;
    bool ready = ticket->result && summary_scratch(ticket->summary, number);
    /* The second try is for a spool that moved to another file under the same descriptor. */
    for (int attempt = 0; ready && scanned == WINDOW_SHORT && attempt < 2; attempt++) {
        struct window *window = surveyor_window(survey, number, ticket->generation, attempt > 0);
        ready = window != NULL;
        if (ready)
            scanned = ticket_scan(survey, window, ticket, ticket->summary->scratch[number]);
    }
    if (ready && scanned == WINDOW_DONE)
        result = ticket->result;
    else
        free(ticket->result);
    return result;
}

void survey_ring(struct survey *survey)
{
    struct pool *pool = atomic_load(&survey->pool);
    if (pool)
        pool_ring(pool);
}

bool survey_work(void *context, unsigned number)
{
    struct survey *survey = context;
    struct ticket ticket;
    if (atomic_load(&survey->stop) || !survey_ticket(survey, &ticket))
        return false;
    if (ticket.summary) {
        struct chunk_result *result = ticket_do(survey, &ticket, number);
        ticket_close(survey, &ticket, result);
    } else {
        /* No descriptor or no memory: not again before somebody rings, or this would go round for ever. */
        struct window *window = surveyor_window(survey, number, ticket.generation, true);
        if (!survey_chart(survey, &ticket, window))
            return false;
        survey_ring(survey);
    }
    wake_ring(survey->wake);
    return true;
}
