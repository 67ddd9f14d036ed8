/* SPDX-License-Identifier: MIT */
/**
 * io: bytes passed on unchanged: to standard output, as cat does it, or into a file in memory.
 *
 * Blocks as read and write do; any thread.
 */
#ifndef FOLIO_IO_FILE_COPY_H
#define FOLIO_IO_FILE_COPY_H

#include "folio/base/bytes/error.h"

#include <stdbool.h>
#include <stddef.h>

/** Copy everything readable from `fd` to `out` unchanged. EPIPE is a quiet end: true. False on other failures. */
bool copy_out(int fd, const char *name, int out, struct error *error);

/** A file in memory (memfd) with this content, for text that folio makes itself. -1 and `error` on failure. */
int copy_memory(const char *name, const char *data, size_t length, struct error *error);

#endif
