/* SPDX-License-Identifier: MIT */
/**
 * ui: the history file. The main thread hands jobs to helper threads, which own the file while they hold its lock.
 *
 * Changing it is appending one line with one write, as long as the line is new and there is room. Otherwise the whole is
 * written beside it and put in its place, so that whoever reads sees one or the other. The lock is on the file itself;
 * after waiting for it one has to look whether it is still the file of that name.
 */
#include "folio/ui/prompt/history.h"

#include "folio/base/bytes/buf.h"
#include "folio/io/thread/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/** Looks at a lock that somebody else has, and how far apart. */
#define HISTORY_TRIES    200
#define HISTORY_PAUSE_MS 5

struct history_file {
    char *path;
    atomic_uint busy; /**< helpers that have something to do */
    atomic_bool read; /**< `text` is there and belongs to the UI thread */
    struct buf text;
    bool taken;
};

/** A line to be appended. */
struct history_job {
    struct history_file *history;
    char line[HISTORY_LENGTH + 4]; /**< with its sign and newline */
};

/** The signs of the kinds that are kept. */
static const char history_sign[PROMPT_KIND_COUNT] = {[PROMPT_COLON] = ':', [PROMPT_SEARCH] = '/'};

static void history_pause(void)
{
    nanosleep(&(struct timespec){.tv_nsec = HISTORY_PAUSE_MS * 1000000L}, NULL);
}

char *history_path(void)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    char *path;
    if (state && state[0] == '/')
        return asprintf(&path, "%s/folio/history", state) < 0 ? NULL : path;
    if (!home || home[0] != '/')
        return NULL;
    return asprintf(&path, "%s/.local/state/folio/history", home) < 0 ? NULL : path;
}

/** All of a file that can be a history: regular, ours, not too large, text. */
static bool history_read(int fd, struct buf *text)
{
    struct stat stat;
    if (fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode) || stat.st_uid != geteuid() ||
        stat.st_size > (off_t)HISTORY_SIZE_MAX)
        return false;
    char chunk[8192];
    ssize_t length;
    for (off_t at = 0; (length = pread(fd, chunk, sizeof chunk, at)) > 0; at += length) {
        if (memchr(chunk, '\0', (size_t)length) || text->length > HISTORY_SIZE_MAX)
            return false;
        buf_append(text, chunk, (size_t)length);
    }
    return length == 0 && !text->failed;
}

/** Does the line (without its newline) say something that a prompt can hold? */
static bool history_valid(const char *line, size_t length, enum prompt_kind *kind)
{
    if (length < 2 || length > HISTORY_LENGTH + 1)
        return false;
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
            return false;
    for (int i = 0; i < PROMPT_KIND_COUNT; i++) {
        if (history_sign[i] != '\0' && history_sign[i] == line[0]) {
            *kind = (enum prompt_kind)i;
            return true;
        }
    }
    return false;
}

/** A helper reads the file. */
static void history_load(void *context)
{
    struct history_file *history = context;
    int fd = open(history->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 || !history_read(fd, &history->text))
        buf_clear(&history->text);
    if (fd >= 0)
        close(fd);
    atomic_store(&history->read, true);
    atomic_fetch_sub(&history->busy, 1);
}

struct history_file *history_open(const char *path)
{
    struct history_file *history = calloc(1, sizeof *history);
    if (!history)
        return NULL;
    history->path = strdup(path);
    atomic_store(&history->busy, 1);
    if (!history->path || !pool_help(history_load, history)) {
        free(history->path);
        free(history);
        return NULL;
    }
    return history;
}

bool history_take(struct history_file *history, struct prompt *prompt)
{
    if (history->taken || !atomic_load(&history->read))
        return false;
    history->taken = true;
    /* From the newest on: each goes under the one before, and what the prompt has is newer than all of them. */
    struct buf *text = &history->text;
    while (text->length > 0) {
        size_t end = text->length - (text->data[text->length - 1] == '\n');
        const char *newline = memrchr(text->data, '\n', end);
        size_t begin = newline ? (size_t)(newline - text->data) + 1 : 0;
        enum prompt_kind kind;
        text->data[end] = '\0';
        if (history_valid(text->data + begin, end - begin, &kind))
            prompt_learn(prompt, kind, text->data + begin + 1);
        text->length = begin;
    }
    buf_release(text);
    return true;
}

/** Make the folders of `path`, but none in a folder that is somebody else's (as root in the home of a user). */
static void history_folders(const char *path)
{
    char *folder = strdup(path);
    struct stat stat_before;
    bool ours = false;
    for (char *slash = folder ? strchr(folder + 1, '/') : NULL; slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (stat(folder, &stat_before) == 0)
            ours = stat_before.st_uid == geteuid();
        else if (!ours || mkdir(folder, 0700) != 0)
            break;
        *slash = '/';
    }
    free(folder);
}

/** Lock the file. False when it is somebody else's for too long, or no longer the one of that name. */
static bool history_lock(int fd, const char *path)
{
    struct stat locked;
    struct stat named;
    for (int i = 0; flock(fd, LOCK_EX | LOCK_NB) != 0; i++) {
        if (errno != EWOULDBLOCK || i == HISTORY_TRIES)
            return false;
        history_pause();
    }
    return fstat(fd, &locked) == 0 && stat(path, &named) == 0 && locked.st_ino == named.st_ino &&
           locked.st_dev == named.st_dev;
}

/** Write all, or leave the file as it was. */
static bool history_write(int fd, const char *text, size_t length)
{
    struct stat before;
    if (fstat(fd, &before) != 0)
        return false;
    if (write(fd, text, length) == (ssize_t)length)
        return true;
    /* Half a line would be read as a whole one; if this fails too, it is. */
    if (ftruncate(fd, before.st_size) != 0)
        return false;
    return false;
}

/** What is to be kept of `text`, with `line` (and its newline) at the end. True when nothing had to go. */
static bool history_merge(const struct buf *text, const char *line, struct buf *merged)
{
    size_t length = strlen(line);
    size_t count = 1;
    bool clean = text->length == 0 || text->data[text->length - 1] == '\n';
    size_t end = text->length;
    /* Backward: only the newest are kept. */
    while (end > 0 && count < HISTORY_ENTRIES) {
        const char *newline = memrchr(text->data, '\n', end - 1);
        end = newline ? (size_t)(newline - text->data) + 1 : 0;
        count++;
    }
    clean = clean && end == 0;
    for (size_t at = end; at < text->length;) {
        const char *newline = memchr(text->data + at, '\n', text->length - at);
        size_t next = newline ? (size_t)(newline - text->data) : text->length;
        enum prompt_kind kind;
        bool same = next - at == length - 1 && memcmp(text->data + at, line, length - 1) == 0;
        if (!same && history_valid(text->data + at, next - at, &kind)) {
            buf_append(merged, text->data + at, next - at);
            buf_text(merged, "\n");
        } else {
            clean = false;
        }
        at = next + 1;
    }
    buf_append(merged, line, length);
    return clean;
}

/** Put `text` in the place of the file. */
static bool history_replace(const char *path, const struct buf *text)
{
    char *beside;
    if (asprintf(&beside, "%s.XXXXXX", path) < 0)
        return false;
    int fd = mkostemp(beside, O_CLOEXEC);
    bool fine = fd >= 0 && history_write(fd, text->data, text->length) && rename(beside, path) == 0;
    if (fd >= 0 && !fine)
        unlink(beside);
    if (fd >= 0)
        close(fd);
    free(beside);
    return fine;
}

/** Append the line to the file that is open and locked. */
static bool history_change(int fd, const char *path, const char *line)
{
    struct buf text = {0};
    struct buf merged = {0};
    bool fine = history_read(fd, &text);
    if (fine) {
        fine = fchmod(fd, 0600) == 0;
        bool clean = history_merge(&text, line, &merged);
        if (fine && !merged.failed)
            fine = clean ? history_write(fd, line, strlen(line)) : history_replace(path, &merged);
    }
    buf_release(&text);
    buf_release(&merged);
    return fine;
}

/** A helper appends a line. */
static void history_append(void *context)
{
    struct history_job *job = context;
    struct history_file *history = job->history;
    history_folders(history->path);
    /* A link to the file stays a link. */
    char *real = realpath(history->path, NULL);
    const char *path = real ? real : history->path;
    for (int i = 0; i < 5; i++) {
        int fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_NONBLOCK | O_CLOEXEC, 0600);
        bool locked = fd >= 0 && history_lock(fd, path);
        if (locked)
            (void)history_change(fd, path, job->line);
        if (fd >= 0)
            close(fd);
        if (locked || fd < 0)
            break;
    }
    free(real);
    free(job);
    atomic_fetch_sub(&history->busy, 1);
}

void history_add(struct history_file *history, enum prompt_kind kind, const char *line)
{
    char text[HISTORY_LENGTH + 3];
    int length = snprintf(text, sizeof text, "%c%s", history_sign[kind], line);
    enum prompt_kind same;
    if (length < 0 || length > HISTORY_LENGTH + 1 || !history_valid(text, (size_t)length, &same))
        return;
    struct history_job *job = calloc(1, sizeof *job);
    if (!job)
        return;
    job->history = history;
    snprintf(job->line, sizeof job->line, "%s\n", text);
    atomic_fetch_add(&history->busy, 1);
    if (!pool_help(history_append, job)) {
        atomic_fetch_sub(&history->busy, 1);
        free(job);
    }
}

void history_settle(struct history_file *history, unsigned milliseconds)
{
    while (history && atomic_load(&history->busy) > 0 && milliseconds >= HISTORY_PAUSE_MS) {
        history_pause();
        milliseconds -= HISTORY_PAUSE_MS;
    }
}

void history_close(struct history_file *history)
{
    history_settle(history, HISTORY_TRIES * HISTORY_PAUSE_MS);
    if (history && atomic_load(&history->busy) == 0) {
        buf_release(&history->text);
        free(history->path);
        free(history);
    }
}
