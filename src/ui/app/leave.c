/* SPDX-License-Identifier: MIT */
/**
 * ui: leaving the program. UI thread.
 *
 * Leaving is always the same: put the terminal back and end the process. No thread is joined and nothing is
 * freed, because a thread may be waiting for a disk that does not answer.
 */
#include "folio/ui/app/leave.h"

#include "folio/cli/complain.h"
#include "folio/io/thread/process.h"
#include "folio/ui/app/app.h"
#include "folio/ui/app/say.h"
#include "folio/ui/app/send.h"
#include "folio/ui/prompt/history.h"
#include "folio/ui/terminal/signals.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

/** How long leaving waits for the history to be written. */
#define LEAVE_HISTORY_MS 50

/** What the disk would not have is said once more, where it stays. */
static void leave_unsaved(struct app *app)
{
    const char *line = buf_string(&app->remark.unsaved);
    while (*line != '\0') {
        char text[sizeof app->remark.message];
        size_t length = strcspn(line, "\n");
        snprintf(text, sizeof text, "%.*s", (int)length, line);
        cli_complain_text(text);
        line += length + (line[length] == '\n');
    }
}

/** Is what was being stored torn? Says how far it came. */
static bool leave_torn(struct app *app)
{
    struct link *link = app->talk.link;
    char text[160];
    size_t stored, count;
    if (!link)
        return false;
    /* In this order: what ends between the two looks is noted as stopped by then. */
    bool storing = link_storing(link);
    bool stopped = link_stored(link, &stored, &count);
    const char *why = ", the rest is left out";
    if (storing && app_journal_held(app))
        why = ": another program holds the journal, and folio waits no longer";
    else if (storing)
        why = " so far, the disk has not answered; --pokes tells of the rest";
    snprintf(text, sizeof text, "%zu of %zu bytes %s stored%s", stored, count, count == 1 ? "is" : "are",
             why);
    if (stopped || storing)
        cli_complain_text(text);
    return stopped || storing;
}

/** The terminal is back: wait for what must not be lost, and say what is. True: something is. */
static bool leave_settle(struct app *app)
{
    mode_leave(app);
    leave_unsaved(app);
    return leave_torn(app);
}

void app_leave(struct app *app, int status)
{
    if (!app->terminal.screen && app->remark.complaint[0] != '\0')
        cli_complain_text(app->remark.complaint);
    screen_close(app->terminal.screen);
    bool torn = leave_settle(app);
    history_settle(app->asking.history, LEAVE_HISTORY_MS);
    process_leave(torn ? 1 : status);
}

/** Bytes are being stored: it is said how far that has come, and that leaving waits for it. */
static void leave_wait(struct app *app)
{
    char text[128];
    size_t stored, count;
    (void)link_stored(app->talk.link, &stored, &count);
    snprintf(text, sizeof text, "%zu of %zu bytes are stored: folio leaves when all are, q again stops there",
             stored, count);
    app_say(app, link_storing(app->talk.link) && count > 1
                     ? text
                     : "A byte is being stored: folio leaves when it is, q again leaves at once");
}

bool app_stays(struct app *app)
{
    if (!app->parting && mode_stays(app)) {
        app->parting = true;
        leave_wait(app);
        return true;
    }
    char text[224];
    const struct report *report = app->shown ? &app->shown->report : NULL;
    unsigned count = report ? report->uncommitted : 0;
    if (count == 0 || app->warned)
        return false;
    app->warned = true;
    /* :edits is about the file that is shown alone. */
    if (report->sandbox[0] != '\0')
        snprintf(text, sizeof text, "Not committed: %s; :edits FILE saves those of the file shown, q leaves",
                 report->sandbox);
    else
        snprintf(text, sizeof text, "%u edit%s not committed; :edits FILE saves %s, q again leaves", count,
                 count == 1 ? " is" : "s are", count == 1 ? "it" : "them");
    app_say(app, text);
    return true;
}

void app_quit(struct app *app)
{
    if (!app_stays(app))
        app_leave(app, app->failed > 0);
}

void app_part(struct app *app)
{
    const struct end *end = &app->remark.end;
    if (!app->parting || mode_stays(app))
        return;
    app->parting = false;
    if (end->text[0] == '\0' || end->how == ENDING_FINE)
        app_quit(app);
}

void app_next_or_leave(struct app *app)
{
    const struct report *report = &app->shown->report;
    if (report->file < report->file_count)
        app_request(app, REQUEST_FILE_STEP, 1, NULL, NULL);
    else
        app_quit(app);
}

/** The size of the screen may have changed. */
static void leave_resized(struct app *app)
{
    struct terminal *terminal = &app->terminal;
    screen_size(terminal->screen, &terminal->rows, &terminal->columns);
    app_request_size(app);
    terminal->anew = terminal->dirty = true;
}

void app_return(struct app *app)
{
    screen_resume(app->terminal.screen);
    leave_resized(app);
}

void app_suspend(struct app *app)
{
    screen_close(app->terminal.screen);
    signals_stop();
    if (app->terminal.screen)
        app_return(app);
}

bool app_signal(struct app *app, int number)
{
    if (number == SIGTERM || number == SIGHUP || number == SIGQUIT) {
        screen_close(app->terminal.screen);
        if (leave_settle(app))
            process_leave(1);
        signals_die(number);
    }
    if (number == SIGTSTP)
        app_suspend(app);
    if (number == SIGWINCH && app->terminal.screen)
        leave_resized(app);
    return number == SIGINT;
}
