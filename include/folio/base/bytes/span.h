/* SPDX-License-Identifier: MIT */
/**
 * base: borrowed bytes, and a stretch of a file.
 *
 * Both are values. A span does not own its bytes: the function that gives one says how long they stay.
 */
#ifndef FOLIO_BASE_BYTES_SPAN_H
#define FOLIO_BASE_BYTES_SPAN_H

#include <stddef.h>
#include <stdint.h>

/** `length` bytes at `data`, borrowed. */
struct span {
    const char *data;
    size_t length;
};

/** The bytes [begin, end) of a file, as byte offsets. Empty when begin == end. */
struct range {
    uint64_t begin;
    uint64_t end;
};

#endif
