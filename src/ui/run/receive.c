/* SPDX-License-Identifier: MIT */
/** ui: what comes back from the session. UI thread. */
#include "folio/ui/run/receive.h"

#include "folio/session/core/verb.h"
#include "folio/ui/app/app.h"
#include "folio/ui/app/leave.h"
#include "folio/ui/app/say.h"
#include "folio/ui/app/send.h"
#include "folio/ui/mode/file.h"
#include "folio/ui/mode/overwrite.h"
#include "folio/ui/mode/question.h"
#include "folio/ui/mode/shell.h"
#include "folio/ui/mode/typing.h"
#include "folio/ui/mode/write.h"
#include "folio/ui/terminal/clipboard.h"

#include <stdlib.h>

/** Another file is shown: what was asked for each file (++) is to be typed. */
static void receive_other_file(struct app *app, const struct reply *reply)
{
    (void)reply;
    app->script.next = 0;
    app->script.every = true;
}

/** To the clipboard, which only the terminal has. */
static void receive_copy(struct app *app, const struct reply *reply)
{
    struct error error;
    if (!clipboard_put(1, reply->payload, (size_t)reply->value, &error))
        app_say(app, error.message);
}

/** What else is to be done when a request has been carried out. */
static void (*const receive_done[REQUEST_COUNT])(struct app *app, const struct reply *reply) = {
    [REQUEST_PLACE] = file_place,
    [REQUEST_WRITE] = overwrite_replied,
    [REQUEST_SAVE] = overwrite_replied,
    [REQUEST_EDITS] = overwrite_replied,
    [REQUEST_PIPE] = write_piped,
    [REQUEST_COPY] = receive_copy,
    [REQUEST_SHELL] = shell_named,
    [REQUEST_VALUE] = typing_given,
    [REQUEST_FILE_OPEN] = receive_other_file,
    [REQUEST_FILE_STEP] = receive_other_file,
    [REQUEST_FILE_PICK] = receive_other_file,
};

/** Does the reply show a list in place of the file, or the file again? */
static void receive_list(struct app *app, const struct reply *reply, bool done)
{
    if (verb_row(reply->verb)->aside && !done)
        app->help = false;
    /* A list is left as the help is; what is picked from it is in the file. */
    bool goes = reply->verb == REQUEST_PICK || reply->verb == REQUEST_VIEW || reply->verb == REQUEST_DIFF;
    bool ends = (done && goes) || reply->verb == REQUEST_POKE_ANSWER;
    if (reply->list || ends)
        app->help = reply->list;
}

static void receive_reply(struct app *app, const struct reply *reply)
{
    bool done = reply->outcome == OUTCOME_DONE || reply->outcome == OUTCOME_SAID;
    app->talk.waiting -= app->talk.waiting > 0;
    app->talk.moved_ms = app_now();
    app->talk.slow = false;
    app->terminal.dirty = true;
    if (reply->bell)
        app_bell(app);
    /* A file of the command line that cannot be opened shows in the status at the end. */
    if (reply->verb == REQUEST_FILE_STEP || reply->verb == REQUEST_FILE_PICK)
        app->failed += (unsigned)reply->value;
    receive_list(app, reply, done);
    /* The path of PLACE is no message; everything else is. */
    if (reply->ended != ENDING_NONE)
        app_end(app, reply->message, reply->ended, true);
    else if (reply->outcome == OUTCOME_SAID || reply->outcome == OUTCOME_FAILED)
        app_say(app, reply->verb == REQUEST_PLACE && done ? "" : reply->message);
    if (reply->outcome == OUTCOME_ASKS)
        question_ask(app, reply);
    mode_reply(app, reply);
    if (done && receive_done[reply->verb] && app->terminal.screen)
        receive_done[reply->verb](app, reply);
    free(reply->payload);
}

/** A newer frame. Under -E the program ends when the end of the last file is on the screen. */
static void receive_frame(struct app *app, struct frame *latest)
{
    const struct report *report = &latest->report;
    bool ended = report->end && !report->growing && !latest->pending && !app->help &&
                 report->uncommitted == 0 && !report->storing;
    app->shown = latest;
    app->terminal.dirty = true;
    if (app->options.quit_at_eof == 2 && ended && report->file >= report->file_count && app->terminal.screen)
        app_leave(app, app->failed > 0);
}

void receive_all(struct app *app)
{
    struct reply reply;
    while (link_collect(app->talk.link, &reply))
        receive_reply(app, &reply);
    struct frame *latest = link_latest(app->talk.link);
    if (latest)
        receive_frame(app, latest);
    app_release(app);
    app_tire(app);
}
