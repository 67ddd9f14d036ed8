/* SPDX-License-Identifier: MIT */
/**
 * io: a worker's own look at a file, for scans at memory speed.
 *
 * Each worker has a window of its own, with its own descriptor (read-ahead state lives in the open file). window_run
 * makes sure that the bytes are in memory, then calls the scan on them. Where the kernel gives a copy without waiting the
 * scan sees that copy, for it is as fast or faster (src/io/page/window.c has the figures); elsewhere it sees a mapping of
 * some tens of MiB that slides along, under the guard. Any advice but ADVICE_AUTO chooses the mapping. Opaque; one
 * thread each.
 */
#ifndef FOLIO_IO_PAGE_WINDOW_H
#define FOLIO_IO_PAGE_WINDOW_H

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"
#include "folio/io/page/advice.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/** The longest range of one window_run. */
#define WINDOW_RUN_MAX (2u << 20)
/** The range of one window_run that is fastest: it stays in the processor's second-level cache. */
#define WINDOW_RUN_BEST (256u << 10)

struct window;

enum window_result {
    WINDOW_DONE,    /**< the scan saw the whole range */
    WINDOW_STOPPED, /**< `*stop` became true while waiting for the device */
    WINDOW_SHORT, /**< the file is shorter than range.end now; the scan was not called or its result is void */
    WINDOW_UNREADABLE, /**< a page cannot be read; `error` says where and why; the scan's result is void */
};

/** Open a window on the file that `fd` stands for (a new open file description). NULL and `error` on failure. */
struct window *window_open(int fd, enum advice advice, struct error *error);

/** Unmap and close; NULL is fine. */
void window_close(struct window *window);

/**
 * Call `scan(bytes, argument)` with the bytes of `range` (at most WINDOW_RUN_MAX) once they are in memory. The span
 * is valid only during the call; `scan` is own loops and pcre2_jit_match, nothing that locks or allocates, for it
 * may be left in the middle. While waiting for the device, `stop` is looked at every few milliseconds.
 */
enum window_result window_run(struct window *window, struct range range,
                              void (*scan)(struct span bytes, void *argument), void *argument,
                              const atomic_bool *stop, struct error *error);

/** Where the last run that was WINDOW_UNREADABLE could not go on: a byte of its range; all before it can be had. */
uint64_t window_bad(const struct window *window);

/** Ask the kernel for `range` ahead of its use, in pieces; never waits. Does nothing where both its ends are cached. */
void window_prefetch(struct window *window, struct range range);

/**
 * Is the file behind the window at least `size` bytes long? A spool that moved to disk leaves an open window on what
 * it was before, where the rest would look like a hole. True also where holes are not looked for, and where it cannot
 * be told.
 */
bool window_holds(const struct window *window, uint64_t size);

/** As mapping_data, on the window's own descriptor and within [offset, size). */
bool window_data(const struct window *window, uint64_t offset, uint64_t size, struct range *data);

#endif
