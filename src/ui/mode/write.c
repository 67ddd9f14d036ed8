/* SPDX-License-Identifier: MIT */
/**
 * ui: saving what is shown, and giving it to a command. Main thread.
 *
 * The session does it; here are the questions: for a name, for a command, and what to do with a file that is there. A
 * command gets the terminal and reads from a pipe that the session fills, until it ends.
 */
#include "folio/ui/mode/write.h"

#include "folio/base/glyph/glyph.h"
#include "folio/io/thread/process.h"
#include "folio/ui/app/talk.h"
#include "folio/ui/mode/action.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** So much of a name is shown in the question: its end, which tells more. */
#define WRITE_NAME 40

/** Open the prompt for the name or the command. */
static void write_ask(struct app *app, const struct invocation *invocation, const char *label)
{
    app->asked = *invocation;
    prompt_open(&app->prompt, PROMPT_FILE, label);
}

/** What is to be written, between which marks. */
static int64_t write_amount(const struct invocation *invocation, enum write_mode mode)
{
    int64_t stream = invocation->id == COMMAND_LOG ? WRITE_STREAM : 0;
    return WRITE_AMOUNT(mode, (unsigned char)invocation->from, (unsigned char)invocation->to) | stream;
}

void action_write(struct app *app, const struct invocation *invocation)
{
    if (action_forbidden(app))
        return;
    if (!invocation->text)
        write_ask(app, invocation, "Write to: ");
    else if (invocation->text[0] == '\0')
        app_say(app, ":write needs a file name behind it");
    else
        app_request(app, REQUEST_WRITE, write_amount(invocation, WRITE_ASK), NULL, invocation->text);
}

void action_log(struct app *app, const struct invocation *invocation)
{
    if (!action_forbidden(app))
        write_ask(app, invocation, "Log file: ");
}

void action_pipe(struct app *app, const struct invocation *invocation)
{
    struct invocation wanted = *invocation;
    if (action_forbidden(app))
        return;
    /* Enter is the screen, as in less. */
    wanted.letter = wanted.letter == '\r' || wanted.letter == '\n' ? '.' : wanted.letter;
    if (action_letter(app, wanted.letter, "^$."))
        write_ask(app, &wanted, "!");
}

bool write_entered(struct app *app, const char *text)
{
    const struct invocation *asked = &app->asked;
    if (asked->id != COMMAND_WRITE && asked->id != COMMAND_LOG && asked->id != COMMAND_PIPE)
        return false;
    if (text[0] == '\0')
        return true;
    if (asked->id == COMMAND_PIPE)
        app_request(app, REQUEST_PIPE, asked->letter, NULL, text);
    else
        app_request(app, REQUEST_WRITE, write_amount(asked, WRITE_ASK), NULL, text);
    return true;
}

/** Ask what to do with the file that is there. */
static void write_question(struct app *app)
{
    char name[4 * sizeof app->overwrite];
    char text[WRITE_NAME + 128];
    const char *file = app->overwrite;
    if (app->overwrite_verb == REQUEST_SAVE) {
        file += strcspn(file, " ");
        file += strspn(file, " ");
    }
    glyph_text(file, strlen(file), name, sizeof name);
    size_t length = strlen(name);
    size_t begin = length > WRITE_NAME ? length - WRITE_NAME : 0;
    while (begin > 0 && ((unsigned char)name[begin] & 0xc0) == 0x80)
        begin++;
    snprintf(text, sizeof text, "Warning: %s%.44s exists; Overwrite, Append, Don't write, or Quit?",
             begin > 0 ? "..." : "", name + begin);
    app_say(app, text);
}

void write_replied(struct app *app, const struct reply *reply)
{
    if ((reply->value & WRITE_ASKS) != 0) {
        app->overwrite_amount = (int64_t)(reply->value & ~WRITE_ASKS);
        app->overwrite_verb = reply->verb;
        snprintf(app->overwrite, sizeof app->overwrite, "%s", reply->message);
        write_question(app);
    }
}

/** Write after all. */
static void write_again(struct app *app, enum write_mode mode)
{
    int64_t amount = (app->overwrite_amount & ~(int64_t)0xff) | (int64_t)mode;
    app_request(app, app->overwrite_verb, amount, NULL, app->overwrite);
    app->overwrite[0] = '\0';
}

bool write_answer(struct app *app, uint32_t stroke)
{
    if (app->overwrite[0] == '\0')
        return false;
    switch (stroke) {
    case 'o':
    case 'O':
        write_again(app, WRITE_OVERWRITE);
        break;
    case 'a':
    case 'A':
        write_again(app, WRITE_APPEND);
        break;
    case 'q':
    case 'Q':
        app_leave(app, app->failed > 0);
    case 'd':
    case 'D':
    case STROKE_ESCAPE:
    case STROKE_CONTROL('C'):
        app->overwrite[0] = '\0';
        app_say(app, "Nothing was written");
        break;
    default:
        write_question(app);
    }
    return true;
}

/** What the command printed stays until the person has read it. */
static void write_pause(const struct app *app)
{
    static const char text[] = "\n(press RETURN)";
    struct pollfd polled = {.fd = app->tty, .events = POLLIN};
    char byte = '\0';
    ssize_t count = write(1, text, sizeof text - 1);
    while (count >= 0 && byte != '\n' && byte != '\r') {
        (void)poll(&polled, 1, -1);
        count = read(app->tty, &byte, 1);
        count = count == 0 ? -1 : count < 0 && (errno == EINTR || errno == EAGAIN) ? 0 : count;
    }
}

void write_piped(struct app *app, const struct reply *reply)
{
    const char *shell = getenv("SHELL");
    static char option[] = "-c";
    char command[REQUEST_TEXT];
    char *argument[] = {option, command, NULL};
    struct error error;
    int reader = (int)reply->value;
    snprintf(command, sizeof command, "%s", reply->message);
    screen_close(app->screen);
    bool fine = process_run(shell && shell[0] != '\0' ? shell : "sh", argument, reader, &error);
    close(reader);
    write_pause(app);
    app_return(app);
    if (!fine)
        app_say(app, error.message);
}
