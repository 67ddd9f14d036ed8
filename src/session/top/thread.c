/* SPDX-License-Identifier: MIT */
/*
 * view: the session's beginning, its thread, and the table of verbs (see core/session.h).
 *
 *     wake -> take requests, carry each out, reply -> look at the file -> ask what waits again -> show, if owed
 *
 * Requests that are queued together make one frame. What the survey finds out is shown at most every SHOW_MS.
 */
#include "folio/base/glyph/glyph.h"
#include "folio/io/thread/clock.h"
#include "folio/io/thread/mailbox.h"
#include "folio/io/thread/pool.h"
#include "folio/model/known/lines.h"
#include "folio/session/core/stage.h"
#include "folio/session/files/list.h"
#include "folio/session/move/cursor.h"
#include "folio/session/move/lines.h"
#include "folio/session/part/diff.h"
#include "folio/session/part/strings.h"
#include "folio/session/part/write.h"
#include "folio/session/poke/poke.h"
#include "folio/session/search/filter.h"
#include "folio/session/search/find.h"
#include "folio/session/top/show.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Background news are shown this often at most, in milliseconds. */
#define SHOW_MS 50
/** How long the survey waits for the first screen to be drawn. */
#define DRAWN_MS 50
/** How often an awaited page is asked for again, and how often a quiet file is looked at. */
#define RETRY_MS 20
#define LOOK_MS  1000

/** A verb: what carries it out, and whether it is a movement, which gives up what waits. */
struct verb_row {
    session_verb *perform;
    bool movement;
};

static const struct verb_row verb_table[REQUEST_COUNT] = {
    [REQUEST_RESIZE] = {session_resize, false},
    [REQUEST_REPAINT] = {session_repaint, false},
    [REQUEST_RELOAD] = {session_reload, true},
    [REQUEST_SCROLL] = {session_scroll, true},
    [REQUEST_SCROLL_FORCED] = {session_scroll, true},
    [REQUEST_SCROLL_LINES] = {session_scroll_lines, true},
    [REQUEST_PAGE] = {session_page, true},
    [REQUEST_PAGE_FORCED] = {session_page, true},
    [REQUEST_PAGE_SET] = {session_page, true},
    [REQUEST_HALF] = {session_half, true},
    [REQUEST_GOTO_LINE] = {session_goto_line, true},
    [REQUEST_GOTO_END] = {session_goto_end, true},
    [REQUEST_GOTO_BUFFERED] = {session_goto_end, true},
    [REQUEST_GOTO_PERCENT] = {session_goto_percent, true},
    [REQUEST_GOTO_BYTE] = {session_goto_byte, true},
    [REQUEST_GOTO_RELATIVE] = {session_goto_relative, true},
    [REQUEST_GOTO_TIME] = {session_goto_time, true},
    [REQUEST_GOTO_LEVEL] = {session_goto_level, true},
    [REQUEST_SHIFT] = {session_shift, true},
    [REQUEST_SHIFT_EDGE] = {session_shift_edge, true},
    [REQUEST_SEARCH] = {session_search, true},
    [REQUEST_SEARCH_AGAIN] = {session_search_again, true},
    [REQUEST_SEARCH_TRY] = {session_search_try, true},
    [REQUEST_SEARCH_LEAVE] = {session_search_leave, true},
    [REQUEST_SEARCH_PICK] = {session_search_pick, true},
    [REQUEST_SEARCH_CLEAR] = {session_search_clear, false},
    [REQUEST_FILTER] = {session_filter, true},
    [REQUEST_MARK_SET] = {session_mark_set, false},
    [REQUEST_MARK_GOTO] = {session_mark_goto, true},
    [REQUEST_MARK_CLEAR] = {session_mark_clear, false},
    [REQUEST_FOLLOW] = {session_follow, true},
    [REQUEST_STOP] = {session_stop, true},
    [REQUEST_SET] = {session_set, false},
    [REQUEST_FILE_OPEN] = {session_file_open, true},
    [REQUEST_FILE_STEP] = {session_file_step, true},
    [REQUEST_FILE_PICK] = {session_file_pick, true},
    [REQUEST_FILE_DROP] = {session_file_drop, true},
    [REQUEST_HELP_OPEN] = {session_help_open, true},
    [REQUEST_HELP_CLOSE] = {session_help_close, true},
    [REQUEST_HIGHLIGHT] = {session_highlight, false},
    [REQUEST_HIGHLIGHT_DROP] = {session_highlight_drop, false},
    [REQUEST_HIGHLIGHT_LIST] = {session_highlight_list, true},
    [REQUEST_WRITE] = {session_write, true},
    [REQUEST_PIPE] = {session_pipe, true},
    [REQUEST_VIEW] = {session_view, true},
    [REQUEST_CURSOR_SIDE] = {session_cursor_side, false},
    [REQUEST_PICK] = {session_pick, true},
    [REQUEST_GOTO_PLACE] = {session_goto_place, true},
    [REQUEST_POKE] = {session_poke, true},
    [REQUEST_POKE_ANSWER] = {session_poke_answer, true},
    [REQUEST_UNDO] = {session_undo, true},
    [REQUEST_POKES] = {session_pokes, true},
    [REQUEST_PATCH] = {session_patch, true},
    [REQUEST_COMMIT] = {session_commit, false},
    [REQUEST_DISCARD] = {session_discard, false},
    [REQUEST_KIND] = {session_kind, false},
    [REQUEST_STRINGS] = {session_strings, true},
    [REQUEST_DIFF] = {session_diff, true},
    [REQUEST_DIFF_STEP] = {session_diff_step, true},
    [REQUEST_INSPECT] = {session_inspect, false},
    [REQUEST_COPY] = {session_copy, true},
    [REQUEST_SAVE] = {session_save, true},
    [REQUEST_PLACE] = {session_place, false},
};

/** What carries out a verb: on a view with a cursor that may be another function. */
static session_verb *session_perform_of(const struct session *session, enum verb verb)
{
    session_verb *other = session->stage->view.layout->cursor ? session_cursor_verb(verb) : NULL;
    return other ? other : verb_table[verb].perform;
}

enum progress session_say(struct reply *reply, enum outcome outcome, const char *format, ...)
{
    char text[REQUEST_TEXT];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    reply->outcome = outcome;
    glyph_text(text, strlen(text), reply->message, sizeof reply->message);
    return PROGRESS_DONE;
}

enum progress session_stop(struct session *session, const struct request *request, struct reply *reply)
{
    (void)request;
    (void)reply;
    session_write_stop(session);
    document_want(session->stage->document, 0);
    if (session_poke_storing(session))
        return session_say(
            reply, OUTCOME_SAID,
            "A byte that is being stored cannot be stopped; it will be said here how it ended");
    return PROGRESS_DONE;
}

enum progress session_place(struct session *session, const struct request *request, struct reply *reply)
{
    const struct view *view = &session->stage->view;
    (void)request;
    if (session->options.secure)
        return session_say(reply, OUTCOME_FAILED, "Command not available");
    if (session->stage == &session->help || strcmp(session->stage->document->name, "-") == 0)
        return session_say(reply, OUTCOME_FAILED, "Cannot edit standard input");
    snprintf(reply->message, sizeof reply->message, "%s", session->stage->document->name);
    reply->value = view->count && view->row[0].line ? view->row[0].line : 1;
    if (view->layout->cursor && !view->layout->list &&
        lines_number(view->canvas.lines, view->canvas.reader, view->canvas.cursor, &reply->value) ==
            LINES_FAILED)
        reply->value = 1;
    return PROGRESS_DONE;
}

/** While following: stay at the end; a match ends it (amount 1) or rings (amount 2). */
enum progress session_follow(struct session *session, const struct request *request, struct reply *reply)
{
    struct stage *stage = session->stage;
    struct document *document = stage->document;
    uint64_t size = reader_size(document->reader), unit;
    if (!session->waiting) {
        session->wait_offset = size;
        if (request->amount && !session->pattern[0])
            return session_say(reply, OUTCOME_FAILED, "No previous regular expression");
    }
    document_want(document, UINT64_MAX);
    if (request->amount && session->wait_offset < size &&
        session_search_next(session, session->wait_offset, true, &unit) == MATCHES_FOUND) {
        session->wait_offset = unit + 1;
        session->bells++;
        if (request->amount == 1) {
            reply->bell = true;
            stage->view.canvas.current = unit;
            return session_jump(session, unit, session_target(session), true);
        }
    }
    view_goto_end(&stage->view);
    return PROGRESS_WAITING;
}

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
    if (!session->waiting)
        return;
    session->waiting = false;
    document_want(session->stage->document, 0);
    session_stopped(session, &session->waited);
    for (unsigned i = 0; i < session->queued; i++)
        session_stopped(session, &session->queue[i]);
    session->queued = 0;
    if (session->waited.verb == REQUEST_SEARCH || session->waited.verb == REQUEST_SEARCH_AGAIN)
        session_search_home(session);
}

/** n and N wait behind a search that is under way. */
static bool session_queue(struct session *session, const struct request *request)
{
    bool searching = session->waiting &&
                     (session->waited.verb == REQUEST_SEARCH || session->waited.verb == REQUEST_SEARCH_AGAIN);
    if (!searching || request->verb != REQUEST_SEARCH_AGAIN || session->queued == SESSION_QUEUE)
        return false;
    session->queue[session->queued++] = *request;
    return true;
}

/** Carry out one request. */
static void session_perform(struct session *session, const struct request *request)
{
    const struct verb_row *row = &verb_table[request->verb];
    if (session_queue(session, request))
        return;
    struct reply reply = {.number = request->number, .verb = request->verb, .outcome = OUTCOME_DONE};
    session->request = request->number;
    session->reading_since = 0;
    session->dirty = true;
    if (row->movement)
        session_give_up(session);
    session->left = false;
    if (row->movement && request->verb != REQUEST_STOP)
        session->stage->view.canvas.fresh = FRAME_NO_OFFSET;
    if (row->movement && session->stage->notice[0] && !session->stage->replaced && !session->stage->deleted)
        session->stage->notice[0] = '\0';
    if (session_perform_of(session, request->verb)(session, request, &reply) == PROGRESS_DONE) {
        session_reply(session, &reply);
        return;
    }
    session_give_up(session); /* what is no movement may come to wait as well; only one can */
    session->waiting = true;
    session->waited = *request;
    session->wait_since = clock_ms();
}

/** Ask again what waits. True when it is through. */
static bool session_continue(struct session *session)
{
    if (!session->waiting)
        return false;
    struct reply reply = {
        .number = session->waited.number, .verb = session->waited.verb, .outcome = OUTCOME_DONE};
    session_verb *perform = session_perform_of(session, session->waited.verb);
    if (perform(session, &session->waited, &reply) == PROGRESS_WAITING)
        return false;
    session->waiting = false;
    session_reply(session, &reply);
    /* Those behind it, until one of them has to wait itself. */
    while (session->queued && !session->waiting) {
        struct request next = session->queue[0];
        session->queued--;
        memmove(&session->queue[0], &session->queue[1], session->queued * sizeof next);
        session_perform(session, &next);
    }
    return true;
}

/** How long to sleep when nothing rings: everything that makes news does ring. */
static int session_timeout(const struct session *session)
{
    if (session->reading || (session->writing.save && session->writing.stopping))
        return RETRY_MS;
    if ((session->waiting && session->waited.verb != REQUEST_FOLLOW) ||
        session->spare->report.filtered < 1000)
        return SHOW_MS;
    if (!session->news)
        return LOOK_MS;
    int64_t due = session->offered + SHOW_MS - clock_ms();
    return due > 0 ? (int)due : 0;
}

/** Has something become known that the last frame (session->spare is a copy) does not show? */
static bool session_has_news(struct session *session)
{
    struct document *document = session->stage->document;
    const struct report *shown = &session->spare->report;
    if ((!shown->kind[0] && document_kind(document, NULL)[0]) || session->writing.save)
        return true;
    return session->unsettled || shown->growing != document_streaming(document);
}

/** Is the answer to a waiting eye complete now: the index, or the search? Then it is shown at once. */
static bool session_completed(const struct session *session)
{
    const struct stage *stage = session->stage;
    const struct report *shown = &session->spare->report;
    if (shown->indexed < 1000 && summary_state(stage->document->lines).complete)
        return true;
    if (shown->filtered < 1000 && !session_filtering(session))
        return true;
    if ((shown->compared < 1000 && !session_diff_running(session)) ||
        (shown->listed < 1000 && !session_strings_running(session)))
        return true;
    struct summary_state state;
    return shown->searched < 1000 && session_search_state(session, &state) && state.complete;
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

/** One turn of the view thread. */
static void session_turn(struct session *session)
{
    struct request request;
    bool rung = wake_wait(session->view_wake, session_timeout(session));
    atomic_store(&session->interrupted, false);
    while (mailbox_take(session->mailbox, &request))
        session_perform(session, &request);
    session_widen(session);
    if (session_look(session))
        session->news = true;
    session_stage_refresh(session);
    if (session_continue(session))
        session->dirty = true;
    if (session_write_continue(session))
        session->dirty = true;
    if (session_poke_continue(session))
        session->dirty = true;
    if (session_diff_continue(session) || session_strings_continue(session))
        session->dirty = true;
    if ((rung || session->spare->report.filtered < 1000) && session_has_news(session))
        session->news = true;
    bool due = session->news && clock_ms() - session->offered >= SHOW_MS;
    if (session->dirty || due || session_completed(session))
        session_show(session);
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

static void session_main(void *context)
{
    struct session *session = context;
    struct span beginning;
    survey_focus(session->stage->document->survey, 0, true);
    /* With the beginning in memory, its encoding is known before anything is shown. */
    reader_span(session->stage->document->reader, 0, MAPPING_COPY_MAX, &beginning);
    session_stage_refresh(session);
    session_show(session);
    session_await_drawn(session);
    session->started = true;
    survey_start(session->stage->document->survey);
    session_poke_look(session);
    session->unsettled = true;
    for (;;)
        session_turn(session);
}

/** Copy the names; the first that opens is on the stage. */
static bool session_files(struct session *session, void (*complain)(const struct error *error),
                          unsigned *failed, struct error *error)
{
    const struct session_options *options = &session->options;
    session->file = calloc(options->path_count, sizeof *session->file);
    if (!session->file)
        return error_set(error, 0, "out of memory");
    session->file_count = options->path_count;
    for (size_t i = 0; i < options->path_count; i++) {
        session->file[i].name = strdup(options->path[i]);
        if (!session->file[i].name)
            return error_set(error, 0, "out of memory");
    }
    for (size_t i = 0; i < options->path_count; i++) {
        if (session_open_file(session, i, error))
            return true;
        ++*failed;
        if (i + 1 < options->path_count && complain)
            complain(error);
    }
    return false;
}

/** Everything that session_open made, where it could not be finished. */
static void session_abandon(struct session *session, struct frame *slot)
{
    session_stage_close(&session->base);
    for (size_t i = 0; i < session->file_count; i++)
        free(session->file[i].name);
    free(session->file);
    mailbox_close(session->mailbox);
    wake_close(session->view_wake);
    frame_close(session->frame);
    frame_close(session->spare);
    frame_close(slot);
    free(session);
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
    if (!session->mailbox || !slot || !session->frame || !session->spare)
        return session->mailbox ? error_set(error, 0, "out of memory") : false;
    session->rows = options->rows;
    session->columns = options->columns;
    unsigned columns = session->columns - overview_width(&session->settings, session->columns);
    view_resize(&session->base.view, options->rows, columns);
    view_resize(&session->help.view, options->rows, columns);
    return session_files(session, complain, failed, error);
}

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
    session->bytes = options->hex;
    session->direction = 1;
    session->stage = &session->base;
    session->ui_wake = ui;
    session->frame = frame_open();
    session->spare = frame_open();
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
