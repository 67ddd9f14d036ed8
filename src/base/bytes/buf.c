/* SPDX-License-Identifier: MIT */
/*
 * base: the growing byte string. One owner, one thread.
 *
 * Every change that needs room goes through buf_reserve, which is the only place that allocates and the only one
 * that sets `failed` for want of memory; all others just ask it first. There is always one byte more than the
 * content, for the NUL, so that `data` can be given to anyone who wants a string.
 */
#include "folio/base/bytes/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Bytes of the first allocation: a name or a message fits, and a few appends do not each allocate. */
#define BUF_CAPACITY_MIN 64

void buf_release(struct buf *buf)
{
    free(buf->data);
    *buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
    /* Clear is how a buf comes back from a failure: what was cut is gone, so it may grow again. */
    buf->length = 0;
    buf->failed = false;
    if (buf->data)
        buf->data[0] = '\0';
}

/* Make room for `extra` more bytes and the final NUL. Doubling keeps a long row of appends linear. */
static bool buf_reserve(struct buf *buf, size_t extra)
{
    if (buf->failed)
        return false;
    /* No object is larger than PTRDIFF_MAX: asking would only make a sanitizer complain. */
    if (extra >= (size_t)PTRDIFF_MAX - buf->length) {
        buf->failed = true;
        return false;
    }
    size_t need = buf->length + extra + 1;
    if (need <= buf->capacity)
        return true;
    size_t capacity = buf->capacity < BUF_CAPACITY_MIN ? BUF_CAPACITY_MIN : buf->capacity;
    while (capacity < need)
        capacity = capacity > (size_t)PTRDIFF_MAX / 2 ? need : capacity * 2;
    char *data = realloc(buf->data, capacity);
    if (!data) {
        buf->failed = true;
        return false;
    }
    buf->data = data;
    buf->capacity = capacity;
    return true;
}

bool buf_append(struct buf *buf, const void *data, size_t length)
{
    if (!buf_reserve(buf, length))
        return false;
    /* memcpy from NULL is undefined even for no bytes, and an empty span may well be NULL. */
    if (length > 0)
        memcpy(buf->data + buf->length, data, length);
    buf->length += length;
    buf->data[buf->length] = '\0';
    return true;
}

bool buf_text(struct buf *buf, const char *text)
{
    return buf_append(buf, text, strlen(text));
}

bool buf_format(struct buf *buf, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    /* Once for the length, once for the text: guessing a length would need this path as well. */
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    /* A character that the locale cannot write, or more than INT_MAX bytes. */
    if (length < 0) {
        buf->failed = true;
        return false;
    }
    if (!buf_reserve(buf, (size_t)length))
        return false;
    va_start(arguments, format);
    (void)vsnprintf(buf->data + buf->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    buf->length += (size_t)length;
    return true;
}

void buf_remove(struct buf *buf, size_t offset, size_t length)
{
    if (offset >= buf->length)
        return;
    size_t rest = buf->length - offset;
    if (length > rest)
        length = rest;
    /* The bytes behind the gap move up, the NUL with them. */
    memmove(buf->data + offset, buf->data + offset + length, rest - length + 1);
    buf->length -= length;
}

bool buf_insert(struct buf *buf, size_t offset, const void *data, size_t length)
{
    if (!buf_reserve(buf, length))
        return false;
    if (offset > buf->length)
        offset = buf->length;
    /* Not the NUL: it is written anew below, and an empty buf has none yet to move. */
    memmove(buf->data + offset + length, buf->data + offset, buf->length - offset);
    if (length > 0)
        memcpy(buf->data + offset, data, length);
    buf->length += length;
    buf->data[buf->length] = '\0';
    return true;
}

const char *buf_string(const struct buf *buf)
{
    return buf->data ? buf->data : "";
}
