/* SPDX-License-Identifier: MIT */
/*
 * session: the bytes that are selected (see the header). View thread.
 *
 * Only where it began is kept. The other end is the cursor, so whatever moves that (keys, a search, a mark, a jump) extends
 * the selection, and nobody who moves need know of it.
 */
#include "folio/session/move/selection.h"

/** On a stage: is anything selected, and from which byte on, or up to which one. */
struct selection {
    bool on;
    uint64_t from;
};

static struct selection *selection_of(const struct session *session)
{
    return stage_part(session->stage, PART_SELECTION);
}

bool selection_range(const struct session *session, struct range *range)
{
    const struct canvas *canvas = &session->stage->view.canvas;
    const struct selection *selection = selection_of(session);
    uint64_t size = reader_size(canvas->reader);
    if (!selection->on || size == 0)
        return false;
    /* The file may have become shorter. */
    uint64_t from = selection->from < size ? selection->from : size - 1;
    uint64_t to = canvas->cursor < size ? canvas->cursor : size - 1;
    *range = (struct range){from < to ? from : to, (from < to ? to : from) + 1};
    return true;
}

void selection_drop(struct session *session)
{
    selection_of(session)->on = false;
    session->dirty = true;
}

/** From the cursor on, where nothing is selected yet. False with the reply. */
static bool selection_begin(struct session *session, struct reply *reply)
{
    const struct view *view = &session->stage->view;
    struct selection *selection = selection_of(session);
    if (selection->on)
        return true;
    if (!view->layout->typed)
        reply_say(reply, OUTCOME_FAILED, "Only bytes can be selected; x shows them");
    else if (reader_size(view->canvas.reader) == 0)
        reply_say(reply, OUTCOME_FAILED, "There is no byte to be selected");
    else
        *selection = (struct selection){true, view->canvas.cursor};
    return selection->on;
}

enum progress verb_select(struct session *session, const struct request *request, struct reply *reply)
{
    if (request->amount < 0 || selection_of(session)->on)
        selection_drop(session);
    else
        (void)selection_begin(session, reply);
    return PROGRESS_DONE;
}

enum progress verb_select_rows(struct session *session, const struct request *request, struct reply *reply)
{
    if (!selection_begin(session, reply))
        return PROGRESS_DONE;
    return session->stage->motion->rows(session, request->amount * request_count(request, 1), MOVE_ROWS,
                                        reply);
}

enum progress verb_select_shift(struct session *session, const struct request *request, struct reply *reply)
{
    return selection_begin(session, reply) ? session->stage->motion->shift(session, request, reply)
                                           : PROGRESS_DONE;
}

/** What cannot be typed over is not selected: another view took the place of the bytes. */
static void selection_refresh(struct session *session)
{
    if (!session->stage->view.layout->typed)
        selection_of(session)->on = false;
}

static void selection_prepare(struct session *session)
{
    const struct selection *selection = selection_of(session);
    session->stage->view.canvas.selected = selection->on ? &selection->from : NULL;
}

static void selection_report(struct session *session, struct report *report)
{
    struct range range;
    if (!selection_range(session, &range))
        return;
    report->selected = range.begin;
    report->selected_end = range.end;
}

const struct part selection_part = {
    .stage_size = sizeof(struct selection),
    .refresh = selection_refresh,
    .prepare = selection_prepare,
    .report = selection_report,
};
