/* SPDX-License-Identifier: MIT */
/* tools: a terminal with a stop-watch (see the header). The program is started by the harness. */
#include "screen.h"

#include "harness/sandbox.h"
#include "harness/spawn.h"
#include "measure.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vterm.h>

/** A picture is complete when nothing came for this long: a program that draws pauses for less. */
#define BURST_MS 2.0

struct screen {
    int master, slave;
    pid_t leader, program;
    char home[64];
    VTerm *vterm;
    VTermScreen *cells;
    int rows, columns;
    /** When keys were last pressed (or it was started), when output last came. */
    double pressed, output;
    uint64_t body;
};

static void vterm_says(const char *data, size_t size, void *user)
{
    const struct screen *screen = user;
    (void)!write(screen->master, data, size);
}

static void vterm_attach(struct screen *screen)
{
    screen->vterm = vterm_new(screen->rows, screen->columns);
    vterm_set_utf8(screen->vterm, 1);
    vterm_output_set_callback(screen->vterm, vterm_says, screen);
    screen->cells = vterm_obtain_screen(screen->vterm);
    vterm_screen_enable_altscreen(screen->cells, 1);
    vterm_screen_reset(screen->cells, 1);
}

struct screen *screen_open(char *const *command, int rows, int columns)
{
    struct screen *screen = calloc(1, sizeof *screen);
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    struct terminal_setup setup = {.argv = command, .rows = rows, .columns = columns};
    struct error error;
    if (!screen || openpty(&screen->master, &screen->slave, NULL, NULL, &size) < 0)
        bench_fail("no pseudo terminal");
    fcntl(screen->master, F_SETFD, FD_CLOEXEC);
    fcntl(screen->slave, F_SETFD, FD_CLOEXEC);
    fcntl(screen->master, F_SETFL, O_NONBLOCK);
    snprintf(screen->home, sizeof screen->home, "/tmp/folio-bench-XXXXXX");
    if (!mkdtemp(screen->home))
        bench_fail("no home for the program");
    screen->rows = rows;
    screen->columns = columns;
    vterm_attach(screen);
    screen->pressed = bench_now();
    screen->leader = spawn(&setup, screen->slave, screen->home, &screen->program, &error);
    if (screen->leader < 0)
        bench_fail("%s", error.message);
    return screen;
}

void screen_close(struct screen *screen)
{
    kill(screen->leader, SIGKILL);
    waitpid(screen->leader, NULL, 0);
    close(screen->slave);
    close(screen->master);
    tree_remove(screen->home);
    vterm_free(screen->vterm);
    free(screen);
}

pid_t screen_process(const struct screen *screen)
{
    return screen->program;
}

/** FNV-1a over the characters of all rows but the last. */
static uint64_t body_hash(const struct screen *screen)
{
    uint64_t hash = 0xcbf29ce484222325u;
    VTermScreenCell cell;
    for (int row = 0; row < screen->rows - 1; row++)
        for (int column = 0; column < screen->columns; column++) {
            vterm_screen_get_cell(screen->cells, (VTermPos){row, column}, &cell);
            hash = (hash ^ cell.chars[0]) * 0x100000001b3u;
        }
    return hash;
}

/** The text of a row, as UTF-8. */
static void row_text(const struct screen *screen, int row, char *text, size_t size)
{
    VTermRect rect = {row, row + 1, 0, screen->columns};
    size_t length = vterm_screen_get_text(screen->cells, text, size - 1, rect);
    text[length < size ? length : size - 1] = '\0';
}

/** Read what there is within `timeout` ms. True when something came. */
static bool screen_read(struct screen *screen, double timeout)
{
    char chunk[65536];
    struct pollfd polled = {.fd = screen->master, .events = POLLIN};
    struct timespec limit = {(time_t)(timeout / 1e3), (long)(timeout * 1e6) % 1000000000};
    if (ppoll(&polled, 1, &limit, NULL) <= 0)
        return false;
    ssize_t got = read(screen->master, chunk, sizeof chunk);
    if (got <= 0)
        return false;
    screen->output = bench_now();
    vterm_input_write(screen->vterm, chunk, (size_t)got);
    return true;
}

bool screen_press(struct screen *screen, const char *keys)
{
    char sent[256];
    size_t length = 0;
    for (const char *at = keys; *at && length < sizeof sent; at++) {
        char byte = *at;
        if (byte == '\\' && at[1]) {
            at++;
            byte = *at == 'r' ? '\r' : *at == 'e' ? '\033' : *at == 's' ? ' ' : *at;
        }
        sent[length++] = byte;
    }
    while (screen_read(screen, 0))
        ;
    screen->body = body_hash(screen);
    screen->pressed = bench_now();
    return write(screen->master, sent, length) == (ssize_t)length &&
           waitpid(screen->leader, NULL, WNOHANG) == 0;
}

bool screen_status(const struct screen *screen, const char *text)
{
    char row[4096];
    row_text(screen, screen->rows - 1, row, sizeof row);
    return strstr(row, text) != NULL;
}

struct answer screen_settle(struct screen *screen, double quiet, double timeout)
{
    return screen_settle_key(screen, quiet, timeout, timeout);
}

struct answer screen_settle_key(struct screen *screen, double quiet, double unchanged, double timeout)
{
    struct answer answer = {0};
    double changed = screen->pressed;
    bool drawing = true;
    for (;;) {
        double now = bench_now(), since = now - changed;
        bool reading = answer.waited && screen_status(screen, "reading");
        bool nothing = !answer.any && !answer.waited && now - screen->pressed > unchanged;
        if (nothing || now - screen->pressed > timeout || (answer.any && !reading && since >= quiet))
            return answer;
        double left = answer.any && !reading && since < quiet ? quiet - since : 1;
        if (!screen_read(screen, left))
            continue;
        uint64_t body = body_hash(screen);
        bool reads = screen_status(screen, "reading");
        if (body == screen->body && !(reads && !answer.waited))
            continue;
        /* What comes without a pause belongs to the first picture. */
        bool first = answer.frame == 0;
        drawing = drawing && (first || screen->output - changed < BURST_MS);
        if (drawing)
            answer.frame = screen->output - screen->pressed;
        answer.waited = answer.waited || reads;
        changed = screen->output;
        if (body != screen->body) {
            answer.any = true;
            answer.data = screen->output - screen->pressed;
        }
        screen->body = body;
    }
}

bool screen_wait_output(struct screen *screen, double timeout)
{
    while (!screen_read(screen, 1))
        if (bench_now() - screen->pressed > timeout)
            return false;
    return true;
}

/** Is `text` in a row, and nowhere as an estimate? */
static bool screen_shows(const struct screen *screen, const char *text)
{
    char row[4096], estimate[256];
    bool found = false;
    snprintf(estimate, sizeof estimate, "~%s", text);
    for (int number = 0; number < screen->rows; number++) {
        row_text(screen, number, row, sizeof row);
        if (strstr(row, estimate))
            return false;
        found = found || strstr(row, text);
    }
    return found;
}

static bool screen_idle(const struct screen *screen)
{
    return !screen_status(screen, "indexing") && !screen_status(screen, "counting") &&
           !screen_status(screen, "searching");
}

double screen_await(struct screen *screen, const char *text, double timeout)
{
    for (;;) {
        if (text ? screen_shows(screen, text) : screen_idle(screen))
            return screen->output - screen->pressed;
        if (bench_now() - screen->pressed > timeout)
            return -1;
        screen_read(screen, 1);
    }
}

double screen_await_gone(struct screen *screen, const char *text, double timeout)
{
    while (screen_shows(screen, text)) {
        if (bench_now() - screen->pressed > timeout)
            return -1;
        screen_read(screen, 1);
    }
    return screen->output - screen->pressed;
}

void screen_print(const struct screen *screen)
{
    char row[4096];
    for (int number = 0; number < screen->rows; number++) {
        row_text(screen, number, row, sizeof row);
        fprintf(stderr, "|%s\n", row);
    }
}
