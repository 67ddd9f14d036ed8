/* SPDX-License-Identifier: MIT */
/**
 * ui: saving what is shown, and giving it to a command. UI thread.
 *
 * The session does it; here it is asked for a name or a command. A command gets the terminal and reads from a pipe
 * that the session fills, until it ends.
 */
#include "folio/ui/mode/write.h"

#include "folio/ui/app/app.h"
#include "folio/ui/app/say.h"
#include "folio/ui/app/send.h"
#include "folio/ui/mode/prompt.h"
#include "folio/ui/mode/shell.h"

#include <unistd.h>

/** What is to be written, between which marks. */
static int64_t write_amount(const struct invocation *invocation)
{
    int64_t stream = invocation->id == COMMAND_LOG ? WRITE_STREAM : 0;
    return WRITE_AMOUNT(WRITE_ASK, (unsigned char)invocation->from, (unsigned char)invocation->to) | stream;
}

/** The name of a file was typed. */
static void write_entered(struct app *app, const char *text)
{
    if (text[0] != '\0')
        app_request(app, REQUEST_WRITE, write_amount(&app->asking.invocation), NULL, text);
}

/** A command was typed. */
static void write_entered_pipe(struct app *app, const char *text)
{
    if (text[0] != '\0')
        app_request(app, REQUEST_PIPE, app->asking.invocation.letter, NULL, text);
}

static const struct purpose write_purpose = {.kind = PROMPT_FILE, .entered = write_entered};

static const struct purpose write_pipe_purpose = {.kind = PROMPT_FILE, .entered = write_entered_pipe};

void write_command(struct app *app, const struct invocation *invocation)
{
    if (app_forbidden(app))
        return;
    if (!invocation->text)
        prompt_ask(app, invocation, &write_purpose, "Write to: ");
    else if (invocation->text[0] == '\0')
        app_say(app, ":write needs a file name behind it");
    else
        app_request(app, REQUEST_WRITE, write_amount(invocation), NULL, invocation->text);
}

void write_log(struct app *app, const struct invocation *invocation)
{
    if (!app_forbidden(app))
        prompt_ask(app, invocation, &write_purpose, "Log file: ");
}

void write_save(struct app *app, const struct invocation *invocation)
{
    if (!app_forbidden(app))
        app_request(app, REQUEST_SAVE, WRITE_ASK, NULL, invocation->text);
}

void write_pipe(struct app *app, const struct invocation *invocation)
{
    struct invocation wanted = *invocation;
    if (app_forbidden(app))
        return;
    /* Enter is the screen, as in less. */
    wanted.letter = wanted.letter == '\r' || wanted.letter == '\n' ? '.' : wanted.letter;
    if (app_letter(app, wanted.letter, "^$."))
        prompt_ask(app, &wanted, &write_pipe_purpose, "!");
}

void write_piped(struct app *app, const struct reply *reply)
{
    int reader = (int)reply->value;
    shell_run(app, reply->message, reader);
    close(reader);
}
