/* SPDX-License-Identifier: MIT */
/*
 * tests: runs folio_seam once for each call that can fail, and judges how each run ends.
 *
 *     seam_loop [--seconds N] [--jobs N] [--only SCENARIO] PROGRAM        a part of them, evenly spread; 0: all
 *     seam_loop --one SCENARIO KIND:N:ERRNO PROGRAM                       one, with its screens
 *
 * A scenario is a way of opening and keys that go through open, draw, search and follow. It is run once to count the
 * calls of each kind; then, for each kind, each errno value of it and N from 1 to that count, it is run with the N-th
 * call failing, and with the N-th and all later ones failing. A run passes when
 *
 *     it ended by itself, soon after `q`, with status 0, 1 or 2, and by no signal but ^C;
 *     status 1 came with a sentence;
 *     the terminal has the modes it had, its first screen and its cursor;
 *     every line of the file that stood on the screen was a true one, in its place;
 *     after one failure, not a lasting one, the first line can be shown or a sentence says why not.
 *
 * Threads take turns by luck, so the N-th call of one run is not that of the next: a run is one sample, and all of them
 * reach about every call.
 */
#include "harness/rows.h"
#include "harness/sandbox.h"
#include "harness/terminal.h"
#include "harness/terminal_look.h"
#include "harness/terminal_wait.h"
#include "seam.h"

#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LINES = 40000, STEP = 20, LEAVE = 5000, ROWS = 10, COLUMNS = 90, MOST_WORDS = 8, MOST_STEPS = 24 };

/** What happens between two looks at the screen; a step that begins with ! is done to the file. */
struct scenario {
    const char *name;
    const char *word[MOST_WORDS]; /**< arguments */
    const char *environment;
    bool piped, brief; /**< from a pipe; ends by itself */
    const char *step[MOST_STEPS];
};

static const struct scenario scenarios[] = {
    {"file",
     {"-N", "../numbers"},
     NULL,
     false,
     false,
     {"G", "/000039000<CR>", "?000001000<CR>", "n", "-i", ":50%<CR>", "=", "mah", "q'a", "&<CR>", "v",
      "ggg"}},
    {"regex",
     {"-N", "+/3[0-9]7{3}|nine", "../numbers"},
     NULL,
     false,
     false,
     {"n", "N", "/(?i)LINE 0+39[0-9]{3}$<CR>", "<ESC>u", "/[<CR>", "g", "-S", "<Right>", "<Left>"}},
    {"follow",
     {"+F", "growing"},
     NULL,
     false,
     false,
     {"!append", "!append", "<C-c>", "G", "F", "!rotate", "!append", "<C-c>", "R", "!cut", "!append", "g"}},
    {"pipe",
     {"-"},
     NULL,
     true,
     false,
     {"<Space>", "G", "/000039000<CR>", "N", ":10%<CR>", "F", "<C-c>", "g"}},
    {"files",
     {"../three", "missing", "../numbers", "growing"},
     NULL,
     false,
     false,
     {":n<CR>", "G", ":p<CR>", ":e growing<CR>", ":e gro<Tab><CR>", "/line<CR>", "h", "/line<CR>", "q", "g"}},
    {"settings",
     {"../numbers"},
     NULL,
     false,
     false,
     {":set numbers<CR>", ":set nowrap<CR>", ":<Tab><Tab><ESC>", "-s", "-J", ":set status<CR>",
      ":set header=1<CR>", ":set header=0<CR>", ":set encoding=latin1<CR>", "G", ":set encoding=utf-16le<CR>",
      ":set encoding=utf-8<CR>", "g"}},
    {"colour", {"../colour"}, NULL, false, false, {"G", "/000000900<CR>", "n", ":set sgr=carry<CR>", "g"}},
    {"long",
     {"../long"},
     NULL,
     false,
     false,
     {"G", ":50%<CR>", "/needle<CR>", "k", "-S", "<Right>", "<Left>", "g"}},
    {"proc", {"/proc/self/maps"}, NULL, false, false, {"G", "/lib<CR>", "n", "g"}},
    {"one_screen", {"-F", "../three"}, NULL, false, true, {NULL}},
    {"plain", {"../three"}, "TERM=dumb", false, true, {NULL}},
    {"missing", {"missing"}, NULL, false, true, {NULL}},
};

enum { SCENARIOS = sizeof scenarios / sizeof scenarios[0] };

static const char *const kind_name[] = {
#define KIND(name, first, second) #name,
    SEAM_KINDS
#undef KIND
};

static const int kind_code[][2] = {
#define KIND(name, first, second) {first, second},
    SEAM_KINDS
#undef KIND
};

/** One run: what is to fail (`code` 0: nothing). */
struct attempt {
    const struct scenario *scenario;
    int kind, code;
    uint64_t number;
    bool forever;
};

/** All that one worker needs; a process each. */
struct place {
    const char *program;
    char folder[128]; /**< its own; ../numbers and the like are shared */
    struct seam_log *log;
    bool talkative;
};

/* ---- what the runs work on ----------------------------------------------------------------------------------- */

static void lines_write(const char *path, const char *before, int first, int last)
{
    FILE *file = fopen(path, "ae");
    for (int i = first; file && i <= last; i++)
        fprintf(file, "%sline %015d%s\n", before, i, *before ? "\033[m" : "");
    if (!file || fclose(file) != 0)
        abort();
}

static void samples_make(const char *root)
{
    char path[160];
    snprintf(path, sizeof path, "%s/numbers", root);
    lines_write(path, "", 1, LINES);
    snprintf(path, sizeof path, "%s/three", root);
    lines_write(path, "", 1, 3);
    snprintf(path, sizeof path, "%s/colour", root);
    lines_write(path, "\033[38;5;9m", 1, 3000);
    snprintf(path, sizeof path, "%s/long", root);
    FILE *file = fopen(path, "we");
    for (int i = 0; file && i < 60000; i++)
        fputs(i == 45000 ? "a needle" : i % 100 ? "xxxxxxxx" : "\033[1my\033[m\303\244z", file);
    if (!file || fclose(file) != 0)
        abort();
}

static void file_change(const char *how)
{
    if (strcmp(how, "!append") == 0)
        lines_write("growing", "", 21, 22);
    if (strcmp(how, "!rotate") == 0)
        rename("growing", "growing.1");
    if (strcmp(how, "!cut") == 0)
        (void)!truncate("growing", 21);
}

/* ---- judging ---------------------------------------------------------------------------------------------------- */

/** The number of the line in `text`, with what -N writes before it in `numbered`; 0: no line of the file. */
static long line_read(const char *text, long *numbered)
{
    const char *found = strstr(text, "line 0");
    char *end;
    *numbered = strtol(text, NULL, 10);
    if (!found || strlen(found) < 20)
        return 0;
    long number = strtol(found + 5, &end, 10);
    return end == found + 20 ? number : 0;
}

/** Are the lines of the file on the screen true: each its own number beside it, and the next below it? */
static bool rows_true(const struct terminal *terminal, const struct scenario *scenario)
{
    long last = 0;
    if (strcmp(scenario->name, "follow") == 0 || strcmp(scenario->name, "files") == 0)
        return true; /* growing repeats its lines */
    for (int row = 0; row < ROWS - 1; row++) {
        long numbered, number;
        char *text = row_read(terminal, ROW_TEXT, row);
        number = line_read(text, &numbered);
        free(text);
        if (number && ((numbered && numbered != number) || (last && number != last + 1)))
            return false;
        last = number;
    }
    return true;
}

/** The same, with time for a picture that is being drawn. */
static bool rows_settle(struct terminal *terminal, const struct scenario *scenario)
{
    for (int try = 0; try < 20; try++) {
        if (rows_true(terminal, scenario))
            return true;
        terminal_watch(terminal, STEP);
    }
    return false;
}

/** Does the screen show the first line, or any sentence about a failure? */
static bool recovered(const struct terminal *terminal, void *context)
{
    const struct attempt *attempt = context;
    static const char *const excuses[] = {"Cannot", "cannot", "rror", "memory", "No ", "not ", "too", "Too"};
    char *top = row_read(terminal, ROW_TEXT, 0);
    bool fine = strstr(top, "line 0000000000000") || strstr(top, "zxxxxxxxx");
    free(top);
    if (strcmp(attempt->scenario->name, "proc") == 0)
        return true;
    for (size_t i = 0; i < sizeof excuses / sizeof excuses[0]; i++)
        fine = fine || terminal_shows(terminal, excuses[i]);
    return fine || terminal_shows(terminal, strerror(attempt->code));
}

/** Does a sentence say just now what failed? The next key takes it away. */
static bool excused(const struct terminal *terminal, const struct attempt *attempt)
{
    return terminal_shows(terminal, "memory") ||
           (attempt->code && terminal_shows(terminal, strerror(attempt->code)));
}

static bool said(const struct terminal *terminal, const char *what)
{
    size_t size;
    const char *raw = terminal_raw(terminal, &size);
    return memmem(raw, size, what, strlen(what)) != NULL;
}

/** The modes that a terminal begins with. */
static struct termios modes_first(void)
{
    struct termios modes;
    int ends[2];
    if (openpty(&ends[0], &ends[1], NULL, NULL, NULL) < 0 || tcgetattr(ends[1], &modes) < 0)
        abort();
    close(ends[0]);
    close(ends[1]);
    return modes;
}

/** Was a sentence said: before or behind the screen, or in the status row, of a file that was passed over? */
static bool said_why(const struct terminal *terminal)
{
    static const char *const begin[] = {"folio: ", "missing: ", "numbers: ", "growing: ", "three: "};
    bool why = false;
    for (size_t i = 0; i < sizeof begin / sizeof *begin; i++)
        why = why || said(terminal, begin[i]);
    return why;
}

/** What is wrong with how the program left; NULL: nothing. Where it had no screen, ^C may have ended it. */
static const char *leaving_fault(struct terminal *terminal, int status)
{
    struct termios before = modes_first(), after;
    int row, column;
    if (status < 0)
        return "it does not end";
    if (status > 2 && status != 128 + SIGINT)
        return "it was killed, or ended with a strange status";
    if (status == 1 && !said_why(terminal))
        return "it ended with status 1 and no sentence";
    if (said(terminal, "Sanitizer") || said(terminal, "runtime error"))
        return "a sanitizer spoke";
    if (!terminal_modes(terminal, &after) || after.c_lflag != before.c_lflag ||
        after.c_iflag != before.c_iflag || after.c_oflag != before.c_oflag)
        return "it left the terminal with other modes";
    if (terminal_alternate(terminal))
        return "it left the other screen on";
    if (!terminal_cursor(terminal, &row, &column))
        return "it left no cursor";
    return NULL;
}

/* ---- one run ---------------------------------------------------------------------------------------------------- */

/** The keys; the fault, NULL if none was seen. The program may end at any time. */
static const char *steps_run(struct terminal *terminal, const struct attempt *attempt,
                             const struct place *place)
{
    struct error error;
    const struct scenario *scenario = attempt->scenario;
    bool told = false;
    for (int i = 0; i < MOST_STEPS && scenario->step[i] && terminal_exit_status(terminal, 0) < 0; i++) {
        if (scenario->step[i][0] == '!')
            file_change(scenario->step[i]);
        else if (!terminal_keys(terminal, scenario->step[i], &error))
            return "it does not read keys";
        terminal_watch(terminal, (int)((int)STEP * terminal_patience()));
        if (place->talkative) {
            printf("---- %s\n", scenario->step[i]);
            screen_print(terminal, stdout);
        }
        if (!rows_settle(terminal, scenario))
            return "a line stands where it does not belong";
        told = told || excused(terminal, attempt);
    }
    if (terminal_exit_status(terminal, 0) < 0 && !attempt->forever && !told &&
        !terminal_wait(terminal, recovered, (void *)(uintptr_t)attempt, 2000) &&
        terminal_exit_status(terminal, 0) < 0)
        return "it does not find back to the first line";
    return NULL;
}

static const char *attempt_judge(struct terminal *terminal, const struct attempt *attempt,
                                 const struct place *place)
{
    struct error error;
    const char *fault = NULL;
    if (!attempt->scenario->brief) {
        terminal_watch(terminal, (int)(2 * STEP * terminal_patience()));
        fault = steps_run(terminal, attempt, place);
        if (!fault && terminal_exit_status(terminal, 0) < 0)
            terminal_keys(terminal, "<C-c>q", &error);
    }
    int status = terminal_exit_status(terminal, attempt->scenario->brief ? LEAVE / 5 : LEAVE);
    /* Never enough memory for a picture. One ^C ends the wait for it, and where no screen can be had then, another ends
     * the wait for what would be printed instead. */
    for (int presses = 0; presses < 2 && status < 0 && attempt->scenario->brief && attempt->forever;
         presses++)
        if (terminal_keys(terminal, "<C-c>", &error))
            status = terminal_exit_status(terminal, LEAVE);
    if (place->talkative || fault || leaving_fault(terminal, status)) {
        printf("---- status %d\n", status);
        screen_print(terminal, stdout);
    }
    return fault ? fault : leaving_fault(terminal, status);
}

/** A child that feeds the pipe; its end in `input`. */
static pid_t producer_start(const char *path, int *input)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        abort();
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        execlp("cat", "cat", path, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    *input = ends[0];
    return child;
}

/** Run it; the fault, NULL if there is none. */
static const char *attempt_run(const struct attempt *attempt, const struct place *place)
{
    const struct scenario *scenario = attempt->scenario;
    char order[64], log[160], *argv[MOST_WORDS + 2] = {(char *)(uintptr_t)place->program};
    const char *environment[] = {order, log, "VISUAL=true", scenario->environment, NULL};
    struct terminal_setup setup = {.argv = argv, .environ = environment, .rows = ROWS, .columns = COLUMNS};
    struct error error;
    pid_t producer = -1;
    snprintf(order, sizeof order, "FOLIO_SEAM=");
    if (attempt->code)
        snprintf(order, sizeof order, "FOLIO_SEAM=%s:%lu%s:%d", kind_name[attempt->kind],
                 (unsigned long)attempt->number, attempt->forever ? "+" : "", attempt->code);
    snprintf(log, sizeof log, "FOLIO_SEAM_LOG=%s/log", place->folder);
    for (int i = 0; i < MOST_WORDS && scenario->word[i]; i++)
        argv[i + 1] = (char *)(uintptr_t)scenario->word[i];
    memset(place->log, 0, sizeof *place->log);
    unlink("growing");
    unlink("growing.1");
    lines_write("growing", "", 1, 20);
    if (scenario->piped)
        producer = producer_start("../numbers", &setup.input);
    struct terminal *terminal = terminal_open(&setup, &error);
    if (scenario->piped)
        close(setup.input);
    const char *fault = terminal ? attempt_judge(terminal, attempt, place) : "it cannot be started";
    terminal_close(terminal);
    if (producer > 0) {
        kill(producer, SIGKILL);
        waitpid(producer, NULL, 0);
    }
    return fault;
}

/* ---- all of them --------------------------------------------------------------------------------------------- */

static void caller_print(const struct place *place)
{
    char command[320];
    fflush(stdout);
    if (place->log->caller == 0)
        return;
    snprintf(command, sizeof command, "addr2line -s -p -i -f -e '%s' 0x%lx", place->program,
             (unsigned long)place->log->caller - 1);
    (void)!system(command);
}

/** True if it passed; else what happened, and how to see it again. */
static bool attempt_report(const struct attempt *attempt, const struct place *place)
{
    const char *fault = attempt_run(attempt, place);
    /* Once more: on a loaded machine a run may only have been late. */
    if (fault)
        fault = attempt_run(attempt, place);
    if (!fault)
        return true;
    printf("FAIL: --one %s %s:%lu%s:%d (%s), %lu refused: %s\n", attempt->scenario->name,
           kind_name[attempt->kind], (unsigned long)attempt->number, attempt->forever ? "+" : "",
           attempt->code, strerror(attempt->code), (unsigned long)place->log->refused, fault);
    caller_print(place);
    return false;
}

struct plan {
    struct attempt *attempt;
    size_t count, room;
};

static void plan_add(struct plan *plan, struct attempt attempt)
{
    if (plan->count == plan->room) {
        plan->room = plan->room ? plan->room * 2 : 1024;
        plan->attempt = reallocarray(plan->attempt, plan->room, sizeof *plan->attempt);
        if (!plan->attempt)
            abort();
    }
    plan->attempt[plan->count++] = attempt;
}

/**
 * Every call of the scenario that can fail; of thousands from the same place, as of a matcher in a loop, ever fewer. A
 * lasting EINTR is no failure but a loop.
 */
static void plan_scenario(struct plan *plan, const struct scenario *scenario, const struct seam_log *log)
{
    for (int kind = 0; kind < SEAM_KIND_COUNT; kind++) {
        for (int code = 0; code < 2 && kind_code[kind][code]; code++) {
            struct attempt attempt = {scenario, kind, kind_code[kind][code], 1, false};
            for (; attempt.number <= log->calls[kind]; attempt.number += 1 + attempt.number / 128) {
                attempt.forever = false;
                plan_add(plan, attempt);
                attempt.forever = true;
                if (attempt.code != EINTR)
                    plan_add(plan, attempt);
            }
        }
    }
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/** A stride that visits all of `count` and leaps far at each step, so that a part of them is spread over all. */
static size_t plan_stride(size_t count)
{
    size_t stride = count * 382 / 1000 + 1, a, b;
    for (;; stride++) {
        for (a = count, b = stride; b;) {
            size_t rest = a % b;
            a = b;
            b = rest;
        }
        if (a == 1)
            return stride;
    }
}

static void place_open(struct place *place, const char *root, int worker)
{
    char path[160];
    snprintf(place->folder, sizeof place->folder, "%s/%d", root, worker);
    snprintf(path, sizeof path, "%s/log", place->folder);
    if (mkdir(place->folder, 0700) < 0 || chdir(place->folder) < 0)
        abort();
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 || ftruncate(fd, sizeof *place->log) < 0)
        abort();
    place->log = mmap(NULL, sizeof *place->log, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (place->log == MAP_FAILED)
        abort();
}

/** Worker `worker` of `jobs`: its share until the time is over. Its exit status is 1 if one failed. */
static _Noreturn void work(const struct plan *plan, struct place place, const char *root, int worker,
                           int jobs, double end)
{
    size_t stride = plan_stride(plan->count), ran = 0, failed = 0;
    place_open(&place, root, worker);
    for (size_t i = (size_t)worker; i < plan->count && (end <= 0 || seconds_now() < end); i += (size_t)jobs) {
        failed += !attempt_report(&plan->attempt[i * stride % plan->count], &place);
        ran++;
    }
    printf("worker %d: %zu of %zu runs, %zu failed\n", worker, ran, plan->count, failed);
    fflush(stdout);
    _exit(failed ? 1 : 0);
}

/** Count the calls of each scenario; false if one does not even pass with none of them failing. */
static bool plan_make(struct plan *plan, struct place *place, const char *only)
{
    for (int i = 0; i < SCENARIOS; i++) {
        struct attempt attempt = {.scenario = &scenarios[i]};
        if (only && strcmp(only, scenarios[i].name) != 0)
            continue;
        const char *fault = attempt_run(&attempt, place);
        if (fault) {
            printf("FAIL: %s without any failure: %s\n", scenarios[i].name, fault);
            return false;
        }
        printf("%s:", scenarios[i].name);
        for (int kind = 0; kind < SEAM_KIND_COUNT; kind++)
            printf(" %lu %s", (unsigned long)place->log->calls[kind], kind_name[kind]);
        printf("\n");
        plan_scenario(plan, &scenarios[i], place->log);
    }
    return plan->count > 0;
}

static int run_all(struct place *place, const char *root, const char *only, int jobs, int seconds)
{
    struct plan plan = {0};
    int failed = 0, status;
    if (!plan_make(&plan, place, only))
        return 1;
    fflush(stdout);
    for (int worker = 1; worker <= jobs; worker++)
        if (fork() == 0)
            work(&plan, *place, root, worker, jobs, seconds ? seconds_now() + seconds : 0);
    while (wait(&status) > 0)
        failed |= status != 0;
    free(plan.attempt);
    return failed;
}

/** SCENARIO and KIND:N:ERRNO or KIND:N+:ERRNO. */
static int run_one(struct place *place, const char *name, const char *order)
{
    struct attempt attempt = {.kind = -1};
    char *rest;
    for (int i = 0; i < SCENARIOS; i++)
        if (strcmp(scenarios[i].name, name) == 0)
            attempt.scenario = &scenarios[i];
    for (int i = 0; i < SEAM_KIND_COUNT; i++) {
        size_t length = strlen(kind_name[i]);
        if (strncmp(order, kind_name[i], length) == 0 && order[length] == ':')
            attempt.kind = i;
    }
    if (!attempt.scenario || attempt.kind < 0)
        return 2;
    attempt.number = strtoull(strchr(order, ':') + 1, &rest, 10);
    attempt.forever = *rest == '+';
    attempt.code = *strchr(rest, ':') ? atoi(strchr(rest, ':') + 1) : 0;
    place->talkative = true;
    bool fine = attempt_report(&attempt, place);
    printf("%lu refused\n", (unsigned long)place->log->refused);
    caller_print(place);
    return fine ? 0 : 1;
}

int main(int count, char **word)
{
    char root[64], here[4096];
    const char *folder = getenv("FAULT_FOLDER");
    const char *only = NULL, *name = NULL, *order = NULL;
    int seconds = 60, jobs = (int)sysconf(_SC_NPROCESSORS_ONLN), at = 1, result;
    for (; at + 1 < count && word[at][0] == '-'; at += 2) {
        if (strcmp(word[at], "--seconds") == 0)
            seconds = atoi(word[at + 1]);
        else if (strcmp(word[at], "--jobs") == 0)
            jobs = atoi(word[at + 1]);
        else if (strcmp(word[at], "--only") == 0)
            only = word[at + 1];
        else if (strcmp(word[at], "--one") == 0 && at + 2 < count) {
            name = word[at + 1];
            order = word[at++ + 2];
        }
    }
    snprintf(root, sizeof root, "%s/folio-seam-XXXXXX", folder ? folder : "/tmp");
    if (at + 1 != count || !realpath(word[at], here) || !mkdtemp(root)) {
        fprintf(stderr, "usage: seam_loop [--seconds N] [--jobs N] [--only SCENARIO] PROGRAM\n"
                        "       seam_loop --one SCENARIO KIND:N:ERRNO PROGRAM\n");
        return 2;
    }
    struct place place = {.program = here};
    signal(SIGPIPE, SIG_IGN);
    setvbuf(stdout, NULL, _IOLBF, 0);
    samples_make(root);
    place_open(&place, root, 0);
    result = name ? run_one(&place, name, order) : run_all(&place, root, only, jobs, seconds);
    (void)!chdir("/");
    tree_remove(root);
    return result;
}
