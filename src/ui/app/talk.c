/* SPDX-License-Identifier: MIT */
/**
 * ui: talking to the view thread. Numbers every request, counts the replies, takes frames.
 *
 * A key that repeats faster than frames come (a held arrow over a slow line) must not fill the mailbox with
 * scrolls that the person no longer wants to watch: while a few requests wait, further ones of the same
 * scroll are held here as one whose count grows, and go out with the next reply. Main thread.
 */
#include "folio/ui/app/talk.h"

#include "folio/io/thread/mailbox.h"
#include "folio/io/thread/process.h"
#include "folio/ui/mode/action.h"
#include "folio/ui/mode/bytes.h"
#include "folio/ui/mode/write.h"
#include "folio/ui/terminal/clipboard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** So many requests may wait before scrolls are held. */
#define TALK_AHEAD 2
/** Without a reply for so long, something runs. */
#define TALK_SLOW_MS 100

/** Verbs whose counts add up, because without a count they mean one. */
static const bool talk_adds[REQUEST_COUNT] = {
    [REQUEST_SCROLL] = true,
    [REQUEST_SCROLL_FORCED] = true,
    [REQUEST_SCROLL_LINES] = true,
};

unsigned app_body(const struct app *app)
{
    return app->rows > 1 ? app->rows - 1 : 1;
}

static void talk_send(struct app *app, struct request *request)
{
    request->number = ++app->sent;
    if (!mailbox_send(app->mailbox, request)) {
        free(request->payload);
        app->sent--;
        app_say(app, "Too much at once: the last key is lost");
        return;
    }
    bytes_sent(app, request->verb);
    if (app->waiting++ == 0)
        app->moved_ms = app_now();
}

static void talk_release(struct app *app)
{
    if (app->holding) {
        app->holding = false;
        talk_send(app, &app->held);
    }
}

/** Keep a scroll back, or add it to the one kept back. False: it is to be sent. */
static bool talk_hold(struct app *app, const struct request *request)
{
    int64_t count = request->counted ? request->count : 1;
    struct request *held = &app->held;
    if (!talk_adds[request->verb] || app->waiting < TALK_AHEAD)
        return false;
    if (app->holding && held->verb == request->verb && held->amount == request->amount) {
        if (__builtin_add_overflow(held->count, count, &held->count))
            held->count = INT64_MAX;
        return true;
    }
    talk_release(app);
    *held = *request;
    held->counted = true;
    held->count = count;
    app->holding = true;
    return true;
}

void app_request(struct app *app, enum verb verb, int64_t amount, const struct invocation *invocation,
                 const char *text)
{
    struct request request = {.verb = verb, .amount = amount};
    if (invocation && invocation->counted) {
        request.counted = true;
        request.count = invocation->count;
    }
    if (text)
        snprintf(request.text, sizeof request.text, "%s", text);
    if (!talk_hold(app, &request)) {
        talk_release(app);
        talk_send(app, &request);
    }
}

void app_request_search(struct app *app, enum verb verb, const char *text)
{
    struct request request = {.verb = verb,
                              .amount = verb == REQUEST_FILTER                   ? 0
                                        : command_row(app->asked.id)->amount > 0 ? 1
                                                                                 : -1,
                              .counted = app->asked.counted,
                              .count = app->asked.count,
                              .modifiers = app->modifiers};
    snprintf(request.text, sizeof request.text, "%s", text);
    talk_release(app);
    talk_send(app, &request);
}

void app_request_size(struct app *app)
{
    app_request(app, REQUEST_RESIZE, (int64_t)app_body(app) << 16 | app->columns, NULL, NULL);
}

void app_request_help(struct app *app, char *text, size_t length)
{
    struct request request = {.verb = REQUEST_HELP_OPEN, .amount = (int64_t)length, .payload = text};
    talk_release(app);
    talk_send(app, &request);
}

bool app_busy(const struct app *app)
{
    enum busy busy = app->shown ? app->shown->report.busy : BUSY_READING;
    return busy != BUSY_NOTHING || app->slow ||
           (app->waiting > 0 && app_now() - app->moved_ms > TALK_SLOW_MS);
}

void app_stop(struct app *app)
{
    app->holding = false;
    app_request(app, REQUEST_STOP, 0, NULL, NULL);
    session_interrupt(app->session);
}

/** Run the editor on what PLACE said. */
static void talk_edit(struct app *app, const struct reply *reply)
{
    const char *editor = getenv("VISUAL");
    struct error error;
    char line[32];
    char path[REQUEST_TEXT + 2];
    editor = editor && editor[0] != '\0' ? editor : getenv("EDITOR");
    editor = editor && editor[0] != '\0' ? editor : "vi";
    snprintf(line, sizeof line, "+%llu", (unsigned long long)reply->value);
    /* A name that begins with a hyphen must not be an option of the editor. */
    snprintf(path, sizeof path, "%s%s", reply->message[0] == '-' ? "./" : "", reply->message);
    char *argument[] = {reply->value > 0 ? line : path, reply->value > 0 ? path : NULL, NULL};
    screen_close(app->screen);
    bool fine = process_run(editor, argument, app->tty, &error);
    app_return(app);
    if (!fine) {
        app_say(app, error.message);
        return;
    }
    /* Editors write in place or put another file there: show what is there now, as less does. */
    app_request(app, REQUEST_RELOAD, 0, NULL, NULL);
}

/** Another file is shown: what was asked for each file (++) is to be typed. */
static void talk_other_file(struct app *app, const struct reply *reply)
{
    (void)reply;
    app->command = 0;
    app->command_every = true;
}

/** To the clipboard, which only the terminal has. */
static void talk_copy(struct app *app, const struct reply *reply)
{
    struct error error;
    if (!clipboard_put(1, reply->payload, (size_t)reply->value, &error))
        app_say(app, error.message);
}

/** What else is to be done when a request has been carried out. */
static void (*const talk_done[REQUEST_COUNT])(struct app *app, const struct reply *reply) = {
    [REQUEST_PLACE] = talk_edit,           [REQUEST_WRITE] = write_replied,
    [REQUEST_PIPE] = write_piped,          [REQUEST_FILE_OPEN] = talk_other_file,
    [REQUEST_FILE_STEP] = talk_other_file, [REQUEST_FILE_PICK] = talk_other_file,
    [REQUEST_SAVE] = write_replied,        [REQUEST_COPY] = talk_copy,
};

static void talk_reply(struct app *app, const struct reply *reply)
{
    bool done = reply->outcome == OUTCOME_DONE || reply->outcome == OUTCOME_SAID;
    app->waiting -= app->waiting > 0;
    app->moved_ms = app_now();
    app->slow = false;
    app->dirty = true;
    if (reply->bell && !app->options.quiet && app->screen)
        screen_bell(app->screen);
    if ((reply->verb == REQUEST_HELP_OPEN || reply->verb == REQUEST_HIGHLIGHT_LIST) && !done)
        app->help = false;
    /* A list is left as the help is; what is picked from it is in the file. */
    bool goes = reply->verb == REQUEST_PICK || reply->verb == REQUEST_VIEW || reply->verb == REQUEST_DIFF;
    bool ends = (done && goes) || reply->verb == REQUEST_POKE_ANSWER;
    if (reply->list || ends)
        app->help = reply->list;
    if (reply->outcome == OUTCOME_SAID || reply->outcome == OUTCOME_FAILED) {
        /* The path of PLACE is no message; everything else is. */
        app_say(app, reply->verb == REQUEST_PLACE && done ? "" : reply->message);
    }
    if (reply->outcome == OUTCOME_ASKS)
        bytes_asked(app, reply);
    bytes_replied(app, reply);
    if (done && talk_done[reply->verb] && app->screen)
        talk_done[reply->verb](app, reply);
    free(reply->payload);
}

void app_next_or_leave(struct app *app)
{
    const struct report *report = &app->shown->report;
    if (report->file < report->file_count)
        app_request(app, REQUEST_FILE_STEP, 1, NULL, NULL);
    else if (!action_stays(app))
        app_leave(app, app->failed > 0);
}

void app_collect(struct app *app)
{
    struct reply reply;
    while (mailbox_collect(app->mailbox, &reply))
        talk_reply(app, &reply);
    /* Three frames go round; before one is on the screen, the one given in exchange is ours. */
    struct frame *latest = mailbox_latest(app->mailbox, app->shown ? app->shown : app->spare);
    if (latest) {
        app->shown = latest;
        app->dirty = true;
        const struct report *report = &latest->report;
        bool ended =
            report->end && !report->growing && !latest->pending && !app->help && report->uncommitted == 0;
        if (app->options.quit_at_eof == 2 && ended && report->file >= report->file_count && app->screen)
            app_leave(app, app->failed > 0);
    }
    if (app->waiting < TALK_AHEAD)
        talk_release(app);
    if (app->waiting > 0 && !app->slow && app_now() - app->moved_ms >= TALK_SLOW_MS) {
        app->slow = true;
        app->dirty = true;
    }
}
