/* SPDX-License-Identifier: MIT */
/*
 * view: telling that a pattern was too hard for some line (see core/session.h). View thread.
 *
 * What a line's match would have been is then unknown, so a count may be wrong, and a person who trusts it is misled.
 * It is said once as a sentence, until the next movement, and then in a few words for as long as it is true.
 */
#include "folio/model/survey/spread.h"
#include "folio/session/search/find.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/** What may be too hard, what it is called, and what follows, also for a pattern whose lines are left out. */
static const struct {
    unsigned bit;
    const char *sentence, *brief, *missing, *left;
} hard_table[] = {
    {HARD_SEARCH, "Pattern", "pattern", "some lines may be missing", "some lines may match it"},
    {HARD_FILTER, "Filter", "filter", "some lines may be missing", "some lines may be shown wrongly"},
};

#define HARD_COUNT (sizeof hard_table / sizeof *hard_table)

/** What is known of the search or the filter, and whether lines are left out that match; all zeros where there is none. */
static struct summary_state hard_state(const struct session *session, unsigned bit, bool *leaves)
{
    const struct stage *stage = session->stage;
    const struct filter *filter = bit == HARD_SEARCH ? stage->misses : stage->filter;
    *leaves = bit == HARD_SEARCH && filter;
    for (size_t i = 0; bit == HARD_FILTER && i < session->sift_count; i++)
        *leaves = *leaves || session->sift[i].hide;
    if (filter)
        return summary_state(filter_summary(filter));
    if (bit == HARD_SEARCH && stage->matches)
        return matches_state(stage->matches);
    return (struct summary_state){0};
}

/** Say it as a sentence, where nothing of more weight is said. False: later. */
static bool hard_tell(struct stage *stage, size_t which, uint64_t offset, bool leaves)
{
    if (stage->notice[0] && strcmp(stage->notice, "binary") != 0)
        return false;
    snprintf(stage->notice, sizeof stage->notice, "%s too hard at 0x%" PRIx64 ": %s; make it simpler",
             hard_table[which].sentence, offset, leaves ? hard_table[which].left : hard_table[which].missing);
    return true;
}

void session_hard_report(struct session *session, struct report *report)
{
    struct stage *stage = session->stage;
    char brief[sizeof report->notice] = "";
    for (size_t which = 0; which < HARD_COUNT; which++) {
        bool leaves;
        const unsigned bit = hard_table[which].bit;
        const struct summary_state state = hard_state(session, bit, &leaves);
        if (!state.hard)
            continue;
        if (stage->hard_told & bit)
            snprintf(brief, sizeof brief, "%s too hard at 0x%" PRIx64, hard_table[which].brief,
                     state.hard_at);
        else if (hard_tell(stage, which, state.hard_at, leaves))
            stage->hard_told |= bit;
    }
    snprintf(report->notice, sizeof report->notice, "%s", stage->notice[0] ? stage->notice : brief);
}
