/* SPDX-License-Identifier: MIT */
/*
 * session: saving what is shown, and giving it to a command. View thread.
 *
 *     request -> which part -> io/file/save, on a helper      each turn: feed it the next visible stretches, look how far
 *        |                                                          |
 *        +-- waits for the end, as long as nobody moves             +-> the end: the reply, or a notice in its place
 *
 * A movement takes the reply away from a save, not the save: that goes on, with its progress in the status row, and only
 * STOP ends it. What is still to be fed belongs to the file on the stage; a save of which all has been fed needs no
 * stage any more, so another file can be opened meanwhile.
 */
#include "folio/session/part/write.h"

#include "folio/base/text/encoding.h"
#include "folio/base/words/number.h"
#include "folio/io/file/save.h"
#include "folio/io/thread/clock.h"
#include "folio/model/document/save.h"
#include "folio/model/known/lines.h"
#include "folio/session/move/marks.h"
#include "folio/session/search/filter.h"

#include <stdio.h>
#include <string.h>

/** A helper that waits for a dead device so long, in ms, after it was to stop is left to itself. */
#define WRITE_STOP 50
/** How long is fed in one turn, in ms, so that a key is answered between two. */
#define WRITE_SLICE 10

/** How often somebody looks whether a save that is to stop did so, in ms. */
#define WRITE_PACE 20

/** What is being saved. */
struct writing {
    struct save *save; /**< NULL: nothing */
    uint64_t request;  /**< that began it */
    bool feeding;      /**< `rest` has not been fed yet */
    bool piped, appends;
    bool bytes; /**< of the file as they are, whatever filter is on */
    struct range
        rest; /**< what is still to be looked through; an end of UINT64_MAX: to the end of the stream */
    int64_t stopping; /**< since when (ms) it is to stop; 0: it is not */
    uint64_t seek;    /**< from where the next line that the filter lets through is looked for */
    unsigned change;  /**< of the filter, when it began */
    uint64_t total;   /**< bytes there will be, 0: nobody knows */
    char name[512];
};

static struct writing *writing_of(const struct session *session)
{
    return session_part(session, PART_WRITING);
}

/** What io/file/save calls the modes of a request. */
static const enum save_mode write_mode[] = {
    [WRITE_ASK] = SAVE_NEW,
    [WRITE_OVERWRITE] = SAVE_OVERWRITE,
    [WRITE_APPEND] = SAVE_APPEND,
};

/** What the next visible stretch is. */
enum write_next {
    WRITE_STRETCH,
    WRITE_LATER, /**< not known yet, or not there yet */
    WRITE_END,
};

/** The start of the line that is `count` before the one that begins at `*begin`, or of the first one. */
static bool write_above(const struct session *session, unsigned count, uint64_t *begin)
{
    const struct document *document = session->stage->document;
    for (; count > 0 && *begin > 0; count--)
        if (lines_begin(document->lines, document->reader, *begin - 1, UINT64_MAX, begin) != LINES_FOUND)
            return false;
    return true;
}

/** Where the line that begins at `begin` ends, behind its newline, or the one that is `count` below it. */
static bool write_below(const struct session *session, unsigned count, uint64_t begin, uint64_t *end)
{
    const struct document *document = session->stage->document;
    uint64_t size = reader_size(document->reader);
    *end = begin;
    for (count++; count > 0 && *end < size; count--) {
        if (lines_end(document->lines, document->reader, *end, UINT64_MAX, end) != LINES_FOUND)
            return false;
        *end += session->stage->view.canvas.fit.rules.encoding->unit;
    }
    *end = *end < size ? *end : size;
    return true;
}

/** The same where a filter is on: a line that it lets through, with the lines that are shown around it. */
static enum write_next write_filtered(struct session *session, struct range rest, struct range *stretch)
{
    struct document *document = session->stage->document;
    unsigned context = session->stage->view.canvas.context;
    uint64_t line, behind;
    switch (filter_next(session->stage->view.canvas.filter, document->reader, writing_of(session)->seek, true,
                        &line)) {
    case MATCHES_NONE:
        return document_streaming(document) ? WRITE_LATER : WRITE_END;
    case MATCHES_UNKNOWN:
        filter_halt(session->stage->view.canvas.filter, false);
        return WRITE_LATER;
    case MATCHES_FAILED:
        return WRITE_LATER;
    case MATCHES_FOUND:
        break;
    }
    stretch->begin = line;
    if (!write_above(session, context, &stretch->begin) || !write_below(session, 0, line, &behind) ||
        !write_below(session, context, line, &stretch->end))
        return WRITE_LATER;
    if (stretch->begin >= rest.end)
        return WRITE_END;
    writing_of(session)->seek = behind;
    stretch->begin = stretch->begin > rest.begin ? stretch->begin : rest.begin;
    stretch->end = stretch->end < rest.end ? stretch->end : rest.end;
    if (stretch->end < stretch->begin)
        stretch->end = stretch->begin;
    return WRITE_STRETCH;
}

/** The next stretch of what is shown, at or after rest.begin and before rest.end. */
static enum write_next write_visible(struct session *session, struct range rest, struct range *stretch)
{
    struct document *document = session->stage->document;
    uint64_t size = reader_size(document->reader);
    if (rest.begin >= rest.end)
        return WRITE_END;
    if (session->stage->view.canvas.filter && !writing_of(session)->bytes)
        return write_filtered(session, rest, stretch);
    if (rest.begin >= size)
        return document_streaming(document) ? WRITE_LATER : WRITE_END;
    *stretch = (struct range){rest.begin, rest.end < size ? rest.end : size};
    return WRITE_STRETCH;
}

/** More is not to be written; what was, stays. */
static void writing_end(struct session *session)
{
    struct writing *writing = writing_of(session);
    if (!writing->save)
        return;
    save_stop(writing->save);
    if (!writing->stopping)
        writing->stopping = clock_ms();
}

/** Another file comes: a save of which not all has been fed ends. */
static void writing_leave(struct session *session)
{
    struct writing *writing = writing_of(session);
    if (!writing->save || !writing->feeding)
        return;
    writing->feeding = false;
    writing_end(session);
}

/** Feed what there is, as much as there is room and time for. */
static void write_feed(struct session *session)
{
    struct writing *writing = writing_of(session);
    struct document *document = session->base.document;
    struct range stretch;
    enum write_next next = WRITE_LATER;
    if (!writing->feeding || !session_shows_file(session))
        return;
    bool changed = writing->change != filtering_change(session) && !writing->bytes;
    if (changed || !document_save_follow(document, writing->save)) {
        writing_leave(session);
        return;
    }
    for (int64_t begun = clock_ms(); clock_ms() - begun < WRITE_SLICE;) {
        uint64_t seek = writing->seek;
        next = write_visible(session, writing->rest, &stretch);
        if (next != WRITE_STRETCH)
            break;
        if (stretch.end > stretch.begin && !save_feed(writing->save, stretch)) {
            writing->seek = seek;
            return; /* it rings when there is room */
        }
        writing->rest.begin = stretch.end > writing->rest.begin ? stretch.end : writing->rest.begin;
    }
    if (next == WRITE_STRETCH)
        wake_ring(session->view_wake);
    if (next == WRITE_LATER && writing->rest.end == UINT64_MAX)
        document_want(document, UINT64_MAX); /* each frame wants no more of a pipe than it shows */
    if (next != WRITE_END)
        return;
    writing->feeding = false;
    save_finish(writing->save);
}

/** A number of bytes, with a comma between each three digits. */
static const char *write_number(uint64_t number, char out[40])
{
    char digits[24];
    size_t length = (size_t)snprintf(digits, sizeof digits, "%llu", (unsigned long long)number), at = 0;
    for (size_t i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    snprintf(out + at, 40 - at, " byte%s", number == 1 ? "" : "s");
    return out;
}

/** What was changed on the way, or left out, behind a sentence. */
static void write_say_more(const struct save_progress *progress, char *text, size_t capacity)
{
    char number[40];
    size_t length = strlen(text);
    if (progress->edited)
        length += (size_t)snprintf(text + length, capacity - length, ", with %llu edit%s of the sandbox",
                                   (unsigned long long)progress->edited, progress->edited == 1 ? "" : "s");
    if (progress->unreadable && length < capacity)
        length += (size_t)snprintf(text + length, capacity - length, "; %s unreadable, left out",
                                   write_number(progress->unreadable, number));
    if (progress->gone && length < capacity)
        snprintf(text + length, capacity - length, "; %s gone, left out",
                 write_number(progress->gone, number));
}

/** How a save ended, in a sentence; "" where there is nothing to say. */
static void write_say(const struct writing *writing, const struct save_progress *progress,
                      const struct error *error, char *text, size_t capacity)
{
    char number[40];
    const char *to = writing->appends ? "appended to" : "written to";
    write_number(progress->written, number);
    text[0] = '\0';
    switch (progress->state) {
    case SAVE_DONE:
        if (!writing->piped)
            snprintf(text, capacity, "%s %s %s", number, to, writing->name);
        else if (progress->unreadable || progress->gone)
            snprintf(text, capacity, "%s given to the command", number);
        if (text[0])
            write_say_more(progress, text, capacity);
        break;
    case SAVE_STOPPED:
        if (!writing->piped)
            snprintf(text, capacity, "%s is incomplete: stopped after %s", writing->name, number);
        break;
    case SAVE_FAILED:
        if (progress->opened && !writing->piped)
            snprintf(text, capacity, "%s; incomplete after %s", error->message, number);
        else
            snprintf(text, capacity, "%s", error->message);
        break;
    case SAVE_RUNNING:
    case SAVE_EXISTS:
    case SAVE_CLOSED:
        break;
    }
}

/** The save is over: forget it. Returns what there is to say. */
static enum save_state write_end(struct session *session, char *text, size_t capacity)
{
    struct writing *writing = writing_of(session);
    struct error error = {0};
    struct save_progress progress = save_look(writing->save, &error);
    bool stuck = writing->stopping && clock_ms() - writing->stopping > WRITE_STOP;
    if (progress.state == SAVE_RUNNING && stuck)
        progress = save_abandon(writing->save);
    if (progress.state == SAVE_RUNNING)
        return SAVE_RUNNING;
    write_say(writing, &progress, &error, text, capacity);
    save_close(writing->save);
    writing->save = NULL;
    return progress.state;
}

static bool writing_go_on(struct session *session)
{
    struct writing *writing = writing_of(session);
    struct stage *stage = session->stage;
    char text[REQUEST_TEXT];
    if (!writing->save || (session->wait.active && session->wait.request.number == writing->request))
        return false;
    write_feed(session);
    switch (write_end(session, text, sizeof text)) {
    case SAVE_RUNNING:
        return false;
    case SAVE_EXISTS: /* nobody waits for the question any more */
        snprintf(text, sizeof text, "%s exists: nothing was written", writing->name);
        break;
    default:
        break;
    }
    if (text[0])
        stage_notice(stage, text);
    return true;
}

static void writing_stop(struct session *session, struct reply *reply)
{
    (void)reply;
    writing_end(session);
}

/** Is something being saved? Its progress changes by itself. */
static bool writing_unsettled(const struct session *session)
{
    return writing_of(session)->save != NULL;
}

static int writing_pace(const struct session *session)
{
    const struct writing *writing = writing_of(session);
    return writing->save && writing->stopping ? WRITE_PACE : 0;
}

static void writing_report(struct session *session, struct report *report)
{
    const struct writing *writing = writing_of(session);
    report->written = 1000;
    if (!writing->save)
        return;
    struct save_progress progress = save_look(writing->save, NULL);
    if (writing->total) {
        uint64_t done = progress.written + progress.unreadable + progress.gone;
        unsigned part = (unsigned)((unsigned __int128)done * 1000 / writing->total);
        report->written = part < 999 ? part : 999;
    }
    if (report->busy == BUSY_NOTHING)
        report->busy = BUSY_WRITING;
}

/** The part of a line longer than LINES_LONG that stands on one row. */
static enum layout_result write_row(const struct view *view, uint64_t offset, struct range *place)
{
    struct row row;
    enum layout_result result = view->layout->holding(&view->canvas, offset, &row);
    if (result == LAYOUT_OK)
        *place = (struct range){row.begin, row.next};
    return result;
}

/** The line at `offset` with its newline; in a line longer than LINES_LONG, the row. */
static enum layout_result write_line(const struct session *session, uint64_t offset, struct range *place)
{
    const struct view *view = &session->stage->view;
    struct reader *reader = session->stage->document->reader;
    struct row row;
    uint64_t end, size = reader_size(reader);
    *place = (struct range){offset, offset};
    if (offset >= size)
        return LAYOUT_OK;
    enum layout_result result = view->layout->starting(&view->canvas, offset, &row);
    if (result != LAYOUT_OK)
        return result;
    enum lines_result found = lines_end(session->stage->document->lines, reader, offset, LINES_LONG, &end);
    if (found != LINES_FOUND || end - row.begin > LINES_LONG)
        return write_row(view, offset, place);
    end += view->canvas.fit.rules.encoding->unit;
    *place = (struct range){row.begin, end < size ? end : size};
    return LAYOUT_OK;
}

/** What a letter stands for: a mark, ^ and $, or . for the screen. NONE: there is no such mark. */
static enum layout_result write_place(const struct session *session, int letter, struct range *place)
{
    const struct view *view = &session->stage->view;
    uint64_t size = reader_size(session->stage->document->reader);
    *place = (struct range){0, 0};
    if (letter == '$')
        *place = (struct range){size, size};
    if (letter == '.' && view->count)
        *place = (struct range){view->row[0].begin, view->row[view->count - 1].next};
    if (letter == '^' || letter == '$' || letter == '.')
        return LAYOUT_OK;
    struct mark mark;
    if (!marks_in_file(session, (char)letter, &mark))
        return LAYOUT_NONE;
    return write_line(session, mark.offset, place);
}

/** From the first of two places to the end of the last one. Sets the reply where there is no such mark. */
static enum progress write_between(const struct session *session, int from, int to, struct range *range,
                                   struct reply *reply)
{
    struct range first = {0, 0}, last = {0, 0};
    enum layout_result result = write_place(session, from, &first);
    if (result == LAYOUT_OK)
        result = write_place(session, to, &last);
    if (result == LAYOUT_WAIT)
        return PROGRESS_WAITING;
    if (result == LAYOUT_NONE)
        return reply_say(reply, OUTCOME_FAILED, "Mark not set");
    range->begin = first.begin < last.begin ? first.begin : last.begin;
    range->end = first.end > last.end ? first.end : last.end;
    return PROGRESS_DONE;
}

/** What cannot be done now. False with the reply. */
static bool write_allowed(const struct session *session, const struct request *request, struct reply *reply)
{
    const struct document *document = session->stage->document;
    if (writing_of(session)->save)
        reply_say(reply, OUTCOME_FAILED, "%s is still being written; Esc stops that",
                  writing_of(session)->name);
    else if (request->amount & WRITE_STREAM && !document_streamed(document))
        reply_say(reply, OUTCOME_FAILED, "Input is not a pipe");
    else
        return true;
    return false;
}

/** All of the file, or what the request names. */
static enum progress write_range(const struct session *session, int64_t amount, struct range *range,
                                 struct reply *reply)
{
    const struct document *document = session->stage->document;
    int from = WRITE_FROM(amount), to = WRITE_TO(amount);
    *range = (struct range){0, document_streaming(document) ? UINT64_MAX : reader_size(document->reader)};
    return from ? write_between(session, from, to ? to : from, range, reply) : PROGRESS_DONE;
}

/** Begin to feed what was opened; `bytes`: all of the range, whatever filter is on. */
static void write_begin(struct session *session, struct save *save, struct range range, const char *name,
                        bool bytes)
{
    struct writing *writing = writing_of(session);
    bool filtered = session->stage->view.canvas.filter && !bytes;
    *writing = (struct writing){.save = save, .feeding = true, .rest = range, .bytes = bytes};
    writing->total = range.end == UINT64_MAX || filtered ? 0 : range.end - range.begin;
    writing->change = filtering_change(session);
    writing->seek = range.begin;
    if (filtered && !write_above(session, session->stage->view.canvas.context, &writing->seek))
        writing->seek = 0;
    snprintf(writing->name, sizeof writing->name, "%s", name);
    if (range.end == UINT64_MAX)
        document_want(session->stage->document, UINT64_MAX);
    write_feed(session);
}

/** Tell how the save that the request waits for ended; a file that is there is a question. */
static enum progress write_reply(struct session *session, const struct request *request, struct reply *reply)
{
    char text[REQUEST_TEXT];
    enum save_state state = write_end(session, text, sizeof text);
    if (state == SAVE_RUNNING)
        return PROGRESS_WAITING;
    if (state == SAVE_EXISTS) {
        reply->value = (uint64_t)request->amount | WRITE_ASKS;
        snprintf(reply->message, sizeof reply->message, "%s", request->text);
        return PROGRESS_DONE;
    }
    if (!text[0])
        return PROGRESS_DONE;
    return reply_say(reply, state == SAVE_DONE ? OUTCOME_SAID : OUTCOME_FAILED, "%s", text);
}

bool writing_begun(const struct session *session, const struct request *request)
{
    return session->wait.active && writing_of(session)->request == request->number;
}

/** A save into a file, in a shape. NULL and `error` when it cannot begin. */
static struct save *write_open(const struct session *session, const char *path, unsigned mode,
                               enum shape shape, struct error *error)
{
    struct save *save = document_save(session->stage->document, path, write_mode[mode], error);
    if (!save || shape_save(save, shape, error))
        return save;
    save_close(save);
    return NULL;
}

/** Begin, where that has not been done, and wait for the end. */
static enum progress write_run(struct session *session, const struct request *request, struct range range,
                               enum shape shape, const char *path, struct reply *reply)
{
    struct error error;
    unsigned mode = WRITE_MODE(request->amount);
    if (!writing_begun(session, request)) {
        struct save *save = write_open(session, path, mode, shape, &error);
        if (!save)
            return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
        write_begin(session, save, range, path, request->verb == REQUEST_SAVE);
        if (shape != SHAPE_NONE)
            writing_of(session)->total = 0; /* as many bytes as it makes of them */
        writing_of(session)->request = request->number;
        writing_of(session)->appends = mode == WRITE_APPEND;
    }
    write_feed(session);
    return write_reply(session, request, reply);
}

enum progress verb_write(struct session *session, const struct request *request, struct reply *reply)
{
    struct range range = {0, 0};
    if (!writing_begun(session, request)) {
        if (!write_allowed(session, request, reply))
            return PROGRESS_DONE;
        enum progress found = write_range(session, request->amount, &range, reply);
        if (found == PROGRESS_WAITING || reply->outcome != OUTCOME_DONE)
            return found;
    }
    return write_run(session, request, range, SHAPE_NONE, request->text, reply);
}

enum progress writing_bytes(struct session *session, const struct request *request, struct range range,
                            enum shape shape, const char *path, struct reply *reply)
{
    if (!writing_begun(session, request) && !write_allowed(session, request, reply))
        return PROGRESS_DONE;
    return write_run(session, request, range, shape, path, reply);
}

enum progress writing_text(struct session *session, const struct request *request, struct span text,
                           const char *path, struct reply *reply)
{
    struct writing *writing = writing_of(session);
    unsigned mode = WRITE_MODE(request->amount);
    struct error error;
    if (writing_begun(session, request))
        return write_reply(session, request, reply);
    if (!write_allowed(session, request, reply))
        return PROGRESS_DONE;
    struct save *save = document_save_text(session->base.document, path, write_mode[mode], text, &error);
    if (!save)
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    *writing = (struct writing){.save = save, .request = request->number, .appends = mode == WRITE_APPEND};
    writing->total = text.length;
    snprintf(writing->name, sizeof writing->name, "%s", path);
    return write_reply(session, request, reply);
}

enum progress verb_pipe(struct session *session, const struct request *request, struct reply *reply)
{
    int reader;
    struct range range = {0, 0};
    struct error error;
    if (!write_allowed(session, request, reply))
        return PROGRESS_DONE;
    enum progress found = write_between(session, (int)request->amount, '.', &range, reply);
    if (found == PROGRESS_WAITING || reply->outcome != OUTCOME_DONE)
        return found;
    struct save *save = document_save_pipe(session->stage->document, &reader, &error);
    if (!save)
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    write_begin(session, save, range, "The command's input", false);
    writing_of(session)->piped = true;
    reply->value = (uint64_t)reader;
    snprintf(reply->message, sizeof reply->message, "%s", request->text);
    return PROGRESS_DONE;
}

const struct part writing_part = {
    .session_size = sizeof(struct writing),
    .report = writing_report,
    .unsettled = writing_unsettled,
    .pace = writing_pace,
    .go_on = writing_go_on,
    .stop = writing_stop,
    .leave = writing_leave,
};
