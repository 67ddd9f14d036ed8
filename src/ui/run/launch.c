/* SPDX-License-Identifier: MIT */
/** ui: showing files without a screen. The terminal keeps its modes. UI thread. */
#include "folio/ui/run/launch.h"

#include "folio/cli/complain.h"
#include "folio/io/file/source.h"
#include "folio/io/thread/process.h"
#include "folio/ui/app/app.h"
#include "folio/ui/app/leave.h"
#include "folio/ui/app/say.h"
#include "folio/ui/app/send.h"
#include "folio/ui/run/receive.h"
#include "folio/ui/terminal/pen.h"
#include "folio/ui/terminal/plain.h"
#include "folio/ui/terminal/signals.h"
#include "folio/ui/terminal/tty.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

/** What ends so soon after it has begun is printed; what takes longer is shown as it comes. */
#define LAUNCH_SHORT_MS 100

/** Wait until the session says something, at most so long (-1: for ever). True when ^C came instead. */
static bool launch_pause(struct app *app, int ms)
{
    struct pollfd polled[] = {{.fd = link_fd(app->talk.link), .events = POLLIN},
                              {.fd = app->terminal.signals, .events = POLLIN},
                              {.fd = app->terminal.tty, .events = 0}};
    bool interrupted = false;
    if (poll(polled, 3, ms) > 0 && (polled[2].revents & (POLLHUP | POLLERR)) != 0)
        process_leave(1);
    link_clear(app->talk.link);
    for (int number = signals_take(); number != 0; number = signals_take())
        interrupted = app_signal(app, number) || interrupted;
    if (interrupted && app->options.quit_on_interrupt)
        app_leave(app, 2);
    receive_all(app);
    return interrupted;
}

static void launch_pen(void *pen, const struct cell *cell, struct buf *out)
{
    pen_turn(pen, cell, out);
}

/** On a terminal that cannot be drawn on, what is not the file's own text stands out if anything can. */
struct launch_pen {
    const struct screen_standout *standout;
    bool standing;
};

static void launch_standout(void *context, const struct cell *cell, struct buf *out)
{
    struct launch_pen *pen = context;
    bool stands = cell && (cell->style == STYLE_CONTROL || cell->style == STYLE_WARNING ||
                           cell->style == STYLE_HIT || cell->style == STYLE_CURRENT);
    if (stands != pen->standing)
        buf_text(out, stands ? pen->standout->on : pen->standout->off);
    pen->standing = stands;
}

/** Print so many rows of the frame that is shown. */
static void launch_rows(struct app *app, unsigned count)
{
    struct buf text = {0};
    struct pen *pen = app->terminal.able ? pen_open(app_color(app), &app->looks) : NULL;
    struct launch_pen standing = {.standout = &app->terminal.standout};
    plain_rows(app->shown, 0, count, pen ? launch_pen : launch_standout, pen ? (void *)pen : &standing,
               &text);
    pen_close(pen);
    /* A terminal that went away is noticed elsewhere. */
    (void)tty_write(1, buf_string(&text), text.length);
    buf_release(&text);
}

/** All of the file up to here is on this frame, and no more will come. */
static bool launch_ended(const struct frame *frame)
{
    return frame->report.end && !frame->report.growing;
}

/** Ask for something that printing cannot go on without. */
static void launch_request(struct app *app, enum verb verb, const struct invocation *invocation)
{
    struct error error;
    uint64_t sent = app->talk.sent;
    app_request(app, verb, 1, invocation, NULL);
    if (app->talk.sent == sent) {
        error_set(&error, 0, "out of memory: not all of it has been printed");
        cli_complain(&error);
        app_leave(app, 1);
    }
}

/** Wait for the rows of a file that has just been asked for. False when ^C came. */
static bool launch_composed(struct app *app)
{
    for (;;) {
        const struct frame *frame = app->shown;
        bool current = frame && frame->request >= app->talk.sent && !frame->pending;
        if (current && (frame->used >= frame->rows || launch_ended(frame)))
            return true;
        if (launch_pause(app, -1))
            return false;
    }
}

/** There is more than fits, and no way to page: a file of any size is not to rush past. */
static void launch_short(struct app *app) __attribute__((noreturn));
static void launch_short(struct app *app)
{
    struct error error;
    error_set(&error, 0,
              "This is the first screenful; without a screen there is no more (is TERM right? "
              "folio FILE | cat shows all)");
    cli_complain(&error);
    app_leave(app, 1);
}

void launch_print(struct app *app)
{
    for (unsigned room = app_body(app); launch_composed(app);) {
        const struct frame *frame = app->shown;
        unsigned count = frame->used < room ? frame->used : room;
        launch_rows(app, count);
        room -= count;
        if (count < frame->used || !launch_ended(frame))
            launch_short(app);
        if (frame->report.file >= frame->report.file_count)
            app_leave(app, app->failed > 0);
        if (room == 0)
            launch_short(app);
        launch_request(app, REQUEST_FILE_STEP, NULL);
    }
    signals_die(2);
}

/** Print the whole of what is shown, and leave. */
static void launch_leave(struct app *app) __attribute__((noreturn));
static void launch_leave(struct app *app)
{
    launch_rows(app, app->shown->used);
    app_leave(app, app->failed > 0);
}

void launch_wait(struct app *app)
{
    const struct options *options = &app->options;
    bool print = (options->quit_one_screen || options->quit_at_eof == 2) && options->path_count == 1;
    /* A producer may ask for a password on this terminal before it writes anything. */
    bool input = source_names_stdin(options->path[0]);
    bool interrupted = false;
    int64_t until = 0; /* when what has begun to come is shown; 0: nothing has */
    while ((print || input) && !interrupted) {
        const struct frame *frame = app->shown;
        bool composed = frame && !frame->pending;
        if (composed && print && launch_ended(frame))
            launch_leave(app);
        if (composed && (frame->used >= frame->rows || (!print && (frame->used > 0 || launch_ended(frame)))))
            return;
        if (composed && print && until == 0 && frame->used > 0)
            until = app_now() + LAUNCH_SHORT_MS;
        int64_t left = until == 0 ? -1 : until - app_now();
        app->short_awaited = until != 0 && left <= 0;
        if (app->short_awaited)
            return;
        interrupted = launch_pause(app, (int)left);
    }
}

void launch_short_ended(struct app *app)
{
    const struct frame *frame = app->shown;
    if (!app->short_awaited || !frame || frame->pending)
        return;
    if (!launch_ended(frame)) {
        app->short_awaited = frame->used < frame->rows;
        return;
    }
    screen_leave(app->terminal.screen);
    app->terminal.screen = NULL;
    launch_leave(app);
}
