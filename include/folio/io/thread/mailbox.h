/* SPDX-License-Identifier: MIT */
/**
 * io: what passes between the UI thread and the view thread.
 *
 * From the UI thread come requests, in order, none lost. From the view thread come replies, in order, none lost, and
 * frames in a slot where only the latest counts. Frames are the caller's: three of them go round, one that is drawn into,
 * one in the slot, one on the screen.
 * Items are fixed-size values, copied in and out. A send rings the other side's wake. Nobody ever blocks here but
 * for a mutex held over a memcpy. Opaque; both threads.
 */
#ifndef FOLIO_IO_THREAD_MAILBOX_H
#define FOLIO_IO_THREAD_MAILBOX_H

#include "folio/base/bytes/error.h"
#include "folio/io/thread/wake.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The most requests that wait; one more is refused, and the caller is told. */
#define MAILBOX_REQUESTS_MAX 1024u

struct mailbox;

/**
 * `view` and `ui` are rung when something arrives for that side; borrowed, may be NULL. `spare` is the frame that
 * the slot gives out first. NULL and `error` when out of memory.
 */
struct mailbox *mailbox_open(size_t request_size, size_t reply_size, struct wake *view, struct wake *ui,
                             void *spare, struct error *error);

/** Free it; NULL is fine. Frames still inside are the caller's to free. */
void mailbox_close(struct mailbox *mailbox);

/** UI thread: append a request. False when MAILBOX_REQUESTS_MAX wait, or out of memory: the request is not sent. */
bool mailbox_send(struct mailbox *mailbox, const void *request);

/** View thread: the oldest request into `request`; NULL only asks whether there is one. False when there is none. */
bool mailbox_take(struct mailbox *mailbox, void *request);

/** View thread: append a reply. False when out of memory. */
bool mailbox_reply(struct mailbox *mailbox, const void *reply);

/** UI thread: the oldest reply into `reply`. False when there is none. */
bool mailbox_collect(struct mailbox *mailbox, void *reply);

/**
 * View thread: `frame` is the latest now. Returns the frame to draw the next one into; NULL, once, when the UI gave
 * no third frame (`shown` was NULL): make it then.
 */
void *mailbox_offer(struct mailbox *mailbox, void *frame);

/**
 * UI thread: the latest frame, giving `shown` back (the one on screen; at first the third, empty one, or NULL).
 * NULL: nothing new, and `shown` is still the UI's.
 */
void *mailbox_latest(struct mailbox *mailbox, void *shown);

#endif
