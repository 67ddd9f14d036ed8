/* SPDX-License-Identifier: MIT */
/**
 * io: which bytes of a file are in memory, and getting them there without touching them.
 *
 * cachestat (Linux 6.5) tells for a range how many pages are cached; mincore tells page by page but, like cachestat,
 * only to the owner or somebody who may write; preadv2(RWF_NOWAIT) tells anybody, where the file system has it.
 * All functions only ask or submit: none waits for the device. Any thread.
 */
#ifndef FOLIO_IO_PAGE_RESIDENCY_H
#define FOLIO_IO_PAGE_RESIDENCY_H

#include "folio/base/bytes/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum residency {
    RESIDENCY_ALL,     /**< every byte is in memory */
    RESIDENCY_PART,    /**< at least one is not */
    RESIDENCY_UNKNOWN, /**< nobody is allowed to say here */
};

/**
 * Is `range` of the file behind `fd`, mapped at `base` (the address of range.begin rounded down to a page; NULL when
 * not mapped), in memory? `first_missing` (NULL allowed) gets the offset of the first page that is not.
 */
enum residency residency_ask(int fd, const void *base, struct range range, uint64_t *first_missing);

/** Ask the kernel to read `range` of `fd`, in pieces of at most 1 MiB, because a larger one is clamped silently. */
void residency_request(int fd, struct range range);

/** How many bytes of `range` are in the page cache (cachestat, or on overlayfs mincore); false: nobody tells. */
bool residency_cached(int fd, struct range range, uint64_t *bytes);

/** Page faults of the calling thread so far: minor (page was in memory) and major (it was read). */
struct residency_faults {
    uint64_t minor;
    uint64_t major;
};

/** Read the fault counters of the calling thread. */
struct residency_faults residency_faults(void);

#endif
