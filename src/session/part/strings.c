/* SPDX-License-Identifier: MIT */
/*
 * view: runs of text among bytes, as a list (see core/session.h). View thread.
 *
 * The list stands in place of the file's own view, and is left for it as the help is. What was counted stays: the next
 * :strings has it at once. Until the first run is known the cursor is on no row; then it goes to the one that holds the
 * byte it came from, or the next.
 */
#include "folio/session/part/strings.h"

#include "folio/model/byte/runs.h"
#include "folio/session/move/cursor.h"
#include "folio/session/move/layout.h"
#include "folio/session/move/lines.h"

#include <stdio.h>
#include <stdlib.h>

static bool strings_shown(const struct session *session)
{
    return session->stage == &session->base && session->base.view.layout == &strings_layout;
}

unsigned session_strings_shown(const struct session *session)
{
    return strings_shown(session) ? session->base.runs_shortest : 0;
}

/** What was typed behind the name. */
static bool strings_length(const char *text, unsigned *shortest)
{
    char *end;
    *shortest = RUNS_SHORTEST;
    if (!text[0])
        return true;
    unsigned long length = strtoul(text, &end, 10);
    *shortest = (unsigned)length;
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && length >= 1 && length <= RUNS_SHORTEST_MAX;
}

/** Have runs of this length counted, if they are not. */
static bool strings_count(struct stage *stage, unsigned shortest, struct error *error)
{
    if (stage->runs && stage->runs_shortest == shortest)
        return true;
    struct runs *runs = runs_open(stage->document->survey, shortest, error);
    if (!runs)
        return false;
    session_strings_close(stage);
    stage->runs = stage->view.canvas.runs = runs;
    stage->runs_shortest = shortest;
    return true;
}

/** Show the list around the byte at `offset`. */
static void strings_use(struct session *session, uint64_t offset)
{
    struct stage *stage = session->stage;
    stage->runs_generation = survey_generation(stage->document->survey);
    stage->runs_seek = true;
    session_view_use(session, &strings_layout, offset);
    session_strings_continue(session);
}

enum progress session_strings(struct session *session, const struct request *request, struct reply *reply)
{
    struct stage *stage = session->stage;
    const struct view *view = &stage->view;
    uint64_t here = session_place_here(session);
    unsigned shortest;
    struct error error;
    if (stage != &session->base)
        return session_say(reply, OUTCOME_FAILED, "Command not available");
    if (!strings_length(request->text, &shortest))
        return session_say(reply, OUTCOME_FAILED, "A string has at least 1 to %u characters, not %s",
                           RUNS_SHORTEST_MAX, request->text);
    survey_focus(stage->document->survey, here, true);
    if (!strings_count(stage, shortest, &error))
        return session_say(reply, OUTCOME_FAILED, "%s", error.message);
    if (!strings_shown(session))
        stage->unlisted = (struct twin){
            .layout = view->layout, .top = view->count ? view->row[0].begin : view->anchor, .cursor = here};
    strings_use(session, here);
    reply->list = true;
    return PROGRESS_DONE;
}

void session_strings_resume(struct session *session, unsigned shortest, uint64_t cursor)
{
    struct stage *stage = session->stage;
    if (shortest == 0 || !strings_count(stage, shortest, NULL))
        return;
    stage->unlisted = (struct twin){.layout = stage->view.layout, .cursor = cursor, .top = cursor};
    strings_use(session, cursor);
}

enum progress session_strings_goto(struct session *session, uint64_t number, struct reply *reply)
{
    struct stage *stage = session->stage;
    uint64_t begin;
    switch (runs_select(stage->runs, stage->document->reader, number - 1, &begin)) {
    case MATCHES_FOUND:
        return session_jump(session, begin, session_target(session), true);
    case MATCHES_NONE:
        return session_say(reply, OUTCOME_FAILED, "There is no string %llu", (unsigned long long)number);
    case MATCHES_UNKNOWN:
    case MATCHES_FAILED:
        break;
    }
    return PROGRESS_WAITING;
}

bool session_strings_leave(struct session *session)
{
    const struct twin back = session->base.unlisted;
    if (!strings_shown(session))
        return false;
    session_view_use(session, back.layout, back.top);
    if (back.layout->cursor)
        session_cursor_put(session, back.cursor);
    return true;
}

void session_strings_close(struct stage *stage)
{
    runs_close(stage->runs);
    stage->runs = stage->view.canvas.runs = NULL;
}

bool session_strings_continue(struct session *session)
{
    struct stage *stage = session->stage;
    uint64_t before = stage->view.canvas.cursor;
    if (!strings_shown(session))
        return false;
    if (stage->runs_generation != survey_generation(stage->document->survey)) {
        strings_use(session, before); /* another file: no row is what it was */
        return true;
    }
    if (stage->runs_seek)
        stage->runs_seek = session_cursor_put(session, before) == PROGRESS_WAITING;
    return stage->view.canvas.cursor != before;
}

bool session_strings_running(const struct session *session)
{
    return strings_shown(session) && !runs_state(session->base.runs).complete;
}

bool session_strings_from(const struct session *session, bool forward, uint64_t *from)
{
    const struct canvas *canvas = &session->stage->view.canvas;
    struct row row, here;
    if (!strings_shown(session) || strings_layout.holding(canvas, canvas->cursor, &here) != LAYOUT_OK)
        return false;
    *from = forward ? here.next : here.begin;
    if (canvas->current == FRAME_NO_OFFSET ||
        strings_layout.holding(canvas, canvas->current, &row) != LAYOUT_OK || row.begin != here.begin)
        return true;
    /* The last match is in this row, or in what is left out above it. */
    if (forward && canvas->current >= *from)
        *from = canvas->current + 1;
    if (!forward && canvas->current < *from)
        *from = canvas->current;
    return true;
}

void session_strings_report(const struct session *session, struct report *report)
{
    const struct stage *stage = session->stage;
    const struct view *view = &stage->view;
    struct reader *reader = stage->document->reader;
    uint64_t rank;
    report->listed = 1000;
    if (!strings_shown(session))
        return;
    struct summary_state state = runs_state(stage->runs);
    report->listed = summary_permille(&state);
    report->string_count = (struct estimate){state.count, state.complete, true};
    bool hurried = reader_hurry(reader, true);
    if (view->count && runs_rank(stage->runs, reader, view->canvas.cursor, &rank))
        report->string = (struct estimate){rank + 1, true, true};
    reader_hurry(reader, hurried);
    if (state.complete && state.count == 0 && !report->notice[0])
        snprintf(report->notice, sizeof report->notice, "No string of %u or more printable characters",
                 stage->runs_shortest);
}
