/* SPDX-License-Identifier: MIT */
/**
 * tests: a folder to work in, and an end to everything that was started in it.
 *
 * A sandbox is a temporary folder ROOT/work with a link `data` to the samples in it, so that a test names a sample
 * `data/app.log` on every machine. The process that opens one adopts whatever its commands leave behind; closing
 * kills all of it, unmounts what is mounted below the folder and removes the folder. One at a time, one thread, and
 * not in a process that has children of another kind.
 */
#ifndef FOLIO_TESTS_SANDBOX_H
#define FOLIO_TESTS_SANDBOX_H

#include "folio/base/bytes/error.h"

#include <sys/types.h>

struct sandbox {
    char root[64];
    char work[80]; /**< the folder commands run in */
};

/** Make the folder. False and `error` if that fails. */
bool sandbox_open(struct sandbox *sandbox, const char *data, struct error *error);

/**
 * Start `command` in a shell in the folder, with TMP (the folder), DATA (the samples, relative to it) and the
 * variables of the caller; `output` is its standard output, -1 for the caller's. Returns the process or -1.
 */
pid_t sandbox_start(const struct sandbox *sandbox, const char *command, int output);

/** The same, and wait: its exit status, 128 + N after signal N. */
int sandbox_run(const struct sandbox *sandbox, const char *command);

/** A mount namespace of our own, whose mounts nobody else sees. False and `error` where that is not allowed. */
bool sandbox_own_mounts(struct error *error);

/** Kill, unmount, remove. */
void sandbox_close(struct sandbox *sandbox);

/** Remove a folder and all that is in it, staying on its file system. */
void tree_remove(const char *path);

#endif
