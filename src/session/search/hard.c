/* SPDX-License-Identifier: MIT */
/*
 * session: telling that a pattern was too hard for some line. View thread.
 *
 * What a line's match would have been is then unknown, so a count may be wrong, and a person who trusts it is misled.
 * It is said once as a sentence, until the next movement, and then in a few words for as long as it is true.
 */
#include "state.h"

#include "folio/model/survey/spread.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/** What may be too hard for some line. */
enum { HARD_SEARCH = 1, HARD_FILTER = 2 };

/** On a stage: of what it has been said. */
struct hard {
    unsigned told;
};

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
    const struct filter *filter = bit == HARD_SEARCH ? search_on(stage)->misses : stage->view.canvas.filter;
    *leaves = bit == HARD_SEARCH && filter;
    for (size_t i = 0; bit == HARD_FILTER && i < filtering_of(session)->count; i++)
        *leaves = *leaves || filtering_of(session)->pattern[i].hide;
    if (filter)
        return summary_state(filter_summary(filter));
    if (bit == HARD_SEARCH && search_on(stage)->matches)
        return matches_state(search_on(stage)->matches);
    return (struct summary_state){0};
}

/** Say it as a sentence, where nothing of more weight is said. False: later. */
static bool hard_tell(struct stage *stage, size_t which, uint64_t offset, bool leaves)
{
    char text[sizeof stage->notice.text];
    if (stage->notice.text[0])
        return false;
    snprintf(text, sizeof text, "%s too hard at 0x%" PRIx64 ": %s; make it simpler",
             hard_table[which].sentence, offset, leaves ? hard_table[which].left : hard_table[which].missing);
    stage_notice(stage, text);
    return true;
}

static void hard_report(struct session *session, struct report *report)
{
    struct stage *stage = session->stage;
    struct hard *hard = stage_part(stage, PART_HARD);
    char brief[sizeof report->notice] = "";
    for (size_t which = 0; which < HARD_COUNT; which++) {
        bool leaves;
        const unsigned bit = hard_table[which].bit;
        const struct summary_state state = hard_state(session, bit, &leaves);
        if (!state.hard)
            hard->told &= ~bit;
        if (!state.hard)
            continue;
        if (hard->told & bit)
            snprintf(brief, sizeof brief, "%s too hard at 0x%" PRIx64, hard_table[which].brief,
                     state.hard_at);
        else if (hard_tell(stage, which, state.hard_at, leaves))
            hard->told |= bit;
    }
    snprintf(report->notice, sizeof report->notice, "%s", stage->notice.text[0] ? stage->notice.text : brief);
}

const struct part hard_part = {.stage_size = sizeof(struct hard), .report = hard_report};
