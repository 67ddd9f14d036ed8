/* SPDX-License-Identifier: MIT */
/**
 * model: two files compared byte by byte. A summary over a survey of both.
 *
 * The other file may be shifted (model/byte/shifts): which of its bytes stands beside which one of the first a helper finds
 * out; until it has, those at the same offsets do. A byte differs where the two are not the same, or where only one of the
 * files has one. A difference is as many bytes as possible in a row that differ, what only the other file has among them;
 * it belongs to the block in which it begins. A hole is as good as zeros, and what is a hole in both is not looked at while
 * nothing is shifted. A page that cannot be read, in either file, is not compared and ends a difference. Memory does not grow
 * with the number of differences: counts per block, and a replay of the block when one wants to know where. Places are
 * offsets of the first file. Opaque; view thread, but for its workers.
 */
#ifndef FOLIO_MODEL_BYTE_DIFF_H
#define FOLIO_MODEL_BYTE_DIFF_H

#include "folio/base/bytes/error.h"
#include "folio/model/byte/shifts.h"
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
    /** It is known how the other file is shifted. Before, nothing is complete; diff_look has it from the helper. */
    bool aligned;
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

/** How the files stand beside each other at `offset`, as far as is known. */
struct shift_stretch diff_stretch(const struct diff *diff, uint64_t offset);

/** Are there too many shifts to know them all? Those behind `*last` are not known. */
bool diff_shifts_full(const struct diff *diff, uint64_t *last);

/** How many bytes there are to be shown: past the end of the first file those with which the other one goes on. */
uint64_t diff_size(const struct diff *diff);

/** Does the byte at `offset` differ from the one that stands beside it, as far as one can tell? */
bool diff_differs(const struct diff *diff, uint64_t offset);

/** The summary that counts the differences; borrowed until the next diff_look. */
const struct summary *diff_summary(const struct diff *diff);

#endif
