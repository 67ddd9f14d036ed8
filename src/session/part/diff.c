/* SPDX-License-Identifier: MIT */
/*
 * view: comparing with another file (see core/session.h). View thread.
 *
 * The comparison belongs to the stage and goes on whichever view shows the file: ] and [ step from difference to
 * difference in all of them. It is made anew where the first file is opened anew, as R does.
 */
#include "folio/session/part/diff.h"

#include "folio/base/glyph/glyph.h"
#include "folio/model/byte/diff.h"
#include "folio/session/move/cursor.h"
#include "folio/session/move/layout.h"
#include "folio/session/move/lines.h"
#include "folio/session/search/find.h"
#include "folio/session/top/show.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Compare the stage's file with another one, in place of what it was compared with before. */
static bool diff_begin(struct session *session, const char *name, uint64_t place, struct error *error)
{
    struct stage *stage = session->stage;
    struct document *other = document_open(name, &session->document_options, error);
    struct diff *diff = other ? diff_open(stage->document, other, error) : NULL;
    uint64_t begin;
    if (!diff)
        return false;
    session_diff_close(stage);
    stage->diff = stage->view.canvas.diff = diff;
    reader_patience(other->reader, (struct patience){session_patience, session});
    diff_next(diff, place, true, &begin); /* the workers begin there */
    return true;
}

/** The two beside each other. */
static void diff_show(struct session *session, uint64_t place)
{
    session_view_use(session, &diff_layout, place);
    session_cursor_put(session, place);
}

/** No more of it. */
static enum progress diff_end(struct session *session, struct reply *reply)
{
    struct stage *stage = session->stage;
    uint64_t place = session_place_here(session), size = reader_size(stage->document->reader);
    if (!stage->diff)
        return session_say(reply, OUTCOME_FAILED,
                           "Nothing is compared: :diff takes the name of another file");
    if (stage->view.layout == &diff_layout)
        session_view_use(session, &hex_layout, place < size ? place : size ? size - 1 : 0);
    session_diff_close(stage);
    return PROGRESS_DONE;
}

enum progress session_diff(struct session *session, const struct request *request, struct reply *reply)
{
    struct error error;
    if (session->options.secure || session->stage != &session->base)
        return session_say(reply, OUTCOME_FAILED, "Command not available");
    if (!request->text[0])
        return diff_end(session, reply);
    uint64_t place = session_place_here(session);
    if (!diff_begin(session, request->text, place, &error))
        return session_say(reply, OUTCOME_FAILED, "%s", error.message);
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
    return session_say(reply, OUTCOME_FAILED, "%s", text);
}

enum progress session_diff_step(struct session *session, const struct request *request, struct reply *reply)
{
    struct diff *diff = session->stage->diff;
    const bool forward = request->amount > 0;
    uint64_t begin;
    if (!diff)
        return session_say(reply, OUTCOME_FAILED, "Nothing is compared: :diff FILE does it");
    if (!session->waiting) {
        session->wait_count = request->counted && request->count > 0 ? request->count : 1;
        session->wait_offset = session_place_here(session) + forward;
    }
    while (!atomic_load(&session->interrupted)) {
        switch (diff_next(diff, session->wait_offset, forward, &begin)) {
        case MATCHES_FOUND:
            break;
        case MATCHES_NONE:
            return diff_missed(diff, forward, reply);
        case MATCHES_FAILED:
            if (diff_state(diff).changed)
                return session_say(reply, OUTCOME_FAILED, "%s changed; R compares it anew",
                                   diff_other(diff)->name);
            return PROGRESS_WAITING;
        case MATCHES_UNKNOWN:
            return PROGRESS_WAITING;
        }
        if (session->wait_count <= 1) {
            session->wait_offset = begin + !forward; /* should the jump have to wait, it is found again */
            return session_jump(session, begin, session_target(session), true);
        }
        session->wait_count--;
        session->wait_offset = begin + forward;
    }
    return PROGRESS_WAITING;
}

void session_diff_close(struct stage *stage)
{
    diff_close(stage->diff);
    stage->diff = stage->view.canvas.diff = NULL;
}

struct compared session_diff_keep(const struct stage *stage)
{
    return (struct compared){.name = stage->diff ? strdup(diff_other(stage->diff)->name) : NULL,
                             .shown = stage->view.layout == &diff_layout};
}

void session_diff_resume(struct session *session, struct compared compared, uint64_t cursor,
                         struct reply *reply)
{
    struct error error;
    if (!compared.name)
        return;
    if (!diff_begin(session, compared.name, cursor, &error))
        session_say(reply, OUTCOME_FAILED, "%s", error.message);
    else if (compared.shown)
        diff_show(session, cursor);
    free(compared.name);
}

bool session_diff_continue(struct session *session)
{
    struct stage *stage = session->stage;
    if (!stage->diff || !diff_look(stage->diff))
        return false;
    if (stage->view.layout == &diff_layout)
        view_settle(&stage->view, false);
    return true;
}

bool session_diff_running(const struct session *session)
{
    return session->stage->diff && !diff_state(session->stage->diff).summary.complete;
}

/** Where the overview has nothing else to show, or the two files are what is looked at, it shows the differences. */
const struct summary *session_diff_summary(const struct session *session)
{
    const struct stage *stage = session->stage;
    const struct summary *searched = session_search_summary(session);
    return stage->diff && (!searched || stage->view.layout == &diff_layout) ? diff_summary(stage->diff)
                                                                            : searched;
}

/** The byte at `offset` of a file; -1: there is none, or it is not known. */
static int diff_byte(struct reader *reader, uint64_t offset)
{
    struct span span;
    return reader_span(reader, offset, 1, &span) == READER_OK ? (unsigned char)span.data[0] : -1;
}

/** Is the byte at `offset` different? */
static bool diff_differs(const struct stage *stage, uint64_t offset)
{
    struct reader *first = stage->document->reader, *other = diff_other(stage->diff)->reader;
    if (offset >= reader_size(first) || offset >= reader_size(other))
        return true;
    int one = diff_byte(first, offset), two = diff_byte(other, offset);
    return one >= 0 && two >= 0 && one != two;
}

/** Which difference the byte at `offset` is in. False: in none, or not known without waiting. */
static bool diff_number(const struct session *session, uint64_t offset, uint64_t *number)
{
    const struct stage *stage = session->stage;
    struct reader *first = stage->document->reader, *other = diff_other(stage->diff)->reader;
    bool first_hurried = reader_hurry(first, true), other_hurried = reader_hurry(other, true);
    bool known = diff_differs(stage, offset) && diff_rank(stage->diff, offset + 1, number) && *number > 0;
    reader_hurry(first, first_hurried);
    reader_hurry(other, other_hurried);
    return known;
}

/** A lasting remark on the comparison. */
static void diff_notice(const struct stage *stage, const struct diff_state *state, char *out, size_t capacity)
{
    char name[128], text[256] = "";
    const char *other = diff_other(stage->diff)->name;
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
    snprintf(out, capacity, "%s", text);
}

void session_diff_report(const struct session *session, struct report *report)
{
    const struct stage *stage = session->stage;
    uint64_t number;
    report->compared = 1000;
    if (!stage->diff)
        return;
    struct diff_state state = diff_state(stage->diff);
    report->compared = summary_permille(&state.summary);
    report->difference_count = (struct estimate){state.summary.count, state.summary.complete, true};
    if (diff_number(session, session_place_here(session), &number))
        report->difference = (struct estimate){number, true, true};
    if (!report->notice[0])
        diff_notice(stage, &state, report->notice, sizeof report->notice);
}
