/* SPDX-License-Identifier: MIT */
/**
 * model, private: pieces of work: taking one and giving it back (ticket.c), and doing it (scan.c). Workers.
 */
#ifndef FOLIO_MODEL_SURVEY_TICKET_H
#define FOLIO_MODEL_SURVEY_TICKET_H

#include "inside.h"

/** One piece of work: a chunk of a summary, or (summary NULL) charting. */
struct ticket {
    struct summary *summary;
    size_t place;
    uint64_t ordinal;
    uint64_t size;
    unsigned generation;
    /** To be filled; blocks before `kept` are already there. NULL when out of memory. */
    struct chunk_result *result;
    unsigned kept;
    /** It was given up because of summary->stop. */
    bool stopped;
    /** Chained: the entry, which holds at this offset: in the chunk, or before it, and a hole between. */
    struct detail entry;
    uint64_t entry_at;
};

/** Take the most urgent piece of work. False: there is none. */
bool survey_ticket(struct survey *survey, struct ticket *ticket);

/** Give a ticket for a chunk back with its result (NULL: not done; `stopped` says whether it can be). */
void ticket_close(struct survey *survey, const struct ticket *ticket, struct chunk_result *result);

/** Free what worker `number`, who calls this, keeps for other summaries than `busy` (NULL: for all). */
void survey_spare(struct survey *survey, unsigned number, const struct summary *busy);

/** Scan the ticket's chunk into its result. DONE, STOPPED, or SHORT: the window does not hold the chunk. */
enum window_result ticket_scan(struct survey *survey, const struct surveyor *surveyor,
                               const struct ticket *ticket, void *scratch);

#endif
