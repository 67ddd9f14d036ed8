/* SPDX-License-Identifier: MIT */
/**
 * ui: the program: reads what was asked for, starts the session, the screen and the modes, then enters the loop.
 * Main thread, which is the UI thread from then on.
 */
#include "folio/ui/run/program.h"

#include "folio/base/glyph/glyph.h"
#include "folio/cli/complain.h"
#include "folio/cli/copy.h"
#include "folio/cli/poke.h"
#include "folio/io/file/source.h"
#include "folio/ui/app/app.h"
#include "folio/ui/app/leave.h"
#include "folio/ui/app/say.h"
#include "folio/ui/app/send.h"
#include "folio/ui/mode/ahead.h"
#include "folio/ui/mode/byte.h"
#include "folio/ui/mode/keys.h"
#include "folio/ui/mode/overwrite.h"
#include "folio/ui/mode/question.h"
#include "folio/ui/mode/run.h"
#include "folio/ui/mode/search.h"
#include "folio/ui/option/config.h"
#include "folio/ui/prompt/history.h"
#include "folio/ui/run/launch.h"
#include "folio/ui/run/loop.h"
#include "folio/ui/terminal/look_less.h"
#include "folio/ui/terminal/signals.h"
#include "folio/ui/terminal/tty.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Take the screen and hand the session its size, which may have changed while we waited. */
static void app_start(struct app *app)
{
    struct screen_options options = {.tty = app->terminal.tty,
                                     .out = 1,
                                     .alternate = !app->options.no_init,
                                     .color = app_color(app),
                                     .mouse = app->options.mouse,
                                     .looks = &app->looks};
    struct error error;
    unsigned rows = app->terminal.rows;
    unsigned columns = app->terminal.columns;
    app->terminal.screen = screen_open(&options, &error);
    if (!app->terminal.screen) {
        cli_complain(&error);
        launch_print(app);
    }
    screen_size(app->terminal.screen, &app->terminal.rows, &app->terminal.columns);
    if (rows != app->terminal.rows || columns != app->terminal.columns)
        app_request_size(app);
    app->terminal.dirty = true;
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
                                     .view = options->view,
                                     .consent = (options->write_setuid ? SESSION_MAY_SETUID : 0U) |
                                                (options->write_devices ? SESSION_MAY_DEVICE : 0U),
                                     .settings = options->settings};
    for (size_t i = 0; i < options->path_count; i++)
        wanted.stdin_fd = source_names_stdin(options->path[i]) ? 0 : wanted.stdin_fd;
    tty_size(1, &app->terminal.rows, &app->terminal.columns);
    wanted.rows = app_body(app);
    wanted.columns = app->terminal.columns;
    app->talk.link = link_open(&wanted, cli_complain, &app->failed, error);
    if (!app->talk.link)
        return false;
    /* Not before: a server that does not answer may hold up the opening, and ^C should end that. */
    app->terminal.signals = signals_open(error);
    return app->terminal.signals >= 0;
}

/** Begin to read what was typed in earlier runs. LESSHISTFILE forbids that as it does for less. */
static void app_remember(struct app *app)
{
    const char *less = getenv("LESSHISTFILE");
    bool refused = less && (strcmp(less, "-") == 0 || strcmp(less, "/dev/null") == 0);
    char *path = app->options.secure || refused ? NULL : history_path();
    app->asking.history = path ? history_open(path) : NULL;
    free(path);
}

/** Say in the status row, until the first key, what else would be said before there is a screen. */
static void app_warn(struct app *app, const struct error *error)
{
    struct remark *remark = &app->remark;
    char harmless[4 * sizeof error->message];
    glyph_text(error->message, strlen(error->message), harmless, sizeof harmless);
    if (remark->complaint[0] == '\0')
        snprintf(remark->complaint, sizeof remark->complaint, "%s", harmless);
}

/** What the command line says of looks, over what the configuration does. */
static void app_looks(struct app *app)
{
    const struct buf *wanted = &app->options.looks;
    for (size_t at = 0; at < wanted->length; at += strlen(wanted->data + at) + 1)
        (void)look_less(wanted->data + at, &app->looks);
}

/** Show the files on the terminal, and leave. */
static void app_show(struct app *app) __attribute__((noreturn));
static void app_show(struct app *app)
{
    struct error error;
    struct error unable;
    app_looks(app);
    bool able = screen_able(1, &app->terminal.standout, &unable);
    app->terminal.able = able;
    const char *term = getenv("TERM");
    if (!able && (!term || strcmp(term, "dumb") != 0))
        cli_complain(&unable);
    else if (able && unable.message[0] != '\0')
        app_warn(app, &unable);
    app->terminal.tty = tty_open();
    error_clear(&error);
    if (!app_open(app, &error)) {
        if (error.message[0] != '\0')
            cli_complain(&error);
        app_leave(app, 1);
    }
    tty_catch_crashes();
    if (!able || app->terminal.tty < 0)
        launch_print(app);
    launch_wait(app);
    /* It had its chance: from now on -F means this screen, and no later one. */
    app->options.quit_one_screen = 0;
    app_remember(app);
    app_start(app);
    loop_run(app);
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

/** What was asked for cannot be done, which has been said: where to look it up. */
static int app_usage(void)
{
    fprintf(stderr, "Try 'folio --help'\n");
    return 2;
}

/** For a sentence in which nothing is harmful already. */
static int app_misused(const char *sentence)
{
    cli_complain_text(sentence);
    return app_usage();
}

static int app_failed(const struct error *error)
{
    cli_complain(error);
    return app_usage();
}

/** Is it called by a name under which others ask whether it is there by starting it without a file, as pydoc does? */
static bool app_asked(const char *program)
{
    const char *name = strrchr(program, '/');
    name = name ? name + 1 : program;
    return strcmp(name, "pager") == 0 || strcmp(name, "less") == 0;
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
    options->secure = configured || (secure && secure[0] != '\0');
    return options_arguments(options, argc, argv, error);
}

/**
 * Under the configuration, which only the others can name or forbid: they are read before it, and again behind it.
 */
static bool app_configure(struct app *app, struct config *config, int argc, char **argv, struct error *error)
{
    struct options first;
    struct error wrong;
    bool fine = true;
    options_init(&first);
    (void)app_environment(&first, argc, argv, &wrong);
    if (first.secure && first.config)
        fine = error_set(error, 0, "--config names a file, which --secure forbids");
    /* What is only copied needs none of it. */
    bool wanted = first.print_config || (!first.help && !first.version && isatty(1));
    if (fine && wanted && !first.no_config && !first.secure)
        config_load(config, first.config);
    options_release(&first);
    if (fine && !app_environment(&app->options, argc, argv, &wrong))
        app_warn(app, &wrong);
    return fine && (app->options.path || error_set(error, ENOMEM, "Out of memory"));
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

/** What the command line says about bytes that are to be changed without a screen. */
static struct cli_poke app_poke(const struct options *options)
{
    return (struct cli_poke){.poke = &options->poke,
                             .expect = &options->expect,
                             .patch = options->patch,
                             .undo = options->undo != 0,
                             .redo = options->redo != 0,
                             .id = options->undo_id,
                             .force = options->force != 0,
                             .pokes = options->pokes,
                             .write_setuid = options->write_setuid != 0,
                             .write_devices = options->write_devices != 0,
                             .secure = options->secure != 0,
                             .path = options->path,
                             .path_count = options->path_count};
}

/**
 * Carry out what the command line asks for. What is wrong in it (the complaint so far) is said beside what it shows; only
 * what prints or changes something else is not done then.
 */
static int app_main(struct app *app, const struct config *config, bool input, const char *program)
{
    struct error error;
    bool wrong = app->remark.complaint[0] != '\0';
    if (app->options.help)
        return app_print(options_help);
    if (app->options.version)
        return app_print(app_version);
    struct cli_poke poke = app_poke(&app->options);
    if (wrong && (app->options.print_config || app->options.once != 0))
        return app_misused(app->remark.complaint);
    if (app->options.print_config)
        return app_print_config(config);
    if (cli_poke_wanted(&poke)) {
        int status = cli_poke_run(&poke, &error);
        return status == 2 ? app_failed(&error) : status;
    }
    bool none = app->options.path_count == 0;
    if (!app_check(&app->options, input, &error)) {
        int status = wrong ? app_misused(app->remark.complaint) : app_failed(&error);
        return none && !wrong && app_asked(program) ? 0 : status;
    }
    if (!isatty(1)) {
        if (wrong)
            cli_complain_text(app->remark.complaint);
        return cli_copy(app->options.path, app->options.path_count);
    }
    if (!wrong)
        (void)config_complaint(config, app->remark.complaint, sizeof app->remark.complaint);
    app_show(app);
}

/** Everything in one piece of memory, for it is too large for a small stack: the app, and the state of its modes. */
struct program {
    struct app app;
    struct ahead ahead;
    struct overwrite overwrite;
    struct question question;
    struct search search;
    struct typing typing;
};

/** NULL when out of memory. */
static struct app *program_open(void)
{
    struct program *program = calloc(1, sizeof *program);
    if (!program)
        return NULL;
    struct app *app = &program->app;
    app->ahead = &program->ahead;
    app->overwrite = &program->overwrite;
    app->question = &program->question;
    app->search = &program->search;
    app->typing = &program->typing;
    mode_push(app, &keys_mode);
    mode_push(app, &bytes_mode);
    mode_push(app, &ahead_mode);
    return app;
}

int app_run(int argc, char **argv)
{
    struct error error = {0};
    struct app *app = program_open();
    if (!app) {
        error_system(&error, ENOMEM, "Cannot start");
        cli_complain(&error);
        return 1;
    }
    app->looks = looks_default();
    struct config config = {.options = &app->options, .keymap = &app->keymap, .looks = &app->looks};
    bool input = tty_standard();
    app_locale();
    options_init(&app->options);
    bool fine = keymap_init(&app->keymap) && app_configure(app, &config, argc, argv, &error);
    int status = fine ? app_main(app, &config, input, argc > 0 ? argv[0] : "") : app_failed(&error);
    options_release(&app->options);
    config_release(&config);
    free(app); /* it is the first member of its program */
    return status;
}
