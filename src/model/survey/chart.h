/* SPDX-License-Identifier: MIT */
/**
 * model, private: the table of chunks that hold data, and places in it (chart.c). The table is filled by one worker
 * at a time and read by all threads.
 */
#ifndef FOLIO_MODEL_SURVEY_CHART_H
#define FOLIO_MODEL_SURVEY_CHART_H

#include "inside.h"

/** The ordinal of the chunk at `place`. */
uint64_t survey_ordinal(const struct survey *survey, size_t place);

/** The place in the table of the first chunk whose ordinal is `ordinal` or greater. */
size_t survey_place(const struct survey *survey, uint64_t ordinal);

/** The place of the first chunk that is of concern to `summary`. */
size_t summary_first(const struct summary *summary);

/** Make `place` and all before it exist in `summary`'s array. (lock) False when out of memory. */
bool summary_reach(struct summary *summary, size_t place);

/**
 * The first stretch of [offset, end) that is to be scanned in a file of `size` bytes: no hole, or, where two files are
 * looked at, no hole in both. False: there is none.
 */
bool survey_data(const struct survey *survey, const struct surveyor *surveyor, struct range within,
                 uint64_t size, struct range *data);

/** Chart on, if the surveyor has its windows (else give the chart back). False: it could not be done at all. */
bool survey_chart(struct survey *survey, const struct ticket *ticket, const struct surveyor *surveyor);

#endif
