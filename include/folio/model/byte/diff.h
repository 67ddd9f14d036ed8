/* SPDX-License-Identifier: MIT */
/**
 * model: two files compared byte by byte, at the same offsets. A summary over a survey of both.
 *
 * A byte differs where the two are not the same, or where only one of the files goes on. A difference is as many bytes
 * as possible in a row that differ; it belongs to the block in which it begins. A hole is as good as zeros, and what is
 * a hole in both is never looked at. A page that cannot be read, in either file, is not compared and ends a difference.
 * Memory does not grow with the number of differences: counts per block, and a replay of the block when one wants to
 * know where. Opaque; view thread, but for its workers.
 */
#ifndef FOLIO_MODEL_BYTE_DIFF_H
#define FOLIO_MODEL_BYTE_DIFF_H

#include "folio/base/bytes/error.h"
#include "folio/model/document/document.h"
#include "folio/model/reader/reader.h"
#include "folio/model/search/matches.h"
#include "folio/model/survey/summary.h"

#include <stdbool.h>
#include <stdint.h>

struct diff;

/** How far a comparison has come, and what is in its way. */
struct diff_state {
    /** Differences so far; `complete` when all is compared that can be. */
    struct summary_state summary;
    /** Something of the other file could not be read: errno (else 0), and the first place where. */
    int code;
    uint64_t bad_at;
    /** The other file became another, longer or shorter since: what was found may not hold. */
    bool changed;
    /** Another file stands at the other one's path, or none. */
    bool replaced;
};

/**
 * Compare `document`, which must outlive it, with `other`, which is taken over (and closed when this fails). Workers
 * start at once. NULL and `error` when `other` is a stream, or out of memory.
 */
struct diff *diff_open(struct document *document, struct document *other, struct error *error);

/** Stop and close the other file; NULL is fine. */
void diff_close(struct diff *diff);

/** The other file; borrowed, as long as the diff. Whoever opened the diff gives its reader patience, as the first has. */
struct document *diff_other(const struct diff *diff);

/** Take in what happened to both files since. True: something did. Never waits. */
bool diff_look(struct diff *diff);

/** How far the comparison has come, and what is in the way. Never waits. */
struct diff_state diff_state(const struct diff *diff);

/** The nearest difference that begins at or after `offset` (forward) or before `offset`: where. UNKNOWN: ask again. */
enum matches_result diff_next(struct diff *diff, uint64_t offset, bool forward, uint64_t *begin);

/** How many differences begin before `offset`: false where that is not known yet. */
bool diff_rank(struct diff *diff, uint64_t offset, uint64_t *rank);

/** The summary that counts the differences; borrowed, as long as the diff. */
const struct summary *diff_summary(const struct diff *diff);

#endif
