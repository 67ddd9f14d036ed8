/* SPDX-License-Identifier: MIT */
/**
 * model: how what is counted lies over the file: one number for each of many equal shares of it.
 *
 * The numbers are made of the counts alone, in one pass over the chunks (64 a GiB): no byte is read. A block that lies in
 * several shares gives each of them an even part of its count, so the numbers add up to the whole. View thread.
 */
#ifndef FOLIO_MODEL_SURVEY_SPREAD_H
#define FOLIO_MODEL_SURVEY_SPREAD_H

#include "folio/model/survey/summary.h"

#include <stdbool.h>
#include <stdint.h>

struct matches;
struct filter;

/** One share of the file. */
struct share {
    uint64_t count;
    bool known; /**< all of its blocks are done; otherwise `count` is what is known of them */
};

/** What lies in each of `count` equal shares of the first `size` bytes of the file. */
void summary_spread(const struct summary *summary, uint64_t size, struct share *share, unsigned count);

/** The summary that counts the units of a search; borrowed, as long as the search. */
const struct summary *matches_summary(const struct matches *matches);

/**
 * The summary that counts the lines that pass a filter, and all that are longer than LINES_LONG; borrowed, as long as the
 * filter.
 */
const struct summary *filter_summary(const struct filter *filter);

#endif
