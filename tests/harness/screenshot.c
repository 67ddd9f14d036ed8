/* SPDX-License-Identifier: MIT */
/*
 * tests: makes the picture in the README, so that it never shows a screen that does not exist.
 *
 *     screenshot PROGRAM OUT.png ROWSxCOLUMNS KEYS [ARGUMENT]...
 *
 * KEYS are written as for terminal_keys. The picture is taken when the program has been quiet for half a second.
 */
#include "harness/picture.h"
#include "harness/terminal.h"
#include "harness/terminal_look.h"
#include "harness/terminal_wait.h"

#include <stdio.h>

enum { START_TIMEOUT = 10000, SETTLE = 500 };

static bool has_written(const struct terminal *terminal, void *context)
{
    size_t size;
    (void)context;
    terminal_raw(terminal, &size);
    return size > 0;
}

static bool picture_take(struct terminal *terminal, const char *keys, const char *path, struct error *error)
{
    if (!terminal_wait(terminal, has_written, NULL, START_TIMEOUT))
        return error_set(error, 0, "the program shows nothing");
    if (!terminal_keys(terminal, keys, error))
        return false;
    terminal_watch(terminal, SETTLE);
    return picture_write(terminal, path, error);
}

int main(int count, char **arguments)
{
    struct error error = {0};
    struct terminal *terminal;
    struct terminal_setup setup = {0};
    const char *keys;
    bool fine;
    if (count < 5 || sscanf(arguments[3], "%dx%d", &setup.rows, &setup.columns) != 2) {
        fprintf(stderr, "usage: screenshot PROGRAM OUT.png ROWSxCOLUMNS KEYS [ARGUMENT]...\n");
        return 2;
    }
    keys = arguments[4];
    /* The program and its arguments are side by side once the keys between them make room. */
    arguments[4] = arguments[1];
    setup.argv = arguments + 4;
    terminal = terminal_open(&setup, &error);
    fine = terminal && picture_take(terminal, keys, arguments[2], &error);
    if (!fine)
        fprintf(stderr, "screenshot: %s\n", error.message);
    terminal_close(terminal);
    return fine ? 0 : 1;
}
