/* SPDX-License-Identifier: MIT */
/* session: the search as a part: on each stage, in the report. View thread. */
#include "inside.h"
#include "within.h"

#include "folio/model/known/lines.h"
#include "folio/session/core/place.h"
#include "folio/session/search/found.h"
#include "folio/session/search/text.h"

#include <stdlib.h>
#include <string.h>

bool search_by_bytes(const struct stage *stage)
{
    return search_on(stage)->searched.bytes;
}

bool search_asked(const struct session *session)
{
    return search_of(session)->pattern[0] != '\0';
}

/** What the current unit becomes, a line or a match, where the other of them is searched for now. */
static uint64_t search_current(const struct session *session)
{
    struct stage *stage = session->stage;
    uint64_t current = stage->view.canvas.current;
    bool bytes = search_text(session, stage, search_of(session)->modifiers).bytes;
    struct range match;
    if (current == FRAME_NO_OFFSET || bytes == search_on(stage)->searched.bytes)
        return current;
    if (bytes)
        return search_match(session, current, &match) ? match.begin : current;
    lines_begin(stage->document->lines, stage->document->reader, current, LINES_LONG, &current);
    return current;
}

/** Begin the search anew, if there is one, or was where it could be, and stay where it is. */
static void search_refresh(struct session *session)
{
    struct stage *stage = session->stage;
    if (!search_of(session)->pattern[0] || (!search_ready(session) && !search_on(stage)->searched.bytes) ||
        search_text_is(session, stage, search_of(session)->modifiers, &search_on(stage)->searched))
        return;
    const bool bytes = search_on(stage)->searched.bytes;
    uint64_t current = search_current(session);
    struct range match;
    search_renew(session, NULL);
    /* What matches in the text as it is shown need not match in the bytes, nor the other way round. */
    if (bytes != search_on(stage)->searched.bytes && !search_match(session, current, &match))
        current = FRAME_NO_OFFSET;
    stage->view.canvas.current = current;
}

static void search_open(struct session *session, struct stage *stage)
{
    if (stage == &session->base)
        search_renew(session, NULL);
}

/** What is looked for may be another thing by now. */
static void search_return(struct session *session)
{
    const struct searched *searched = search_on(session->stage);
    bool same = searched->pattern && strcmp(searched->pattern, search_of(session)->pattern) == 0 &&
                searched->modifiers == search_of(session)->modifiers;
    if (!same && (searched->pattern || search_of(session)->pattern[0]))
        search_renew(session, NULL);
}

static void search_close(struct stage *stage)
{
    struct searched *searched = search_on(stage);
    free(searched->pattern);
    matches_close(searched->matches);
    matches_close(searched->folded);
    filter_close(searched->misses);
    within_close(stage);
}

/** The bytes of the current match, as far as they are known without waiting; else where its unit begins. */
static struct range search_found(const struct session *session)
{
    struct reader *reader = session->stage->document->reader;
    uint64_t current = session->stage->view.canvas.current;
    struct range match = {current, current + 1};
    bool hurried = reader_hurry(reader, true);
    if (search_match(session, current, &match) && match.end == match.begin)
        match.end++;
    reader_hurry(reader, hurried);
    return match;
}

/** Row `number` of a list, and what no row is made of before it: a match there leads to this one. */
static struct range search_entry(const struct view *view, unsigned number)
{
    struct row before = {0};
    const struct row *row = &view->row[number];
    if (number > 0)
        before = view->row[number - 1];
    else if (view->layout->before(&view->canvas, row, &before) == LAYOUT_WAIT)
        before.next = row->begin;
    return (struct range){before.next, row->next};
}

/** The bytes that one is at: the one under the cursor, in a list its row, all of the screen where there is no cursor. */
static struct range search_here(const struct view *view)
{
    uint64_t cursor = view->canvas.cursor;
    if (cursor == FRAME_NO_OFFSET)
        return view_range(view);
    for (unsigned i = 0; i < view->count && view->layout->moves == LAYOUT_LIST; i++)
        if (row_holds(&view->row[i], cursor))
            return search_entry(view, i);
    return (struct range){cursor, cursor + 1};
}

/** Is one still at the current match? */
static bool search_at_current(const struct session *session)
{
    const struct view *view = &session->stage->view;
    uint64_t current = view->canvas.current;
    if (current == FRAME_NO_OFFSET || view->count == 0)
        return current != FRAME_NO_OFFSET;
    const struct range here = search_here(view);
    if (current >= here.begin && current < here.end)
        return true;
    /* Of a line only its beginning is known so far, and to find the match in it is dear. */
    const struct range match = search_found(session);
    return match.begin < here.end && match.end > here.begin;
}

static void search_report(struct session *session, struct report *report)
{
    uint64_t rank, current = session->stage->view.canvas.current;
    struct summary_state state;
    struct tally *tally = search_state(session, &state) ? report_tally(report) : NULL;
    if (!tally)
        return;
    *tally = (struct tally){
        .noun = "match", .nouns = "matches", .doing = "counting", .busy = BUSY_SEARCHING, .weight = 1};
    const struct matches *folded = search_on(session->stage)->folded;
    const struct summary_state looked = folded ? matches_state(folded) : state;
    tally->permille = state.halted ? 1000 : summary_permille(&looked);
    tally->stops = true;
    tally->count = (struct estimate){state.count, state.complete && !state.hard, true};
    if (search_at_current(session) && search_rank(session, current, &rank))
        tally->index = (struct estimate){rank + 1, true, true};
    if (tally->index.known && tally->count.value < tally->index.value)
        tally->count.value = tally->index.value;
}

static bool search_running(const struct session *session)
{
    struct summary_state state;
    return search_state(session, &state) && !state.complete && !state.halted;
}

/** Count no further, or go on. */
static void search_halt(const struct searched *searched, bool halt)
{
    if (searched->matches)
        matches_halt(searched->matches, halt);
    if (searched->misses)
        filter_halt(searched->misses, halt);
    if (searched->within)
        filter_halt(searched->within, halt);
}

/** What ends following is not meant for the count of what came last. */
static void search_stop(struct session *session, struct reply *reply)
{
    (void)reply;
    if (!place_stops_following(session))
        search_halt(search_on(session->stage), true);
}

static void search_wait(struct session *session)
{
    search_halt(search_on(session->stage), false);
}

const struct part search_part = {
    .session_size = sizeof(struct searching),
    .stage_size = sizeof(struct searched),
    .open = search_open,
    .close = search_close,
    .refresh = search_refresh,
    .back = search_return,
    .report = search_report,
    .running = search_running,
    .stop = search_stop,
    .wait = search_wait,
};
