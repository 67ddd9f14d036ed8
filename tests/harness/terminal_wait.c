/* SPDX-License-Identifier: MIT */
/* tests: waiting for a program in a terminal; everything is a loop around terminal_pump. */
#include "harness/terminal_wait.h"

#include "harness/terminal_look.h"
#include "harness/terminal_private.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { QUIET_ANSWERED = 20, QUIET_SILENT = 150, LONGEST_NAP = 20 };

/** System calls in which a program waits for a key, besides read. */
static const long polling_calls[] = {
    SYS_ppoll,
    SYS_pselect6,
#ifdef SYS_poll
    SYS_poll,
#endif
#ifdef SYS_select
    SYS_select,
#endif
};

double terminal_patience(void)
{
    const char *text = getenv("FOLIO_TEST_PATIENCE");
    double factor = text ? strtod(text, NULL) : 1;
    return factor > 1 ? factor : 1;
}

static int64_t scaled(int time)
{
    return (int64_t)(time * terminal_patience());
}

/** Milliseconds until the program counts as quiet; 0 or less: it does. */
static int64_t quiet_left(const struct terminal *terminal)
{
    int64_t needed = scaled(terminal->answered ? QUIET_ANSWERED : QUIET_SILENT);
    return terminal->ended ? 0 : terminal->moved + needed - clock_now();
}

bool terminal_wait(struct terminal *terminal, terminal_predicate *predicate, void *context, int timeout)
{
    int64_t deadline = clock_now() + scaled(timeout);
    for (;;) {
        bool holds;
        int64_t quiet, left;
        terminal_pump(terminal, 0);
        holds = predicate(terminal, context);
        quiet = quiet_left(terminal);
        if (holds && quiet <= 0)
            return true;
        left = deadline - clock_now();
        if (left <= 0 || (terminal->ended && !holds))
            return false;
        if (holds && quiet < left)
            left = quiet;
        terminal_pump(terminal, left < LONGEST_NAP ? (int)left : LONGEST_NAP);
    }
}

static bool shows(const struct terminal *terminal, void *context)
{
    return terminal_shows(terminal, context);
}

bool terminal_wait_text(struct terminal *terminal, const char *needle, int timeout)
{
    char *context = strdup(needle);
    bool found = terminal_wait(terminal, shows, context, timeout);
    free(context);
    return found;
}

/** The text of a file in the program's folder of /proc; false if it cannot be read. */
static bool process_text(const struct terminal *terminal, const char *name, char *text, size_t size)
{
    char path[64];
    ssize_t got;
    int descriptor;
    snprintf(path, sizeof path, "/proc/%d/%s", (int)terminal->program, name);
    descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    got = read(descriptor, text, size - 1);
    close(descriptor);
    text[got > 0 ? got : 0] = '\0';
    return got > 0;
}

long terminal_sleeps(const struct terminal *terminal)
{
    static const char label[] = "\nvoluntary_ctxt_switches:";
    char text[4096];
    const char *found;
    if (!process_text(terminal, "status", text, sizeof text))
        return -1;
    found = strstr(text, label);
    return found ? strtol(found + strlen(label), NULL, 10) : -1;
}

static bool is_terminal_of(const struct terminal *terminal, long descriptor)
{
    char path[64], target[64] = "";
    snprintf(path, sizeof path, "/proc/%d/fd/%ld", (int)terminal->program, descriptor);
    return readlink(path, target, sizeof target - 1) > 0 &&
           (strncmp(target, "/dev/pts/", 9) == 0 || strcmp(target, "/dev/tty") == 0);
}

/** Does the main thread sleep where it waits for keys? 0 no, 1 yes, -1 the kernel does not say. */
static int waits_for_key(const struct terminal *terminal)
{
    char text[128], *rest;
    long call;
    if (!process_text(terminal, "syscall", text, sizeof text))
        return -1;
    if (text[0] < '0' || text[0] > '9')
        return 0;
    call = strtol(text, &rest, 10);
    if (call == SYS_read)
        return is_terminal_of(terminal, strtol(rest, NULL, 16));
    for (size_t i = 0; i < sizeof polling_calls / sizeof polling_calls[0]; i++)
        if (call == polling_calls[i])
            return 1;
    return 0;
}

/*
 * A key takes its way through a work queue of the kernel: for a moment it is neither unread input nor has it woken
 * the program. So the program must also have gone to sleep once more than before the key was sent.
 */
static bool idle(const struct terminal *terminal)
{
    int unread = 0, waits;
    if (terminal->unsent.size || (ioctl(terminal->slave, FIONREAD, &unread) == 0 && unread > 0))
        return false;
    waits = waits_for_key(terminal);
    if (waits < 0)
        return clock_now() - terminal->moved >= scaled(QUIET_SILENT);
    return waits == 1 && (terminal->sleeps < 0 || terminal_sleeps(terminal) > terminal->sleeps);
}

bool terminal_wait_idle(struct terminal *terminal, int timeout)
{
    int64_t deadline = clock_now() + scaled(timeout);
    for (;;) {
        size_t before;
        terminal_pump(terminal, 0);
        before = terminal->raw.size;
        /* What it wrote before it fell asleep must have been read: only then does the screen show its answer. */
        if (idle(terminal)) {
            terminal_pump(terminal, 0);
            if (terminal->raw.size == before)
                return true;
            continue;
        }
        if (terminal->ended || clock_now() >= deadline)
            return false;
        terminal_pump(terminal, 1);
    }
}

void terminal_watch(struct terminal *terminal, int time)
{
    int64_t deadline = clock_now() + time;
    for (;;) {
        int64_t left = deadline - clock_now();
        if (left <= 0 || terminal->ended)
            return;
        terminal_pump(terminal, (int)left);
    }
}

int terminal_exit_status(struct terminal *terminal, int timeout)
{
    int64_t deadline = clock_now() + scaled(timeout);
    for (;;) {
        int64_t left = deadline - clock_now();
        terminal_pump(terminal, left > 0 && !terminal->ended ? (int)left : 0);
        if (terminal->ended)
            return terminal->status;
        if (left <= 0)
            return -1;
    }
}
