/* SPDX-License-Identifier: MIT */
/**
 * model: where a pattern matches in the file. A summary.
 *
 * The unit is the matching line, as for `grep -c`; in a line longer than LINES_LONG it is the single match, found
 * block by block, so that one can walk inside it. It can be the single match everywhere (model/search/bytes). Memory
 * does not grow with the number of hits: counts per block, and a replay of the block when one wants to know where.
 *
 * What is searched is the text as it is shown (model/pattern/shown), unless the bytes themselves are asked for; where
 * it was found is said in bytes of the file always. Opaque; view thread.
 */
#ifndef FOLIO_MODEL_SEARCH_MATCHES_H
#define FOLIO_MODEL_SEARCH_MATCHES_H

#include "folio/base/bytes/span.h"
#include "folio/base/glyph/glyph.h"
#include "folio/model/pattern/pattern.h"
#include "folio/model/reader/reader.h"
#include "folio/model/survey/summary.h"
#include "folio/model/survey/survey.h"

#include <stdbool.h>
#include <stdint.h>

struct matches;

/** What is searched. */
struct matches_text {
    struct glyph_rules rules; /**< how the file is shown; its encoding says where lines end, even if `raw` */
    bool raw;                 /**< the bytes as they are, not what is shown for them */
    bool bytes;               /**< the same, and the unit is the single match: model/search/bytes */
};

/**
 * Start to look for `pattern` (taken over) from survey_focus outward in `text`, which is copied (NULL: UTF-8, nothing
 * carried out). NULL and `error`, the pattern freed, on failure.
 */
struct matches *matches_open(struct survey *survey, struct pattern *pattern, const struct matches_text *text,
                             struct error *error);

/** Stop and free; NULL is fine. */
void matches_close(struct matches *matches);

/** The pattern; borrowed, as long as the matches. */
const struct pattern *matches_pattern(const struct matches *matches);

/** The view thread's own matcher for the pattern; borrowed. It knows bytes only: see matches_hits. */
struct matcher *matches_matcher(const struct matches *matches);

/** Count no further, or go on: survey_halt. */
void matches_halt(struct matches *matches, bool halt);

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

/**
 * The single matches in `line` (one line, or a piece of one, with its newline, without which a CR at its end counts; its
 * first byte is at `offset` of the file) that begin at or after byte `from` of the file, by the same rules as the search:
 * as bytes of the file, ascending, none over another, an empty one where the pattern matches nothing. Hidden bytes
 * (sequences) may be inside a match, never at its ends. Returns how many were put into `hit`; if that is `capacity` there
 * may be more: ask again from the end of the last one, or 1 further where it is empty. No system call.
 */
size_t matches_hits(struct matches *matches, struct span line, uint64_t offset, uint64_t from,
                    struct range *hit, size_t capacity);

/** How many units begin before `offset`: false where that is not known yet. */
bool matches_rank(struct matches *matches, struct reader *reader, uint64_t offset, uint64_t *rank);

#endif
