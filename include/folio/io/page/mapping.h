/* SPDX-License-Identifier: MIT */
/**
 * io: a file as memory, read-only. The door through which view and model get bytes.
 *
 * The mapping reserves size + 64 GiB of address space (PROT_READ, not charged), so that growth shows without a new
 * one. It never writes: O_RDONLY and PROT_READ. A page is touched only when it is known to be in memory; while it is
 * not, mapping_copy asks the kernel for it and waits in a way that can be given up (struct patience), so no thread
 * of folio sits in a page fault of a slow disk. Where mmap is refused (ulimit -v, near 8 EiB) the same function uses
 * pread, on a helper thread, and nobody above notices. Zeros are never given out as data.
 *
 * Opaque; owned and used by one thread (the view thread), except where a function says otherwise.
 */
#ifndef FOLIO_IO_PAGE_MAPPING_H
#define FOLIO_IO_PAGE_MAPPING_H

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"
#include "folio/io/page/advice.h"
#include "folio/io/page/patience.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The most that one mapping_copy gives. */
#define MAPPING_COPY_MAX 65536

struct mapping;

enum mapping_kind { MAPPING_SHARED, MAPPING_PRIVATE };

enum mapping_result {
    MAPPING_OK,         /**< all, or all up to the end of the file */
    MAPPING_GIVEN_UP,   /**< patience ended; nothing was copied */
    MAPPING_UNREADABLE, /**< the first page wanted cannot be read; `error` says why */
};

/**
 * Map the open file `fd`: through a descriptor of its own, but the caller's stays open, under this number, as long as
 * the mapping lives, for mapping_refresh looks at it. NULL and `error` when even pread is impossible.
 */
struct mapping *mapping_open(int fd, const char *name, enum mapping_kind kind, enum advice advice,
                             struct error *error);

/** Unmap and close; NULL is fine. Must not be called while a wait is under way. */
void mapping_close(struct mapping *mapping);

/** Size in bytes, as of the last mapping_refresh. */
uint64_t mapping_size(const struct mapping *mapping);

/**
 * Ask the kernel for the size again, and map anew where the file outgrew the reserve or the descriptor now stands
 * for another file (a spool that moved to disk). True when the size changed. One fstat; no data is read.
 */
bool mapping_refresh(struct mapping *mapping);

/**
 * Open and map the file once more: what is mapped shows something else than what reading does (overlayfs, after a
 * write).
 */
void mapping_anew(struct mapping *mapping);

/**
 * Copy up to `length` (at most MAPPING_COPY_MAX) bytes at `offset` into `buffer`; `*copied` is how many. Fewer than
 * `length` with MAPPING_OK: the file ends there, or the next page is unreadable (ask there to learn why). 0: the end.
 */
enum mapping_result mapping_copy(struct mapping *mapping, uint64_t offset, void *buffer, size_t length,
                                 size_t *copied, struct patience patience, struct error *error);

/** Ask the kernel for `range` (clamped to the file and to 4 MiB) ahead of its use; never waits. */
void mapping_prefetch(struct mapping *mapping, struct range range);

/**
 * The next stretch at or after `offset` that holds data (SEEK_DATA, SEEK_HOLE): false when there is none before the
 * end. Where the file system cannot say, or is a remote one that would have to be asked, everything is data.
 * `data` ends at the size of this moment, not that of the last refresh. Any thread.
 */
bool mapping_data(const struct mapping *mapping, uint64_t offset, struct range *data);

#endif
