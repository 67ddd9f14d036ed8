/* SPDX-License-Identifier: MIT */
/*
 * session: runs of text among bytes, as a list. View thread.
 *
 * The list stands in place of the file's own view, and is left for it as the help is. What was counted stays: the next
 * :strings has it at once. Until the first run is known the cursor is on no row; then it goes to the one that holds the
 * byte it came from, or the next. Text is what it is in the encoding in which bytes are shown: in another one the list is
 * made anew.
 */
#include "folio/session/part/strings.h"

#include "folio/model/byte/runs.h"
#include "folio/session/core/place.h"
#include "folio/session/move/cursor.h"
#include "folio/session/move/jump.h"
#include "folio/view/hex/layout.h"
#include "folio/view/strings/layout.h"

#include <stdio.h>
#include <stdlib.h>

/** On the base stage: the runs, NULL where nobody asked for them. */
struct strings {
    struct runs *runs;
    unsigned shortest;   /**< the least characters of one */
    unsigned generation; /**< of the survey in which the list was begun */
    bool seek;           /**< the cursor has no row yet */
    /** What was shown before the list. */
    const struct layout *layout;
    void *content;
    struct position position;
};

/** In the session, while a file is opened anew: the least length of what was listed; 0: nothing was. */
struct strings_kept {
    unsigned shortest;
};

static struct strings *strings_on(const struct session *session)
{
    return stage_part(&session->base, PART_STRINGS);
}

/** Is the list what is shown? */
static bool strings_shown(const struct session *session)
{
    const struct strings *strings = strings_on(session);
    return session_shows_file(session) && strings->runs && session->base.view.canvas.content == strings->runs;
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

static void strings_close(struct stage *stage)
{
    struct strings *strings = stage_part(stage, PART_STRINGS);
    runs_close(strings->runs);
}

/** Have runs of this length counted, of characters as bytes are shown now, if they are not. */
static bool strings_count(struct session *session, unsigned shortest, struct error *error)
{
    struct strings *strings = strings_on(session);
    const struct encoding *charset = session->base.view.canvas.charset;
    if (strings->runs && runs_serve(strings->runs, charset, shortest))
        return true;
    struct runs *runs = runs_open(session->base.document->survey, charset, shortest, error);
    if (!runs)
        return false;
    if (strings_shown(session))
        session->base.view.canvas.content = runs;
    runs_close(strings->runs);
    strings->runs = runs;
    strings->shortest = shortest;
    return true;
}

/** The cursor goes to the row of the byte that it is on, once that is known. True when there is something new to show. */
static bool strings_seek(struct session *session)
{
    struct strings *strings = strings_on(session);
    uint64_t before = session->base.view.canvas.cursor;
    if (strings->seek)
        strings->seek = cursor_put(session, before) == PROGRESS_WAITING;
    return session->base.view.canvas.cursor != before;
}

/** Show the list around the byte at `offset`. */
static void strings_use(struct session *session, uint64_t offset)
{
    struct strings *strings = strings_on(session);
    strings->generation = survey_generation(session->base.document->survey);
    strings->seek = true;
    stage_use(session, &strings_layout, strings->runs, offset);
    strings_seek(session);
}

/** Note what is shown now, to be shown again after the list. */
static void strings_cover(struct session *session, struct position position)
{
    struct strings *strings = strings_on(session);
    const struct view *view = &session->base.view;
    strings->layout = view->layout;
    strings->content = view->canvas.content;
    strings->position = position;
}

enum progress verb_strings(struct session *session, const struct request *request, struct reply *reply)
{
    const uint64_t here = place_subject(session);
    unsigned shortest;
    struct error error;
    if (!strings_length(request->text, &shortest))
        return reply_say(reply, OUTCOME_FAILED, "A string has at least 1 to %u characters, not %s",
                         RUNS_SHORTEST_MAX, request->text);
    survey_focus(session->base.document->survey, here, true);
    bool shown = strings_shown(session);
    if (!strings_count(session, shortest, &error))
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    if (!shown)
        strings_cover(session, (struct position){view_here(&session->base.view), here});
    strings_use(session, here);
    reply->list = true;
    return PROGRESS_DONE;
}

static void strings_keep(struct session *session)
{
    struct strings_kept *kept = session_part(session, PART_STRINGS);
    kept->shortest = strings_shown(session) ? strings_on(session)->shortest : 0;
}

static void strings_resume(struct session *session, uint64_t cursor, struct reply *reply)
{
    const struct strings_kept *kept = session_part(session, PART_STRINGS);
    (void)reply;
    if (kept->shortest == 0 || !strings_count(session, kept->shortest, NULL))
        return;
    strings_cover(session, (struct position){cursor, cursor});
    strings_use(session, cursor);
}

void strings_uncover(struct session *session, const void *content, const struct layout *layout)
{
    struct strings *strings = strings_on(session);
    if (!content || strings->content != content)
        return;
    strings->layout = layout;
    strings->content = NULL;
}

/** The list is left for what was shown before. */
static bool strings_dismiss(struct session *session)
{
    const struct strings before = *strings_on(session);
    if (!strings_shown(session))
        return false;
    stage_use(session, before.layout, before.content, before.position.top);
    if (session->base.view.canvas.cursor != FRAME_NO_OFFSET)
        cursor_put(session, before.position.cursor);
    return true;
}

static bool strings_go_on(struct session *session)
{
    struct strings *strings = strings_on(session);
    if (!strings_shown(session))
        return false;
    const struct runs *before = strings->runs;
    (void)strings_count(session, strings->shortest, NULL); /* without memory they stay what they are */
    bool fresh = strings->generation == survey_generation(session->base.document->survey);
    if (fresh && strings->runs == before)
        return strings_seek(session);
    strings_use(session, session->base.view.canvas.cursor); /* no row is what it was */
    return true;
}

static bool strings_running(const struct session *session)
{
    return strings_shown(session) && !runs_state(strings_on(session)->runs).complete;
}

static void strings_report(struct session *session, struct report *report)
{
    const struct strings *strings = strings_on(session);
    const struct view *view = &session->base.view;
    struct reader *reader = session->base.document->reader;
    uint64_t rank;
    struct tally *tally = strings_shown(session) ? report_tally(report) : NULL;
    if (!tally)
        return;
    struct summary_state state = runs_state(strings->runs);
    *tally = (struct tally){.noun = "string", .nouns = "strings", .doing = "searching", .weight = 2};
    tally->permille = summary_permille(&state);
    tally->count = (struct estimate){state.count, state.complete, true};
    if (report->busy == BUSY_SEEKING && !state.complete)
        report->busy = BUSY_SEARCHING;
    reader_hurry(reader, true);
    if (view->count && runs_rank(strings->runs, reader, view->canvas.cursor, &rank))
        tally->index = (struct estimate){rank + 1, true, true};
    reader_hurry(reader, false);
    const struct encoding *encoding = runs_encoding(strings->runs);
    if (state.complete && state.count == 0 && !report->notice[0])
        snprintf(report->notice, sizeof report->notice, "No string of %u or more printable characters%s%s",
                 strings->shortest, encoding ? " in " : "", encoding ? encoding->name : "");
}

const struct part strings_part = {
    .session_size = sizeof(struct strings_kept),
    .stage_size = sizeof(struct strings),
    .close = strings_close,
    .report = strings_report,
    .running = strings_running,
    .gaps = true,
    .go_on = strings_go_on,
    .keep = strings_keep,
    .resume = strings_resume,
    .dismiss = strings_dismiss,
};
