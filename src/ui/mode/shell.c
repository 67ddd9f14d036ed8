/* SPDX-License-Identifier: MIT */
/** ui: the shell. The session knows the names of files, the rest is done here. UI thread. */
#include "folio/ui/mode/shell.h"

#include "folio/base/glyph/glyph.h"
#include "folio/io/thread/process.h"
#include "folio/ui/app/app.h"
#include "folio/ui/app/leave.h"
#include "folio/ui/app/say.h"
#include "folio/ui/app/send.h"
#include "folio/ui/mode/prompt.h"
#include "folio/ui/terminal/tty.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void shell_entered(struct app *app, const char *text)
{
    if (text[0] == '!') {
        text = buf_string(&app->shell);
    } else {
        buf_clear(&app->shell);
        buf_text(&app->shell, text);
    }
    app_request(app, REQUEST_SHELL, 0, NULL, text);
}

static void shell_entered_other(struct app *app, const char *text)
{
    (void)text;
    app_say(app, "# is not here: ! runs a command, with % and # for names of files");
}

static const struct purpose shell_purpose = {.kind = PROMPT_FILE, .entered = shell_entered};
static const struct purpose shell_other_purpose = {.kind = PROMPT_FILE, .entered = shell_entered_other};

void shell_ask(struct app *app, const struct invocation *invocation)
{
    if (!app_forbidden(app))
        prompt_ask(app, invocation, &shell_purpose, "!");
}

void shell_ask_other(struct app *app, const struct invocation *invocation)
{
    prompt_ask(app, invocation, &shell_other_purpose, "#");
}

/** Say on the terminal what is run, as less does. */
static void shell_tell(const char *command)
{
    struct buf line = {0};
    char harmless[4 * REQUEST_TEXT];
    glyph_text(command, strlen(command), harmless, sizeof harmless);
    buf_format(&line, "!%s\n", harmless);
    (void)tty_write(1, buf_string(&line), line.length);
    buf_release(&line);
}

/** What the command printed stays until the person has read it. */
static void shell_pause(const struct app *app)
{
    static const char text[] = "\n(press RETURN)";
    struct pollfd polled = {.fd = app->terminal.tty, .events = POLLIN};
    char byte = '\0';
    ssize_t count = tty_write(1, text, sizeof text - 1) ? 0 : -1;
    while (count >= 0 && byte != '\n' && byte != '\r') {
        (void)poll(&polled, 1, -1);
        count = read(app->terminal.tty, &byte, 1);
        count = count == 0 ? -1 : count < 0 && (errno == EINTR || errno == EAGAIN) ? 0 : count;
    }
}

void shell_run(struct app *app, const char *command, int input)
{
    const char *shell = getenv("SHELL");
    static char option[] = "-c";
    char copy[REQUEST_TEXT];
    char *argument[] = {command[0] != '\0' ? option : NULL, copy, NULL};
    struct error error;
    snprintf(copy, sizeof copy, "%s", command);
    screen_close(app->terminal.screen);
    if (input == app->terminal.tty)
        shell_tell(command);
    bool fine = process_run(shell && shell[0] != '\0' ? shell : "sh", argument, input, &error);
    shell_pause(app);
    app_return(app);
    if (!fine)
        app_say(app, error.message);
}

void shell_named(struct app *app, const struct reply *reply)
{
    shell_run(app, reply->message, app->terminal.tty);
}
