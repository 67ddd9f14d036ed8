/* SPDX-License-Identifier: MIT */
/** ui: the loop: draw what is new, wait for a key, a signal or the session, and carry that out. UI thread. */
#include "folio/ui/run/loop.h"

#include "folio/ui/app/app.h"
#include "folio/ui/app/leave.h"
#include "folio/ui/app/send.h"
#include "folio/ui/mode/ahead.h"
#include "folio/ui/mode/complete.h"
#include "folio/ui/mode/question.h"
#include "folio/ui/run/feed.h"
#include "folio/ui/run/launch.h"
#include "folio/ui/run/receive.h"
#include "folio/ui/terminal/signals.h"
#include "folio/ui/terminal/status.h"
#include "folio/ui/terminal/tty.h"

#include <poll.h>
#include <signal.h>
#include <string.h>

/** Keys that are carried out before the screen is drawn again. */
#define LOOP_KEYS 64
/** How long to wait for a first frame before showing that it is awaited. */
#define LOOP_FIRST_MS 100

/** The sentence for the last row, "" for none: a question first, then how bytes were stored, then what was said last. */
static const char *loop_sentence(const struct app *app)
{
    const struct remark *remark = &app->remark;
    const char *label = mode_label(app);
    return label                         ? label
           : remark->end.text[0] != '\0' ? remark->end.text
           : remark->message[0] != '\0'  ? remark->message
                                         : remark->complaint;
}

/** What stands in the last row tells how a change of bytes ended: it can be seen from now on. */
static void loop_told(struct app *app, const char *sentence)
{
    struct end *end = &app->remark.end;
    if (end->drawn || end->text[0] == '\0' || !strstr(sentence, end->text))
        return;
    end->drawn = true;
    end->since = app_now();
}

/** Draw what is there: a frame of another size is cropped until the right one comes. */
static void loop_draw(struct app *app)
{
    struct terminal *terminal = &app->terminal;
    struct strip strip;
    char typed[64];
    unsigned cursor = terminal->columns - 1;
    keymap_typed(&app->typed, typed, sizeof typed);
    struct status status = {.report = app->shown ? &app->shown->report : NULL,
                            .message = loop_sentence(app),
                            .typed = typed,
                            .help = app->help,
                            .asked = mode_on(app, &question_mode),
                            .waiting = app->talk.slow,
                            .rows = terminal->rows};
    if (app->asking.prompt.open) {
        strip_init(&strip, terminal->columns, false);
        complete_draw(app, &strip);
        cursor = prompt_draw(&app->asking.prompt, &strip);
    } else {
        status_draw(&status, &strip, terminal->columns);
    }
    if (!app->asking.prompt.open)
        loop_told(app, status.message);
    screen_draw(terminal->screen, app->shown, &strip, cursor, terminal->anew);
    if (app->shown)
        link_drawn(app->talk.link);
    terminal->dirty = terminal->anew = false;
}

/** The terminal went away: the same as SIGHUP, which may be on its way, unless that is ignored. */
static void loop_lost(struct app *app)
{
    struct sigaction now;
    if (sigaction(SIGHUP, NULL, &now) == 0 && now.sa_handler != SIG_IGN)
        app_signal(app, SIGHUP);
    app_leave(app, 1);
}

/** Carry out the keys that wait; some may be left, then false. */
static bool loop_keys(struct app *app)
{
    uint32_t stroke = screen_key(app->terminal.screen);
    if (stroke == STROKE_NONE && tty_gone(app->terminal.tty))
        loop_lost(app);
    for (int keys = 0; stroke != STROKE_NONE; keys++) {
        /* Only Esc needs to know what came with it. */
        uint32_t next =
            stroke == STROKE_ESCAPE || keys < LOOP_KEYS ? screen_key(app->terminal.screen) : STROKE_NONE;
        app->remark.complaint[0] = '\0';
        app->short_awaited = false;
        bool used = feed_key(app, stroke, next);
        if (keys >= LOOP_KEYS && next == STROKE_NONE)
            return false;
        stroke = used ? screen_key(app->terminal.screen) : next;
    }
    return true;
}

/** How long to sleep: for ever, unless a request may become a slow one, no frame has come yet, or what is said ends. */
static int loop_patience(const struct app *app)
{
    bool awaited = !app->shown || (app->talk.waiting > 0 && !app->talk.slow) || app->ahead->count > 0;
    int refused = ahead_patience(app);
    return awaited && (refused < 0 || refused > LOOP_FIRST_MS) ? LOOP_FIRST_MS : refused;
}

/** A ^C that somebody sent with kill is the key. */
static void loop_signals(struct app *app)
{
    for (int number = signals_take(); number != 0; number = signals_take())
        if (app_signal(app, number))
            feed_key(app, STROKE_CONTROL('C'), STROKE_NONE);
}

/** Say which lines are shown: the answer agrees with the rows above it. */
static void loop_inform(struct app *app)
{
    const struct frame *frame = app->shown;
    if (app->remark.info && frame && !frame->pending && frame->request >= app->remark.info_after) {
        app->remark.info = false;
        app->terminal.dirty = true;
        status_info(&frame->report, app->remark.message, sizeof app->remark.message);
    }
}

/**
 * Type the next + command: the first at once, before any key, and each of the others when the one before has been
 * carried out, because a newer request would end it.
 */
static void loop_commands(struct app *app)
{
    const struct options *options = &app->options;
    while (app->script.next < options->command_count && (app->script.next == 0 || app->talk.waiting == 0)) {
        const struct options_command *command = &options->command[app->script.next++];
        if (command->every || !app->script.every)
            feed_text(app, command->keys);
    }
}

/** Leave as soon as that tears nothing, if nobody has begun something else meanwhile. */
static void loop_part(struct app *app)
{
    /* Whatever one begins lies above the mode that keeps what is typed ahead. */
    if (app->ahead->count == 0 && app->modes.mode[app->modes.count - 1] == &ahead_mode)
        app_part(app);
}

void loop_run(struct app *app)
{
    struct pollfd polled[] = {{.fd = app->terminal.tty, .events = POLLIN},
                              {.fd = link_fd(app->talk.link), .events = POLLIN},
                              {.fd = app->terminal.signals, .events = POLLIN}};
    int64_t began = app_now();
    bool emptied = true;
    for (;;) {
        receive_all(app);
        feed_kept(app);
        loop_part(app);
        launch_short_ended(app);
        loop_commands(app);
        loop_inform(app);
        complete_collect(app);
        bool first = !app->shown && app_now() - began < LOOP_FIRST_MS;
        if (app->terminal.dirty && !first)
            loop_draw(app);
        int events = poll(polled, 3, emptied ? loop_patience(app) : 0);
        link_clear(app->talk.link);
        loop_signals(app);
        /* A poll that failed says nothing of the keys: look. */
        if (events < 0 || polled[0].revents != 0 || !emptied)
            emptied = loop_keys(app);
    }
}
