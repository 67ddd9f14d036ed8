/* SPDX-License-Identifier: MIT */
/**
 * io: a stretch of a file as contiguous memory in which some bytes are others, to be looked at and thrown away.
 *
 * A decoder or a matcher of magic numbers wants a pointer and a length, not bytes a few at a time. sandbox_run gives it a
 * private mapping over a descriptor that can only read, made for one call, from which nothing can get into the file. The
 * call waits for the device, so it is for helper threads. guard_install must have been called. No state.
 */
#ifndef FOLIO_IO_PAGE_SANDBOX_H
#define FOLIO_IO_PAGE_SANDBOX_H

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"

#include <stddef.h>
#include <stdint.h>

/** A byte that is another one in the window. */
struct sandbox_byte {
    uint64_t offset;
    uint8_t value;
};

enum sandbox_result {
    SANDBOX_DONE,
    SANDBOX_CHANGED, /**< the file became shorter meanwhile: what `look` saw, if it was called, is void; ask again */
    SANDBOX_UNREADABLE, /**< a page cannot be read, or there is no memory: `error`; `look` was not called */
};

/**
 * Call `look(bytes, argument)` with the bytes of `range` of the file that `fd` stands for, cut to its size, where the
 * `count` bytes at `byte` (any order; what lies outside is left out) have their new values. The span is valid during the
 * call only. `look` may be left in the middle, when the file is cut off under it: no locks, no memory of its own then.
 */
enum sandbox_result sandbox_run(int fd, struct range range, const struct sandbox_byte *byte, size_t count,
                                void (*look)(struct span bytes, void *argument), void *argument,
                                struct error *error);

#endif
