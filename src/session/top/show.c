/* SPDX-License-Identifier: MIT */
/*
 * view: frames, and waiting for bytes (see core/session.h). View thread.
 *
 * Every read of the view thread may find that its bytes are not in memory. The mapping then calls session_patience
 * every few milliseconds: after READING_MS a copy of the last frame goes out with "reading" in its report, so that
 * every key is answered at once; after GIVE_WAY_MS, over all tries, a newer request ends the wait. The mapping's
 * read-ahead goes on meanwhile, so what was waited for is there the next time.
 */
#include "folio/session/top/show.h"

#include "folio/base/glyph/glyph.h"
#include "folio/io/thread/clock.h"
#include "folio/io/thread/mailbox.h"
#include "folio/model/document/encoding.h"
#include "folio/model/known/lines.h"
#include "folio/session/move/cursor.h"
#include "folio/session/part/diff.h"
#include "folio/session/part/inspect.h"
#include "folio/session/part/strings.h"
#include "folio/session/part/strip.h"
#include "folio/session/part/write.h"
#include "folio/session/poke/edits.h"
#include "folio/session/poke/poke.h"
#include "folio/session/search/filter.h"
#include "folio/session/search/find.h"

#include <stdio.h>
#include <string.h>

/** A wait longer than this is shown. */
#define READING_MS 8
/** A wait longer than this gives way to a newer request. */
#define GIVE_WAY_MS 60
/** Bytes asked for ahead of and behind the rows shown; ahead doubles with each step on, STREAK_MAX times. */
#define PREFETCH_AHEAD  (192u << 10)
#define PREFETCH_BEHIND (64u << 10)
#define STREAK_MAX      4
/** The longest movement that counts as going on reading, not as a jump. */
#define STREAK_STEP (256u << 10)

static void report_place(const struct view *view, struct report *report)
{
    const struct row *top = &view->row[0], *bottom = &view->row[view->count ? view->count - 1 : 0];
    report->size = reader_size(view->canvas.reader);
    report->end = view_at_end(view);
    report->shift = view->canvas.shift;
    report->top = view->count == 0 || top->begin == 0;
    if (view->count == 0)
        return;
    report->top_offset = top->begin;
    report->bottom_offset = bottom->next;
    report->top_line = (struct estimate){top->line, top->line_exact, top->line != 0};
    report->bottom_line = (struct estimate){bottom->line, bottom->line_exact, bottom->line != 0};
    for (unsigned i = 0; i < view->count; i++)
        report->approximate = report->approximate || !view->layout->sure(&view->canvas, &view->row[i]);
}

static void report_search(const struct session *session, struct report *report)
{
    uint64_t rank, current = session->stage->view.canvas.current;
    struct summary_state state;
    report->searched = 1000;
    if (!session_search_state(session, &state))
        return;
    report->searched = session->waiting ? session_search_permille(session) : summary_permille(&state);
    report->match_count = (struct estimate){state.count, state.complete && !state.hard, true};
    if (current != FRAME_NO_OFFSET && session_search_rank(session, current, &rank))
        report->match = (struct estimate){rank + 1, true, true};
}

/** What the waiting request is called in the status row. */
static enum busy session_busy(const struct session *session)
{
    if (!session->waiting)
        return session->reading ? BUSY_READING : BUSY_NOTHING;
    switch (session->waited.verb) {
    case REQUEST_SEARCH:
    case REQUEST_SEARCH_AGAIN:
    case REQUEST_SEARCH_TRY:
    case REQUEST_SEARCH_PICK:
        return BUSY_SEARCHING;
    case REQUEST_FOLLOW:
        return BUSY_FOLLOWING;
    case REQUEST_FILTER:
        return BUSY_FILTERING;
    case REQUEST_DIFF_STEP:
        return BUSY_COMPARING;
    case REQUEST_WRITE:
    case REQUEST_SAVE:
        return BUSY_WRITING;
    case REQUEST_POKE:
    case REQUEST_UNDO:
    case REQUEST_POKES:
    case REQUEST_PATCH:
    case REQUEST_COMMIT:
        return BUSY_READING;
    default:
        return session_strings_running(session) ? BUSY_SEARCHING : BUSY_SEEKING;
    }
}

/** Fill in what does not depend on the rows. */
static void report_stage(struct session *session, struct report *report)
{
    struct stage *stage = session->stage;
    struct document *document = stage->document;
    const char *unpacker = NULL;
    const char *name = strcmp(document->name, "-") == 0 ? "(standard input)" : document->name;
    glyph_text(name, strlen(name), report->name, sizeof report->name);
    snprintf(report->view, sizeof report->view, "%s", stage->view.layout->name);
    const char *kind = session->started ? document_kind(document, &unpacker) : "";
    glyph_text(kind, strlen(kind), report->kind, sizeof report->kind);
    const char *encoding = document_encoding(document, NULL)->name;
    snprintf(report->encoding, sizeof report->encoding, "%s%s", stage->encoding_sure ? "" : "~", encoding);
    report->file = (unsigned)session->current + 1;
    report->file_count = (unsigned)session->file_count;
    if (stage == &session->help)
        report->file = report->file_count = 0;
    report->line_count.exact = lines_total(document->lines, document->reader, &report->line_count.value);
    report->line_count.known = report->line_count.exact || report->line_count.value > 0;
    struct summary_state state = summary_state(document->lines);
    report->indexed = summary_permille(&state);
    report->growing = document_streaming(document);
    report->busy = session_busy(session);
    bool writing = session_write_progress(session, &report->written);
    if (writing && report->busy == BUSY_NOTHING)
        report->busy = BUSY_WRITING;
    if (session_poke_storing(session) && !session->reading)
        report->busy = BUSY_POKING;
    report->busy_ms = session->waiting ? (unsigned)(clock_ms() - session->wait_since) : 0;
    report->bells = session->bells;
    if (document->failure[0])
        glyph_text(document->failure, strlen(document->failure), stage->notice, sizeof stage->notice);
    bool weak = !stage->notice[0] || strncmp(stage->notice, "binary", 6) == 0;
    if (unpacker && weak)
        snprintf(stage->notice, sizeof stage->notice, "compressed; to view what is in it: %s FILE | folio",
                 unpacker);
    if (!stage->binary && document_binary(document)) {
        stage->binary = true;
        if (!stage->notice[0] && !stage->view.layout->cursor)
            snprintf(stage->notice, sizeof stage->notice, "binary; x shows bytes");
    }
    snprintf(report->notice, sizeof report->notice, "%s", stage->notice);
}

/** Ask for what lies around the rows, wider in the direction of paging. */
static void session_prefetch(struct session *session)
{
    const struct view *view = &session->stage->view;
    struct document *document = session->stage->document;
    if (view->count == 0 || !session->started)
        return;
    uint64_t top = view->row[0].begin, bottom = view->row[view->count - 1].next;
    uint64_t begin = top > PREFETCH_BEHIND ? top - PREFETCH_BEHIND : 0;
    bool on = top > session->prefetched && top - session->prefetched < STREAK_STEP;
    if (on && session->streak < STREAK_MAX)
        session->streak++;
    else if (!on && top != session->prefetched)
        session->streak = 0;
    session->prefetched = top;
    document_prefetch(document,
                      (struct range){begin, bottom + ((uint64_t)PREFETCH_AHEAD << session->streak)});
    document_want(document, bottom);
}

/** A copy of what is on the screen, to be shown with another report while bytes are awaited. */
static void frame_copy(struct frame *to, const struct frame *from)
{
    if (!frame_resize(to, from->rows, from->columns))
        return;
    memcpy(to->cell, from->cell, (size_t)from->rows * from->columns * sizeof *from->cell);
    to->report = from->report;
    to->used = from->used;
}

/** Does the report hold a number that will still change by itself? */
static bool report_unsettled(const struct report *report)
{
    return report->indexed < 1000 || report->searched < 1000 || report->filtered < 1000 || report->growing ||
           report->compared < 1000 || report->listed < 1000 || report->approximate ||
           !report->line_count.exact;
}

/** The marks of the current file, for the status column. */
static void session_show_marks(struct session *session)
{
    struct canvas *canvas = &session->stage->view.canvas;
    canvas->mark = session->shown_mark;
    canvas->mark_count = 0;
    for (int letter = 'A'; letter <= 'z' && session->stage == &session->base; letter++) {
        const struct mark *mark = &session->mark[letter];
        if (mark->set && mark->file == session->current && canvas->mark_count < SESSION_MARKS)
            session->shown_mark[canvas->mark_count++] = (struct canvas_mark){mark->offset, (char)letter};
    }
}

/** Let the long lines on the screen be walked. */
static void session_walk(struct session *session)
{
    struct stage *stage = session->stage;
    if (session->started)
        walks_follow(&stage->walks, &stage->view.canvas, stage->document->survey, stage->view.row,
                     stage->view.count, clock_ms());
}

/** Beside the rows, the overview; the frame is as wide as the screen again. */
static void session_show_overview(struct session *session, struct frame *frame)
{
    const struct stage *stage = session->stage;
    unsigned width = overview_width(&session->settings, session->columns);
    if (width == 0 || !frame_widen(frame, width))
        return;
    overview_draw(&session->overview, &stage->view, session_diff_summary(session), frame);
    frame->report.overview = width;
}

void session_show(struct session *session)
{
    struct view *view = &session->stage->view;
    struct frame *frame = session->frame;
    /* Without memory for a frame this is tried again in a while, as when bytes are missing. */
    session->reading = !frame_resize(frame, view->rows, view->canvas.columns);
    if (session->reading)
        return;
    memset(&frame->report, 0, sizeof frame->report);
    session_show_marks(session);
    session_cursor_settle(session);
    session->composing = true;
    reader_patience(session->stage->document->reader, (struct patience){session_patience, session});
    enum view_result drawn = view_draw(view, frame);
    session->composing = false;
    session_walk(session);
    session_inspect_draw(session, frame);
    session_strip_draw(session, frame);
    session_show_overview(session, frame);
    session->reading = drawn == VIEW_WAIT && !session_filtering(session) && !session_strings_running(session);
    if (!session->reading)
        session->reading_since = 0;
    frame->request = session->request;
    report_place(view, &frame->report);
    report_search(session, &frame->report);
    session_filter_report(session, &frame->report);
    session_cursor_report(session, &frame->report);
    session_edits_report(session, &frame->report);
    report_stage(session, &frame->report);
    session_hard_report(session, &frame->report);
    session_strings_report(session, &frame->report);
    session_diff_report(session, &frame->report);
    frame->report.end = frame->report.end && !frame->report.growing;
    if (session->stage->document->survey)
        survey_yield(session->stage->document->survey, session->reading);
    session->unsettled = report_unsettled(&frame->report) || session_strip_unsettled(session) ||
                         session_inspect_unsettled(session);
    session->dirty = session->reading;
    session->news = false;
    session->offered = clock_ms();
    frame_copy(session->spare, frame);
    session->frame = mailbox_offer(session->mailbox, frame);
    session_prefetch(session);
}

/** Answer the key with what there is, and "reading". */
static void session_show_reading(struct session *session)
{
    struct frame *frame = session->spare;
    const struct view *view = &session->stage->view;
    if (frame->rows == 0 && !frame_resize(frame, view->rows, view->canvas.columns))
        return;
    frame->request = session->request;
    frame->pending = true;
    frame->report.busy = BUSY_READING;
    session->spare = mailbox_offer(session->mailbox, frame);
    frame_copy(session->spare, frame);
}

bool session_patience(void *context, unsigned waited_ms)
{
    struct session *session = context;
    if (atomic_load(&session->interrupted))
        return false;
    if (waited_ms >= READING_MS && !session->reading) {
        session->reading = true;
        survey_yield(session->stage->document->survey, true);
        session_show_reading(session);
    }
    if (session->reading_since == 0)
        session->reading_since = clock_ms() - waited_ms;
    if (clock_ms() - session->reading_since < GIVE_WAY_MS)
        return true;
    /* A cursor is seen to move over bytes that are still awaited. */
    bool moving = session->composing && session->stage->view.layout->cursor;
    return !moving && !mailbox_take(session->mailbox, NULL);
}
