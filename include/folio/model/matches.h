/* SPDX-License-Identifier: MIT */
/**
 * model: where a pattern matches. The second summary.
 *
 * The unit is the matching line, as for `grep -c`; in a line longer than LINES_LONG it is the single match, found
 * block by block, so that one can walk inside it. Memory does not grow with the number of hits: counts per block,
 * and a replay of the block when one wants to know where. Opaque; view thread.
 */
#ifndef FOLIO_MODEL_MATCHES_H
#define FOLIO_MODEL_MATCHES_H

#include <stdbool.h>
#include <stdint.h>

#include "folio/model/pattern.h"
#include "folio/model/reader.h"
#include "folio/model/summary.h"
#include "folio/model/survey.h"

struct matches;

/** Start to look for `pattern` (taken over) from survey_focus outward. NULL and `error`, the pattern freed, on failure. */
struct matches *matches_open(struct survey *survey, struct pattern *pattern, struct error *error);

/** Stop and free; NULL is fine. */
void matches_close(struct matches *matches);

/** The pattern; borrowed, as long as the matches. */
const struct pattern *matches_pattern(const struct matches *matches);

/** The view thread's own matcher for the pattern, for highlighting; borrowed. */
struct matcher *matches_matcher(const struct matches *matches);

/** Progress and number of units counted so far. */
struct summary_state matches_state(const struct matches *matches);

enum matches_result {
    MATCHES_FOUND,
    MATCHES_NONE,
    MATCHES_UNKNOWN, /**< a nearer place has not been searched yet: ask again when the survey rings */
    MATCHES_FAILED,  /**< the bytes of the block could not be had (given up) */
};

/**
 * The nearest unit at or after `offset` (forward) or before `offset`. `*unit` is where it begins: its line, or the
 * match itself in a long line.
 */
enum matches_result matches_next(struct matches *matches, struct reader *reader, uint64_t offset,
                                 bool forward, uint64_t *unit);

/** How many units begin before `offset`: false where that is not known yet. */
bool matches_rank(struct matches *matches, struct reader *reader, uint64_t offset, uint64_t *rank);

#endif
