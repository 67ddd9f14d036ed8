/* SPDX-License-Identifier: MIT */
/*
 * session: which lines are shown. View thread.
 *
 * The session keeps the patterns; the stage's filter is made of them anew whenever they, or how the file is shown,
 * change, and when another file comes on the stage. So it stays on from file to file, as in less.
 */
#include "folio/session/search/filter.h"

#include "compile.h"
#include "kept.h"
#include "state.h"
#include "within.h"

#include "folio/base/glyph/glyph.h"
#include "folio/base/words/number.h"
#include "folio/io/thread/clock.h"
#include "folio/session/core/place.h"
#include "folio/session/move/lines.h"
#include "folio/view/layout/fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** How often somebody looks for lines that pass, in ms. */
#define FILTER_PACE 50
/** For so long a list waits for counts, in ms. */
#define FILTER_COUNTED_MS 500

static struct filtered *filtered_on(const struct stage *stage)
{
    return stage_part(stage, PART_FILTER);
}

unsigned filtering_change(const struct session *session)
{
    return filtering_of(session)->change;
}

/** A filter of all patterns for the stage. NULL when there is none, or it cannot be had. */
static struct filter *filter_make(const struct session *session, const struct stage *stage)
{
    struct filter_part part[FILTER_PARTS_MAX];
    if (filtering_of(session)->count == 0 || !filtering_compile(session, part))
        return NULL;
    return filter_open(stage->document->survey, part, filtering_of(session)->count, &filtered_on(stage)->text,
                       NULL);
}

/** The stage shows all lines again, and forgets. */
static void filtering_close(struct stage *stage)
{
    struct filtered *filtered = filtered_on(stage);
    stage->view.canvas.filter = NULL;
    within_close(stage);
    kept_close(stage);
    filter_close(filtered->filter);
    filtered->filter = NULL;
    filtered->change = 0;
}

/** Let the stage show what the session's patterns let through. */
static void filter_renew(struct session *session)
{
    struct stage *stage = session->stage;
    struct view *view = &stage->view;
    struct filtered *filtered = filtered_on(stage);
    uint64_t here = view->count ? view->row[0].begin : view->anchor;
    filtering_close(stage);
    filtered->text = stage_text(session, stage);
    filtered->letter_case = session->settings.letter_case;
    filtered->change = filtering_of(session)->change;
    survey_focus(stage->document->survey, here, true);
    within_open(session);
    filtered->filter = filter_make(session, stage);
    view_refilter(view, filtered->filter, (unsigned)session->settings.context);
}

static void filtering_refresh(struct session *session)
{
    struct stage *stage = session->stage;
    struct filtered *filtered = filtered_on(stage);
    if (stage != &session->base)
        return;
    bool same = stage_text_is(session, stage, &filtered->text) &&
                filtered->letter_case == session->settings.letter_case;
    if (filtered->change != filtering_of(session)->change || (filtered->filter && !same))
        filter_renew(session);
    else if (filtered->filter && stage->view.canvas.context != (unsigned)session->settings.context)
        view_refilter(&stage->view, filtered->filter, (unsigned)session->settings.context);
}

/** Take pattern `number` (from 0) out. */
static void pattern_drop(struct session *session, size_t number)
{
    free(filtering_of(session)->pattern[number].text);
    filtering_of(session)->count--;
    memmove(&filtering_of(session)->pattern[number], &filtering_of(session)->pattern[number + 1],
            (filtering_of(session)->count - number) * sizeof filtering_of(session)->pattern[0]);
    filtering_of(session)->change++;
}

/** Put a pattern behind the others. False with what to say. */
static bool pattern_add(struct session *session, const struct request *request, struct error *error)
{
    struct filter_pattern one = {.hide = (request->modifiers & SEARCH_INVERT) != 0,
                                 .literal = (request->modifiers & SEARCH_LITERAL) != 0};
    if (filtering_of(session)->count == FILTER_PARTS_MAX)
        return error_set(error, 0, "No more than %u filters at a time", FILTER_PARTS_MAX);
    one.text = strdup(request->text);
    struct pattern *pattern = one.text ? compile_filter(session, &one, error) : NULL;
    if (!pattern) {
        bool failed = one.text != NULL;
        free(one.text);
        return failed ? false : error_set(error, 0, "out of memory");
    }
    pattern_free(pattern);
    filtering_of(session)->pattern[filtering_of(session)->count++] = one;
    filtering_of(session)->change++;
    return true;
}

/** All patterns in a row, with their numbers and what each keeps, or without. */
static void patterns_text(const struct session *session, bool numbers, char *out, size_t capacity)
{
    size_t length = 0;
    out[0] = '\0';
    for (size_t i = 0; i < filtering_of(session)->count && length < capacity; i++) {
        const struct filter_pattern *one = &filtering_of(session)->pattern[i];
        char number[24] = "", count[48] = "";
        if (numbers) {
            snprintf(number, sizeof number, "%zu: ", i + 1);
            kept_text(session->stage, i, count, sizeof count);
        }
        int added =
            snprintf(out + length, capacity - length, "%s%s&%s %s%s%s%s", i ? "  " : "", number,
                     one->hide ? "!" : "", one->text, count[0] ? " (" : "", count, count[0] ? ")" : "");
        length += added > 0 ? (size_t)added : 0;
    }
}

/** Is counted what the list says, or does nobody wait for it any longer? */
static bool filter_counted(const struct session *session, const struct summary_state *state)
{
    bool late = session->wait.active && clock_ms() - session->wait.since >= FILTER_COUNTED_MS;
    return late || (kept_known(session->stage) && (state->complete || state->halted));
}

/** All patterns, how many lines each keeps, and how many pass all of them. */
static enum progress filter_list(const struct session *session, struct reply *reply)
{
    struct stage *stage = session->stage;
    struct filter *filter = stage->view.canvas.filter;
    char text[REQUEST_TEXT - 64], count[32];
    if (filtering_of(session)->count == 0)
        return reply_say(reply, OUTCOME_SAID, "No filter: all lines are shown");
    struct summary_state state = {.complete = true};
    if (filter)
        state = filter_state(filter, stage->document->reader);
    kept_open(session, stage);
    if (!filter_counted(session, &state))
        return PROGRESS_WAITING;
    patterns_text(session, true, text, sizeof text);
    if (!filter)
        return reply_say(reply, OUTCOME_SAID, "%s", text);
    const bool exact = state.complete && !state.hard && !document_streaming(stage->document);
    number_group(state.count, count, sizeof count);
    return reply_say(reply, OUTCOME_SAID, "%s  %s%s %s", text, count, exact ? "" : "+",
                     exact && state.count == 1 ? "line" : "lines");
}

/** Wait until the screen is full, or all is known. */
static enum progress filter_wait(struct session *session)
{
    return lines_wait(session, view_fill(&session->stage->view)) ? PROGRESS_WAITING : PROGRESS_DONE;
}

enum progress verb_filter(struct session *session, const struct request *request, struct reply *reply)
{
    struct error error;
    if (request->amount == FILTER_LIST)
        return filter_list(session, reply);
    if (session->wait.active)
        return filter_wait(session);
    if (request->amount > (int64_t)filtering_of(session)->count)
        return reply_say(reply, OUTCOME_FAILED, "There is no filter %lld", (long long)request->amount);
    if (request->amount > 0)
        pattern_drop(session, (size_t)request->amount - 1);
    else if (request->text[0] == '\0')
        while (filtering_of(session)->count > 0)
            pattern_drop(session, filtering_of(session)->count - 1);
    else if (!pattern_add(session, request, &error))
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    filtering_refresh(session);
    return filter_wait(session);
}

static void filtering_report(struct session *session, struct report *report)
{
    const struct stage *stage = session->stage;
    char text[REQUEST_TEXT];
    struct tally *tally = stage->view.canvas.filter ? report_tally(report) : NULL;
    if (!tally)
        return;
    patterns_text(session, false, text, sizeof text);
    *tally = (struct tally){
        .noun = "line", .nouns = "lines", .doing = "filtering", .busy = BUSY_FILTERING, .weight = 4};
    glyph_text(text, strlen(text), tally->label, sizeof tally->label);
    struct summary_state state = filter_state(stage->view.canvas.filter, stage->document->reader);
    tally->count = (struct estimate){state.count, state.complete && !state.hard, true};
    tally->permille = state.halted ? 1000 : summary_permille(&state);
    tally->stops = true;
}

static bool filtering_running(const struct session *session)
{
    return stage_filtering(session->stage);
}

/** What passes comes in without a ring. */
static int filtering_pace(const struct session *session)
{
    const struct stage *stage = session->stage;
    struct filter *filter = stage->view.canvas.filter;
    return stage_filtering(stage) && !filter_state(filter, stage->document->reader).halted ? FILTER_PACE : 0;
}

static void filtering_stop(struct session *session, struct reply *reply)
{
    (void)reply;
    if (place_stops_following(session))
        return;
    if (session->stage->view.canvas.filter)
        filter_halt(session->stage->view.canvas.filter, true);
    kept_halt(session->stage, true);
}

static void filtering_wait(struct session *session)
{
    if (session->stage->view.canvas.filter)
        filter_halt(session->stage->view.canvas.filter, false);
    kept_halt(session->stage, false);
}

const struct part filtering_part = {
    .session_size = sizeof(struct filtering),
    .stage_size = sizeof(struct filtered),
    .close = filtering_close,
    .refresh = filtering_refresh,
    .report = filtering_report,
    .running = filtering_running,
    .gaps = true,
    .pace = filtering_pace,
    .stop = filtering_stop,
    .wait = filtering_wait,
};
