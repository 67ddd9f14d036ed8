/* SPDX-License-Identifier: MIT */
/*
 * session: its beginning, and its thread (see link.h). View thread, but for what opens the session.
 *
 *     wake -> take requests, carry each out, reply -> look at the file -> ask what waits again, and each part
 *          -> show, if owed
 *
 * Requests that are queued together make one frame. What the survey finds out is shown at most every SHOW_MS, and rows
 * that come through a pipe at once, until there is a screenful.
 */
#include "parts.h"
#include "show.h"

#include "folio/io/thread/clock.h"
#include "folio/io/thread/mailbox.h"
#include "folio/io/thread/pool.h"
#include "folio/model/document/document.h"
#include "folio/model/known/lines.h"
#include "folio/session/core/reply.h"
#include "folio/session/files/list.h"
#include "folio/session/files/named.h"
#include "folio/session/top/link.h"
#include "folio/view/hex/layout.h"
#include "folio/view/json/layout.h"
#include "folio/view/layout/overview.h"
#include "folio/view/text/layout.h"

#include <stdlib.h>
#include <string.h>

/** Background news are shown this often at most, in milliseconds. */
#define SHOW_MS 50
/** How long the survey waits for the first screen to be drawn. */
#define DRAWN_MS 50
/** How often an awaited page is asked for again, and how often a quiet file is looked at. */
#define RETRY_MS 20
#define LOOK_MS  1000

static void session_reply(struct session *session, struct reply *reply)
{
    mailbox_reply(session->mailbox, reply);
}

/** The request is over without an effect. */
static void session_stopped(struct session *session, const struct request *request)
{
    struct reply reply = {.number = request->number, .verb = request->verb, .outcome = OUTCOME_STOPPED};
    session_reply(session, &reply);
}

/** The waiting request, and those behind it, are over without an effect. */
static void session_give_up(struct session *session)
{
    struct waiting *wait = &session->wait;
    if (!wait->active)
        return;
    wait->active = false;
    wait->dropped = true;
    document_want(session->stage->document, 0);
    session_stopped(session, &wait->request);
    for (unsigned i = 0; i < wait->queued; i++)
        session_stopped(session, &wait->queue[i]);
    wait->queued = 0;
    const struct verb_row *row = verb_row(wait->request.verb);
    if (row->dropped)
        row->dropped(session);
}

/** What queues (n and N) waits behind what holds it (a search that is under way). */
static bool session_queue(struct session *session, const struct request *request)
{
    struct waiting *wait = &session->wait;
    bool held = wait->active && verb_row(wait->request.verb)->holds;
    if (!held || !verb_row(request->verb)->queues || wait->queued == WAITING_QUEUE)
        return false;
    wait->queue[wait->queued++] = *request;
    return true;
}

/** Is the verb for what is shown, and allowed? Otherwise the reply says so. */
static bool session_allows(const struct session *session, const struct verb_row *row, struct reply *reply)
{
    bool fine = (!(row->needs & NEEDS_FILE) || session_shows_file(session)) &&
                (!(row->needs & NEEDS_TRUST) || !session->options.secure);
    if (!fine)
        reply_say(reply, OUTCOME_FAILED, "Command not available");
    return fine;
}

/** A movement gives up what waits, and what was said until the next movement. */
static void session_move_on(struct session *session, const struct verb_row *row)
{
    struct stage *stage = session->stage;
    if (!row->stops)
        stage->view.canvas.fresh = FRAME_NO_OFFSET;
    if (!stage->replaced && !stage->deleted)
        stage->notice = (struct notice){0};
    session->wait.dropped = false;
    session_give_up(session); /* which may be worth a notice */
}

/** The request waits, and the parts go on with what it may wait for. */
static void session_await(struct session *session, const struct request *request)
{
    session_give_up(session); /* what is no movement may come to wait as well; only one can */
    session->wait.active = true;
    session->wait.request = *request;
    session->wait.since = clock_ms();
    parts_wait(session);
}

/** A request has been carried out: where it moves, the parts know. */
static void session_moved(struct session *session, const struct verb_row *row)
{
    for (unsigned i = 0; i < PART_COUNT && row->moves; i++)
        if (session->part[i]->moved)
            session->part[i]->moved(session);
}

/** Carry out one request. */
static void session_perform(struct session *session, const struct request *request)
{
    const struct verb_row *row = verb_row(request->verb);
    if (session_queue(session, request))
        return;
    struct reply reply = {.number = request->number, .verb = request->verb, .outcome = OUTCOME_DONE};
    session->request = request->number;
    session->showing->reading_since = 0;
    session->dirty = true;
    if (row->moves)
        session_move_on(session, row);
    session->left = false;
    struct request named = *request;
    bool fine = session_allows(session, row, &reply) && named_expand(session, row, &named, &reply);
    if (fine && row->perform(session, &named, &reply) == PROGRESS_WAITING) {
        session_await(session, &named);
        return;
    }
    session_moved(session, row);
    session_reply(session, &reply);
}

/** Ask again what waits. True when it is through. */
static bool session_continue(struct session *session)
{
    struct waiting *wait = &session->wait;
    if (!wait->active)
        return false;
    struct reply reply = {
        .number = wait->request.number, .verb = wait->request.verb, .outcome = OUTCOME_DONE};
    if (verb_row(wait->request.verb)->perform(session, &wait->request, &reply) == PROGRESS_WAITING)
        return false;
    wait->active = false;
    session_moved(session, verb_row(wait->request.verb));
    session_reply(session, &reply);
    /* Those behind it, until one of them has to wait itself. */
    while (wait->queued && !wait->active) {
        struct request next = wait->queue[0];
        wait->queued--;
        memmove(&wait->queue[0], &wait->queue[1], wait->queued * sizeof next);
        session_perform(session, &next);
    }
    return true;
}

/** What a part wants the thread to sleep at most, the shortest; 0: none wants anything. */
static int session_pace(const struct session *session)
{
    int pace = 0;
    for (unsigned i = 0; i < PART_COUNT; i++) {
        int wanted = session->part[i]->pace ? session->part[i]->pace(session) : 0;
        pace = wanted && (!pace || wanted < pace) ? wanted : pace;
    }
    return pace;
}

/** How long after a frame the next may come for news alone: while rows are missing each that comes is awaited. */
static int session_show_ms(const struct session *session)
{
    const struct frame *shown = session->showing->last;
    /* What a filter leaves of a stream may never fill the screen. */
    bool missing = shown && shown->used < shown->rows && !session->stage->view.canvas.filter &&
                   document_streaming(session->stage->document);
    return missing ? 0 : SHOW_MS;
}

/** How long to sleep when nothing rings: everything that makes news does ring. */
static int session_timeout(const struct session *session)
{
    int pace = session_pace(session);
    if (session->reading)
        return RETRY_MS;
    if (pace && pace < SHOW_MS)
        return pace;
    if (pace || session->wait.active)
        return SHOW_MS;
    if (!session->showing->news)
        return LOOK_MS;
    int64_t due = session->showing->offered + session_show_ms(session) - clock_ms();
    return due > 0 ? (int)due : 0;
}

/** Has something become known that the last frame does not show? */
static bool session_has_news(struct session *session)
{
    struct document *document = session->stage->document;
    const struct report *shown = session->showing->last ? &session->showing->last->report : NULL;
    if (!shown)
        return true;
    if (!shown->kind[0] && document_kind(document, NULL)[0])
        return true;
    return session->showing->unsettled || shown->growing != document_streaming(document);
}

/**
 * Line numbers of seven digits and more need more columns than less's eight, with the mark of an estimate. The width
 * follows the estimated total, so it settles early and rows are wrapped anew at most once or twice.
 */
static void session_widen(struct session *session)
{
    struct view *view = &session->stage->view;
    struct document *document = session->stage->document;
    struct summary_state state = summary_state(document->lines);
    uint64_t size = reader_size(document->reader);
    uint64_t lines =
        state.done ? (uint64_t)((long double)state.count / (long double)state.done * (long double)size) : 0;
    unsigned digits = 1;
    for (; lines >= 10; lines /= 10)
        digits++;
    if (view->canvas.number_width == digits + 2)
        return;
    view->canvas.number_width = digits + 2;
    if (session->settings.numbers && digits + 2 > 8)
        view_settle(view, false);
}

/** Let each part go on with what it does beside all else. */
static void session_go_on(struct session *session)
{
    for (unsigned i = 0; i < PART_COUNT; i++)
        if (session->part[i]->go_on && session->part[i]->go_on(session))
            session->dirty = true;
}

/** One turn of the view thread. */
static void session_turn(struct session *session)
{
    struct request request;
    struct showing *showing = session->showing;
    bool rung = wake_wait(session->view_wake, session_timeout(session));
    atomic_store(&session->interrupted, false);
    while (mailbox_take(session->mailbox, &request))
        session_perform(session, &request);
    session_widen(session);
    if (files_look(session))
        showing->news = true;
    stage_refresh(session);
    if (session_continue(session))
        session->dirty = true;
    session_go_on(session);
    if ((rung || session_pace(session)) && session_has_news(session))
        showing->news = true;
    bool due = showing->news && clock_ms() - showing->offered >= session_show_ms(session);
    if (session->dirty || due || show_completed(session))
        show_frame(session);
}

/**
 * Until the first screen is out, or somebody asks for more: on few processors the workers would take the time that
 * drawing it needs.
 */
static void session_await_drawn(struct session *session)
{
    int64_t until = clock_ms() + DRAWN_MS, left = DRAWN_MS;
    while (left > 0 && !atomic_load(&session->drawn) && !mailbox_take(session->mailbox, NULL)) {
        wake_wait(session->view_wake, (int)left);
        left = until - clock_ms();
    }
    wake_ring(session->view_wake); /* whatever rang is not forgotten */
}

/** The first screen is out: the survey begins, and the parts may look at the file. */
static void session_start(struct session *session)
{
    session->started = true;
    survey_start(session->stage->document->survey);
    for (unsigned i = 0; i < PART_COUNT; i++)
        if (session->part[i]->open)
            session->part[i]->open(session, session->stage);
    session->showing->unsettled = true;
}

static void session_main(void *context)
{
    struct session *session = context;
    struct span beginning;
    survey_focus(session->stage->document->survey, 0, true);
    /* With the beginning in memory, its encoding is known before anything is shown. */
    reader_span(session->stage->document->reader, 0, MAPPING_COPY_MAX, &beginning);
    stage_refresh(session);
    show_frame(session);
    session_await_drawn(session);
    session_start(session);
    for (;;)
        session_turn(session);
}

/** Copy the names; the first that opens is on the stage. */
static bool session_open_first(struct session *session, void (*complain)(const struct error *error),
                               unsigned *failed, struct error *error)
{
    const struct session_options *options = &session->options;
    session->files.file = calloc(options->path_count, sizeof *session->files.file);
    if (!session->files.file)
        return error_set(error, 0, "out of memory");
    session->files.count = options->path_count;
    for (size_t i = 0; i < options->path_count; i++) {
        session->files.file[i].name = strdup(options->path[i]);
        if (!session->files.file[i].name)
            return error_set(error, 0, "out of memory");
    }
    struct buf missing = {0};
    bool opened = false;
    for (size_t i = 0; i < options->path_count && !opened; i++) {
        opened = files_open(session, i, error);
        if (opened)
            continue;
        ++*failed;
        files_passed(&missing, error);
        if (i + 1 < options->path_count && complain)
            complain(error);
    }
    /* Said again where it is seen: what was complained of is behind the screen. */
    if (opened && missing.length > 0)
        stage_notice(session->stage, buf_string(&missing));
    buf_release(&missing);
    return opened;
}

/** Everything that session_open made, where it could not be finished. */
static void session_abandon(struct session *session, struct frame *slot)
{
    if (session->base.document)
        stage_close(session, &session->base);
    parts_close(session);
    for (size_t i = 0; i < session->files.count; i++)
        free(session->files.file[i].name);
    free(session->files.file);
    free(session->files.previous);
    mailbox_close(session->mailbox);
    wake_close(session->view_wake);
    if (session->showing) {
        frame_close(session->showing->frame);
        frame_close(session->showing->spare);
    }
    free(session->showing);
    frame_close(slot);
    free(session);
}

/** Two frames to draw into. False when out of memory. */
static bool session_showing(struct session *session)
{
    session->showing = calloc(1, sizeof *session->showing);
    if (!session->showing)
        return false;
    session->showing->frame = frame_open();
    session->showing->spare = frame_open();
    return session->showing->frame && session->showing->spare;
}

/** What the thread and the UI share, and the first file. */
static bool session_begin(struct session *session, struct frame *slot,
                          void (*complain)(const struct error *error), unsigned *failed, struct error *error)
{
    const struct session_options *options = &session->options;
    session->view_wake = wake_open(error);
    if (!session->view_wake)
        return false;
    session->document_options = (struct document_options){.kind = options->kind,
                                                          .advice = options->advice,
                                                          .stdin_fd = options->stdin_fd,
                                                          .wake = session->view_wake};
    session->mailbox = mailbox_open(sizeof(struct request), sizeof(struct reply), session->view_wake,
                                    session->ui_wake, slot, error);
    if (!session->mailbox)
        return false;
    if (!slot || !parts_open(session) || !session_showing(session))
        return error_set(error, 0, "out of memory");
    session->area = (struct area){options->rows, options->columns};
    unsigned columns = options->columns - overview_width(&session->settings, options->columns);
    view_resize(&session->base.view, options->rows, columns);
    view_resize(&session->help.view, options->rows, columns);
    return session_open_first(session, complain, failed, error);
}

/** What the first view is, by how it is picked. */
static const struct layout *const first_layout[] = {
    [VIEW_TEXT] = &text_layout,
    [VIEW_HEX] = &hex_layout,
    [VIEW_TREE] = &json_layout,
};

struct session *session_open(const struct session_options *options, struct wake *ui,
                             void (*complain)(const struct error *error), unsigned *failed,
                             struct error *error)
{
    struct session *session = calloc(1, sizeof *session);
    *failed = 0;
    if (!session) {
        error_set(error, 0, "out of memory");
        return NULL;
    }
    session->options = *options;
    session->settings = options->settings;
    session->layout = first_layout[options->view];
    session->patience = (struct patience){show_patience, session};
    session->stage = &session->base;
    session->ui_wake = ui;
    struct frame *slot = frame_open();
    bool begun = session_begin(session, slot, complain, failed, error);
    if (begun && pool_help(session_main, session))
        return session;
    if (begun)
        error_set(error, 0, "cannot start a thread");
    session_abandon(session, slot);
    return NULL;
}

struct mailbox *session_mailbox(struct session *session)
{
    return session->mailbox;
}

void session_drawn(struct session *session)
{
    if (!atomic_exchange(&session->drawn, true))
        wake_ring(session->view_wake);
}

void session_interrupt(struct session *session)
{
    atomic_store(&session->interrupted, true);
    wake_ring(session->view_wake);
}
