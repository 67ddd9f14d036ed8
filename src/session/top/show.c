/* SPDX-License-Identifier: MIT */
/*
 * session: frames, and waiting for bytes (see show.h). View thread.
 *
 * Every read of the view thread may find that its bytes are not in memory. The mapping then calls show_patience every few
 * milliseconds: after READING_MS a copy of the last frame goes out with "reading" in its report, so that every key is
 * answered at once; after GIVE_WAY_MS, over all tries, a newer request ends the wait. The mapping's read-ahead goes on
 * meanwhile, so what was waited for is there the next time.
 */
#include "show.h"

#include "folio/base/glyph/glyph.h"
#include "folio/io/thread/clock.h"
#include "folio/io/thread/mailbox.h"
#include "folio/model/document/encoding.h"
#include "folio/model/known/lines.h"
#include "folio/model/reader/hole.h"

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
    report->top_offset = view->led ? view_here(view) : top->begin;
    report->bottom_offset = bottom->next;
    report->top_line = (struct estimate){top->line, top->line_exact, top->line != 0};
    report->bottom_line = (struct estimate){bottom->line, bottom->line_exact, bottom->line != 0};
    for (unsigned i = 0; i < view->count; i++)
        report->approximate = report->approximate || !view->layout->sure(&view->canvas, &view->row[i]);
}

/** The byte at `offset` if it can be had at once; otherwise -1. */
static int report_byte(struct reader *reader, uint64_t offset)
{
    unsigned char byte;
    size_t length;
    if (reader_gave_up(reader))
        return -1;
    bool hurried = reader_hurry(reader, true);
    bool read = reader_copy(reader, offset, 1, &byte, &length) == READER_OK;
    reader_hurry(reader, hurried);
    return read ? byte : -1;
}

/** What is under the cursor, and what keys go to. */
static void report_cursor(const struct session *session, struct report *report)
{
    const struct view *view = &session->stage->view;
    const struct canvas *canvas = &view->canvas;
    report->cursor = session_shows_file(session) ? canvas->cursor : FRAME_NO_OFFSET;
    report->byte = report->cursor == FRAME_NO_OFFSET ? -1 : report_byte(canvas->reader, canvas->cursor);
    report->bytes = view->layout->typed;
    report->characters = canvas->characters;
    report->list = view->layout->moves == LAYOUT_LIST;
    report->tree = view->layout->moves == LAYOUT_TREE;
    if (stage_bytes(session->stage)) {
        report->shift = 0;
        report->stride = view->layout->room(canvas);
    }
}

/** What the waiting request is called in the status row. */
static enum busy report_busy(const struct session *session)
{
    if (!session->wait.active)
        return session->reading ? BUSY_READING : BUSY_NOTHING;
    enum busy busy = verb_row(session->wait.request.verb)->busy;
    return busy ? busy : BUSY_SEEKING;
}

/** What lasts in the status row: what failed, or what kind of file it is, where nothing of more weight is said. */
static void report_notice(struct session *session, const char *unpacker)
{
    struct stage *stage = session->stage;
    struct document *document = stage->document;
    char text[sizeof stage->notice.text];
    if (document->failure[0])
        stage_notice(stage, document->failure);
    if (unpacker && (!stage->notice.text[0] || stage->notice.weak)) {
        snprintf(text, sizeof text, "compressed; to view what is in it: %s FILE | folio", unpacker);
        stage_notice(stage, text);
    }
    if (stage->binary || !document_binary(document))
        return;
    stage->binary = true;
    if (stage->notice.text[0] || stage->view.canvas.cursor != FRAME_NO_OFFSET)
        return;
    stage_notice(stage, "binary; x shows bytes");
    stage->notice.weak = true;
}

/** How characters are spelled where they are shown now. */
static void report_encoding(const struct stage *stage, struct report *report)
{
    const struct canvas *canvas = &stage->view.canvas;
    const struct encoding *encoding = document_encoding(stage->document, NULL);
    bool foreign = canvas->charset && canvas->charset->foreign && stage->view.layout->moves != LAYOUT_LINES;
    report->charset = canvas->charset ? canvas->charset : encoding;
    snprintf(report->encoding, sizeof report->encoding, "%s%s", stage->encoding_sure || foreign ? "" : "~",
             foreign ? canvas->charset->name : encoding->name);
}

/** Fill in what does not depend on the rows. */
static void report_stage(struct session *session, struct report *report)
{
    struct stage *stage = session->stage;
    struct document *document = stage->document;
    const char *unpacker = NULL;
    bool nameless = document_is_stdin(document) && !session->files.inner;
    const char *name = nameless ? "(standard input)" : document->name;
    glyph_text(name, strlen(name), report->name, sizeof report->name);
    snprintf(report->view, sizeof report->view, "%s", stage->view.layout->name);
    const char *kind = session->started ? document_kind(document, &unpacker) : "";
    glyph_text(kind, strlen(kind), report->kind, sizeof report->kind);
    report_encoding(stage, report);
    report->inner = session->files.inner != NULL;
    report->file = (unsigned)session->files.current + 1;
    report->file_count = (unsigned)session->files.count;
    if (!session_shows_file(session))
        report->file = report->file_count = 0;
    report->line_count.exact = lines_total(document->lines, document->reader, &report->line_count.value);
    report->line_count.known = report->line_count.exact || report->line_count.value > 0;
    struct summary_state state = summary_state(document->lines);
    report->indexed = summary_permille(&state);
    report->growing = document_streaming(document);
    report->busy = report_busy(session);
    report->busy_ms = session->wait.active ? (unsigned)(clock_ms() - session->wait.since) : 0;
    report->bells = session->bells;
    report_notice(session, unpacker);
    snprintf(report->notice, sizeof report->notice, "%s", stage->notice.text);
}

/** Ask for what lies around the rows, wider in the direction of paging. */
static void show_prefetch(struct session *session)
{
    struct showing *showing = session->showing;
    const struct view *view = &session->stage->view;
    struct document *document = session->stage->document;
    if (view->count == 0 || !session->started)
        return;
    uint64_t top = view->row[0].begin, bottom = view->row[view->count - 1].next;
    uint64_t begin = top > PREFETCH_BEHIND ? top - PREFETCH_BEHIND : 0;
    bool on = top > showing->prefetched && top - showing->prefetched < STREAK_STEP;
    if (on && showing->streak < STREAK_MAX)
        showing->streak++;
    else if (!on && top != showing->prefetched)
        showing->streak = 0;
    showing->prefetched = top;
    document_prefetch(document,
                      (struct range){begin, bottom + ((uint64_t)PREFETCH_AHEAD << showing->streak)});
    document_want(document, bottom);
}

/** A copy of what is on the screen, to be shown with another report while bytes are awaited. */
static bool frame_copy(struct frame *to, const struct frame *from)
{
    if (!frame_resize(to, from->rows, from->columns))
        return false;
    memcpy(to->cell, from->cell, (size_t)from->rows * from->columns * sizeof *from->cell);
    to->report = from->report;
    to->used = from->used;
    return true;
}

/** The UI has it now, and it is the last that it got. Returns the one that it gives back. */
static struct frame *show_offer(struct session *session, struct frame *frame)
{
    session->showing->last = frame;
    return mailbox_offer(session->mailbox, frame);
}

/** Does the report hold a number that will still change by itself? */
static bool report_unsettled(const struct report *report)
{
    bool counting = false;
    for (unsigned i = 0; i < report->tally_count; i++)
        counting = counting || report->tally[i].permille < 1000;
    return counting || report->indexed < 1000 || report->growing || report->approximate ||
           !report->line_count.exact;
}

/** Let the long lines on the screen be walked. */
static void show_walk(struct session *session)
{
    struct stage *stage = session->stage;
    if (session->started)
        walks_follow(&stage->walks, &stage->view.canvas, stage->document->survey, stage->view.row,
                     stage->view.count, clock_ms());
}

/** Draw the rows, and beside them what the parts have there, from the inside out. WAIT: rows are missing. */
static enum view_result show_draw(struct session *session, struct frame *frame)
{
    struct showing *showing = session->showing;
    for (unsigned i = 0; i < PART_COUNT; i++)
        if (session->part[i]->prepare)
            session->part[i]->prepare(session);
    session->stage->motion->settle(session);
    showing->composing = true;
    reader_patience(session->stage->document->reader, session->patience);
    enum view_result drawn = view_draw(&session->stage->view, frame);
    showing->composing = false;
    show_walk(session);
    for (unsigned i = PART_COUNT; i-- > 0;)
        if (session->part[i]->draw)
            session->part[i]->draw(session, frame);
    return drawn;
}

/** Fill in the report: of the place and the file, then of each part. */
static void show_report(struct session *session, struct report *report)
{
    report_place(&session->stage->view, report);
    report_cursor(session, report);
    report_stage(session, report);
    for (unsigned i = 0; i < PART_COUNT; i++)
        if (session->part[i]->report)
            session->part[i]->report(session, report);
    report->end = report->end && !report->growing;
}

/** May rows be missing because what is in them is still being found out? */
static bool show_gaps(const struct session *session)
{
    bool gaps = false;
    for (unsigned i = 0; i < PART_COUNT; i++)
        gaps = gaps || (session->part[i]->gaps && session->part[i]->running(session));
    return gaps;
}

/** Is a part still finding out what it shows? */
static bool show_parts_unsettled(const struct session *session)
{
    bool unsettled = false;
    for (unsigned i = 0; i < PART_COUNT; i++)
        unsettled = unsettled || (session->part[i]->unsettled && session->part[i]->unsettled(session));
    return unsettled;
}

/**
 * Note what is still being found out. Before the frame is drawn: what ends between a row and the report may be in one
 * and not in the other, and is shown once more.
 */
static void show_begin(struct session *session)
{
    struct showing *showing = session->showing;
    showing->unsettled = show_parts_unsettled(session);
    showing->indexing = !summary_state(session->stage->document->lines).complete;
    showing->running = 0;
    for (unsigned i = 0; i < PART_COUNT; i++)
        if (session->part[i]->running && session->part[i]->running(session))
            showing->running |= (uint64_t)1 << i;
}

/** Note what is still to come of what the frame shows. */
static void show_note(struct session *session, const struct report *report)
{
    struct showing *showing = session->showing;
    showing->unsettled = showing->unsettled || report_unsettled(report) || show_parts_unsettled(session);
    showing->news = false;
    showing->offered = clock_ms();
}

bool show_completed(const struct session *session)
{
    const struct showing *showing = session->showing;
    if (showing->indexing && summary_state(session->stage->document->lines).complete)
        return true;
    for (unsigned i = 0; i < PART_COUNT; i++)
        if (showing->running >> i & 1 && !session->part[i]->running(session))
            return true;
    return false;
}

void show_frame(struct session *session)
{
    struct showing *showing = session->showing;
    struct frame *frame = showing->frame;
    const struct view *view = &session->stage->view;
    /* Without memory for a frame this is tried again in a while, as when bytes are missing. */
    session->reading = !frame_resize(frame, view->rows, view->canvas.columns);
    if (session->reading)
        return;
    memset(&frame->report, 0, sizeof frame->report);
    show_begin(session);
    enum view_result drawn = show_draw(session, frame);
    session->reading = drawn == VIEW_WAIT && !show_gaps(session);
    if (!session->reading)
        showing->reading_since = 0;
    frame->request = session->request;
    show_report(session, &frame->report);
    if (session->stage->document->survey)
        survey_yield(session->stage->document->survey, session->reading);
    session->dirty = session->reading;
    show_note(session, &frame->report);
    showing->frame = show_offer(session, frame);
    show_prefetch(session);
}

/** Answer the key with what there is, and "reading". */
static void show_reading(struct session *session)
{
    struct showing *showing = session->showing;
    struct frame *frame = showing->spare;
    const struct view *view = &session->stage->view;
    if (showing->last ? !frame_copy(frame, showing->last)
                      : !frame_resize(frame, view->rows, view->canvas.columns))
        return;
    frame->request = session->request;
    frame->pending = true;
    frame->report.busy = BUSY_READING;
    showing->spare = show_offer(session, frame);
}

bool show_patience(void *context, unsigned waited_ms)
{
    struct session *session = context;
    struct showing *showing = session->showing;
    if (session_interrupted(session))
        return false;
    if (waited_ms >= READING_MS && !session->reading) {
        session->reading = true;
        survey_yield(session->stage->document->survey, true);
        show_reading(session);
    }
    if (showing->reading_since == 0)
        showing->reading_since = clock_ms() - waited_ms;
    if (clock_ms() - showing->reading_since < GIVE_WAY_MS)
        return true;
    /* A cursor is seen to move over bytes that are still awaited. */
    bool moving = showing->composing && session->stage->view.canvas.cursor != FRAME_NO_OFFSET;
    return !moving && !mailbox_take(session->mailbox, NULL);
}
