/* SPDX-License-Identifier: MIT */
/**
 * model: which lines are shown. A question of several patterns, asked of every line of the file.
 *
 * Each pattern shows the lines that it matches, or hides them; a line is *visible* if it passes all of them. The unit is
 * always the line, however long. Memory does not grow with the number of lines: a count per block, and a replay of the
 * block when one wants to know which. A line that begins in a hole of the file is never visible, nor is what a pattern
 * would find in a hole. Opaque; view thread.
 */
#ifndef FOLIO_MODEL_SEARCH_FILTER_H
#define FOLIO_MODEL_SEARCH_FILTER_H

#include "folio/model/search/matches.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct filter;

/** The most patterns of a question. */
#define FILTER_PARTS_MAX 8u

/** One pattern, and whether it hides the lines that it matches. */
struct filter_part {
    struct pattern *pattern;
    bool hide;
};

/**
 * Start to ask, from survey_focus outward, of the lines of `text`, which is copied (NULL: as for matches_open). `part`
 * has 1 to FILTER_PARTS_MAX patterns, which are taken over. NULL and `error`, the patterns freed, on failure.
 */
struct filter *filter_open(struct survey *survey, const struct filter_part *part, size_t count,
                           const struct matches_text *text, struct error *error);

/** Stop and free; NULL is fine. */
void filter_close(struct filter *filter);

/** The patterns; `*count` of them, borrowed as long as the filter. */
const struct filter_part *filter_parts(const struct filter *filter, size_t *count);

/** Ask no further lines, or go on: survey_halt. */
void filter_halt(struct filter *filter, bool halt);

/**
 * Progress and number of visible lines. While it is not complete, lines longer than LINES_LONG that may yet turn out to
 * be hidden are in the count.
 */
struct summary_state filter_state(struct filter *filter, const struct reader *reader);

/**
 * The nearest visible line that begins at or after `offset` (forward) or before `offset`, and where it begins. UNKNOWN:
 * ask again when the survey rings, or a little later: of very many long lines only some are looked at in one call.
 */
enum matches_result filter_next(struct filter *filter, struct reader *reader, uint64_t offset, bool forward,
                                uint64_t *line_begin);

/** How many visible lines begin before `offset`: false where that is not known yet. */
bool filter_rank(struct filter *filter, struct reader *reader, uint64_t offset, uint64_t *rank);

#endif
