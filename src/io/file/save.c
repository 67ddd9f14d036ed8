/* SPDX-License-Identifier: MIT */
/*
 * io: writing parts of a file somewhere else (see the header).
 *
 *     owner:  feed, feed, finish                 helper:  open target -> take a stretch -> data? read, gather, write
 *                 |                                                                    -> hole? skip, or zeros
 *                 +--> queue of stretches -->                     -> flush, cut to size, fsync -> state
 *
 * Small stretches (the lines that a filter leaves) lie near one another: one read serves many, and what is to go out is
 * gathered. A hole stays a hole where the target is a file, so that saving a sparse file costs what its data costs.
 * Places are written to by number: a file that is appended to begins at the size it had.
 *
 * Shared by two threads: what stands under `lock`. The one that lets go last frees.
 */
#include "folio/io/file/save.h"

#include "folio/io/file/copy.h"
#include "folio/io/file/source.h"
#include "folio/io/thread/clock.h"
#include "folio/io/thread/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** Bytes read at once, and gathered before they are written. */
#define SAVE_READ  65536u
#define SAVE_WRITE (256u << 10)
/** What is left out where a read fails. */
#define SAVE_PAGE 4096u
/** How long a target that takes nothing is waited for between two looks, and how often the owner is told, in ms. */
#define SAVE_NAP  20
#define SAVE_TELL 50

struct save {
    pthread_mutex_t lock;
    pthread_cond_t fed;
    /** (lock) Stretches from `first` on, round about; nobody will feed more; how many hold on to this. */
    struct range queue[SAVE_QUEUE];
    size_t first, count;
    bool finished;
    unsigned holders;
    /** (lock) The helper is about to settle; the owner waits no more, and was told that so many bytes are written. */
    bool settling, abandoned;
    uint64_t kept;
    /** (lock) What the owner sees; the descriptor that is to be read from next, -1: as before. */
    struct save_progress progress;
    struct error error;
    int next_source;
    struct wake *wake;
    atomic_bool stop;

    /* The helper's own. */
    enum save_mode mode;
    int source, out;
    struct source_identity viewed; /**< never written to either; all zero: the source alone is not */
    struct save_overlay overlay;   /**< (lock) until the first stretch is taken */
    struct save_shape shape;       /**< (lock) as long */
    bool holes;                    /**< the source can be asked for them */
    bool regular;                  /**< the target is a file: it has places and holes */
    uint64_t base, written, unreadable, gone, edited;
    int64_t told_ms;
    struct range data; /**< the stretch of data known last */
    uint64_t input_at;
    size_t input_length, output_length;
    char input[SAVE_READ], laid[SAVE_READ], output[SAVE_WRITE];
    char path[];
};

/** Tell the owner how far it is: the numbers always, the bell at the end, or when it is time to. */
static void save_tell(struct save *save, enum save_state state)
{
    int64_t now = clock_ms();
    bool due = state != SAVE_RUNNING || now - save->told_ms >= SAVE_TELL;
    if (due)
        save->told_ms = now;
    pthread_mutex_lock(&save->lock);
    save->progress.state = state;
    save->progress.written = save->written;
    save->progress.unreadable = save->unreadable;
    save->progress.gone = save->gone;
    save->progress.edited = save->edited;
    if (due)
        wake_ring(save->wake);
    pthread_mutex_unlock(&save->lock);
}

/** One of the two lets go. */
static void save_release(struct save *save)
{
    pthread_mutex_lock(&save->lock);
    bool last = --save->holders == 0;
    pthread_mutex_unlock(&save->lock);
    if (!last)
        return;
    if (save->source >= 0)
        close(save->source);
    if (save->next_source >= 0)
        close(save->next_source);
    if (save->out >= 0)
        close(save->out);
    if (save->overlay.edits)
        save->overlay.release(save->overlay.edits);
    if (save->shape.run)
        save->shape.release(save->shape.state);
    pthread_cond_destroy(&save->fed);
    pthread_mutex_destroy(&save->lock);
    free(save);
}

/** What one step comes to: SAVE_RUNNING is "go on". */
typedef enum save_state save_step;

/** Why the target cannot be written. */
static save_step save_refused(struct save *save, int code)
{
    if (code == EPIPE)
        return SAVE_CLOSED;
    error_system(&save->error, code, "Cannot write %s", save->path);
    return SAVE_FAILED;
}

/** All of `data` to the target, at the place where the next byte goes. */
static save_step save_put(struct save *save, const char *data, size_t length)
{
    while (length > 0) {
        if (atomic_load(&save->stop))
            return SAVE_STOPPED;
        ssize_t count = save->regular ? pwrite(save->out, data, length, (off_t)(save->base + save->written))
                                      : write(save->out, data, length);
        if (count >= 0) {
            data += count;
            length -= (size_t)count;
            save->written += (uint64_t)count;
        } else if (errno == EAGAIN) {
            struct pollfd ready = {.fd = save->out, .events = POLLOUT};
            (void)poll(&ready, 1, SAVE_NAP);
        } else if (errno != EINTR) {
            return save_refused(save, errno);
        }
    }
    save_tell(save, SAVE_RUNNING);
    return SAVE_RUNNING;
}

static save_step save_flush(struct save *save)
{
    size_t length = save->output_length;
    save->output_length = 0;
    return save_put(save, save->output, length);
}

/** Gather what the shape makes of `in`. */
static save_step save_shaped(struct save *save, struct span in, bool last)
{
    size_t room, made;
    save_step step = SAVE_RUNNING;
    do {
        if (SAVE_WRITE - save->output_length < SAVE_ROOM)
            step = save_flush(save);
        room = SAVE_WRITE - save->output_length;
        made = save->shape.run(save->shape.state, &in, last, save->output + save->output_length, room);
        save->output_length += made;
    } while (step == SAVE_RUNNING && (in.length > 0 || made == room));
    return step;
}

/** The same of bytes of the place `offset`, with what lies over them. */
static save_step save_gather_shaped(struct save *save, uint64_t offset, const char *data, size_t length)
{
    const struct save_overlay *overlay = &save->overlay;
    memcpy(save->laid, data, length);
    if (overlay->edits)
        save->edited += overlay->apply(overlay->edits, offset, save->laid, length);
    return save_shaped(save, (struct span){save->laid, length}, false);
}

/** Gather bytes of the place `offset` that are to go out. */
static save_step save_gather(struct save *save, uint64_t offset, const char *data, size_t length)
{
    const struct save_overlay *overlay = &save->overlay;
    if (save->shape.run)
        return save_gather_shaped(save, offset, data, length);
    if (length > SAVE_WRITE - save->output_length) {
        save_step step = save_flush(save);
        if (step != SAVE_RUNNING)
            return step;
    }
    memcpy(save->output + save->output_length, data, length);
    if (overlay->edits)
        save->edited += overlay->apply(overlay->edits, offset, save->output + save->output_length, length);
    save->output_length += length;
    return SAVE_RUNNING;
}

/** A hole: nothing in a file, zeros anywhere else. */
static save_step save_hole(struct save *save, uint64_t length)
{
    static const char zeros[SAVE_READ];
    save_step step = save_flush(save);
    if (save->regular && step == SAVE_RUNNING) {
        save->written += length;
        return step;
    }
    while (length > 0 && step == SAVE_RUNNING) {
        size_t part = length < sizeof zeros ? (size_t)length : sizeof zeros;
        step = save_put(save, zeros, part);
        length -= part;
    }
    return step;
}

/** Have the bytes at `offset` in the input. False: the rest of the page cannot be read, or (length 0) it ends there. */
static bool save_read(struct save *save, uint64_t offset)
{
    if (offset >= save->input_at && offset - save->input_at < save->input_length)
        return true;
    ssize_t count;
    do
        count = pread(save->source, save->input, SAVE_READ, (off_t)offset);
    while (count < 0 && errno == EINTR);
    save->input_at = offset;
    save->input_length = count > 0 ? (size_t)count : 0;
    return count >= 0;
}

/** Up to a read of data from `*at` on, which goes on to `end` at most. */
static save_step save_data(struct save *save, uint64_t *at, uint64_t end)
{
    if (!save_read(save, *at)) {
        uint64_t next = *at - *at % SAVE_PAGE + SAVE_PAGE;
        next = next < end ? next : end;
        save->unreadable += next - *at;
        *at = next;
        return SAVE_RUNNING;
    }
    uint64_t inside = *at - save->input_at;
    uint64_t length = save->input_length - inside < end - *at ? save->input_length - inside : end - *at;
    if (length == 0) {
        save->gone += end - *at;
        *at = end;
        return SAVE_RUNNING;
    }
    *at += length;
    return save_gather(save, *at - length, save->input + inside, (size_t)length);
}

/** From `*at` on, in a hole that goes on to `end`: as far as nothing lies over it, or a page where something does. */
static save_step save_gap(struct save *save, uint64_t *at, uint64_t end)
{
    const struct save_overlay *overlay = &save->overlay;
    uint64_t edit = overlay->edits ? overlay->next(overlay->edits, (struct range){*at, end}) : end;
    if (edit == *at && edit < end)
        return save_data(save, at, end - *at < SAVE_PAGE ? end : *at + SAVE_PAGE);
    save_step step = save_hole(save, edit - *at);
    *at = edit;
    return step;
}

/** Where the data around or behind `at` lies, as far as `end`. */
static void save_chart(struct save *save, uint64_t at, uint64_t end)
{
    if (at >= save->data.begin && at < save->data.end)
        return;
    if (!save->holes || save->shape.run)
        save->data = (struct range){at, end};
    else if (!source_data(save->source, (struct range){at, end}, &save->data))
        save->data = (struct range){end, end};
}

/** The end of the file as it is now: what lies behind it is no hole. */
static uint64_t save_clamp(struct save *save, struct range range)
{
    struct stat now;
    uint64_t end = range.end;
    if (fstat(save->source, &now) == 0 && S_ISREG(now.st_mode) && (uint64_t)now.st_size < end)
        end = (uint64_t)now.st_size > range.begin ? (uint64_t)now.st_size : range.begin;
    save->gone += range.end - end;
    return end;
}

static save_step save_stretch(struct save *save, struct range range)
{
    uint64_t end = save_clamp(save, range), at = range.begin;
    save_step step = SAVE_RUNNING;
    while (at < end && step == SAVE_RUNNING) {
        if (atomic_load(&save->stop))
            return SAVE_STOPPED;
        save_chart(save, at, end);
        if (at < save->data.begin)
            step = save_gap(save, &at, save->data.begin < end ? save->data.begin : end);
        else
            step = save_data(save, &at, save->data.end < end ? save->data.end : end);
    }
    return step;
}

/** The next stretch, waited for. False: there is none, or one is to stop. */
static bool save_take(struct save *save, struct range *range)
{
    bool taken = false, source = false;
    pthread_mutex_lock(&save->lock);
    while (save->count == 0 && !save->finished && !atomic_load(&save->stop))
        pthread_cond_wait(&save->fed, &save->lock);
    if (save->count > 0 && !atomic_load(&save->stop)) {
        *range = save->queue[save->first];
        save->first = (save->first + 1) % SAVE_QUEUE;
        taken = true;
        if (--save->count == SAVE_QUEUE / 2)
            wake_ring(save->wake);
    }
    if (save->next_source >= 0) {
        source = true;
        close(save->source);
        save->source = save->next_source;
        save->next_source = -1;
    }
    pthread_mutex_unlock(&save->lock);
    if (source) {
        save->holes = false;
        save->input_length = 0;
        save->data = (struct range){0, 0};
    }
    return taken;
}

/** Is there nothing more at the moment? Then nothing should be kept back either. */
static bool save_idle(struct save *save)
{
    pthread_mutex_lock(&save->lock);
    bool idle = save->count == 0;
    pthread_mutex_unlock(&save->lock);
    return idle;
}

/** Is the file at `out`, or at the path, the one that is read, or looked at? */
static bool save_same(const struct save *save, const struct stat *there)
{
    struct stat here;
    if (save->viewed.inode && save->viewed.device == there->st_dev && save->viewed.inode == there->st_ino)
        return true;
    return fstat(save->source, &here) == 0 && here.st_dev == there->st_dev && here.st_ino == there->st_ino;
}

static save_step save_refuse_same(struct save *save)
{
    error_set(&save->error, 0, "%s is the file being viewed", save->path);
    return SAVE_FAILED;
}

/** Something has the name: what is it? */
static save_step save_exists(struct save *save)
{
    struct stat there;
    if (stat(save->path, &there) == 0 && S_ISDIR(there.st_mode))
        return save_refused(save, EISDIR);
    if (stat(save->path, &there) == 0 && save_same(save, &there))
        return save_refuse_same(save);
    return SAVE_EXISTS;
}

/** Open the target. Nothing of it is changed before it is sure that it is not the source. */
static save_step save_target(struct save *save)
{
    struct stat there;
    int flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    if (save->out >= 0)
        return SAVE_RUNNING;
    int fd = open(save->path, flags | (save->mode == SAVE_NEW ? O_EXCL : 0), 0666);
    if (fd < 0)
        return save->mode == SAVE_NEW && errno == EEXIST ? save_exists(save) : save_refused(save, errno);
    save->out = fd;
    if (fstat(fd, &there) != 0)
        return save_refused(save, errno);
    if (save_same(save, &there))
        return save_refuse_same(save);
    save->regular = S_ISREG(there.st_mode);
    if (save->mode == SAVE_APPEND)
        save->base = (uint64_t)there.st_size;
    else if (save->regular && ftruncate(fd, 0) != 0)
        return save_refused(save, errno);
    return SAVE_RUNNING;
}

/** From now on what is written is what is told, or was told already. */
static void save_count(struct save *save)
{
    pthread_mutex_lock(&save->lock);
    save->settling = true;
    if (save->abandoned && save->regular)
        save->written = save->kept;
    save->progress.written = save->written;
    pthread_mutex_unlock(&save->lock);
}

/** Bring what is written to the disk: the last hole has no bytes that would have made the file so long. */
static save_step save_settle(struct save *save, save_step step)
{
    if (step == SAVE_DONE && save->shape.run)
        step = save_shaped(save, (struct span){NULL, 0}, true);
    if (step == SAVE_DONE || step == SAVE_RUNNING)
        step = save_flush(save);
    save_count(save);
    if (!save->regular)
        return step == SAVE_RUNNING ? SAVE_DONE : step;
    bool cut = ftruncate(save->out, (off_t)(save->base + save->written)) == 0;
    if (step != SAVE_RUNNING)
        return step;
    if (!cut || (fsync(save->out) != 0 && errno != EINVAL && errno != EROFS))
        return save_refused(save, errno);
    return SAVE_DONE;
}

static save_step save_run(struct save *save)
{
    struct range range;
    int own = source_reopen(save->source, &save->holes);
    if (own >= 0) {
        close(save->source);
        save->source = own;
    }
    save_step step = save_target(save);
    if (step != SAVE_RUNNING)
        return step;
    pthread_mutex_lock(&save->lock);
    save->progress.opened = true;
    pthread_mutex_unlock(&save->lock);
    while (step == SAVE_RUNNING && save_take(save, &range)) {
        step = save_stretch(save, range);
        if (step == SAVE_RUNNING && save_idle(save))
            step = save_flush(save);
    }
    if (step == SAVE_RUNNING)
        step = atomic_load(&save->stop) ? SAVE_STOPPED : SAVE_DONE;
    return save_settle(save, step);
}

static void save_main(void *context)
{
    struct save *save = context;
    save_step step = save_run(save);
    int out = save->out;
    save->out = -1;
    if (out >= 0 && close(out) != 0 && step == SAVE_DONE && errno != EINTR)
        step = save_refused(save, errno);
    save_tell(save, step);
    save_release(save);
}

/** Everything but the target and the helper. */
static struct save *save_new(const char *path, int source, struct wake *wake, struct error *error)
{
    struct save *save = calloc(1, sizeof *save + strlen(path) + 1);
    int own = save ? fcntl(source, F_DUPFD_CLOEXEC, 0) : -1;
    if (own < 0) {
        error_system(error, save ? errno : ENOMEM, "Cannot write %s", path);
        free(save);
        return NULL;
    }
    strcpy(save->path, path);
    pthread_mutex_init(&save->lock, NULL);
    pthread_cond_init(&save->fed, NULL);
    save->holders = 1;
    save->next_source = -1;
    save->source = own;
    save->out = -1;
    save->wake = wake;
    return save;
}

/** Let the helper run. */
static struct save *save_begin(struct save *save, struct error *error)
{
    save->holders = 2;
    if (pool_help(save_main, save))
        return save;
    save->holders = 1;
    error_set(error, 0, "Cannot write %s: no thread can be had", save->path);
    save_release(save);
    return NULL;
}

struct save *save_open(const char *path, enum save_mode mode, int source, struct wake *wake,
                       struct error *error)
{
    struct save *save = save_new(path, source, wake, error);
    if (!save)
        return NULL;
    save->mode = mode;
    return save_begin(save, error);
}

struct save *save_open_text(const char *path, enum save_mode mode, const char *text, size_t length,
                            int viewed, struct wake *wake, struct error *error)
{
    struct stat there;
    int source = copy_memory("what is to be saved", text, length, error);
    if (source < 0)
        return NULL;
    struct save *save = save_new(path, source, wake, error);
    close(source);
    if (!save)
        return NULL;
    save->mode = mode;
    if (fstat(viewed, &there) == 0)
        save->viewed = (struct source_identity){there.st_dev, there.st_ino};
    save = save_begin(save, error);
    if (save && save_feed(save, (struct range){0, length}))
        save_finish(save);
    return save;
}

void save_lay(struct save *save, struct save_overlay overlay)
{
    pthread_mutex_lock(&save->lock);
    save->overlay = overlay;
    pthread_mutex_unlock(&save->lock);
}

void save_reshape(struct save *save, struct save_shape shape)
{
    pthread_mutex_lock(&save->lock);
    save->shape = shape;
    pthread_mutex_unlock(&save->lock);
}

struct save *save_open_pipe(int source, int *reader, struct wake *wake, struct error *error)
{
    int end[2];
    struct save *save = save_new("to the command", source, wake, error);
    if (!save)
        return NULL;
    if (pipe2(end, O_CLOEXEC) != 0) {
        error_system(error, errno, "Cannot write %s", save->path);
        save_release(save);
        return NULL;
    }
    save->out = end[1];
    *reader = end[0];
    (void)fcntl(end[1], F_SETFL, fcntl(end[1], F_GETFL) | O_NONBLOCK);
    save = save_begin(save, error);
    if (!save)
        close(end[0]);
    return save;
}

bool save_source(struct save *save, int source)
{
    int own = fcntl(source, F_DUPFD_CLOEXEC, 0);
    if (own < 0)
        return false;
    pthread_mutex_lock(&save->lock);
    if (save->next_source >= 0)
        close(save->next_source);
    save->next_source = own;
    pthread_mutex_unlock(&save->lock);
    return true;
}

bool save_feed(struct save *save, struct range range)
{
    bool room = true;
    pthread_mutex_lock(&save->lock);
    size_t last = (save->first + save->count + SAVE_QUEUE - 1) % SAVE_QUEUE;
    if (save->count > 0 && save->queue[last].end == range.begin) {
        save->queue[last].end = range.end;
    } else if (save->count < SAVE_QUEUE) {
        save->queue[(save->first + save->count++) % SAVE_QUEUE] = range;
        pthread_cond_signal(&save->fed);
    } else {
        room = false;
    }
    pthread_mutex_unlock(&save->lock);
    return room;
}

void save_finish(struct save *save)
{
    pthread_mutex_lock(&save->lock);
    save->finished = true;
    pthread_cond_signal(&save->fed);
    pthread_mutex_unlock(&save->lock);
}

void save_stop(struct save *save)
{
    atomic_store(&save->stop, true);
    pthread_mutex_lock(&save->lock);
    pthread_cond_signal(&save->fed);
    pthread_mutex_unlock(&save->lock);
}

struct save_progress save_look(struct save *save, struct error *error)
{
    pthread_mutex_lock(&save->lock);
    struct save_progress progress = save->progress;
    if (error && progress.state == SAVE_FAILED)
        *error = save->error;
    pthread_mutex_unlock(&save->lock);
    return progress;
}

struct save_progress save_abandon(struct save *save)
{
    pthread_mutex_lock(&save->lock);
    struct save_progress progress = save->progress;
    if (progress.state == SAVE_RUNNING) {
        progress.state = SAVE_STOPPED;
        save->abandoned = !save->settling;
        save->kept = progress.written;
    }
    pthread_mutex_unlock(&save->lock);
    return progress;
}

void save_close(struct save *save)
{
    if (!save)
        return;
    save_stop(save);
    pthread_mutex_lock(&save->lock);
    save->wake = NULL;
    pthread_mutex_unlock(&save->lock);
    save_release(save);
}
