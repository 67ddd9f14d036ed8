/* SPDX-License-Identifier: MIT */
/*
 * tests: runs one screen test (README.md beside this file says how they are written).
 *
 *     screen_runner [--update] PROGRAM DATA_DIR FILE.screen          exit 0 passed, 1 failed, 77 skipped
 *
 * The file is carried out from top to bottom: its head says how the program is started (harness/script_head.c), its
 * steps press keys and look (harness/script_step.c). Here is what lies between: the program, its standard input, and
 * the end of all that was started.
 *
 * Processes that `setup`, `shell` and `stdin` leave behind are ours even when their parents are gone (we are their
 * subreaper), and are killed at the end; what they mounted is unmounted.
 */
#include "harness/sandbox.h"
#include "harness/script.h"
#include "harness/terminal.h"
#include "harness/terminal_look.h"
#include "harness/terminal_wait.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int producer_start(const struct script *script)
{
    int ends[2];
    if (!script->producer)
        return script->input_closed ? TERMINAL_CLOSED : TERMINAL_TTY;
    if (pipe2(ends, O_CLOEXEC) < 0 || sandbox_start(&script->sandbox, script->producer, ends[1]) < 0)
        abort();
    close(ends[1]);
    return ends[0];
}

static int output_start(const struct script *script)
{
    char path[512];
    if (!script->output_file)
        return TERMINAL_TTY;
    snprintf(path, sizeof path, "%s/%s", script->sandbox.work, script->output_file);
    return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

/** The shell reads the arguments, so quoting is the shell's, and execs, so the process is the program's. */
static bool program_start(struct script *script)
{
    struct error error = {0};
    char *command, *program;
    struct terminal_setup setup = {
        .environ = script->environment,
        .directory = script->sandbox.work,
        .rows = script->rows,
        .columns = script->columns,
        .no_controlling = script->no_controlling,
        .job = script->job,
        .ignored_signal = script->ignored_signal,
    };
    if (asprintf(&command, "exec \"$PROGRAM\" %s", script->arguments ? script->arguments : "") < 0 ||
        asprintf(&program, "PROGRAM=%s", script->program) < 0)
        abort();
    script->environment[script->environment_count] = program;
    setup.argv = (char *[]){"/bin/sh", "-c", command, NULL};
    setup.input = producer_start(script);
    setup.output = output_start(script);
    script->terminal = terminal_open(&setup, &error);
    if (setup.input > 0)
        close(setup.input);
    if (setup.output > 0)
        close(setup.output);
    script->environment[script->environment_count] = NULL;
    free(command);
    free(program);
    return script->terminal || script_failed(script, error.message);
}

static bool has_written(const struct terminal *terminal, void *context)
{
    size_t size;
    (void)context;
    terminal_raw(terminal, &size);
    return size > 0;
}

/** A person presses no key before there is a screen; before it, the terminal is not in the program's key mode. */
static void first_screen_wait(const struct script *script)
{
    if (!script->start_now && !script->output_file)
        terminal_wait(script->terminal, has_written, NULL, script->timeout);
}

static bool setups_run(struct script *script)
{
    for (size_t i = 0; i < script->setups; i++)
        if (!script_shell(script, script->setup[i]))
            return false;
    return true;
}

static bool end_check(struct script *script)
{
    int status = terminal_exit_status(script->terminal, 0);
    return status < 0 || script->end_expected ||
           script_failed_on_screen(script, "the program ended, and no exit: says so");
}

static bool script_run(struct script *script)
{
    struct error error = {0};
    if (!script_read(script) || !script_head_run(script))
        return false;
    if (!sandbox_open(&script->sandbox, script->data, &error))
        return script_failed(script, error.message);
    setenv("PROGRAM", script->program, 1);
    if (!setups_run(script) || !program_start(script))
        return false;
    first_screen_wait(script);
    return script_steps_run(script) && end_check(script);
}

static void script_release(struct script *script)
{
    terminal_close(script->terminal);
    sandbox_close(&script->sandbox);
    fclose(script->output);
    free(script->output_text);
    for (size_t i = 0; i < script->lines; i++)
        free(script->line[i]);
    free(script->line);
}

static bool wants_update(int *count, char **arguments)
{
    const char *asked = getenv("FOLIO_UPDATE_GOLDEN");
    if (*count < 2 || strcmp(arguments[1], "--update") != 0)
        return asked && strcmp(asked, "1") == 0;
    memmove(arguments + 1, arguments + 2, (size_t)(*count - 1) * sizeof *arguments);
    (*count)--;
    return true;
}

/** A pipe must not get a number that means something else. */
static void standard_descriptors_fill(void)
{
    int descriptor;
    do
        descriptor = open("/dev/null", O_RDWR);
    while (descriptor >= 0 && descriptor <= STDERR_FILENO);
    close(descriptor);
}

int main(int count, char **arguments)
{
    struct script script = {.rows = 24, .columns = 80, .timeout = 30000};
    bool passed;
    standard_descriptors_fill();
    script.update = wants_update(&count, arguments);
    if (count != 4) {
        fprintf(stderr, "usage: screen_runner [--update] PROGRAM DATA_DIR FILE.screen\n");
        return 2;
    }
    script.program = arguments[1];
    script.data = arguments[2];
    script.path = arguments[3];
    script.environment[script.environment_count++] = "DATA=data";
    script.output = required(open_memstream(&script.output_text, &script.output_size));
    passed = script_run(&script);
    fflush(script.output);
    if (passed && script.update && script.changed)
        passed = script_write(&script);
    script_release(&script);
    return passed ? SCRIPT_PASSED : SCRIPT_FAILED;
}
