/* SPDX-License-Identifier: MIT */
/** tests: the child's side of terminal_open: environment, session, descriptors, exec. */
#ifndef FOLIO_TESTS_SPAWN_H
#define FOLIO_TESTS_SPAWN_H

#include "harness/terminal.h"

/**
 * Start the program of `setup` with the terminal `slave` and the home `home`. Returns the child, whose end the caller
 * waits for, and in `program` the process of the program itself. Returns -1 and fills `error` if it could not be
 * executed.
 */
pid_t spawn(const struct terminal_setup *setup, int slave, const char *home, pid_t *program,
            struct error *error);

#endif
