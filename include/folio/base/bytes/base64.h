/* SPDX-License-Identifier: MIT */
/**
 * base: bytes as base64 text. Pure; any thread.
 */
#ifndef FOLIO_BASE_BYTES_BASE64_H
#define FOLIO_BASE_BYTES_BASE64_H

#include "folio/base/bytes/buf.h"

#include <stdbool.h>
#include <stddef.h>

/** Append `length` bytes as base64, padded, on one line. False (and `failed`) when out of memory. */
bool base64_append(struct buf *out, const void *data, size_t length);

#endif
