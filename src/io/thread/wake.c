/* SPDX-License-Identifier: MIT */
/**
 * io: a bell, as an eventfd. Rung by any thread or signal handler, waited for by its owner.
 */
#include "folio/io/thread/wake.h"

#include "folio/io/thread/clock.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

struct wake {
    int fd;
};

struct wake *wake_open(struct error *error)
{
    struct wake *wake = malloc(sizeof *wake);
    if (!wake) {
        error_system(error, ENOMEM, "Cannot make a wake-up descriptor");
        return NULL;
    }
    wake->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (wake->fd < 0) {
        error_system(error, errno, "Cannot make a wake-up descriptor");
        free(wake);
        return NULL;
    }
    return wake;
}

void wake_close(struct wake *wake)
{
    if (!wake)
        return;
    close(wake->fd);
    free(wake);
}

void wake_ring(struct wake *wake)
{
    if (!wake)
        return;
    /* A signal handler must leave errno alone. A full counter (EAGAIN) is a rung bell all the same. */
    int saved = errno;
    uint64_t one = 1;
    while (write(wake->fd, &one, sizeof one) < 0 && errno == EINTR) {
    }
    errno = saved;
}

bool wake_wait(struct wake *wake, int timeout_ms)
{
    /* A signal does not end the wait: one that matters rings. */
    int64_t end = timeout_ms > 0 ? clock_ms() + timeout_ms : 0;
    struct pollfd poll_fd = {.fd = wake->fd, .events = POLLIN};
    while (poll(&poll_fd, 1, timeout_ms) < 0) {
        if (errno != EINTR) {
            /* Out of memory, say: whoever comes back at once would only burn the processor. */
            struct timespec nap = {.tv_nsec = 10000000};
            (void)nanosleep(&nap, NULL);
            break;
        }
        if (timeout_ms > 0) {
            int64_t left = end - clock_ms();
            timeout_ms = left > 0 ? (int)left : 0;
        }
    }
    return wake_clear(wake);
}

int wake_fd(const struct wake *wake)
{
    return wake->fd;
}

bool wake_clear(struct wake *wake)
{
    uint64_t count;
    ssize_t got;
    do {
        got = read(wake->fd, &count, sizeof count);
    } while (got < 0 && errno == EINTR);
    return got == (ssize_t)sizeof count;
}
