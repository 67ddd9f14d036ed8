/* SPDX-License-Identifier: MIT */
/*
 * view: the session's filter (see core/session.h). View thread.
 *
 * The session keeps the patterns; the stage's filter is made of them anew whenever they, or how the file is shown,
 * change, and when another file comes on the stage. So it stays on from file to file, as in less.
 */
#include "folio/session/search/filter.h"

#include "within.h"

#include "folio/base/glyph/glyph.h"
#include "folio/model/known/lines.h"
#include "folio/model/search/filter.h"
#include "folio/session/core/stage.h"
#include "folio/session/search/find.h"
#include "folio/view/layout/fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct pattern *sift_compile(const struct session *session, const struct sift *sift,
                                    struct error *error)
{
    return pattern_compile(sift->text, strlen(sift->text), (enum pattern_case)session->settings.letter_case,
                           sift->literal, error);
}

bool session_filter_compile(const struct session *session, struct filter_part *part)
{
    for (size_t count = 0; count < session->sift_count; count++) {
        part[count].hide = session->sift[count].hide;
        part[count].pattern = sift_compile(session, &session->sift[count], NULL);
        if (part[count].pattern)
            continue;
        while (count > 0)
            pattern_free(part[--count].pattern);
        return false;
    }
    return true;
}

/** A filter of all patterns for the stage. NULL when there is none, or it cannot be had. */
static struct filter *filter_make(const struct session *session, const struct stage *stage)
{
    struct filter_part part[FILTER_PARTS_MAX];
    if (session->sift_count == 0 || !session_filter_compile(session, part))
        return NULL;
    return filter_open(stage->document->survey, part, session->sift_count, &stage->sifted, NULL);
}

void session_filter_close(struct stage *stage)
{
    stage->view.canvas.filter = NULL;
    session_within_close(stage);
    filter_close(stage->filter);
    stage->filter = NULL;
    stage->sift_change = 0;
}

/** Let the stage show what the session's patterns let through. */
static void filter_renew(struct session *session)
{
    struct stage *stage = session->stage;
    struct view *view = &stage->view;
    uint64_t here = view->count ? view->row[0].begin : view->anchor;
    session_filter_close(stage);
    stage->sifted = session_text(session, stage);
    stage->sifted_case = session->settings.letter_case;
    stage->sift_change = session->sift_change;
    stage->hard_told &= ~(unsigned)HARD_FILTER;
    survey_focus(stage->document->survey, here, true);
    session_within_open(session);
    stage->filter = filter_make(session, stage);
    view_refilter(view, stage->filter, (unsigned)session->settings.context);
}

void session_filter_refresh(struct session *session)
{
    struct stage *stage = session->stage;
    if (stage != &session->base)
        return;
    bool same = session_text_is(session, stage, &stage->sifted) &&
                stage->sifted_case == session->settings.letter_case;
    if (stage->sift_change != session->sift_change || (stage->filter && !same))
        filter_renew(session);
    else if (stage->filter && stage->view.canvas.context != (unsigned)session->settings.context)
        view_refilter(&stage->view, stage->filter, (unsigned)session->settings.context);
}

/** Take pattern `number` (from 0) out. */
static void sift_drop(struct session *session, size_t number)
{
    free(session->sift[number].text);
    session->sift_count--;
    memmove(&session->sift[number], &session->sift[number + 1],
            (session->sift_count - number) * sizeof session->sift[0]);
    session->sift_change++;
}

/** Put a pattern behind the others. False with what to say. */
static bool sift_add(struct session *session, const struct request *request, struct error *error)
{
    struct sift sift = {.hide = (request->modifiers & SEARCH_INVERT) != 0,
                        .literal = (request->modifiers & SEARCH_LITERAL) != 0};
    if (session->sift_count == FILTER_PARTS_MAX)
        return error_set(error, 0, "No more than %u filters at a time", FILTER_PARTS_MAX);
    sift.text = strdup(request->text);
    struct pattern *pattern = sift.text ? sift_compile(session, &sift, error) : NULL;
    if (!pattern) {
        bool failed = sift.text != NULL;
        free(sift.text);
        return failed ? false : error_set(error, 0, "out of memory");
    }
    pattern_free(pattern);
    session->sift[session->sift_count++] = sift;
    session->sift_change++;
    return true;
}

/** All patterns in a row, with their numbers or without. */
static void sift_text(const struct session *session, bool numbers, char *out, size_t capacity)
{
    size_t length = 0;
    out[0] = '\0';
    for (size_t i = 0; i < session->sift_count && length < capacity; i++) {
        const struct sift *sift = &session->sift[i];
        char number[24] = "";
        if (numbers)
            snprintf(number, sizeof number, "%zu: ", i + 1);
        int added = snprintf(out + length, capacity - length, "%s%s&%s %s", i ? "  " : "", number,
                             sift->hide ? "!" : "", sift->text);
        length += added > 0 ? (size_t)added : 0;
    }
}

static enum progress filter_list(const struct session *session, struct reply *reply)
{
    char text[REQUEST_TEXT];
    if (session->sift_count == 0)
        return session_say(reply, OUTCOME_SAID, "No filter: all lines are shown");
    sift_text(session, true, text, sizeof text);
    return session_say(reply, OUTCOME_SAID, "%s", text);
}

bool session_filter_waits(struct session *session, enum view_result result)
{
    struct stage *stage = session->stage;
    if (!stage->filter || result == VIEW_MOVED || atomic_load(&session->interrupted))
        return false;
    if (result == VIEW_WAIT)
        return session_filtering(session);
    if (!document_streaming(stage->document))
        return false;
    document_want(stage->document, UINT64_MAX); /* what passes may be anywhere in what is still to come */
    return true;
}

/** Wait until the screen is full, or all is known. */
static enum progress filter_wait(struct session *session)
{
    return session_filter_waits(session, view_fill(&session->stage->view)) ? PROGRESS_WAITING : PROGRESS_DONE;
}

enum progress session_filter(struct session *session, const struct request *request, struct reply *reply)
{
    struct error error;
    if (session->waiting)
        return filter_wait(session);
    if (session->stage != &session->base)
        return session_say(reply, OUTCOME_FAILED, "Command not available");
    if (request->amount == FILTER_LIST)
        return filter_list(session, reply);
    if (request->amount > (int64_t)session->sift_count)
        return session_say(reply, OUTCOME_FAILED, "There is no filter %lld", (long long)request->amount);
    if (request->amount > 0)
        sift_drop(session, (size_t)request->amount - 1);
    else if (request->text[0] == '\0')
        while (session->sift_count > 0)
            sift_drop(session, session->sift_count - 1);
    else if (!sift_add(session, request, &error))
        return session_say(reply, OUTCOME_FAILED, "%s", error.message);
    session_filter_refresh(session);
    return filter_wait(session);
}

bool session_filtering(const struct session *session)
{
    const struct stage *stage = session->stage;
    return stage->filter && !filter_state(stage->filter, stage->document->reader).complete;
}

void session_filter_report(const struct session *session, struct report *report)
{
    const struct stage *stage = session->stage;
    char text[REQUEST_TEXT];
    report->filtered = 1000;
    if (!stage->filter)
        return;
    sift_text(session, false, text, sizeof text);
    glyph_text(text, strlen(text), report->filter, sizeof report->filter);
    struct summary_state state = filter_state(stage->filter, stage->document->reader);
    report->filter_count = (struct estimate){state.count, state.complete && !state.hard, true};
    report->filtered = summary_permille(&state);
}

enum matches_result session_match_next(struct session *session, uint64_t *offset, bool forward,
                                       uint64_t *unit)
{
    struct stage *stage = session->stage;
    struct reader *reader = stage->document->reader;
    for (;;) {
        uint64_t line, visible;
        enum matches_result result = session_search_next(session, *offset, forward, unit);
        if (result != MATCHES_FOUND || !stage->filter || session_bytes(stage))
            return result;
        if (lines_begin(stage->document->lines, reader, *unit, LINES_LONG, &line) != LINES_FOUND)
            return MATCHES_UNKNOWN;
        result = filter_next(stage->filter, reader, forward ? line : line + 1, forward, &visible);
        if (result != MATCHES_FOUND || visible == line)
            return result;
        /* Nothing between here and the visible line counts. */
        *offset = visible;
        if (!forward && lines_end(stage->document->lines, reader, visible, LINES_LONG, offset) != LINES_FOUND)
            return MATCHES_UNKNOWN;
    }
}
