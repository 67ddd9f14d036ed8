/* SPDX-License-Identifier: MIT */
/**
 * ui: the program. Starts everything, then one loop: draw what is new, wait for a key, a signal or the
 * session.
 *
 * Leaving is always the same: put the terminal back and end the process. No thread is joined and nothing is
 * freed, because a thread may be waiting for a disk that does not answer. Main thread.
 */
#include "folio/ui/app/app.h"

#include "launch.h"

#include "folio/base/glyph/glyph.h"
#include "folio/io/file/source.h"
#include "folio/io/page/guard.h"
#include "folio/io/poke/poke.h"
#include "folio/io/thread/clock.h"
#include "folio/io/thread/process.h"
#include "folio/io/thread/wake.h"
#include "folio/ui/app/inside.h"
#include "folio/ui/app/talk.h"
#include "folio/ui/cli/poke_cli.h"
#include "folio/ui/mode/bytes.h"
#include "folio/ui/mode/complete.h"
#include "folio/ui/mode/typing.h"
#include "folio/ui/option/config.h"
#include "folio/ui/prompt/history.h"
#include "folio/ui/terminal/signals.h"
#include "folio/ui/terminal/status.h"
#include "folio/ui/terminal/tty.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Keys that are carried out before the screen is drawn again. */
#define APP_KEYS 64
/** How long to wait for a first frame before showing that it is awaited. */
#define APP_FIRST_MS 100
/** How long leaving waits for the history to be written. */
#define APP_HISTORY_MS 50

int64_t app_now(void)
{
    return clock_ms();
}

void app_leave(struct app *app, int status)
{
    if (!app->screen && app->complaint[0] != '\0')
        fprintf(stderr, "folio: %s\n", app->complaint);
    screen_close(app->screen);
    bytes_settle(app);
    history_settle(app->history, APP_HISTORY_MS);
    process_leave(status);
}

void app_say(struct app *app, const char *text)
{
    snprintf(app->message, sizeof app->message, "%s", text);
    app->dirty = true;
}

void app_complain(const struct error *error)
{
    char harmless[4 * sizeof error->message];
    glyph_text(error->message, strlen(error->message), harmless, sizeof harmless);
    fprintf(stderr, "folio: %s\n", harmless);
}

void app_return(struct app *app)
{
    screen_resume(app->screen);
    screen_size(app->screen, &app->rows, &app->columns);
    app_request_size(app);
    app->anew = app->dirty = true;
}

void app_suspend(struct app *app)
{
    screen_close(app->screen);
    signals_stop();
    if (app->screen)
        app_return(app);
}

bool app_signal(struct app *app, int number)
{
    if (number == SIGTERM || number == SIGHUP || number == SIGQUIT) {
        screen_close(app->screen);
        bytes_settle(app);
        signals_die(number);
    }
    if (number == SIGTSTP)
        app_suspend(app);
    if (number == SIGWINCH && app->screen) {
        screen_size(app->screen, &app->rows, &app->columns);
        app_request_size(app);
        app->anew = app->dirty = true;
    }
    return number == SIGINT;
}

/** Draw what is there: a frame of another size is cropped until the right one comes. */
static void app_draw(struct app *app)
{
    struct strip strip;
    char typed[64];
    keymap_typed(&app->typed, typed, sizeof typed);
    struct status status = {.report = app->shown ? &app->shown->report : NULL,
                            .message = app->question != 0        ? app->bytes.question
                                       : app->message[0] != '\0' ? app->message
                                                                 : app->complaint,
                            .typed = typed,
                            .help = app->help,
                            .waiting = app->slow};
    unsigned cursor;
    if (app->prompt.open) {
        cursor = prompt_draw(&app->prompt, &strip, app->columns);
    } else {
        status_draw(&status, &strip, app->columns);
        cursor = app->columns - 1;
    }
    screen_draw(app->screen, app->shown, &strip, cursor, app->anew);
    if (app->shown)
        session_drawn(app->session);
    app->dirty = app->anew = false;
}

/** The terminal went away: the same as SIGHUP, which may be on its way, unless that is ignored. */
static void app_lost(struct app *app)
{
    struct sigaction now;
    if (sigaction(SIGHUP, NULL, &now) == 0 && now.sa_handler != SIG_IGN)
        app_signal(app, SIGHUP);
    app_leave(app, 1);
}

/** Carry out the keys that wait; some may be left, then false. */
static bool app_keys(struct app *app)
{
    uint32_t stroke = screen_key(app->screen);
    if (stroke == STROKE_NONE && tty_gone(app->tty))
        app_lost(app);
    for (int keys = 0; stroke != STROKE_NONE; keys++) {
        /* Only Esc needs to know what came with it. */
        uint32_t next = stroke == STROKE_ESCAPE || keys < APP_KEYS ? screen_key(app->screen) : STROKE_NONE;
        app->complaint[0] = '\0';
        bool used = app_key(app, stroke, next);
        if (keys >= APP_KEYS && next == STROKE_NONE)
            return false;
        stroke = used ? screen_key(app->screen) : next;
    }
    return true;
}

/** How long to sleep: for ever, unless a request may become a slow one, or no frame has come yet. */
static int app_patience(const struct app *app)
{
    bool awaited = !app->shown || (app->waiting > 0 && !app->slow) || app->bytes.ahead_count > 0;
    return awaited ? APP_FIRST_MS : -1;
}

/** A ^C that somebody sent with kill is the key. */
static void app_signals(struct app *app)
{
    for (int number = signals_take(); number != 0; number = signals_take())
        if (app_signal(app, number))
            app_key(app, STROKE_CONTROL('C'), STROKE_NONE);
}

/** Say which lines are shown: the answer agrees with the rows above it. */
static void app_inform(struct app *app)
{
    const struct frame *frame = app->shown;
    if (app->info && frame && !frame->pending && frame->request >= app->info_after) {
        app->info = false;
        app->dirty = true;
        status_info(&frame->report, app->message, sizeof app->message);
    }
}

/**
 * Type the next + command: the first at once, before any key, and each of the others when the one before has been
 * carried out, because a newer request would end it.
 */
static void app_commands(struct app *app)
{
    const struct options *options = &app->options;
    while (app->command < options->command_count && (app->command == 0 || app->waiting == 0)) {
        const struct options_command *command = &options->command[app->command++];
        if (command->every || !app->command_every)
            app_type(app, command->keys);
    }
}

static void app_loop(struct app *app) __attribute__((noreturn));
static void app_loop(struct app *app)
{
    struct pollfd polled[] = {{.fd = app->tty, .events = POLLIN},
                              {.fd = wake_fd(app->wake), .events = POLLIN},
                              {.fd = app->signals, .events = POLLIN}};
    int64_t began = app_now();
    bool emptied = true;
    for (;;) {
        app_collect(app);
        bytes_continue(app);
        app_commands(app);
        app_inform(app);
        complete_collect(app);
        bool first = !app->shown && app_now() - began < APP_FIRST_MS;
        if (app->dirty && !first)
            app_draw(app);
        int events = poll(polled, 3, emptied ? app_patience(app) : 0);
        wake_clear(app->wake);
        app_signals(app);
        /* A poll that failed says nothing of the keys: look. */
        if (events < 0 || polled[0].revents != 0 || !emptied)
            emptied = app_keys(app);
    }
}

/** Take the screen and hand the session its size, which may have changed while we waited. */
static void app_start(struct app *app)
{
    const char *none = getenv("NO_COLOR");
    bool color = app->options.color == OPTIONS_COLOR_ALWAYS ||
                 (app->options.color == OPTIONS_COLOR_AUTO && (!none || none[0] == '\0'));
    struct screen_options options = {.tty = app->tty,
                                     .out = 1,
                                     .alternate = !app->options.no_init,
                                     .color = color,
                                     .mouse = app->options.mouse,
                                     .looks = &app->looks};
    struct error error;
    unsigned rows = app->rows;
    unsigned columns = app->columns;
    app->screen = screen_open(&options, &error);
    if (!app->screen) {
        app_complain(&error);
        launch_print(app);
    }
    screen_size(app->screen, &app->rows, &app->columns);
    if (rows != app->rows || columns != app->columns)
        app_request_size(app);
    app->dirty = true;
}

/** Start the session on the files; false and one sentence when there is nothing to show. */
static bool app_open(struct app *app, struct error *error)
{
    const struct options *options = &app->options;
    struct session_options wanted = {.path = options->path,
                                     .path_count = options->path_count,
                                     .stdin_fd = -1,
                                     .kind = options->mapping,
                                     .advice = options->advice,
                                     .secure = options->secure,
                                     .hex = options->hex,
                                     .consent = (options->write_setuid ? POKE_MAY_SETUID : 0U) |
                                                (options->write_devices ? POKE_MAY_DEVICE : 0U),
                                     .settings = options->settings};
    for (size_t i = 0; i < options->path_count; i++)
        wanted.stdin_fd = source_names_stdin(options->path[i]) ? 0 : wanted.stdin_fd;
    tty_size(1, &app->rows, &app->columns);
    wanted.rows = app_body(app);
    wanted.columns = app->columns;
    app->wake = wake_open(error);
    if (!app->wake)
        return false;
    app->session = session_open(&wanted, app->wake, app_complain, &app->failed, error);
    if (!app->session)
        return false;
    /* Not before: a server that does not answer may hold up the opening, and ^C should end that. */
    app->signals = signals_open(error);
    if (app->signals < 0)
        return false;
    app->mailbox = session_mailbox(app->session);
    app->spare = frame_open();
    return app->spare || error_system(error, ENOMEM, "Cannot start");
}

/** Begin to read what was typed in earlier runs. LESSHISTFILE forbids that as it does for less. */
static void app_remember(struct app *app)
{
    const char *less = getenv("LESSHISTFILE");
    bool refused = less && (strcmp(less, "-") == 0 || strcmp(less, "/dev/null") == 0);
    char *path = app->options.secure || refused ? NULL : history_path();
    app->history = path ? history_open(path) : NULL;
    free(path);
}

/** Show the files on the terminal, and leave. */
static void app_show(struct app *app) __attribute__((noreturn));
static void app_show(struct app *app)
{
    struct error error;
    struct error unable;
    guard_install();
    tty_catch_crashes();
    bool able = screen_able(1, &app->standout, &unable);
    const char *term = getenv("TERM");
    if (!able && (!term || strcmp(term, "dumb") != 0))
        app_complain(&unable);
    app->tty = tty_open();
    error_clear(&error);
    if (!app_open(app, &error)) {
        if (error.message[0] != '\0')
            app_complain(&error);
        app_leave(app, 1);
    }
    if (!able || app->tty < 0)
        launch_print(app);
    launch_wait(app);
    app_remember(app);
    app_start(app);
    app_loop(app);
}

/** Standard output may be full or closed: that is an error of the whole run. */
static int app_print(void (*compose)(struct buf *out))
{
    struct buf text = {0};
    compose(&text);
    fputs(buf_string(&text), stdout);
    buf_release(&text);
    return fflush(stdout) == 0 ? 0 : 1;
}

static void app_version(struct buf *out)
{
    buf_text(out, "folio " FOLIO_VERSION "\nA terminal viewer for files of any size. Licence: MIT\n");
}

/** Wrong usage: one sentence, and where to read more. */
static int app_misused(const struct error *error)
{
    app_complain(error);
    fprintf(stderr, "Try 'folio --help'\n");
    return 2;
}

/** Names and standard input must make sense together. */
static bool app_check(struct options *options, bool input, struct error *error)
{
    static char dash[] = "-";
    if (options->path_count == 0) {
        if (!input || isatty(0))
            return error_set(error, 0, "missing file name");
        options->path[options->path_count++] = dash;
    }
    for (size_t i = 0; i < options->path_count; i++) {
        bool dash_named = source_names_stdin(options->path[i]);
        if (dash_named && !input)
            return error_set(error, 0, "Standard input is closed; name a file");
        if (dash_named && isatty(0))
            return error_set(error, 0, "Standard input is the terminal; name a file");
    }
    return true;
}

/** UTF-8 where the locale says so, and also where it says nothing or does not exist. */
static void app_locale(void)
{
    if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        (void)setlocale(LC_CTYPE, "C.UTF-8");
}

/** $LESS first, so that the command line can take back what it says. */
static bool app_environment(struct options *options, int argc, char **argv, struct error *error)
{
    const char *less = getenv("LESS");
    const char *secure = getenv("LESSSECURE");
    int configured = options->secure;
    if (less)
        options_environment(options, less);
    options->secure = configured || (secure && strcmp(secure, "1") == 0);
    return options_arguments(options, argc, argv, error);
}

/** Under the configuration, which only the others can name or forbid: they are read before it, and again behind it. */
static bool app_configure(struct app *app, struct config *config, int argc, char **argv, struct error *error)
{
    struct options first;
    options_init(&first);
    bool fine = app_environment(&first, argc, argv, error);
    if (fine && first.secure && first.config)
        fine = error_set(error, 0, "--config names a file, which --secure forbids");
    /* What is only copied needs none of it. */
    bool wanted = first.print_config || (!first.help && !first.version && isatty(1));
    if (fine && wanted && !first.no_config && !first.secure)
        config_load(config, first.config);
    options_release(&first);
    return fine && app_environment(&app->options, argc, argv, error);
}

/** --print-config: all of it on standard output, and all that is wrong with it. */
static int app_print_config(const struct config *config)
{
    struct buf text = {0};
    config_print(config, &text);
    fputs(buf_string(&config->errors), stderr);
    fputs(buf_string(&text), stdout);
    buf_release(&text);
    return fflush(stdout) == 0 ? 0 : 1;
}

/** Carry out what the command line asks for. */
static int app_main(struct app *app, const struct config *config, bool input)
{
    struct error error;
    if (app->options.help)
        return app_print(options_help);
    if (app->options.version)
        return app_print(app_version);
    if (app->options.print_config)
        return app_print_config(config);
    if (poke_cli_wanted(&app->options)) {
        int status = poke_cli_run(&app->options, &error);
        return status == 2 ? app_misused(&error) : status;
    }
    if (!app_check(&app->options, input, &error))
        return app_misused(&error);
    if (!isatty(1))
        return launch_copy(&app->options);
    (void)config_complaint(config, app->complaint, sizeof app->complaint);
    app_show(app);
}

int app_run(int argc, char **argv)
{
    struct error error = {0};
    struct app *app = calloc(1, sizeof *app);
    if (!app) {
        error_system(&error, ENOMEM, "Cannot start");
        app_complain(&error);
        return 1;
    }
    app->looks = looks_default();
    struct config config = {.options = &app->options, .keymap = &app->keymap, .looks = &app->looks};
    bool input = tty_standard();
    app_locale();
    options_init(&app->options);
    bool fine = keymap_init(&app->keymap) && app_configure(app, &config, argc, argv, &error);
    int status = fine ? app_main(app, &config, input) : app_misused(&error);
    options_release(&app->options);
    config_release(&config);
    free(app);
    return status;
}
