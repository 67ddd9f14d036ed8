/* SPDX-License-Identifier: MIT */
/*
 * session: comparing with another file. View thread.
 *
 * The comparison belongs to the stage and goes on whichever view shows the file: ] and [ step from difference to
 * difference in all of them. It is made anew where the first file is opened anew, as R does.
 */
#include "folio/session/part/diff.h"

#include "folio/base/glyph/glyph.h"
#include "folio/model/byte/diff.h"
#include "folio/session/core/place.h"
#include "folio/session/move/cursor.h"
#include "folio/session/move/jump.h"
#include "folio/session/part/strings.h"
#include "folio/session/search/found.h"
#include "folio/view/diff/layout.h"
#include "folio/view/hex/layout.h"
#include "folio/view/layout/fill.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** On the base stage: the comparison, NULL: there is none. */
struct comparison {
    struct diff *diff;
};

/**
 * In the session, while a file is opened anew: with what it was compared (malloc'd, NULL: nothing), and shown beside
 * it.
 */
struct comparison_kept {
    char *name;
    bool shown;
};

static struct comparison *comparison_on(const struct stage *stage)
{
    return stage_part(stage, PART_COMPARISON);
}

/** Are the two shown beside each other? */
static bool comparison_shown(const struct stage *stage)
{
    const struct diff *diff = comparison_on(stage)->diff;
    return diff && stage->view.canvas.content == diff;
}

static void comparison_close(struct stage *stage)
{
    diff_close(comparison_on(stage)->diff);
}

/** Compare the stage's file with another one, in place of what it was compared with before. */
static bool diff_begin(struct session *session, const char *name, uint64_t place, struct error *error)
{
    struct stage *stage = session->stage;
    struct comparison *comparison = comparison_on(stage);
    struct document *other = document_open(name, &session->document_options, error);
    struct diff *diff = other ? diff_open(stage->document, other, error) : NULL;
    uint64_t begin;
    if (!diff)
        return false;
    strings_uncover(session, comparison->diff, &hex_layout);
    if (comparison_shown(stage))
        stage->view.canvas.content = diff;
    diff_close(comparison->diff);
    comparison->diff = diff;
    reader_patience(other->reader, session->patience);
    diff_next(diff, place, true, &begin); /* the workers begin there */
    return true;
}

/** The two beside each other. */
static void diff_show(struct session *session, uint64_t place)
{
    stage_use(session, &diff_layout, comparison_on(session->stage)->diff, place);
    cursor_put(session, place);
}

/** No more of it. */
static enum progress diff_end(struct session *session, struct reply *reply)
{
    struct stage *stage = session->stage;
    struct comparison *comparison = comparison_on(stage);
    uint64_t place = place_subject(session), size = reader_size(stage->document->reader);
    if (!comparison->diff)
        return reply_say(reply, OUTCOME_FAILED, "Nothing is compared: :diff takes the name of another file");
    if (comparison_shown(stage))
        stage_use(session, &hex_layout, NULL, place < size ? place : size ? size - 1 : 0);
    strings_uncover(session, comparison->diff, &hex_layout);
    diff_close(comparison->diff);
    comparison->diff = NULL;
    return PROGRESS_DONE;
}

enum progress verb_diff(struct session *session, const struct request *request, struct reply *reply)
{
    struct error error;
    if (!request->text[0])
        return diff_end(session, reply);
    uint64_t place = place_subject(session);
    if (!diff_begin(session, request->text, place, &error))
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    diff_show(session, place);
    return PROGRESS_DONE;
}

/** There is no such difference. */
static enum progress diff_missed(const struct diff *diff, bool forward, struct reply *reply)
{
    struct diff_state state = diff_state(diff);
    const char *text = forward ? "No next difference" : "No previous difference";
    if (state.summary.complete && state.summary.count == 0)
        text = state.code || state.summary.unreadable ? "What could be read is the same"
                                                      : "The files are the same";
    return reply_say(reply, OUTCOME_FAILED, "%s", text);
}

/** The difference that begins at `begin` is on the screen; what only the other file has there stands above that byte. */
static void diff_reveal(struct session *session, uint64_t begin)
{
    struct view *view = &session->stage->view;
    struct row row;
    if (!comparison_shown(session->stage) || !diff_more(&view->canvas, begin, &row))
        return;
    for (unsigned i = 0; i < view->count; i++)
        if (view->row[i].separator && view->row[i].begin == begin && view->row[i].beside == 0)
            return;
    view_put(view, &row, jump_target(session));
    view_fill(view);
}

/** To the difference that begins at `begin`. */
static enum progress diff_arrive(struct session *session, uint64_t begin)
{
    enum progress progress = jump_to(session, begin, jump_target(session), true);
    if (progress == PROGRESS_DONE)
        diff_reveal(session, begin);
    return progress;
}

enum progress verb_diff_step(struct session *session, const struct request *request, struct reply *reply)
{
    struct diff *diff = comparison_on(session->stage)->diff;
    const bool forward = request->amount > 0;
    uint64_t begin;
    if (!diff)
        return reply_say(reply, OUTCOME_FAILED, "Nothing is compared: :diff FILE does it");
    if (!session->wait.active) {
        session->wait.count = request_count(request, 1);
        session->wait.offset = place_subject(session) + forward;
    }
    while (!session_interrupted(session)) {
        switch (diff_next(diff, session->wait.offset, forward, &begin)) {
        case MATCHES_FOUND:
            break;
        case MATCHES_NONE:
            return diff_missed(diff, forward, reply);
        case MATCHES_FAILED:
            if (diff_state(diff).changed)
                return reply_say(reply, OUTCOME_FAILED, "%s changed; R compares it anew",
                                 diff_other(diff)->name);
            return PROGRESS_WAITING;
        case MATCHES_UNKNOWN:
            return PROGRESS_WAITING;
        }
        if (session->wait.count <= 1) {
            session->wait.offset = begin + !forward; /* should the jump have to wait, it is found again */
            return diff_arrive(session, begin);
        }
        session->wait.count--;
        session->wait.offset = begin + forward;
    }
    return PROGRESS_WAITING;
}

static void comparison_keep(struct session *session)
{
    const struct diff *diff = comparison_on(&session->base)->diff;
    struct comparison_kept *kept = session_part(session, PART_COMPARISON);
    free(kept->name);
    kept->name = diff ? strdup(diff_other(diff)->name) : NULL;
    kept->shown = comparison_shown(&session->base);
}

static void comparison_resume(struct session *session, uint64_t cursor, struct reply *reply)
{
    struct comparison_kept *kept = session_part(session, PART_COMPARISON);
    struct error error;
    if (!kept->name)
        return;
    if (!diff_begin(session, kept->name, cursor, &error))
        reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    else if (kept->shown)
        diff_show(session, cursor);
    free(kept->name);
    kept->name = NULL;
}

static bool comparison_go_on(struct session *session)
{
    struct stage *stage = session->stage;
    struct diff *diff = comparison_on(stage)->diff;
    if (!diff || !diff_look(diff))
        return false;
    if (comparison_shown(stage))
        view_settle(&stage->view, false);
    return true;
}

static bool comparison_running(const struct session *session)
{
    const struct diff *diff = comparison_on(session->stage)->diff;
    return diff && !diff_state(diff).summary.complete;
}

/* Where the overview has nothing else to show, or the two files are what is looked at, it shows the differences. */
const struct summary *comparison_summary(const struct session *session)
{
    const struct stage *stage = session->stage;
    const struct diff *diff = comparison_on(stage)->diff;
    const struct summary *searched = search_summary(session);
    return diff && (!searched || comparison_shown(stage)) ? diff_summary(diff) : searched;
}

/** Is the byte at `offset` in a difference, or does one stand before it that only the other file has? */
static bool diff_holds(const struct diff *diff, uint64_t offset)
{
    const struct shift_stretch stretch = diff_stretch(diff, offset);
    return (stretch.more && stretch.range.begin == offset) || diff_differs(diff, offset);
}

/** Which difference the byte at `offset` is in. False: in none, or not known without waiting. */
static bool diff_number(const struct session *session, uint64_t offset, uint64_t *number)
{
    const struct stage *stage = session->stage;
    struct diff *diff = comparison_on(stage)->diff;
    struct reader *reader[] = {stage->document->reader, diff_other(diff)->reader};
    for (unsigned i = 0; i < 2; i++)
        reader_hurry(reader[i], true);
    bool known = diff_holds(diff, offset) && diff_rank(diff, offset + 1, number) && *number > 0;
    for (unsigned i = 0; i < 2; i++)
        reader_hurry(reader[i], false);
    return known;
}

/** How the other file is shifted at the byte at `offset`; nothing where it is not. */
static void diff_shifted(const struct diff *diff, uint64_t offset, char *text, size_t capacity)
{
    const struct shift_stretch stretch = diff_stretch(diff, offset);
    uint64_t last;
    if (diff_shifts_full(diff, &last) && offset >= last)
        snprintf(text, capacity, "too many shifts; not followed from 0x%" PRIx64 " on", last);
    else if (stretch.by)
        snprintf(text, capacity, "shifted by %+" PRId64 " byte%s from 0x%" PRIx64, stretch.by,
                 stretch.by == 1 || stretch.by == -1 ? "" : "s", stretch.since);
}

/** A lasting remark on the comparison. */
static void diff_notice(const struct session *session, const struct diff_state *state, char *out,
                        size_t capacity)
{
    char name[128], text[256] = "";
    const struct diff *diff = comparison_on(session->stage)->diff;
    const char *other = diff_other(diff)->name;
    glyph_text(other, strlen(other), name, sizeof name);
    if (state->changed)
        snprintf(text, sizeof text, "%s changed; R compares it anew", name);
    else if (state->replaced)
        snprintf(text, sizeof text, "%s is another file now, or gone; R compares anew", name);
    else if (state->code)
        snprintf(text, sizeof text, "%s: %s at 0x%" PRIx64 ", not compared there", name,
                 state->code > 0 ? strerror(state->code) : "cannot be read", state->bad_at);
    else if (state->summary.complete && state->summary.unreadable)
        snprintf(text, sizeof text, "not compared where the file cannot be read");
    else if (state->summary.complete && state->summary.count == 0)
        snprintf(text, sizeof text, "The files are the same");
    else
        diff_shifted(diff, place_subject(session), text, sizeof text);
    snprintf(out, capacity, "%s", text);
}

static void comparison_report(struct session *session, struct report *report)
{
    const struct stage *stage = session->stage;
    uint64_t number;
    struct tally *tally = comparison_on(stage)->diff ? report_tally(report) : NULL;
    if (!tally)
        return;
    struct diff_state state = diff_state(comparison_on(stage)->diff);
    *tally = (struct tally){.noun = "difference",
                            .nouns = "differences",
                            .doing = "comparing",
                            .busy = BUSY_COMPARING,
                            .weight = 3};
    tally->permille = summary_permille(&state.summary);
    tally->count = (struct estimate){state.summary.count, state.summary.complete, true};
    if (diff_number(session, place_subject(session), &number))
        tally->index = (struct estimate){number, true, true};
    if (!report->notice[0])
        diff_notice(session, &state, report->notice, sizeof report->notice);
}

const struct part comparison_part = {
    .session_size = sizeof(struct comparison_kept),
    .stage_size = sizeof(struct comparison),
    .close = comparison_close,
    .report = comparison_report,
    .running = comparison_running,
    .go_on = comparison_go_on,
    .keep = comparison_keep,
    .resume = comparison_resume,
};
