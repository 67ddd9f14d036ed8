/* SPDX-License-Identifier: MIT */
/**
 * io: the worker threads: as many as asked for, at nice 10, that take work until there is none.
 *
 * The pool knows nothing of what is done: `work` is called again and again by each worker with its number until it
 * returns false, then that worker sleeps until pool_ring. Opaque; owned by the one who opened it.
 */
#ifndef FOLIO_IO_THREAD_POOL_H
#define FOLIO_IO_THREAD_POOL_H

#include "folio/base/bytes/error.h"

#include <stdbool.h>

struct pool;

/** One piece of work by worker `number` (from 0). False: nothing to do now, sleep until rung. */
typedef bool pool_work(void *context, unsigned number);

/** Processors this process may run on, at least 1, at most 64. */
unsigned pool_processors(void);

/**
 * Start `count` threads (clamped to 1 to 64). Where the system refuses some, go on with those there are; NULL and
 * `error` when it refuses the first. Signals are blocked in them, but for faults (SIGBUS and such).
 */
struct pool *pool_open(unsigned count, pool_work *work, void *context, struct error *error);

/** Ask all to stop after the piece in hand, join them. NULL is fine. `work` must see its own stop flag to be quick. */
void pool_close(struct pool *pool);

/** Tell the workers that there may be work again. Any thread. */
void pool_ring(struct pool *pool);

/** How many threads there are. */
unsigned pool_count(const struct pool *pool);

/** Run `work(context)` once on a detached helper thread, signals blocked as above. False when no thread can be had. */
bool pool_help(void (*work)(void *context), void *context);

#endif
