/* SPDX-License-Identifier: MIT */
/**
 * io: bytes that are not in memory, read by a helper; and waiting that can be given up.
 *
 * A fetch is one pread on a detached helper thread. Whoever started the fetch waits as long as patience lasts and may then
 * drop it; the fetch's bytes and its own descriptor are freed when both the helper and the owner have let go. A fetch is
 * the slow way, for when the kernel was asked for pages and they do not come, and the only way to learn why they do not.
 * Opaque; each is used by one thread.
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

/** Is the fetch done? Waits up to `wait_us` microseconds for that. */
bool fetch_done(struct fetch *fetch, unsigned wait_us);

/** Is the byte at `offset` one of those that `fetch` was started for? False for NULL. */
bool fetch_covers(const struct fetch *fetch, uint64_t offset);

/**
 * The result of a fetch that is done: its bytes from `offset` on, which it covers, borrowed until fetch_drop. With length 0
 * `*code` says why there are none: 0, the file ends there; EAGAIN, an error before `offset` ended the read, so nothing is
 * known of this byte; or the errno of the read at `offset`.
 */
struct span fetch_bytes(const struct fetch *fetch, uint64_t offset, int *code);

/** Let go of a fetch, done or not; NULL is fine. */
void fetch_drop(struct fetch *fetch);

/** A wait under way. Plain value: all zero but for its patience is a wait that has not begun. */
struct wait {
    struct patience patience;
    uint64_t begun_ns;
    unsigned nap_us;
};

/**
 * Sleep a little (0.2 ms at first, growing to 5 ms; less when `fetch`, which may be NULL, is done), then ask the wait's
 * patience. False: give up.
 */
bool wait_nap(struct wait *wait, struct fetch *fetch);

#endif
