/* SPDX-License-Identifier: MIT */
/* io: preads on helper threads. The starter's thread and the helper share one struct.
 *
 *   starter   fetch_start ------ fetch_done, fetch_bytes ------ fetch_drop
 *                  \                                                |
 *   helper          fetch_run: pread ............... done, release  +-- the last of the two frees
 *
 * Neither waits for the other's end, which is all the point: the helper may sit in a pread of a dead disk for ever,
 * while the starter has left. A pread that waits for a page on its way can be killed, so a helper does not hold up
 * the end of the process either; seen with a FUSE file system whose reads take seconds. One thread that stays and
 * takes orders was rejected: a stuck order would hold up all the others. */
#include "folio/io/page/fetch.h"

#include "folio/io/thread/clock.h"
#include "folio/io/thread/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/** The first nap, and the longest. */
#define NAP_FIRST_US 200u
#define NAP_LAST_US  5000u

struct fetch {
    /** Two at first: the starter and the helper. */
    atomic_int references;
    int fd;
    struct range range;
    pthread_mutex_t lock;
    pthread_cond_t ready;
    /** Under `lock`; once it is true nobody writes to what follows. */
    bool done;
    size_t length;
    int code;
    char bytes[];
};

/** Fetches whose helper is still at it. Global because the limit is the process's. */
static atomic_int fetch_count;

/** One of the two lets go. */
static void fetch_release(struct fetch *fetch)
{
    if (atomic_fetch_sub(&fetch->references, 1) > 1)
        return;
    pthread_cond_destroy(&fetch->ready);
    pthread_mutex_destroy(&fetch->lock);
    close(fetch->fd);
    free(fetch);
}

/** Read until all is there, the file ends (code 0), or an error, which belongs to the byte at `*length`. */
static void fetch_read(struct fetch *fetch, size_t *length, int *code)
{
    size_t wanted = (size_t)(fetch->range.end - fetch->range.begin);

    while (*length < wanted) {
        ssize_t count =
            pread(fetch->fd, fetch->bytes + *length, wanted - *length, (off_t)(fetch->range.begin + *length));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            *code = errno;
        if (count <= 0)
            return;
        *length += (size_t)count;
    }
}

/** The helper's body. */
static void fetch_run(void *context)
{
    struct fetch *fetch = context;
    size_t length = 0;
    int code = 0;

    fetch_read(fetch, &length, &code);
    pthread_mutex_lock(&fetch->lock);
    fetch->length = length;
    fetch->code = code;
    fetch->done = true;
    pthread_cond_signal(&fetch->ready);
    pthread_mutex_unlock(&fetch->lock);
    atomic_fetch_sub(&fetch_count, 1);
    fetch_release(fetch);
}

/** A fetch with a descriptor of its own, so that closing the file's does not pull it away from under pread. */
static struct fetch *fetch_new(int fd, struct range range)
{
    struct fetch *fetch = malloc(sizeof *fetch + (size_t)(range.end - range.begin));
    pthread_condattr_t attribute;

    if (!fetch)
        return NULL;
    *fetch = (struct fetch){.references = 2, .range = range};
    fetch->fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    if (fetch->fd < 0) {
        free(fetch);
        return NULL;
    }
    pthread_mutex_init(&fetch->lock, NULL);
    pthread_condattr_init(&attribute);
    /* Naps must not stretch when somebody sets the clock. */
    pthread_condattr_setclock(&attribute, CLOCK_MONOTONIC);
    pthread_cond_init(&fetch->ready, &attribute);
    pthread_condattr_destroy(&attribute);
    return fetch;
}

struct fetch *fetch_start(int fd, struct range range)
{
    struct fetch *fetch = NULL;

    if (range.end - range.begin > FETCH_LENGTH_MAX)
        range.end = range.begin + FETCH_LENGTH_MAX;
    if (atomic_fetch_add(&fetch_count, 1) < FETCH_COUNT_MAX)
        fetch = fetch_new(fd, range);
    if (!fetch)
        atomic_fetch_sub(&fetch_count, 1);
    else if (!pool_help(fetch_run, fetch))
        fetch_run(fetch);
    return fetch;
}

bool fetch_done(struct fetch *fetch, unsigned wait_us)
{
    uint64_t until_ns = clock_ns() + wait_us * UINT64_C(1000);
    struct timespec until = {.tv_sec = (time_t)(until_ns / 1000000000u),
                             .tv_nsec = (long)(until_ns % 1000000000u)};

    pthread_mutex_lock(&fetch->lock);
    while (wait_us > 0 && !fetch->done)
        if (pthread_cond_timedwait(&fetch->ready, &fetch->lock, &until) == ETIMEDOUT)
            break;
    bool done = fetch->done;
    pthread_mutex_unlock(&fetch->lock);
    return done;
}

bool fetch_covers(const struct fetch *fetch, uint64_t offset)
{
    return fetch && offset >= fetch->range.begin && offset < fetch->range.end;
}

struct span fetch_bytes(const struct fetch *fetch, uint64_t offset, int *code)
{
    size_t skip = (size_t)(offset - fetch->range.begin);

    *code = 0;
    if (skip >= fetch->length) {
        /* The error belongs to the one byte where it came. */
        *code = fetch->code != 0 && skip > fetch->length ? EAGAIN : fetch->code;
        return (struct span){fetch->bytes, 0};
    }
    return (struct span){fetch->bytes + skip, fetch->length - skip};
}

void fetch_drop(struct fetch *fetch)
{
    if (fetch)
        fetch_release(fetch);
}

bool wait_nap(struct wait *wait, struct fetch *fetch)
{
    if (wait->nap_us == 0) {
        wait->begun_ns = clock_ns();
        wait->nap_us = NAP_FIRST_US;
    }
    if (fetch) {
        (void)fetch_done(fetch, wait->nap_us);
    } else {
        struct timespec nap = {.tv_nsec = (long)wait->nap_us * 1000};
        nanosleep(&nap, NULL);
    }
    wait->nap_us = wait->nap_us * 3 / 2 < NAP_LAST_US ? wait->nap_us * 3 / 2 : NAP_LAST_US;
    uint64_t waited_ms = (clock_ns() - wait->begun_ns) / 1000000u;
    return !wait->patience.go_on || wait->patience.go_on(wait->patience.context, (unsigned)waited_ms);
}
