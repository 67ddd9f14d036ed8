/* SPDX-License-Identifier: MIT */
/**
 * model: runs of printable text among the bytes of a file. A summary.
 *
 * A run is as many characters as possible in a row that are shown as themselves, and tabs, at least as many as asked for,
 * however long; it belongs to the block in which it begins. Characters are those of the encoding in which bytes are
 * shown: a byte each, or units of UTF-16 and UTF-32 that begin at multiples of their size; in UTF-8 and other encodings of
 * several bytes they are ASCII. A page that cannot be read ends a run, and so does a hole. Memory
 * does not grow with the number of runs: counts per block, and a replay of the block when one wants to know where.
 * Opaque; view thread.
 */
#ifndef FOLIO_MODEL_BYTE_RUNS_H
#define FOLIO_MODEL_BYTE_RUNS_H

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"
#include "folio/base/text/encoding.h"
#include "folio/model/reader/reader.h"
#include "folio/model/search/matches.h"
#include "folio/model/survey/summary.h"
#include "folio/model/survey/survey.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The characters of a run that is asked for where nobody says another, and the greatest that can be. */
#define RUNS_SHORTEST     4u
#define RUNS_SHORTEST_MAX 4096u

struct runs;

/**
 * Start to look for runs of at least `shortest` (1 to RUNS_SHORTEST_MAX) characters of an encoding (NULL: UTF-8), from
 * survey_focus outward. NULL and `error` when out of memory.
 */
struct runs *runs_open(struct survey *survey, const struct encoding *charset, unsigned shortest,
                       struct error *error);

/** Stop and free; NULL is fine. */
void runs_close(struct runs *runs);

/** Are they the runs that runs_open would look for? */
bool runs_serve(const struct runs *runs, const struct encoding *charset, unsigned shortest);

/** The encoding of which their characters are; NULL: ASCII. */
const struct encoding *runs_encoding(const struct runs *runs);

/** Progress and number of runs counted so far. */
struct summary_state runs_state(const struct runs *runs);

/** The run that holds the byte at `offset`: where it begins. NONE: that byte is in none. */
enum matches_result runs_holding(struct runs *runs, struct reader *reader, uint64_t offset, uint64_t *begin);

/** The nearest run that begins at or after `offset` (forward) or before `offset`. UNKNOWN: ask again later. */
enum matches_result runs_next(struct runs *runs, struct reader *reader, uint64_t offset, bool forward,
                              uint64_t *begin);

/** How many runs begin before `offset`: false where that is not known yet. */
bool runs_rank(struct runs *runs, struct reader *reader, uint64_t offset, uint64_t *rank);

/** Where run number `nth` (from 0) begins. */
enum matches_result runs_select(struct runs *runs, struct reader *reader, uint64_t nth, uint64_t *begin);

/** How many bytes at the start of `data`, where a character begins, can be of one run: all up to the first of none. */
size_t runs_length(const struct runs *runs, struct span data);

#endif
