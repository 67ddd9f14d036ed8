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

void app_leave(struct app *app, int status)
{
    if (!app->terminal.screen && app->remark.complaint[0] != '\0')
        cli_complain_text(app->remark.complaint);
    screen_close(app->terminal.screen);
    mode_leave(app);
    leave_unsaved(app);
    history_settle(app->asking.history, LEAVE_HISTORY_MS);
    process_leave(status);
}

bool app_stays(struct app *app)
{
    char text[96];
    unsigned count = app->shown ? app->shown->report.uncommitted : 0;
    if (count == 0 || app->warned)
        return false;
    app->warned = true;
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
        mode_leave(app);
        leave_unsaved(app);
        signals_die(number);
    }
    if (number == SIGTSTP)
        app_suspend(app);
    if (number == SIGWINCH && app->terminal.screen)
        leave_resized(app);
    return number == SIGINT;
}
