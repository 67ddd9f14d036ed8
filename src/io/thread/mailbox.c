/* SPDX-License-Identifier: MIT */
/**
 * io: requests one way, replies and frames the other, between the UI thread and the view thread.
 *
 * Two rings of fixed-size items that double when full, and one slot for a frame, all under one mutex that is never
 * held over anything longer than a memcpy. Wakes are rung after the mutex is let go, so the woken finds it free.
 */
#include "folio/io/thread/mailbox.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define MAILBOX_QUEUE_START 16

/** A ring: `count` items from `first` on, wrapping at `capacity`. */
struct mailbox_queue {
    char *item;
    size_t item_size;
    size_t capacity;
    size_t first;
    size_t count;
};

struct mailbox {
    struct wake *view;
    struct wake *ui;
    /** Guards everything below. Taken alone. */
    pthread_mutex_t lock;
    struct mailbox_queue request;
    struct mailbox_queue reply;
    /** The frame that is in nobody's hands, and whether it has something to show. */
    void *slot;
    bool slot_is_new;
};

/** Where the item `number` places after the oldest lies. */
static char *mailbox_item(const struct mailbox_queue *queue, size_t number)
{
    return queue->item + (queue->first + number) % queue->capacity * queue->item_size;
}

/** Twice the room, the items straightened out. */
static bool mailbox_grow(struct mailbox_queue *queue)
{
    size_t capacity = queue->capacity == 0 ? MAILBOX_QUEUE_START : queue->capacity * 2;
    char *item = calloc(capacity, queue->item_size);
    if (!item)
        return false;
    if (queue->count > 0) {
        size_t tail = queue->capacity - queue->first;
        tail = tail < queue->count ? tail : queue->count;
        memcpy(item, mailbox_item(queue, 0), tail * queue->item_size);
        memcpy(item + tail * queue->item_size, queue->item, (queue->count - tail) * queue->item_size);
    }
    free(queue->item);
    queue->item = item;
    queue->capacity = capacity;
    queue->first = 0;
    return true;
}

/** Put `item` last and ring `wake`. False when out of memory. */
static bool mailbox_append(struct mailbox *mailbox, struct mailbox_queue *queue, const void *item,
                           struct wake *wake)
{
    pthread_mutex_lock(&mailbox->lock);
    bool fits = queue->count < queue->capacity || mailbox_grow(queue);
    if (fits) {
        memcpy(mailbox_item(queue, queue->count), item, queue->item_size);
        queue->count++;
    }
    pthread_mutex_unlock(&mailbox->lock);
    if (fits)
        wake_ring(wake);
    return fits;
}

/** Take the oldest item off into `item` (NULL: leave it there). False when there is none. */
static bool mailbox_oldest(struct mailbox *mailbox, struct mailbox_queue *queue, void *item)
{
    pthread_mutex_lock(&mailbox->lock);
    bool any = queue->count > 0;
    if (any && item) {
        memcpy(item, mailbox_item(queue, 0), queue->item_size);
        queue->first = (queue->first + 1) % queue->capacity;
        queue->count--;
    }
    pthread_mutex_unlock(&mailbox->lock);
    return any;
}

struct mailbox *mailbox_open(size_t request_size, size_t reply_size, struct wake *view, struct wake *ui,
                             void *spare, struct error *error)
{
    struct mailbox *mailbox = calloc(1, sizeof *mailbox);
    if (!mailbox) {
        error_system(error, ENOMEM, "Cannot make a mailbox");
        return NULL;
    }
    mailbox->view = view;
    mailbox->ui = ui;
    mailbox->request.item_size = request_size;
    mailbox->reply.item_size = reply_size;
    mailbox->slot = spare;
    pthread_mutex_init(&mailbox->lock, NULL);
    return mailbox;
}

void mailbox_close(struct mailbox *mailbox)
{
    if (!mailbox)
        return;
    pthread_mutex_destroy(&mailbox->lock);
    free(mailbox->request.item);
    free(mailbox->reply.item);
    free(mailbox);
}

bool mailbox_send(struct mailbox *mailbox, const void *request)
{
    pthread_mutex_lock(&mailbox->lock);
    bool full = mailbox->request.count >= MAILBOX_REQUESTS_MAX;
    pthread_mutex_unlock(&mailbox->lock);
    return !full && mailbox_append(mailbox, &mailbox->request, request, mailbox->view);
}

bool mailbox_take(struct mailbox *mailbox, void *request)
{
    return mailbox_oldest(mailbox, &mailbox->request, request);
}

bool mailbox_reply(struct mailbox *mailbox, const void *reply)
{
    return mailbox_append(mailbox, &mailbox->reply, reply, mailbox->ui);
}

bool mailbox_collect(struct mailbox *mailbox, void *reply)
{
    return mailbox_oldest(mailbox, &mailbox->reply, reply);
}

void *mailbox_offer(struct mailbox *mailbox, void *frame)
{
    pthread_mutex_lock(&mailbox->lock);
    void *next = mailbox->slot;
    mailbox->slot = frame;
    mailbox->slot_is_new = true;
    pthread_mutex_unlock(&mailbox->lock);
    wake_ring(mailbox->ui);
    return next;
}

void *mailbox_latest(struct mailbox *mailbox, void *shown)
{
    void *latest = NULL;
    /* An old slot holds the spare frame of the view: leave it there. */
    pthread_mutex_lock(&mailbox->lock);
    if (mailbox->slot_is_new) {
        latest = mailbox->slot;
        mailbox->slot = shown;
        mailbox->slot_is_new = false;
    }
    pthread_mutex_unlock(&mailbox->lock);
    return latest;
}
