/* SPDX-License-Identifier: MIT */
/**
 * model, private: where the units of a free summary are, by place and by number.
 *
 * A *unit* is what a summary counts, and belongs to the block in which it begins. The rank directory says which block;
 * the rest is a walk through that block, which each kind of unit has its own way to make. View thread.
 */
#ifndef FOLIO_MODEL_SEARCH_REPLAY_H
#define FOLIO_MODEL_SEARCH_REPLAY_H

#include "folio/base/bytes/span.h"
#include "folio/model/reader/reader.h"
#include "folio/model/search/matches.h"
#include "folio/model/survey/summary.h"
#include "folio/model/survey/summary_kind.h"

#include <stdbool.h>
#include <stdint.h>

/** Is called with each unit; returns false to end the walk. */
typedef bool replay_visit(void *visitor, uint64_t unit);

/** The units of a file. Plain value, made for each question. */
struct replay {
    const struct summary *summary;
    /** Of the file. A unit may begin there: it belongs to the last block. */
    uint64_t size;
    /** Visit each unit of the block, ascending. False: its bytes cannot be had. */
    bool (*walk)(void *context, struct range block, replay_visit *visit, void *visitor);
    void *context;
};

/** The nearest unit at or after `offset` (forward) or before it. Only blocks that count some are walked. */
enum matches_result replay_next(const struct replay *replay, uint64_t offset, bool forward, uint64_t *unit);

/** How many units begin before `offset`. False where that is not known, or the bytes cannot be had. */
bool replay_rank(const struct replay *replay, uint64_t offset, uint64_t *rank);

/** Where unit number `nth` (from 0) begins. */
enum matches_result replay_select(const struct replay *replay, uint64_t nth, uint64_t *unit);

/**
 * Scan the block at `range` as the survey's workers scanned it: the bytes of the file, whatever edits lie over them, in
 * the stretches that can be read. `scan` returns false to end it. False: the bytes cannot be had now.
 */
bool replay_scan(struct reader *reader, struct range range,
                 bool (*scan)(void *context, const struct survey_block *block), void *context);

#endif
