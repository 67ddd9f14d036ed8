/* SPDX-License-Identifier: MIT */
/**
 * io: a bell one thread waits at and any thread (or signal handler) may ring. An eventfd.
 *
 * Each of the UI thread and the view thread has one; whatever wants it (a frame, a request, survey progress, growth
 * of a file) rings it. Rings before the wait are not lost; many rings are one. Opaque; the waiter owns it.
 */
#ifndef FOLIO_IO_THREAD_WAKE_H
#define FOLIO_IO_THREAD_WAKE_H

#include "folio/base/bytes/error.h"

#include <stdbool.h>

struct wake;

/** A new wake. NULL and `error` on failure. */
struct wake *wake_open(struct error *error);

/** Free a wake that nobody rings any more; NULL is fine. */
void wake_close(struct wake *wake);

/** Ring. Any thread, async-signal-safe; NULL does nothing. */
void wake_ring(struct wake *wake);

/** Wait until rung, at most `timeout_ms` (-1: for ever). True when it was rung; the ring is used up. */
bool wake_wait(struct wake *wake, int timeout_ms);

/** The descriptor, to poll for reading beside others; use wake_clear afterwards. */
int wake_fd(const struct wake *wake);

/** Use up a ring without waiting. True when there was one. */
bool wake_clear(struct wake *wake);

#endif
