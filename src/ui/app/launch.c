/* SPDX-License-Identifier: MIT */
/**
 * ui: everything that is done without a screen: copying to a file, printing on a dumb terminal, and deciding
 * under -F whether a screen is needed. Keys are not read here and the terminal keeps its modes. Main thread.
 */
#include "launch.h"

#include "folio/io/file/copy.h"
#include "folio/io/file/source.h"
#include "folio/io/thread/process.h"
#include "folio/io/thread/wake.h"
#include "folio/ui/app/talk.h"
#include "folio/ui/terminal/plain.h"
#include "folio/ui/terminal/signals.h"
#include "folio/ui/terminal/tty.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

/** One file to standard output, byte for byte. */
static bool launch_copy_one(const char *path)
{
    struct source source = {.fd = 0};
    struct error error;
    bool input = source_names_stdin(path);
    if (!input && !source_open(path, &source, &error)) {
        app_complain(&error);
        return false;
    }
    bool fine = copy_out(source.fd, input ? "standard input" : path, 1, &error);
    if (!fine)
        app_complain(&error);
    if (!input)
        close(source.fd);
    return fine;
}

int launch_copy(const struct options *options)
{
    bool fine = true;
    for (size_t i = 0; i < options->path_count; i++)
        fine = launch_copy_one(options->path[i]) && fine;
    return fine ? 0 : 1;
}

/** Wait until the session says something. True when ^C came instead. */
static bool launch_pause(struct app *app)
{
    struct pollfd polled[] = {{.fd = wake_fd(app->wake), .events = POLLIN},
                              {.fd = app->signals, .events = POLLIN},
                              {.fd = app->tty, .events = 0}};
    bool interrupted = false;
    if (poll(polled, 3, -1) > 0 && (polled[2].revents & (POLLHUP | POLLERR)) != 0)
        process_leave(1);
    wake_clear(app->wake);
    for (int number = signals_take(); number != 0; number = signals_take())
        interrupted = app_signal(app, number) || interrupted;
    if (interrupted && app->options.quit_on_interrupt)
        app_leave(app, 2);
    app_collect(app);
    return interrupted;
}

/** All of it; a terminal that went away is noticed elsewhere. */
static void launch_write(const struct buf *text)
{
    size_t done = 0;
    while (done < text->length) {
        ssize_t written = write(1, text->data + done, text->length - done);
        if (written < 0 && errno != EINTR)
            return;
        done += written > 0 ? (size_t)written : 0;
    }
}

/** Print the rows with content of the frame that is shown. */
static void launch_rows(struct app *app)
{
    struct buf text = {0};
    plain_rows(app->shown, 0, app->shown->used, app->standout.on, app->standout.off, &text);
    launch_write(&text);
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
    uint64_t sent = app->sent;
    app_request(app, verb, 1, invocation, NULL);
    if (app->sent == sent) {
        error_set(&error, 0, "out of memory: not all of it has been printed");
        app_complain(&error);
        app_leave(app, 1);
    }
}

/** Print the file from what is shown to its end. False when ^C came. */
static bool launch_print_file(struct app *app)
{
    struct invocation rows = {.counted = true, .count = (int64_t)app_body(app)};
    for (;;) {
        const struct frame *frame = app->shown;
        bool current = frame && frame->request >= app->sent && !frame->pending;
        if (current && (frame->used >= frame->rows || launch_ended(frame))) {
            launch_rows(app);
            if (launch_ended(frame))
                return true;
            launch_request(app, REQUEST_PAGE_FORCED, &rows);
        }
        if (launch_pause(app))
            return false;
    }
}

void launch_print(struct app *app)
{
    while (launch_print_file(app)) {
        const struct report *report = &app->shown->report;
        if (report->file >= report->file_count)
            app_leave(app, app->failed > 0);
        launch_request(app, REQUEST_FILE_STEP, NULL);
    }
    signals_die(2);
}

void launch_wait(struct app *app)
{
    const struct options *options = &app->options;
    bool print = (options->quit_one_screen || options->quit_at_eof == 2) && options->path_count == 1;
    /* A producer may ask for a password on this terminal before it writes anything. */
    bool input = source_names_stdin(options->path[0]);
    bool interrupted = false;
    while ((print || input) && !interrupted) {
        const struct frame *frame = app->shown;
        bool composed = frame && !frame->pending;
        if (composed && print && launch_ended(frame)) {
            launch_rows(app);
            app_leave(app, app->failed > 0);
        }
        if (composed && (frame->used >= frame->rows || (!print && (frame->used > 0 || launch_ended(frame)))))
            return;
        interrupted = launch_pause(app);
    }
}
