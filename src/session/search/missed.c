/* SPDX-License-Identifier: MIT */
/*
 * session: what is said when nothing more is found (see the header). View thread.
 *
 * That a pattern is nowhere, and that it is only not further on, are different news. The second is said where matches
 * are known; how many, where all are counted. Where not all could be read, or something was too hard, there may be more.
 */
#include "missed.h"

#include "compile.h"
#include "inside.h"

#include "folio/base/words/number.h"
#include "folio/model/pattern/bytes.h"
#include "folio/model/pattern/pattern.h"
#include "folio/session/search/found.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/** Why a pattern that begins like bytes is searched for as text, or that a word of digits is not; "" where nobody asks. */
static void missed_doubt(const struct session *session, char *out, size_t capacity)
{
    const struct stage *stage = session->stage;
    const char pair[3] = {search_of(session)->pattern[0], search_of(session)->pattern[1]};
    struct error error;
    *out = '\0';
    if (search_of(session)->modifiers & SEARCH_BYTES) {
        if (!strpbrk(search_of(session)->pattern, " ?\"'"))
            snprintf(out, capacity, " (as bytes; ^R or TAB before it: as text)");
    } else if (stage_bytes(stage) && !stage->view.canvas.characters &&
               !(search_of(session)->modifiers & SEARCH_LITERAL) &&
               (*pair == '"' || *pair == '\'' || pattern_is_bytes(pair) ||
                pattern_is_number(search_of(session)->pattern)) &&
               pattern_bytes_wrong(search_of(session)->pattern, &error))
        snprintf(out, capacity, " (as text; %.500s)", error.message);
}

/** Did case count though it is ignored, because of a capital letter? */
static bool missed_case(const struct session *session)
{
    const struct searching *searching = search_of(session);
    bool smart = session->settings.letter_case == PATTERN_SMART && !(searching->modifiers & SEARCH_BYTES);
    return smart && pattern_has_capital(searching->pattern, strlen(searching->pattern),
                                        searching->modifiers & SEARCH_LITERAL);
}

void missed_forget(struct session *session)
{
    struct searched *searched = search_on(session->stage);
    matches_close(searched->folded);
    searched->folded = NULL;
}

/** Count what there is without regard to case. False: that cannot be, or what is shown is a part of it only. */
static bool missed_count(struct session *session)
{
    const struct stage *stage = session->stage;
    struct searched *searched = search_on(stage);
    bool whole = searched->matches && !searched->within && !document_streaming(stage->document) &&
                 !search_of(session)->run.crossed;
    if (whole && !searched->folded) {
        struct pattern *pattern = compile_folded(session);
        if (pattern)
            searched->folded = matches_open(stage->document->survey, pattern, &searched->searched, NULL);
    }
    return whole && searched->folded;
}

/** What -I would find, once that is counted. */
static enum progress missed_folded(struct session *session, char *out, size_t capacity)
{
    static const char why[] = "case counts for its capital letter; -I";
    char count[32];
    snprintf(out, capacity, " (%s ignores that)", why);
    if (!missed_count(session))
        return PROGRESS_DONE;
    const struct summary_state state = matches_state(search_on(session->stage)->folded);
    if (!state.complete && !state.hard && !state.halted)
        return PROGRESS_WAITING;
    number_group(state.count, count, sizeof count);
    const bool exact = state.complete && !state.hard;
    if (exact || state.count)
        snprintf(out, capacity, " (%s would find %s%s)", why, state.count || !exact ? count : "none either",
                 exact ? "" : "+");
    missed_forget(session);
    return PROGRESS_DONE;
}

/** Why there may be one all the same: " (4,096 bytes could not be read)"; "" where there is none. */
static void missed_reason(const struct summary_state *state, char *out, size_t capacity)
{
    char number[32];
    *out = '\0';
    if (state->hard)
        snprintf(out, capacity, " (too hard at 0x%" PRIx64 "; make it simpler)", state->hard_at);
    else if (state->unreadable) {
        number_group(state->unreadable, number, sizeof number);
        snprintf(out, capacity, " (%s bytes could not be read)", number);
    }
}

/** Where one is among those there are: " (5 of 5)" at the last, " (5 earlier)" behind it; "" where not all are counted. */
static void missed_place(const struct session *session, const struct summary_state *state, bool forward,
                         char *out, size_t capacity)
{
    const uint64_t current = session->stage->view.canvas.current;
    uint64_t rank;
    char count[32];
    *out = '\0';
    if (!state->complete || state->hard)
        return;
    number_group(state->count, count, sizeof count);
    bool known = current != FRAME_NO_OFFSET && search_rank(session, current, &rank);
    if (known && rank == (forward ? state->count - 1 : 0))
        snprintf(out, capacity, " (%s of %s)", forward ? count : "1", count);
    else
        snprintf(out, capacity, " (%s %s)", count, forward ? "earlier" : "later");
}

enum progress search_missed(struct session *session, bool forward, struct reply *reply)
{
    const struct search_run *run = &search_of(session)->run;
    struct summary_state state = {0};
    char doubt[600], reason[80], place[80];
    search_state(session, &state);
    missed_doubt(session, doubt, sizeof doubt);
    missed_reason(&state, reason, sizeof reason);
    missed_place(session, &state, forward, place, sizeof place);
    const bool others = state.count > 0 && !run->wrapped && !run->crossed;
    if (others)
        return reply_say(reply, OUTCOME_FAILED, "No %s match%s%s", forward ? "later" : "earlier", place,
                         reason);
    if (!*reason && !*doubt && missed_case(session) &&
        missed_folded(session, doubt, sizeof doubt) == PROGRESS_WAITING)
        return PROGRESS_WAITING;
    return reply_say(reply, OUTCOME_FAILED, "Pattern not found: %s%s", search_of(session)->pattern,
                     *reason ? reason : doubt);
}
