/* SPDX-License-Identifier: MIT */
/**
 * io: inotify, read by a helper thread.
 *
 * Three things are watched: the file that stood at the path at first (a writer may go on with it after it was
 * rotated away), the file that stands there now, and the directory, for the name being given to another file.
 * The helper also sets the watches, because looking a path up may hang on a dead server; until it has, it counts as
 * a change, so nothing between watch_open and the first event is missed.
 *
 * After each batch of events the helper looks away for 20 ms. The kernel folds equal events meanwhile, so a file
 * written a million times a second costs fifty rings, and a busy directory costs fifty reads.
 *
 * As with a spool, closing waits for nobody: the helper is detached, the struct belongs to both, the last one frees
 * it, and the wake is rung only under `lock` while `closed` is false.
 */
#include "folio/io/file/watch.h"

#include "folio/io/thread/clock.h"
#include "folio/io/thread/pool.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#define WATCH_REST_MS 20
#define WATCH_LOOK_MS 1000
/** ATTRIB also tells of an unlink while somebody has the file open; DELETE_SELF comes only after the last close. */
#define WATCH_FILE_MASK      (IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF)
#define WATCH_DIRECTORY_MASK (IN_CREATE | IN_MOVED_TO | IN_DELETE | IN_ONLYDIR)

struct watch {
    /** Something happened since the last watch_due. Any thread. */
    atomic_bool changed;
    atomic_uint holder_count;
    struct wake *bell;
    /** Guards the two below. */
    pthread_mutex_t lock;
    bool closed;
    struct wake *wake;

    /** The time of the last watch_due that said true; its caller's. */
    int64_t looked_ms;

    /** The rest is the helper's. `name` points into `path`; watch descriptors are -1 where there is none. */
    int inotify;
    int first_file;
    int file;
    int directory;
    char *path;
    const char *name;
};

/** Something changed: note it, and ring unless nobody listens any more. */
static void watch_tell(struct watch *watch)
{
    atomic_store(&watch->changed, true);
    pthread_mutex_lock(&watch->lock);
    if (!watch->closed)
        wake_ring(watch->wake);
    pthread_mutex_unlock(&watch->lock);
}

static bool watch_is_closed(struct watch *watch)
{
    pthread_mutex_lock(&watch->lock);
    bool closed = watch->closed;
    pthread_mutex_unlock(&watch->lock);
    return closed;
}

/** Watch what stands at the path now. The same file again gives the same descriptor and changes nothing. */
static void watch_file(struct watch *watch)
{
    int file = inotify_add_watch(watch->inotify, watch->path, WATCH_FILE_MASK);
    if (file == watch->file)
        return;
    if (watch->file >= 0 && watch->file != watch->first_file)
        inotify_rm_watch(watch->inotify, watch->file);
    watch->file = file;
    if (watch->first_file < 0)
        watch->first_file = file;
}

/** Watch the directory of the path, in which the name may be given to another file. */
static void watch_directory(struct watch *watch)
{
    size_t length = (size_t)(watch->name - watch->path);
    char *directory = length > 0 ? strndup(watch->path, length) : strdup(".");
    if (directory)
        watch->directory = inotify_add_watch(watch->inotify, directory, WATCH_DIRECTORY_MASK);
    free(directory);
}

/** Does `event` concern the file? Takes note of watches that are gone and of the name meaning another file. */
static bool watch_concerns(struct watch *watch, const struct inotify_event *event)
{
    if (event->mask & IN_Q_OVERFLOW) {
        /* Events were lost, maybe the one that said the name means another file now. */
        watch_file(watch);
        return true;
    }
    if (event->wd == watch->directory) {
        if (event->len == 0 || strcmp(event->name, watch->name) != 0)
            return false;
        watch_file(watch);
        return true;
    }
    if (event->mask & IN_IGNORED) {
        /* The kernel took the watch away; the number is not used again. */
        if (event->wd == watch->file)
            watch->file = -1;
        return false;
    }
    return event->wd == watch->file || event->wd == watch->first_file;
}

/** Read what has happened. True when it concerns the file. */
static bool watch_read(struct watch *watch)
{
    char buffer[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
    bool concerns = false;
    ssize_t got;
    while ((got = read(watch->inotify, buffer, sizeof buffer)) > 0) {
        for (ssize_t offset = 0; offset < got;) {
            const struct inotify_event *event = (const void *)(buffer + offset);
            concerns |= watch_concerns(watch, event);
            offset += (ssize_t)(sizeof *event + event->len);
        }
    }
    return concerns;
}

/** Wait for the bell, at most `timeout_ms`, and for an event if `events`. False when closed. */
static bool watch_poll(struct watch *watch, bool events, int timeout_ms)
{
    struct pollfd ready[] = {{.fd = wake_fd(watch->bell), .events = POLLIN},
                             {.fd = events ? watch->inotify : -1, .events = POLLIN}};
    poll(ready, 2, timeout_ms);
    return !watch_is_closed(watch);
}

/** Let go of the struct; the last one frees it. */
static void watch_drop(struct watch *watch)
{
    if (atomic_fetch_sub(&watch->holder_count, 1) > 1)
        return;
    if (watch->inotify >= 0)
        close(watch->inotify);
    wake_close(watch->bell);
    pthread_mutex_destroy(&watch->lock);
    free(watch->path);
    free(watch);
}

/** The helper's life: set the watches, then tell, look away, wait, read, and again. */
static void watch_run(void *context)
{
    struct watch *watch = context;
    watch_directory(watch);
    watch_file(watch);
    bool concerns = true;
    do {
        if (concerns)
            watch_tell(watch);
        if (!watch_poll(watch, false, WATCH_REST_MS) || !watch_poll(watch, true, -1))
            break;
        concerns = watch_read(watch);
    } while (true);
    watch_drop(watch);
}

/** What can fail of watch_open; an errno value. */
static int watch_prepare(struct watch *watch, const char *path)
{
    watch->path = strdup(path);
    if (!watch->path)
        return ENOMEM;
    const char *slash = strrchr(watch->path, '/');
    watch->name = slash ? slash + 1 : watch->path;
    watch->inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (watch->inotify < 0)
        return errno;
    /* Before the helper exists: it may be at its end before pool_help returns. */
    atomic_store(&watch->holder_count, 2);
    if (!pool_help(watch_run, watch)) {
        atomic_store(&watch->holder_count, 1);
        return EAGAIN;
    }
    return 0;
}

struct watch *watch_open(const char *path, struct wake *wake, struct error *error)
{
    struct watch *watch = calloc(1, sizeof *watch);
    if (!watch) {
        error_system(error, ENOMEM, "Cannot watch %s", path);
        return NULL;
    }
    watch->wake = wake;
    watch->looked_ms = clock_ms();
    watch->inotify = watch->first_file = watch->file = watch->directory = -1;
    atomic_store(&watch->holder_count, 1);
    pthread_mutex_init(&watch->lock, NULL);
    watch->bell = wake_open(error);
    int code = watch->bell ? watch_prepare(watch, path) : errno;
    if (code != 0) {
        error_system(error, code, "Cannot watch %s", path);
        watch_drop(watch);
        return NULL;
    }
    return watch;
}

void watch_close(struct watch *watch)
{
    if (!watch)
        return;
    pthread_mutex_lock(&watch->lock);
    watch->closed = true;
    pthread_mutex_unlock(&watch->lock);
    wake_ring(watch->bell);
    watch_drop(watch);
}

bool watch_due(struct watch *watch)
{
    /* Where inotify is not to be had there is no struct to keep the time in. */
    static _Thread_local int64_t looked_without_ms;
    int64_t *looked_ms = watch ? &watch->looked_ms : &looked_without_ms;
    int64_t now = clock_ms();
    bool changed = watch && atomic_exchange(&watch->changed, false);
    if (!changed && now - *looked_ms < WATCH_LOOK_MS)
        return false;
    *looked_ms = now;
    return true;
}
