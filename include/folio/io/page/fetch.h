/* SPDX-License-Identifier: MIT */
/**
 * io: bytes that are not in memory, read by a helper; and waiting that can be given up.
 *
 * A fetch is one pread on a detached thread. Whoever started it waits as long as patience lasts and may then drop
 * it: what it needs (bytes, a descriptor of its own) goes when the last of the two lets go. It is the slow way, for
 * when the kernel was asked for pages and they do not come, and the only way to learn why. Opaque; one thread each.
 */
#ifndef FOLIO_IO_PAGE_FETCH_H
#define FOLIO_IO_PAGE_FETCH_H

#include "folio/base/bytes/span.h"
#include "folio/io/page/patience.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The most that one fetch reads. */
#define FETCH_LENGTH_MAX 65536
/** Fetches under way in the whole process: a dead disk must not collect threads. */
#define FETCH_COUNT_MAX 16
/** How long the kernel gets to bring pages that were requested, in ms, before a fetch asks why they do not come. */
#define FETCH_AFTER_MS 100

struct fetch;

/**
 * Start to read `range` (cut to FETCH_LENGTH_MAX) of `fd`, which may be closed meanwhile. NULL: too many are under
 * way, or no memory; try again later. Where no thread can be had it reads at once, in the caller.
 */
struct fetch *fetch_start(int fd, struct range range);

/** Is it done? Waits for it up to `wait_us` microseconds. */
bool fetch_done(struct fetch *fetch, unsigned wait_us);

/** Was it started at `offset` or before, for bytes that reach past it? NULL: no. */
bool fetch_covers(const struct fetch *fetch, uint64_t offset);

/**
 * The result of one that is done: the bytes from `offset` on (which it covers), borrowed until fetch_drop. Length 0
 * with `*code` 0: the file ends there; EAGAIN: an error before it ended the read, so nothing is known of it; else
 * `*code` is the errno of the read at `offset`.
 */
struct span fetch_bytes(const struct fetch *fetch, uint64_t offset, int *code);

/** Let go of it, done or not; NULL is fine. */
void fetch_drop(struct fetch *fetch);

/** A wait under way. Plain value. */
struct wait {
    struct patience patience;
    uint64_t begun_ns;
    unsigned nap_us;
};

/**
 * Sleep a little (0.2 ms at first, growing to 5 ms; less when `fetch`, which may be NULL, is done), then ask
 * patience. False: give up. A zeroed wait with its patience set is a new one.
 */
bool wait_nap(struct wait *wait, struct fetch *fetch);

#endif
