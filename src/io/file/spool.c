/* SPDX-License-Identifier: MIT */
/**
 * io: a stream made mappable. A helper thread reads it into a memfd, later into an unlinked temporary file.
 *
 *     stream --read--> helper --write--> store  (read-write; the helper's alone)
 *                                          |
 *     mapping <--- mmap, fstat ----------- fd   (the same file, read-only; the number that never changes)
 *
 * The move to disk. Past SPOOL_MEMORY the helper copies everything into a temporary file and then puts that file
 * under the number `fd` with dup3, which replaces and closes in one step: at every moment fstat(fd) shows a file
 * that holds all bytes told of so far. Mappings of the memfd stay good for what they cover; mapping_refresh sees
 * another inode and maps anew, and with the last mapping the memory is free. Rejected: starting on disk always
 * (short streams would cause writes and could fail for want of a directory), staying in memory always (swap), and
 * a new number after the move (everybody above would have to be told).
 *
 * Back-pressure is not to read: at `want` + SPOOL_AHEAD bytes the helper no longer polls the stream, the pipe fills,
 * and the producer sleeps in its write. A pull of the survey would defeat that, so it never calls spool_want.
 *
 * Closing waits for nobody. The helper may be stuck in a read (somebody else emptied the pipe after our poll) or in
 * a write to a slow disk, so it is detached, and the struct belongs to both: the last one out frees it. What the
 * closer may take away under the helper, the wake and `fd`, is touched by the helper only under `lock` and only
 * while `closed` is false. The helper's own descriptors it closes itself; until then their numbers cannot be reused
 * and hit a file of somebody else.
 *
 * A FIFO has no end but that of its last writer, after which poll says for ever that it has gone: the next one is waited
 * for in a descriptor that is opened anew, before the old one is closed, so that no writer finds nobody. No writing end
 * is held for that: whoever only looks must not be able to write. Nobody follows it: it ends as a pipe does, and the
 * helper waits at the bell for somebody to.
 *
 * A process that ends needs nothing of this: the kernel closes the pipe, and the producer gets SIGPIPE.
 */
#include "folio/io/file/spool.h"

#include "folio/io/file/source.h"
#include "folio/io/thread/clock.h"
#include "folio/io/thread/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/** As much as a pipe holds by default. */
#define SPOOL_PIECE ((size_t)64 << 10)
/** After the first bytes, growth is told at most this often, or when this much has come. */
#define SPOOL_TELL_MS    20
#define SPOOL_TELL_BYTES ((uint64_t)1 << 20)

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U
#endif

struct spool {
    /** Any thread. */
    _Atomic uint64_t size;
    _Atomic uint64_t want;
    /** Published after `error`, which is never changed again. */
    _Atomic enum spool_state state;
    struct error error;
    /** The stream is a FIFO, `name` its path. Somebody follows it. */
    bool fifo;
    atomic_bool followed;

    /** Two at first: the owner and the helper. */
    atomic_uint holder_count;
    /** Rung by spool_want and spool_close, to get the helper out of its poll. */
    struct wake *bell;
    /** Guards the three below: who holds it and finds `closed` false may use the other two. */
    pthread_mutex_t lock;
    bool closed;
    struct wake *wake;
    int fd;

    /** The rest is the helper's. */
    int stream;
    int store;
    bool in_memory;
    /** The last writer of the FIFO has gone, and the next has not come. */
    bool idle;
    /** How much was there, and when, at the last ring of `wake`; never yet is long ago, so first bytes are told. */
    uint64_t told_size;
    int64_t told_ms;
    char *name;
    /** $TMPDIR as it was at the start, since getenv is not for helpers. NULL: not set. */
    char *directory_wish;
    /** Where the temporary file is, for sentences. */
    const char *directory;
    char piece[SPOOL_PIECE];
};

/* ---- places to keep the content ---- */

/** A descriptor of the same file that can only read; a duplicate where /proc is missing. */
static int spool_reader(int store)
{
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", store);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    return fd >= 0 ? fd : fcntl(store, F_DUPFD_CLOEXEC, 0);
}

/** An empty memfd; -1 and errno where the kernel gives none. */
static int spool_memory(void)
{
    int fd = memfd_create("folio-spool", MFD_CLOEXEC | MFD_NOEXEC_SEAL);
    if (fd < 0 && errno == EINVAL) {
        /* Before Linux 6.3 there is no such flag. */
        fd = memfd_create("folio-spool", MFD_CLOEXEC);
    }
    return fd;
}

/** A file without a name in `directory`; -1 and errno. */
static int spool_nameless(const char *directory)
{
    int fd = open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || errno == ENOENT || errno == ENOTDIR || errno == EACCES)
        return fd;
    /* The file system has no O_TMPFILE. */
    char *path;
    if (asprintf(&path, "%s/folio-spool-XXXXXX", directory) < 0) {
        errno = ENOMEM;
        return -1;
    }
    fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
        unlink(path);
    int code = errno;
    free(path);
    errno = code;
    return fd;
}

/** A temporary file in the first directory that takes one, remembered in `directory`; -1 and errno of the first. */
static int spool_temporary(struct spool *spool)
{
    const char *const wish[] = {spool->directory_wish, "/var/tmp", "/tmp"};
    int code = 0;
    spool->directory = NULL;
    for (size_t i = 0; i < sizeof wish / sizeof wish[0]; i++) {
        if (!wish[i])
            continue;
        int fd = spool_nameless(wish[i]);
        if (fd >= 0) {
            spool->directory = wish[i];
            return fd;
        }
        if (!spool->directory) {
            spool->directory = wish[i];
            code = errno;
        }
    }
    errno = code;
    return -1;
}

/** Write `*length` bytes at `offset`; on failure, an errno value, and `*length` is how many were written. */
static int spool_write(int fd, const char *data, size_t *length, uint64_t offset)
{
    size_t done = 0;
    int code = 0;
    while (done < *length && code == 0) {
        ssize_t put = pwrite(fd, data + done, *length - done, (off_t)(offset + done));
        if (put > 0) {
            done += (size_t)put;
        } else if (put == 0) {
            /* Nothing written and no reason: do not try for ever. */
            code = ENOSPC;
        } else if (errno != EINTR) {
            code = errno;
        }
    }
    *length = done;
    return code;
}

/** Has the owner left? */
static bool spool_is_closed(struct spool *spool)
{
    pthread_mutex_lock(&spool->lock);
    bool closed = spool->closed;
    pthread_mutex_unlock(&spool->lock);
    return closed;
}

/** Copy the first `size` bytes of `from` to `to`, by way of `piece`; an errno value, ECANCELED when closed. */
static int spool_copy(struct spool *spool, int from, int to, uint64_t size)
{
    /* Not spool->piece: that holds bytes which were read and belong after the copy. */
    char *piece = malloc(SPOOL_PIECE);
    int code = !piece ? ENOMEM : 0;
    uint64_t offset = 0;
    while (offset < size && code == 0) {
        ssize_t got = pread(from, piece, SPOOL_PIECE, (off_t)offset);
        if (got < 0 && errno == EINTR)
            continue;
        size_t length = got > 0 ? (size_t)got : 0;
        if (got < 0) {
            code = errno;
        } else if (got == 0) {
            /* A memfd that lost bytes: nobody else has it, so it cannot be. */
            code = EIO;
        } else if (spool_is_closed(spool)) {
            code = ECANCELED;
        } else {
            code = spool_write(to, piece, &length, offset);
        }
        offset += length;
    }
    free(piece);
    return code;
}

/** Put `file`, which holds all content, in the place of the memfd. An errno value; `file` is used up if 0. */
static int spool_replace(struct spool *spool, int file)
{
    /* Read-only here too, so what is put under `fd` is a descriptor of its own and not `file`. */
    int reader = spool_reader(file);
    if (reader < 0)
        return errno;
    int code = 0;
    pthread_mutex_lock(&spool->lock);
    if (spool->closed)
        code = ECANCELED;
    else if (dup3(reader, spool->fd, O_CLOEXEC) < 0)
        code = errno;
    pthread_mutex_unlock(&spool->lock);
    close(reader);
    if (code == 0) {
        close(spool->store);
        spool->store = file;
        spool->in_memory = false;
    }
    return code;
}

/** Move the content to disk. An errno value; the memfd stays in use then. */
static int spool_move(struct spool *spool)
{
    int file = spool_temporary(spool);
    if (file < 0)
        return errno;
    int code = spool_copy(spool, spool->store, file, spool_size(spool));
    if (code == 0)
        code = spool_replace(spool, file);
    if (code != 0)
        close(file);
    return code;
}

/* ---- the helper ---- */

/** How far the helper is. */
static enum spool_state spool_raw(const struct spool *spool)
{
    return atomic_load_explicit(&spool->state, memory_order_acquire);
}

/** The last change of state, but for a FIFO that is opened again; `error` is filled before. */
static void spool_end(struct spool *spool, enum spool_state state)
{
    atomic_store_explicit(&spool->state, state, memory_order_release);
}

/** Ring the wake, unless nobody listens any more. */
static void spool_tell(struct spool *spool)
{
    spool->told_size = spool_size(spool);
    spool->told_ms = clock_ms();
    pthread_mutex_lock(&spool->lock);
    if (!spool->closed)
        wake_ring(spool->wake);
    pthread_mutex_unlock(&spool->lock);
}

/** Milliseconds until growth must be told: 0 now, -1 there is none to tell of. */
static int spool_tell_due(const struct spool *spool)
{
    uint64_t grown = spool_size(spool) - spool->told_size;
    if (grown == 0)
        return -1;
    int64_t left = spool->told_ms + SPOOL_TELL_MS - clock_ms();
    if (grown >= SPOOL_TELL_BYTES || left <= 0)
        return 0;
    return (int)left;
}

/** How many bytes may be read now. */
static size_t spool_room(const struct spool *spool)
{
    uint64_t size = spool_size(spool);
    uint64_t want = atomic_load_explicit(&spool->want, memory_order_acquire);
    uint64_t limit = want > UINT64_MAX - SPOOL_AHEAD ? UINT64_MAX : want + SPOOL_AHEAD;
    if (limit <= size)
        return 0;
    return limit - size < SPOOL_PIECE ? (size_t)(limit - size) : SPOOL_PIECE;
}

/** The place to keep the content failed with `code`. Always false. */
static bool spool_fail_store(struct spool *spool, int code)
{
    const char *directory = spool->directory ? spool->directory : "memory";
    error_system(
        &spool->error, code,
        "Cannot keep more of %s in %s; set TMPDIR to a directory with more room, what came so far stays",
        spool->name, directory);
    spool_end(spool, SPOOL_FAILED);
    return false;
}

/** The stream failed with `code`. Always false. */
static bool spool_fail_stream(struct spool *spool, int code)
{
    error_system(&spool->error, code, "Cannot read %s any further (what came so far stays)", spool->name);
    spool_end(spool, SPOOL_FAILED);
    return false;
}

/** Append what is in `piece`. False when it cannot be kept. */
static bool spool_keep(struct spool *spool, size_t length)
{
    uint64_t size = spool_size(spool);
    int code = 0;
    if (spool->in_memory && size + length > SPOOL_MEMORY)
        code = spool_move(spool);
    size_t kept = length;
    if (code == 0) {
        code = spool_write(spool->store, spool->piece, &kept, size);
        atomic_store_explicit(&spool->size, size + kept, memory_order_release);
    }
    return code == 0 || spool_fail_store(spool, code);
}

/** Does a FIFO whose last writer has gone wait for the next one? */
static bool spool_lasts(const struct spool *spool)
{
    return spool->fifo && atomic_load_explicit(&spool->followed, memory_order_acquire);
}

/** Open the FIFO anew, to wait in it for the next writer. False when it cannot be. */
static bool spool_reopen(struct spool *spool)
{
    struct source source;
    if (!source_open(spool->name, &source, &spool->error)) {
        spool_end(spool, SPOOL_FAILED);
        return false;
    }
    if (source.kind != SOURCE_FIFO) {
        close(source.fd);
        error_set(&spool->error, 0, "%s is no FIFO any more (what came so far stays; R opens it)",
                  spool->name);
        spool_end(spool, SPOOL_FAILED);
        return false;
    }
    if (spool->stream >= 0)
        close(spool->stream);
    spool->stream = source.fd;
    spool->idle = true;
    return true;
}

/** The last writer has gone. False: that is the end. */
static bool spool_gone(struct spool *spool)
{
    if (spool_lasts(spool))
        return spool_reopen(spool);
    spool_end(spool, SPOOL_ENDED);
    return false;
}

/** One read of the stream, which poll found ready. False at its end. */
static bool spool_read(struct spool *spool, size_t room)
{
    ssize_t got = read(spool->stream, spool->piece, room);
    if (got > 0) {
        spool->idle = false;
        return spool_keep(spool, (size_t)got);
    }
    if (got == 0)
        return spool_gone(spool);
    /* EAGAIN: somebody else reads the same stream and was faster, or it does not block. */
    return errno == EINTR || errno == EAGAIN || spool_fail_stream(spool, errno);
}

/** Wait for the stream, the bell or the time to tell, and act. False when it is over. */
static bool spool_step(struct spool *spool)
{
    size_t room = spool_room(spool);
    struct pollfd ready[] = {{.fd = wake_fd(spool->bell), .events = POLLIN},
                             {.fd = room > 0 ? spool->stream : -1, .events = POLLIN}};
    /* Told late is told all the same: the poll ends in time for it. */
    int due = spool_tell_due(spool);
    if (due == 0) {
        spool_tell(spool);
        due = -1;
    }
    if (poll(ready, 2, due) < 0)
        return errno == EINTR || errno == EAGAIN || spool_fail_stream(spool, errno);
    if (ready[0].revents != 0) {
        wake_clear(spool->bell);
        if (spool_is_closed(spool))
            return false;
        if (spool->idle && !spool_lasts(spool))
            return spool_gone(spool);
    }
    return ready[1].revents == 0 || spool_read(spool, room);
}

/** Let go of the struct; the last one frees it. */
static void spool_drop(struct spool *spool)
{
    if (atomic_fetch_sub(&spool->holder_count, 1) > 1)
        return;
    wake_close(spool->bell);
    pthread_mutex_destroy(&spool->lock);
    free(spool->name);
    free(spool->directory_wish);
    free(spool);
}

/** The end of a FIFO is told: wait until somebody follows it. False: it is over. */
static bool spool_rest(struct spool *spool)
{
    while (!spool_is_closed(spool) && !spool_lasts(spool))
        wake_wait(spool->bell, -1);
    if (spool_is_closed(spool) || !spool_reopen(spool))
        return false;
    atomic_store_explicit(&spool->state, SPOOL_READING, memory_order_release);
    return true;
}

/** Read to the end. The stream is closed before that is told: who sees the end sees the producer free. */
static void spool_read_all(struct spool *spool)
{
    while (spool_step(spool)) {
    }
    close(spool->stream);
    spool->stream = -1;
}

/** The helper's life. */
static void spool_run(void *context)
{
    struct spool *spool = context;
    spool_read_all(spool);
    while (spool->fifo && spool_raw(spool) == SPOOL_ENDED) {
        spool_tell(spool);
        if (spool_rest(spool))
            spool_read_all(spool);
        else
            break;
    }
    close(spool->store);
    spool_tell(spool);
    spool_drop(spool);
}

/* ---- the owner ---- */

/** Memory and descriptors; an errno value. What was made is taken back by spool_discard. */
static int spool_prepare(struct spool *spool, const char *name)
{
    const char *directory = getenv("TMPDIR");
    spool->name = strdup(name);
    if (directory && directory[0] != '\0') {
        spool->directory_wish = strdup(directory);
        if (!spool->directory_wish)
            return ENOMEM;
    }
    if (!spool->name)
        return ENOMEM;
    spool->store = spool_memory();
    spool->in_memory = spool->store >= 0;
    if (!spool->in_memory)
        spool->store = spool_temporary(spool);
    if (spool->store < 0)
        return errno;
    spool->fd = spool_reader(spool->store);
    return spool->fd < 0 ? errno : 0;
}

/** Take back what spool_open made but for the stream, and fill `error`. Always NULL. */
static struct spool *spool_discard(struct spool *spool, const char *name, int code, struct error *error)
{
    error_system(error, code, "Cannot read %s", name);
    if (spool->store >= 0)
        close(spool->store);
    if (spool->fd >= 0)
        close(spool->fd);
    atomic_store(&spool->holder_count, 1);
    spool_drop(spool);
    return NULL;
}

struct spool *spool_open(int fd, const char *name, bool fifo, struct wake *wake, struct error *error)
{
    struct spool *spool = calloc(1, sizeof *spool);
    if (!spool) {
        error_system(error, ENOMEM, "Cannot read %s", name);
        return NULL;
    }
    spool->fd = spool->store = -1;
    spool->stream = fd;
    spool->fifo = fifo;
    spool->wake = wake;
    atomic_store(&spool->holder_count, 2);
    pthread_mutex_init(&spool->lock, NULL);
    spool->bell = wake_open(error);
    if (!spool->bell)
        return spool_discard(spool, name, errno, error);
    int code = spool_prepare(spool, name);
    if (code == 0 && !pool_help(spool_run, spool))
        code = EAGAIN;
    return code == 0 ? spool : spool_discard(spool, name, code, error);
}

void spool_close(struct spool *spool)
{
    if (!spool)
        return;
    pthread_mutex_lock(&spool->lock);
    spool->closed = true;
    close(spool->fd);
    pthread_mutex_unlock(&spool->lock);
    wake_ring(spool->bell);
    spool_drop(spool);
}

int spool_fd(const struct spool *spool)
{
    return spool->fd;
}

uint64_t spool_size(const struct spool *spool)
{
    return atomic_load_explicit(&spool->size, memory_order_acquire);
}

void spool_want(struct spool *spool, uint64_t offset)
{
    uint64_t before = atomic_exchange_explicit(&spool->want, offset, memory_order_acq_rel);
    if (offset > before)
        wake_ring(spool->bell);
}

void spool_follow(struct spool *spool, bool followed)
{
    if (atomic_exchange_explicit(&spool->followed, followed, memory_order_acq_rel) != followed)
        wake_ring(spool->bell);
}

enum spool_state spool_state(const struct spool *spool)
{
    enum spool_state state = spool_raw(spool);
    /* Its helper is about to open it again. */
    return state == SPOOL_ENDED && spool_lasts(spool) ? SPOOL_READING : state;
}

bool spool_error(const struct spool *spool, struct error *error)
{
    if (spool_state(spool) != SPOOL_FAILED)
        return false;
    if (error)
        *error = spool->error;
    return true;
}
