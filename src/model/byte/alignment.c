/* SPDX-License-Identifier: MIT */
/*
 * model: the helper that aligns two files (see alignment.h). What is named job_... runs on it.
 *
 * It looks at both files through windows of its own. Two hold on to an alignment, its owner and the helper; the last one
 * frees it. The helper rings the wake under the lock that alignment_close takes, so nothing is rung after that.
 */
#include "alignment.h"

#include "folio/io/page/window.h"
#include "folio/io/thread/pool.h"
#include "folio/model/byte/align.h"
#include "folio/model/document/beside.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct alignment {
    pthread_mutex_t lock;
    unsigned holders;  /**< guarded by lock */
    struct wake *wake; /**< guarded by lock; NULL once nobody waits */
    /** Duplicates: whoever opened the files may close them. */
    int fd[2];
    uint64_t size[2];
    /** The helper's. */
    struct window *window[2];
    atomic_bool stop;
    /** Written by the helper before `done`, read after it. */
    struct shifts *shifts;
    atomic_bool done;
};

/** One holder less; the last one frees. */
static void alignment_drop(struct alignment *alignment)
{
    pthread_mutex_lock(&alignment->lock);
    bool last = --alignment->holders == 0;
    pthread_mutex_unlock(&alignment->lock);
    if (!last)
        return;
    pthread_mutex_destroy(&alignment->lock);
    for (unsigned file = 0; file < 2; file++) {
        window_close(alignment->window[file]);
        if (alignment->fd[file] >= 0)
            close(alignment->fd[file]);
    }
    free(alignment->shifts);
    free(alignment);
}

static void job_copy(struct span bytes, void *argument)
{
    memcpy(argument, bytes.data, bytes.length);
}

static bool job_bring(void *context, unsigned file, uint64_t offset, char *data, size_t length)
{
    struct alignment *alignment = context;
    const struct range range = {offset, offset + length};
    return window_run(alignment->window[file], range, job_copy, data, &alignment->stop, NULL) == WINDOW_DONE;
}

static bool job_stopped(void *context)
{
    const struct alignment *alignment = context;
    return atomic_load(&alignment->stop);
}

/** The shifts of the files; NULL: there are none, or they are not known. */
static struct shifts *job_align(struct alignment *alignment)
{
    const struct align_source source = {
        job_bring, job_stopped, alignment, {alignment->size[0], alignment->size[1]}};
    struct shifts *shifts = malloc(shifts_size(SHIFTS_MAX));
    for (unsigned file = 0; file < 2; file++)
        alignment->window[file] = window_open(alignment->fd[file], ADVICE_AUTO, NULL);
    if (!shifts || !alignment->window[0] || !alignment->window[1] || !align_files(&source, shifts) ||
        shifts->count == 0) {
        free(shifts);
        return NULL;
    }
    struct shifts *smaller = realloc(shifts, shifts_size(shifts->count));
    return smaller ? smaller : shifts;
}

static void job_run(void *context)
{
    struct alignment *alignment = context;
    alignment->shifts = job_align(alignment);
    atomic_store(&alignment->done, true);
    pthread_mutex_lock(&alignment->lock);
    wake_ring(alignment->wake);
    pthread_mutex_unlock(&alignment->lock);
    alignment_drop(alignment);
}

/** Note one of the two files. */
static bool alignment_file(struct alignment *alignment, unsigned file, const struct document *document)
{
    alignment->size[file] = reader_size(document->reader);
    alignment->fd[file] = fcntl(document_fd(document), F_DUPFD_CLOEXEC, 3);
    return alignment->fd[file] >= 0;
}

struct alignment *alignment_open(const struct document *document, const struct document *other)
{
    struct alignment *alignment = calloc(1, sizeof *alignment);
    if (!alignment)
        return NULL;
    pthread_mutex_init(&alignment->lock, NULL);
    alignment->wake = document_wake(document);
    alignment->fd[1] = -1;
    alignment->holders = 2;
    if (alignment_file(alignment, 0, document) && alignment_file(alignment, 1, other) &&
        pool_help(job_run, alignment))
        return alignment;
    alignment->holders = 1;
    alignment_drop(alignment);
    return NULL;
}

bool alignment_take(struct alignment *alignment, struct shifts **shifts)
{
    if (!atomic_load(&alignment->done))
        return false;
    *shifts = alignment->shifts;
    alignment->shifts = NULL;
    return true;
}

void alignment_close(struct alignment *alignment)
{
    if (!alignment)
        return;
    atomic_store(&alignment->stop, true);
    pthread_mutex_lock(&alignment->lock);
    alignment->wake = NULL;
    pthread_mutex_unlock(&alignment->lock);
    alignment_drop(alignment);
}
