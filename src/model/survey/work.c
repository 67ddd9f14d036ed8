/* SPDX-License-Identifier: MIT */
/*
 * model: a worker's round (see inside.h for the structure). Worker threads.
 *
 *     take a ticket (lock) -> chart | scan the chunk's blocks (no lock) -> publish (lock) -> ring
 */
#include "chart.h"
#include "ticket.h"

#include <stdlib.h>

/**
 * This worker's scratch for the summary, made at first need; the one that it worked for before gives its own back, for
 * that may be megabytes, and there may be ten of them. False when it cannot be had.
 */
static bool summary_scratch(struct summary *summary, unsigned number)
{
    if (!summary->kind->scratch_open || summary->scratch[number])
        return true;
    survey_spare(summary->survey, number, summary);
    summary->scratch[number] = summary->kind->scratch_open(summary->knowledge, NULL);
    return summary->scratch[number] != NULL;
}

void surveyor_close(struct surveyor *surveyor)
{
    window_close(surveyor->window);
    window_close(surveyor->beside);
    surveyor->window = surveyor->beside = NULL;
}

/** This worker with windows that stand for the file (or the two) as it is now. NULL when they cannot be had. */
static const struct surveyor *surveyor_ready(struct survey *survey, unsigned number, unsigned generation,
                                             bool anew)
{
    struct surveyor *surveyor = &survey->surveyor[number];
    if (anew || surveyor->generation != generation)
        surveyor_close(surveyor);
    if (!surveyor->window)
        surveyor->window = window_open(survey->fd, survey->advice, NULL);
    if (!surveyor->beside && survey->beside >= 0)
        surveyor->beside = window_open(survey->beside, survey->advice, NULL);
    surveyor->generation = generation;
    return surveyor->window && (surveyor->beside || survey->beside < 0) ? surveyor : NULL;
}

/** Do a chunk. NULL: it could not be done (stopped, the file is shorter than known, no memory). */
static struct chunk_result *ticket_do(struct survey *survey, struct ticket *ticket, unsigned number)
{
    struct chunk_result *result = NULL;
    enum window_result scanned = WINDOW_SHORT;
    bool ready = ticket->result && summary_scratch(ticket->summary, number);
    /* The second try is for a spool that moved to another file under the same descriptor. */
    for (int attempt = 0; ready && scanned == WINDOW_SHORT && attempt < 2; attempt++) {
        const struct surveyor *surveyor = surveyor_ready(survey, number, ticket->generation, attempt > 0);
        ready = surveyor != NULL;
        if (ready)
            scanned = ticket_scan(survey, surveyor, ticket, ticket->summary->scratch[number]);
    }
    ticket->stopped = ready && scanned == WINDOW_STOPPED;
    if (ready && scanned == WINDOW_DONE)
        result = ticket->result;
    else
        free(ticket->result);
    return result;
}

bool survey_work(void *context, unsigned number)
{
    struct survey *survey = context;
    struct ticket ticket;
    if (atomic_load(&survey->stop))
        return false;
    if (!survey_ticket(survey, &ticket)) {
        survey_spare(survey, number, NULL);
        return false;
    }
    if (ticket.summary) {
        ticket_close(survey, &ticket, ticket_do(survey, &ticket, number));
    } else {
        /* No descriptor or no memory: not again before somebody rings, or this would go round for ever. */
        const struct surveyor *surveyor = surveyor_ready(survey, number, ticket.generation, true);
        if (!survey_chart(survey, &ticket, surveyor))
            return false;
        survey_ring(survey);
    }
    wake_ring(survey->wake);
    return true;
}
