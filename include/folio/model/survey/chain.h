/* SPDX-License-Identifier: MIT */
/**
 * model: the chunks of a chained summary, in order, for whoever searches among what each of them leaves to the next.
 *
 * Chunks have places in a table, ascending; a chunk that is all hole is not in it. View thread.
 */
#ifndef FOLIO_MODEL_SURVEY_CHAIN_H
#define FOLIO_MODEL_SURVEY_CHAIN_H

#include "folio/model/survey/survey.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The places [`*first`, the result) of the chunks that the chain may go through, as far as the file is charted. */
size_t chain_places(const struct summary *summary, size_t *first);

/** Where the chunk at `place` begins. */
uint64_t chain_begin(const struct summary *summary, size_t place);

/** Where the hole ends that may lie before the chunk at `place`: at that chunk, or as far as the file is charted. */
uint64_t chain_hole_end(const struct summary *summary, size_t place);

/** The exit of the last block of the chunk at `place`. Borrowed; NULL while it is not known, or the chain ends before. */
const void *chain_exit(const struct summary *summary, size_t place);

#endif
