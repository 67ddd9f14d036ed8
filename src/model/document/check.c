/* SPDX-License-Identifier: MIT */
/*
 * model: a document checked in the background (see the header).
 *
 * The grammar wants all bytes in their order, so there is one helper, and no block of the survey. Two hold on to a check,
 * the owner and the helper; the last one frees it.
 */
#include "folio/model/document/check.h"

#include "inside.h"

#include "folio/io/thread/clock.h"
#include "folio/io/thread/pool.h"
#include "folio/model/document/beside.h"
#include "folio/model/reader/edits.h"
#include "folio/model/reader/overlay.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

/** Bytes read at once. */
#define CHECK_READ (256u << 10)
/** How often the owner is told, in ms. */
#define CHECK_TELL 50
/** What cannot be read is told by this many bytes. */
#define CHECK_PAGE 4096u

struct document_check {
    pthread_mutex_t lock;
    unsigned holders;               /**< (lock) */
    struct wake *wake;              /**< (lock) NULL once nobody waits */
    struct document_checked result; /**< (lock) */
    atomic_bool stop;

    /* The helper's own. */
    int source;
    uint64_t size;
    struct edits *edits;
    struct json_check *json;
    int64_t told_ms;
    char bytes[CHECK_READ];
};

/** One of the two lets go. */
static void check_drop(struct document_check *check)
{
    pthread_mutex_lock(&check->lock);
    bool last = --check->holders == 0;
    pthread_mutex_unlock(&check->lock);
    if (!last)
        return;
    if (check->source >= 0)
        close(check->source);
    edits_close(check->edits);
    json_check_close(check->json);
    pthread_mutex_destroy(&check->lock);
    free(check);
}

/** Tell the owner how far it is, where it is time to. */
static void check_tell(struct document_check *check, uint64_t looked)
{
    int64_t now = clock_ms();
    if (now - check->told_ms < CHECK_TELL)
        return;
    check->told_ms = now;
    pthread_mutex_lock(&check->lock);
    check->result.looked = looked;
    wake_ring(check->wake);
    pthread_mutex_unlock(&check->lock);
}

/** Up to `want` bytes at `at`: how many; 0 at the end, -1 and errno where they cannot be read. */
static ssize_t check_fetch(struct document_check *check, uint64_t at, size_t want)
{
    ssize_t count;
    do
        count = pread(check->source, check->bytes, want, (off_t)at);
    while (count < 0 && errno == EINTR);
    return count;
}

/** As many as there is room for, edits and all; what comes before a page that cannot be read is read without it. */
static ssize_t check_read(struct document_check *check, uint64_t at)
{
    uint64_t left = check->size - at;
    size_t page = (size_t)(CHECK_PAGE - at % CHECK_PAGE);
    ssize_t count = check_fetch(check, at, left < CHECK_READ ? (size_t)left : CHECK_READ);
    if (count < 0)
        count = check_fetch(check, at, left < page ? (size_t)left : page);
    if (count > 0 && check->edits)
        edits_apply(check->edits, at, check->bytes, (size_t)count);
    return count;
}

/** The helper. */
static void check_work(void *context)
{
    struct document_check *check = context;
    struct document_checked result = {.done = true, .size = check->size};
    ssize_t count = 1;
    bool on = true;
    while (on && count > 0 && !atomic_load(&check->stop)) {
        check_tell(check, result.looked);
        count = check_read(check, result.looked);
        if (count > 0)
            on = json_check_feed(check->json, (struct span){check->bytes, (size_t)count});
        result.looked += count > 0 ? (uint64_t)count : 0;
    }
    result.unreadable = count < 0;
    if (result.unreadable)
        error_system(&result.error, errno, "Byte %llu cannot be read", (unsigned long long)result.looked);
    else if (on)
        json_check_end(check->json);
    result.flaw = json_check_flaw(check->json);
    result.documents = json_check_documents(check->json);
    result.deepest = json_check_deepest(check->json);
    pthread_mutex_lock(&check->lock);
    check->result = result;
    wake_ring(check->wake);
    pthread_mutex_unlock(&check->lock);
    check_drop(check);
}

/** A check that nobody works at yet. NULL when something cannot be had. */
static struct document_check *check_new(const struct document *document, bool utf8)
{
    struct document_check *check = calloc(1, sizeof *check);
    const struct edits *edits = reader_edits(document->reader);
    bool holes;
    if (!check)
        return NULL;
    pthread_mutex_init(&check->lock, NULL);
    check->holders = 1;
    check->wake = document->inside->wake;
    check->size = check->result.size = reader_size(document->reader);
    check->source = source_reopen(document_fd(document), &holes);
    check->json = json_check_open(utf8);
    check->edits = edits ? edits_copy(edits) : NULL;
    if (check->source >= 0 && check->json && (check->edits || !edits))
        return check;
    check_drop(check);
    return NULL;
}

struct document_check *document_check_open(const struct document *document, bool utf8, struct error *error)
{
    struct document_check *check = check_new(document, utf8);
    if (!check) {
        error_set(error, 0, "%s cannot be checked: no memory, or no descriptor, can be had", document->name);
        return NULL;
    }
    check->holders = 2;
    if (pool_help(check_work, check))
        return check;
    check->holders = 1;
    error_set(error, 0, "%s cannot be checked: no thread can be had", document->name);
    check_drop(check);
    return NULL;
}

struct document_checked document_check_look(struct document_check *check)
{
    pthread_mutex_lock(&check->lock);
    struct document_checked result = check->result;
    pthread_mutex_unlock(&check->lock);
    return result;
}

void document_check_close(struct document_check *check)
{
    if (!check)
        return;
    atomic_store(&check->stop, true);
    pthread_mutex_lock(&check->lock);
    check->wake = NULL;
    pthread_mutex_unlock(&check->lock);
    check_drop(check);
}
