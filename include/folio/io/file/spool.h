/* SPDX-License-Identifier: MIT */
/**
 * io: a stream kept in a file, so that it can be mapped.
 *
 * A helper thread reads the stream and appends to a memfd; past 64 MiB the content moves to an unlinked temporary
 * file ($TMPDIR, else /var/tmp, else /tmp) and the spool's descriptor stands for that file from then on, under the
 * same number: mapping_refresh notices. To all above, a spool is a growing file. Back-pressure: at most 8 MiB are
 * read beyond what spool_want has asked for, so an endless producer is held up by its full pipe; closing the spool
 * (or leaving the process) gives the producer SIGPIPE.
 */
#ifndef FOLIO_IO_FILE_SPOOL_H
#define FOLIO_IO_FILE_SPOOL_H

#include "folio/base/bytes/error.h"
#include "folio/io/thread/wake.h"

#include <stdbool.h>
#include <stdint.h>

/** How far a spool reads ahead of the furthest byte asked for. */
#define SPOOL_AHEAD (8u << 20)
/** Up to this size the content stays in memory (a memfd). */
#define SPOOL_MEMORY (64u << 20)

struct spool;

enum spool_state {
    SPOOL_READING, /**< more may come */
    SPOOL_ENDED,   /**< the stream came to its end; spool_follow may open a FIFO again */
    SPOOL_FAILED,  /**< reading or storing failed: spool_error; what there is stays */
};

/**
 * Start to read `fd` (taken over, closed at the end of the stream or soon after spool_close). `wake` (borrowed, may
 * be NULL) is rung at the first bytes, after growth (at most every 20 ms or 1 MiB) and at the end. `name` is for
 * sentences; where `fifo` says that it is one (SOURCE_FIFO), also the path. NULL and `error` on failure; `fd` is still the caller's then.
 */
struct spool *spool_open(int fd, const char *name, bool fifo, struct wake *wake, struct error *error);

/** Stop, close, free; NULL is fine. Waits for nothing; from here on `wake` is not rung any more. */
void spool_close(struct spool *spool);

/** The descriptor of the content, read-only; valid until spool_close; the same number all the time. */
int spool_fd(const struct spool *spool);

/** Bytes stored so far. Any thread. */
uint64_t spool_size(const struct spool *spool);

/** The furthest offset anybody wants; UINT64_MAX lifts the back-pressure, a lower one sets it again. Any thread. */
void spool_want(struct spool *spool, uint64_t offset);

/**
 * While it is followed, a FIFO waits for its next writer when the last one has gone; one that has ended is opened again.
 * Of other streams nothing comes after the end. Any thread.
 */
void spool_follow(struct spool *spool, bool followed);

/** Is there more to come, or how did it end? Any thread. */
enum spool_state spool_state(const struct spool *spool);

/** Why the spool failed, in `error`; false when it has not failed. */
bool spool_error(const struct spool *spool, struct error *error);

#endif
