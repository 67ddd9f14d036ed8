/* SPDX-License-Identifier: MIT */
/* io: bytes passed on unchanged (see the header). Any thread. */
#include "folio/io/file/copy.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/** Bytes moved at once. */
#define COPY_LENGTH 65536

/** Write all of it. 0, or errno. */
static int copy_write(int out, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t count = write(out, data, length);
        if (count >= 0) {
            data += count;
            length -= (size_t)count;
        } else if (errno == EAGAIN) {
            struct pollfd ready = {.fd = out, .events = POLLOUT};
            (void)poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

/** The next bytes, at most COPY_LENGTH; 0 at the end, -1 and errno. */
static ssize_t copy_read(int fd, char *buffer)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    ssize_t count;

    do {
        /* A FIFO opened without a writer reads as ended; poll does wait for the first one. */
        (void)poll(&ready, 1, -1);
        count = read(fd, buffer, COPY_LENGTH);
    } while (count < 0 && (errno == EINTR || errno == EAGAIN));
    return count;
}

/** By way of `buffer`, of COPY_LENGTH bytes. */
static bool copy_through(char *buffer, int fd, const char *name, int out, struct error *error)
{
    for (;;) {
        ssize_t count = copy_read(fd, buffer);
        if (count == 0)
            return true;
        if (count < 0)
            return error_system(error, errno, "%s", name);
        int code = copy_write(out, buffer, (size_t)count);
        if (code == EPIPE)
            return true;
        if (code != 0)
            return error_system(error, code, "cannot write to standard output");
    }
}

bool copy_out(int fd, const char *name, int out, struct error *error)
{
    char *buffer = malloc(COPY_LENGTH);
    if (!buffer)
        return error_system(error, ENOMEM, "%s", name);
    bool fine = copy_through(buffer, fd, name, out, error);
    free(buffer);
    return fine;
}

bool copy_in(int fd, const char *name, size_t most, struct buf *text, struct error *error)
{
    size_t end = text->length + most;
    ssize_t count = 1;
    char *buffer = malloc(COPY_LENGTH);

    text->failed = text->failed || !buffer;
    while (count > 0 && text->length <= end && !text->failed) {
        count = copy_read(fd, buffer);
        if (count > 0)
            buf_append(text, buffer, (size_t)count);
    }
    free(buffer);
    if (count < 0)
        return error_system(error, errno, "%s", name);
    if (text->failed)
        return error_system(error, ENOMEM, "%s", name);
    return text->length <= end || error_set(error, EFBIG, "%s is too long: more than %zu bytes", name, most);
}

int copy_memory(const char *name, const char *data, size_t length, struct error *error)
{
    int fd = memfd_create(name, MFD_CLOEXEC);
    int code = fd < 0 ? errno : copy_write(fd, data, length);
    if (code == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    error_system(error, code, "%s: cannot be kept in memory", name);
    return -1;
}
