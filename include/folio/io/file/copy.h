/* SPDX-License-Identifier: MIT */
/**
 * io: bytes passed on unchanged: to standard output, as cat does it, into memory, or into a file there.
 *
 * Blocks as read and write do; any thread.
 */
#ifndef FOLIO_IO_FILE_COPY_H
#define FOLIO_IO_FILE_COPY_H

#include "folio/base/bytes/buf.h"
#include "folio/base/bytes/error.h"

#include <stdbool.h>
#include <stddef.h>

/** Copy everything readable from `fd` to `out` unchanged. EPIPE is a quiet end: true. False on other failures. */
bool copy_out(int fd, const char *name, int out, struct error *error);

/** Append everything readable from `fd`, of which nobody wants more than `most` bytes. False: that, and other failures. */
bool copy_in(int fd, const char *name, size_t most, struct buf *text, struct error *error);

/** A file in memory (memfd) with this content, for text that folio makes itself. -1 and `error` on failure. */
int copy_memory(const char *name, const char *data, size_t length, struct error *error);

#endif
