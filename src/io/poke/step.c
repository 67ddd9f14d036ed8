/* SPDX-License-Identifier: MIT */
/* io: what every step of a poke needs: saying no, the size of the file now, and the byte in the cache. Any thread that
 * may wait. */
#include "inside.h"

#include <errno.h>
#include <linux/fs.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool poke_refuse(struct poke *poke, enum poke_reason reason, size_t which, int code, const char *format, ...)
{
    char sentence[sizeof poke->result->error.message];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    poke->result->reason = reason;
    poke->result->which = which;
    return error_set(&poke->result->error, code, "%s", sentence);
}

bool poke_size(int fd, struct stat *state, uint64_t *size)
{
    if (fstat(fd, state) != 0)
        return false;
    *size = (uint64_t)state->st_size;
    if (S_ISBLK(state->st_mode) && ioctl(fd, BLKGETSIZE64, size) != 0)
        return false;
    return true;
}

const uint8_t *poke_look(struct poke_window *window, int fd, uint64_t offset, uint64_t *begin, uint64_t *end)
{
    uint64_t piece = offset / POKE_WINDOW;
    uint64_t left = piece > 0 ? JOURNAL_CONTEXT : 0;

    if (window->filled != piece + 1) {
        window->filled = piece + 1;
        window->begin = piece * POKE_WINDOW - left;
        ssize_t count = pread(fd, window->data, POKE_WINDOW + left + JOURNAL_CONTEXT, (off_t)window->begin);
        window->end = window->begin + (count > 0 ? (uint64_t)count : 0);
    }
    *begin = window->begin;
    *end = window->end;
    return window->data;
}

void poke_seen(struct poke *poke, int fd, size_t first)
{
    const struct poke_byte *byte = poke->request->byte;
    size_t *written = &poke->result->written;

    while (first < *written && poke_cached(fd, byte[first].offset) == byte[first].value)
        first++;
    *written = first < *written ? first : *written;
}

int poke_cached(int fd, uint64_t offset)
{
    uint8_t byte;
    ssize_t count;

    do
        count = pread(fd, &byte, 1, (off_t)offset);
    while (count < 0 && errno == EINTR);
    return count == 1 ? byte : -1;
}
