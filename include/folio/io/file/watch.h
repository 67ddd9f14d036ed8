/* SPDX-License-Identifier: MIT */
/**
 * io: being told that a file changed.
 *
 * inotify on the file and on the directory of its path, read by a helper thread that rings a wake; beside it a look
 * every second (in the one who waits: watch_due), because network file systems and FUSE send no events. A watch
 * only says "look again": what changed is found out by source_state and source_at.
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
