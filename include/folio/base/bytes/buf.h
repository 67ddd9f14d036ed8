/* SPDX-License-Identifier: MIT */
/**
 * base: a byte string that grows.
 *
 * Plain struct, owned by whoever holds it, one thread. `data` is always NUL-terminated after the first append and
 * is borrowed from the buf: valid until the next call that changes it. Out of memory is remembered in `failed`
 * instead of being returned by each call: append freely, ask once. What is appended must not lie in the buf itself.
 */
#ifndef FOLIO_BASE_BYTES_BUF_H
#define FOLIO_BASE_BYTES_BUF_H

#include <stdbool.h>
#include <stddef.h>

/** Bytes with a length and room to grow. All zero is an empty buf. */
struct buf {
    char *data;
    size_t length;
    size_t capacity;
    /** An allocation failed: the content is cut, appends do nothing until buf_clear. */
    bool failed;
};

/** Free the memory; the buf is empty again and may be used on. */
void buf_release(struct buf *buf);

/** Forget the content, keep the memory, clear `failed`. */
void buf_clear(struct buf *buf);

/** Append `length` bytes. False (and `failed`) when out of memory. */
bool buf_append(struct buf *buf, const void *data, size_t length);

/** Append a NUL-terminated string. False (and `failed`) when out of memory. */
bool buf_text(struct buf *buf, const char *text);

/** Append printf-formatted text. False (and `failed`) when out of memory. */
bool buf_format(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Remove `length` bytes at `offset` (both clamped to the content). */
void buf_remove(struct buf *buf, size_t offset, size_t length);

/** Insert `length` bytes at `offset` (clamped). False (and `failed`) when out of memory. */
bool buf_insert(struct buf *buf, size_t offset, const void *data, size_t length);

/** The content as a NUL-terminated string, never NULL; borrowed until the next change. */
const char *buf_string(const struct buf *buf);

#endif
