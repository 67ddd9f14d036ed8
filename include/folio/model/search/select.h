/* SPDX-License-Identifier: MIT */
/**
 * model: one match of a search (model/search/matches): by its number, and the parts of it. View thread.
 */
#ifndef FOLIO_MODEL_SEARCH_SELECT_H
#define FOLIO_MODEL_SEARCH_SELECT_H

#include "folio/model/search/matches.h"

/** Unit number `nth` (from 0) of the file: UNKNOWN until all before it is counted, NONE when there are fewer. */
enum matches_result matches_select(struct matches *matches, struct reader *reader, uint64_t nth,
                                   uint64_t *unit);

/**
 * What the `number`-th parentheses of the pattern matched in `hit`, one of matches_hits of the same `line` at `offset`.
 * False: nothing, or there are none.
 */
bool matches_group(struct matches *matches, struct span line, uint64_t offset, unsigned number,
                   struct range *hit);

#endif
