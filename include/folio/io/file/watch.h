/* SPDX-License-Identifier: MIT */
/**
 * io: being told that a file changed.
 *
 * A helper thread reads what inotify tells of the file and of the directory of its path, and rings a wake. Network file
 * systems and FUSE send no events, so watch_due, which the owner asks, also says yes once a second. A watch only says
 * "look again": what changed is found out by source_state and source_at.
 */
#ifndef FOLIO_IO_FILE_WATCH_H
#define FOLIO_IO_FILE_WATCH_H

#include "folio/base/bytes/error.h"
#include "folio/io/thread/wake.h"

#include <stdbool.h>

struct watch;

/**
 * Watch `path` (and its directory); a relative one counts from the working directory, which must stay. `wake`
 * (borrowed, may be NULL) is rung soon after this call and then at each change, at most every 20 ms. NULL and
 * `error` when inotify is not to be had.
 */
struct watch *watch_open(const char *path, struct wake *wake, struct error *error);

/** Stop and free; NULL is fine. Waits for nothing; from here on `wake` is not rung any more. */
void watch_close(struct watch *watch);

/** Did something happen since the last call, or is the last look a second old? Any one thread. NULL: by time only. */
bool watch_due(struct watch *watch);

#endif
