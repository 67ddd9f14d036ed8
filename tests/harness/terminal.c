/* SPDX-License-Identifier: MIT */
/*
 * tests: a pseudo terminal, the program at its far end, libvterm at the near one.
 *
 * The near end is never blocked on: terminal_pump polls it together with a descriptor of the process, feeds what
 * comes to libvterm, and sends back what libvterm answers to questions of the program (cursor reports) and what keys
 * made. All waiting is built on that one function.
 */
#include "harness/terminal.h"

#include "harness/sandbox.h"
#include "harness/spawn.h"
#include "harness/terminal_private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/** libvterm 0.1.4 follows a null pointer when a wide character comes to a screen of one column: it gets two. */
enum { VTERM_COLUMNS = 2 };

/** How long a program that was killed is waited for, in milliseconds. */
enum { DYING_MS = 10000 };

/** So many bytes of an escape sequence wait for its end. */
enum { LONGEST_SEQUENCE = 64 };

/** Milliseconds that the last output of a program may take once it has ended. */
enum { REST = 2000 };

static int at_least(int least, int value)
{
    return value < least ? least : value;
}

static void size_set(struct terminal *terminal, int rows, int columns)
{
    terminal->rows = at_least(1, rows);
    terminal->columns = at_least(1, columns);
}

int64_t clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void bytes_append(struct bytes *bytes, const char *data, size_t size)
{
    if (bytes->size + size > bytes->capacity) {
        bytes->capacity = 2 * (bytes->size + size);
        bytes->data = realloc(bytes->data, bytes->capacity);
        if (!bytes->data)
            abort();
    }
    memcpy(bytes->data + bytes->size, data, size);
    bytes->size += size;
}

static void vterm_says(const char *data, size_t size, void *user)
{
    struct terminal *terminal = user;
    bytes_append(&terminal->unsent, data, size);
}

static int vterm_changes(VTermProp property, VTermValue *value, void *user)
{
    struct terminal *terminal = user;
    if (property == VTERM_PROP_ALTSCREEN)
        terminal->alternate = value->boolean != 0;
    if (property == VTERM_PROP_CURSORVISIBLE)
        terminal->cursor_visible = value->boolean != 0;
    return 1;
}

static const VTermScreenCallbacks vterm_callbacks = {.settermprop = vterm_changes};

static void vterm_attach(struct terminal *terminal)
{
    terminal->vterm = vterm_new(terminal->rows, at_least(VTERM_COLUMNS, terminal->columns));
    if (!terminal->vterm)
        abort();
    vterm_set_utf8(terminal->vterm, 1);
    vterm_output_set_callback(terminal->vterm, vterm_says, terminal);
    terminal->screen = vterm_obtain_screen(terminal->vterm);
    vterm_screen_set_callbacks(terminal->screen, &vterm_callbacks, terminal);
    vterm_screen_enable_altscreen(terminal->screen, 1);
    vterm_screen_reset(terminal->screen, 1);
}

static bool descriptors_open(struct terminal *terminal, const struct terminal_setup *setup,
                             struct error *error)
{
    struct winsize size = {.ws_row = (unsigned short)setup->rows, .ws_col = (unsigned short)setup->columns};
    if (openpty(&terminal->master, &terminal->slave, NULL, NULL, &size) < 0) {
        terminal->master = terminal->slave = -1;
        return error_system(error, errno, "no pseudo terminal");
    }
    fcntl(terminal->master, F_SETFD, FD_CLOEXEC);
    fcntl(terminal->slave, F_SETFD, FD_CLOEXEC);
    fcntl(terminal->master, F_SETFL, O_NONBLOCK);
    snprintf(terminal->home, sizeof terminal->home, "/tmp/folio-home-XXXXXX");
    if (!mkdtemp(terminal->home)) {
        terminal->home[0] = '\0';
        return error_system(error, errno, "no home for the program");
    }
    return true;
}

struct terminal *terminal_open(const struct terminal_setup *setup, struct error *error)
{
    struct terminal *terminal = calloc(1, sizeof *terminal);
    if (!terminal)
        abort();
    terminal->master = terminal->slave = terminal->process_fd = -1;
    terminal->ended = true;
    terminal->cursor_visible = true;
    size_set(terminal, setup->rows, setup->columns);
    vterm_attach(terminal);
    if (!descriptors_open(terminal, setup, error))
        goto failed;
    terminal->leader = spawn(setup, terminal->slave, terminal->home, &terminal->program, error);
    if (terminal->leader < 0)
        goto failed;
    terminal->ended = false;
    terminal->process_fd = pidfd_open(terminal->leader, 0);
    if (terminal->process_fd < 0) {
        error_system(error, errno, "pidfd_open");
        goto failed;
    }
    terminal_asked(terminal);
    return terminal;
failed:
    terminal_close(terminal);
    return NULL;
}

void terminal_asked(struct terminal *terminal)
{
    terminal->moved = clock_now();
    terminal->answered = false;
    terminal->sleeps = -1;
}

/** How many bytes at the end of `data` are the start of a character whose rest has not come yet. */
static size_t unfinished_character(const char *data, size_t size)
{
    for (size_t back = 1; back <= 3 && back <= size; back++) {
        unsigned char byte = (unsigned char)data[size - back];
        if ((byte & 0xc0) == 0x80)
            continue;
        return back < (byte >= 0xf0 ? 4u : byte >= 0xe0 ? 3u : byte >= 0xc0 ? 2u : 1u) ? back : 0;
    }
    return 0;
}

/** Is `length` bytes at an ESC the whole of a sequence, or more: CSI up to its letter, ESC ( and the like 3, else 2? */
static bool sequence_ends(const char *data, size_t length)
{
    if (length < 2 || strchr("()*+#", data[1]))
        return length > 2;
    for (size_t at = 2; data[1] == '[' && at <= length; at++)
        if (at == length || (data[at] >= '@' && data[at] <= '~'))
            return at < length;
    return true;
}

/** How many bytes at the end of `data` are the start of an escape sequence whose rest has not come yet. */
static size_t unfinished_sequence(const char *data, size_t size)
{
    for (size_t back = 1; back <= LONGEST_SEQUENCE && back <= size; back++) {
        const char *start = data + size - back;
        if (*start == '\033')
            return sequence_ends(start, back) ? 0 : back;
    }
    return 0;
}

/** libvterm 0.1.4 spoils a character whose bytes come in two pieces: it gets whole ones; and whole sequences. */
static void output_draw(struct terminal *terminal)
{
    const struct bytes *raw = &terminal->raw;
    size_t size = raw->size - terminal->drawn;
    size -= unfinished_character(raw->data + terminal->drawn, size);
    size -= unfinished_sequence(raw->data + terminal->drawn, size);
    vterm_input_write(terminal->vterm, raw->data + terminal->drawn, size);
    terminal->drawn += size;
}

static bool output_read(struct terminal *terminal)
{
    char chunk[65536];
    ssize_t got = terminal->master < 0 ? -1 : read(terminal->master, chunk, sizeof chunk);
    if (got <= 0)
        return false;
    bytes_append(&terminal->raw, chunk, (size_t)got);
    output_draw(terminal);
    terminal->moved = clock_now();
    terminal->answered = true;
    return true;
}

static void unsent_write(struct terminal *terminal)
{
    struct bytes *unsent = &terminal->unsent;
    ssize_t put;
    if (terminal->master < 0 || unsent->size == 0)
        return;
    put = write(terminal->master, unsent->data, unsent->size);
    if (put <= 0)
        return;
    memmove(unsent->data, unsent->data + put, unsent->size - (size_t)put);
    unsent->size -= (size_t)put;
}

/**
 * What the program wrote last may still be on its way through a work queue of the kernel when it is known to have ended. A
 * byte that we send behind it, and take away again, says that all has come; flow that a key has stopped goes on for it.
 */
static void rest_read(struct terminal *terminal)
{
    struct bytes *raw = &terminal->raw;
    size_t before = raw->size;
    bool sent = terminal->slave < 0 || fcntl(terminal->slave, F_SETFL, O_RDWR | O_NONBLOCK) < 0;
    bool come = sent;
    for (int64_t end = clock_now() + REST; !come && clock_now() < end;) {
        struct pollfd wanted = {.fd = terminal->master, .events = POLLIN};
        sent = sent || (tcflow(terminal->slave, TCOON) == 0 && write(terminal->slave, "", 1) == 1);
        /* A kernel that hangs the terminal up has brought all of it. */
        if (!sent && errno != EAGAIN)
            break;
        if (poll(&wanted, 1, 10) > 0)
            output_read(terminal);
        come = sent && raw->size > before && raw->data[raw->size - 1] == '\0';
    }
    while (output_read(terminal))
        ;
    if (come && raw->size > before && raw->data[raw->size - 1] == '\0')
        raw->size--;
    if (terminal->drawn > raw->size)
        terminal->drawn = raw->size;
}

static void end_notice(struct terminal *terminal)
{
    int status;
    if (terminal->ended || waitpid(terminal->leader, &status, WNOHANG) != terminal->leader)
        return;
    terminal->ended = true;
    terminal->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    rest_read(terminal);
}

void terminal_pump(struct terminal *terminal, int timeout)
{
    struct pollfd wanted[2] = {
        {.fd = terminal->master, .events = (short)(terminal->unsent.size ? POLLIN | POLLOUT : POLLIN)},
        {.fd = terminal->ended ? -1 : terminal->process_fd, .events = POLLIN},
    };
    if (poll(wanted, 2, timeout) < 0)
        return;
    output_read(terminal);
    unsent_write(terminal);
    if (wanted[1].revents)
        end_notice(terminal);
}

/**
 * libvterm 0.1.4 may keep its cursor and its scrolling region outside of the smaller screen, and writes through a null
 * pointer there. An order that ends the region brings the cursor inside as well; the orders of the program are drawn
 * whole, so it never lands within one.
 */
static void vterm_resize(struct terminal *terminal)
{
    static const char mend[] = "\033[r";
    vterm_set_size(terminal->vterm, terminal->rows, at_least(VTERM_COLUMNS, terminal->columns));
    vterm_input_write(terminal->vterm, mend, sizeof mend - 1);
}

void terminal_resize(struct terminal *terminal, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    size_set(terminal, rows, columns);
    vterm_resize(terminal);
    terminal_asked(terminal);
    if (terminal->master >= 0)
        ioctl(terminal->master, TIOCSWINSZ, &size);
}

void terminal_signal(struct terminal *terminal, int number)
{
    end_notice(terminal);
    terminal_asked(terminal);
    if (!terminal->ended)
        kill(terminal->program, number);
}

void terminal_hangup(struct terminal *terminal)
{
    while (output_read(terminal))
        ;
    terminal_asked(terminal);
    if (terminal->slave >= 0)
        close(terminal->slave);
    if (terminal->master >= 0)
        close(terminal->master);
    terminal->master = terminal->slave = -1;
}

bool terminal_modes(const struct terminal *terminal, struct termios *modes)
{
    return terminal->slave >= 0 && tcgetattr(terminal->slave, modes) == 0;
}

pid_t terminal_process(const struct terminal *terminal)
{
    return terminal->program;
}

/** Kill what still runs. One that waits for a server in the kernel dies when that does, which nobody waits for here. */
static void terminal_kill(const struct terminal *terminal)
{
    struct pollfd ended = {.fd = terminal->process_fd, .events = POLLIN};
    kill(terminal->program, SIGKILL);
    kill(terminal->leader, SIGKILL);
    if (ended.fd < 0 || poll(&ended, 1, DYING_MS) > 0)
        waitpid(terminal->leader, NULL, 0);
}

void terminal_close(struct terminal *terminal)
{
    if (!terminal)
        return;
    if (!terminal->ended)
        terminal_kill(terminal);
    if (terminal->process_fd >= 0)
        close(terminal->process_fd);
    if (terminal->slave >= 0)
        close(terminal->slave);
    if (terminal->master >= 0)
        close(terminal->master);
    if (terminal->home[0])
        tree_remove(terminal->home);
    vterm_free(terminal->vterm);
    free(terminal->raw.data);
    free(terminal->unsent.data);
    free(terminal);
}
