/* SPDX-License-Identifier: MIT */
/*
 * tests: the child's side of a terminal. Between fork and exec only calls that are safe after a fork of a threaded
 * program are made, so a test may have threads. What goes wrong comes back through a pipe that exec closes.
 */
#include "harness/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ENVIRONMENT_ROOM = 128 };

/** What a child tells the parent before exec. */
struct report {
    pid_t program;
    int failure; /**< errno, or 0 */
};

static const char *const kept[] = {
    "PATH=",
    "TMPDIR=",
    "ASAN_OPTIONS=",
    "UBSAN_OPTIONS=",
    "TSAN_OPTIONS=",
    "LSAN_OPTIONS=",
    "MSAN_OPTIONS=",
    "GCOV_PREFIX=",
    "GCOV_PREFIX_STRIP=",
    "LLVM_PROFILE_FILE=",
    "LD_LIBRARY_PATH=",
};

/** The signal that a shell in between has to pass on goes here; written before the handler is set. */
static volatile pid_t job;

struct environment {
    char *entry[ENVIRONMENT_ROOM + 1];
    size_t count;
};

static void environment_remove(struct environment *environment, const char *name, size_t length)
{
    for (size_t i = 0; i < environment->count; i++) {
        if (strncmp(environment->entry[i], name, length) != 0 || environment->entry[i][length] != '=')
            continue;
        free(environment->entry[i]);
        environment->entry[i] = environment->entry[--environment->count];
        environment->entry[environment->count] = NULL;
        return;
    }
}

static void environment_put(struct environment *environment, const char *entry)
{
    size_t name = strcspn(entry, "=");
    environment_remove(environment, entry, name);
    if (entry[name] == '=' && environment->count < ENVIRONMENT_ROOM)
        environment->entry[environment->count++] = strdup(entry);
}

static void environment_put_path(struct environment *environment, const char *name, const char *home,
                                 const char *below)
{
    char entry[256];
    snprintf(entry, sizeof entry, "%s=%s%s", name, home, below);
    environment_put(environment, entry);
}

static void environment_fill(struct environment *environment, const char *home, const char *const *changes)
{
    for (char **entry = environ; *entry; entry++) {
        for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
            if (strncmp(*entry, kept[i], strlen(kept[i])) == 0)
                environment_put(environment, *entry);
    }
    environment_put_path(environment, "HOME", home, "");
    environment_put_path(environment, "XDG_CONFIG_HOME", home, "/.config");
    environment_put_path(environment, "XDG_STATE_HOME", home, "/.local/state");
    environment_put_path(environment, "XDG_CACHE_HOME", home, "/.cache");
    environment_put_path(environment, "XDG_DATA_HOME", home, "/.local/share");
    environment_put_path(environment, "XDG_RUNTIME_DIR", home, "");
    environment_put(environment, "TERM=xterm-256color");
    environment_put(environment, "LC_ALL=C.UTF-8");
    for (; changes && *changes; changes++)
        environment_put(environment, *changes);
}

static void environment_release(struct environment *environment)
{
    for (size_t i = 0; i < environment->count; i++)
        free(environment->entry[i]);
}

static void signals_reset(int ignored)
{
    sigset_t none;
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
    if (ignored)
        signal(ignored, SIG_IGN);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/** `wanted` is what setup says of descriptor `target`. Descriptors that are moved here are above 2 already. */
static void descriptor_place(int wanted, int slave, int target)
{
    if (wanted == TERMINAL_CLOSED)
        close(target);
    else
        dup2(wanted == TERMINAL_TTY ? slave : wanted, target);
}

static _Noreturn void program_execute(const struct terminal_setup *setup, int slave, int report_fd,
                                      char **environment)
{
    struct report report = {.program = getpid()};
    descriptor_place(setup->input, slave, STDIN_FILENO);
    descriptor_place(setup->output, slave, STDOUT_FILENO);
    descriptor_place(setup->errors, slave, STDERR_FILENO);
    signals_reset(setup->ignored_signal);
    if (!setup->directory || chdir(setup->directory) == 0)
        execvpe(setup->argv[0], setup->argv, environment);
    report.failure = errno;
    (void)!write(report_fd, &report, sizeof report);
    _exit(127);
}

static void job_hangup(int number)
{
    kill(-job, number);
}

/** The shell in between: it only makes the program a job of the terminal, and ends as the job ended. */
static _Noreturn void job_run(const struct terminal_setup *setup, int slave, int report_fd,
                              char **environment)
{
    struct report report = {0};
    int status = 0;
    signal(SIGTTOU, SIG_IGN);
    job = fork();
    if (job == 0) {
        setpgid(0, 0);
        tcsetpgrp(slave, getpid());
        program_execute(setup, slave, report_fd, environment);
    }
    setpgid(job, job);
    tcsetpgrp(slave, job);
    signal(SIGHUP, job_hangup);
    report.program = job;
    (void)!write(report_fd, &report, sizeof report);
    /* Not the master above all: with that open here, no hangup would be one. */
    close_range(STDERR_FILENO + 1, ~0U, 0);
    while (waitpid(job, &status, 0) < 0 && errno == EINTR)
        ;
    _exit(WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
}

static _Noreturn void child_run(const struct terminal_setup *setup, int slave, int report_fd,
                                char **environment)
{
    setsid();
    if (!setup->no_controlling)
        ioctl(slave, TIOCSCTTY, 0);
    if (setup->job)
        job_run(setup, slave, report_fd, environment);
    program_execute(setup, slave, report_fd, environment);
}

/** The reports arrive in any order and the pipe closes at exec; the last failure counts. */
static int reports_read(int report_fd, pid_t *program)
{
    struct report report;
    int failure = 0;
    for (;;) {
        ssize_t got = read(report_fd, &report, sizeof report);
        if (got < 0 && errno == EINTR)
            continue;
        if (got != (ssize_t)sizeof report)
            return failure;
        *program = report.program;
        if (report.failure)
            failure = report.failure;
    }
}

pid_t spawn(const struct terminal_setup *setup, int slave, const char *home, pid_t *program,
            struct error *error)
{
    struct environment environment = {.count = 0};
    int ends[2], failure;
    pid_t child;
    if (pipe2(ends, O_CLOEXEC) < 0) {
        error_system(error, errno, "cannot start %s", setup->argv[0]);
        return -1;
    }
    environment_fill(&environment, home, setup->environ);
    child = fork();
    if (child == 0)
        child_run(setup, slave, ends[1], environment.entry);
    failure = child < 0 ? errno : 0;
    close(ends[1]);
    *program = child;
    if (child > 0)
        failure = reports_read(ends[0], program);
    close(ends[0]);
    environment_release(&environment);
    if (failure == 0)
        return child;
    error_system(error, failure, "cannot start %s", setup->argv[0]);
    if (child > 0)
        waitpid(child, NULL, 0);
    return -1;
}
