/* SPDX-License-Identifier: MIT */
/** tests: the inside of a terminal, for terminal.c, terminal_look.c, terminal_wait.c and keys.c only. */
#ifndef FOLIO_TESTS_TERMINAL_PRIVATE_H
#define FOLIO_TESTS_TERMINAL_PRIVATE_H

#include "harness/terminal.h"

#include <stdint.h>
#include <vterm.h>

/** Bytes that grow at the end. */
struct bytes {
    char *data;
    size_t size, capacity;
};

struct terminal {
    int master; /**< -1 after a hangup */
    int slave; /**< kept open: says how much of the input is unread, and keeps the output of a program that ended */
    int process_fd;
    pid_t leader;  /**< our child */
    pid_t program; /**< the same, or with a shell in between its child */
    bool ended;
    int status;
    VTerm *vterm; /**< may be wider than the terminal is */
    VTermScreen *screen;
    int rows, columns;
    bool alternate, cursor_visible;
    struct bytes raw, unsent;
    size_t drawn;  /**< how much of `raw` libvterm has been given */
    int64_t moved; /**< monotonic milliseconds of the last input or output */
    long sleeps;   /**< how often the program had gone to sleep when the last keys were sent; -1: no matter */
    bool answered; /**< output since the last key, signal or resize */
    char home[64];
};

/** Read output, send replies, notice the end; waits up to `timeout` milliseconds for something to happen. */
void terminal_pump(struct terminal *terminal, int timeout);

/** The program was just given something to do. */
void terminal_asked(struct terminal *terminal);

/** How often the main thread of the program has gone to sleep of its own will; -1 if the kernel does not say. */
long terminal_sleeps(const struct terminal *terminal);

/** Append to `bytes`; a test without memory ends. */
void bytes_append(struct bytes *bytes, const char *data, size_t size);

/** Monotonic milliseconds. */
int64_t clock_now(void);

#endif
