/* SPDX-License-Identifier: MIT */
/**
 * tests: the units of a search, found the plain way by the test itself, and what a search must say then.
 *
 * Used by the tests of model/search/matches; one thread.
 */
#ifndef FOLIO_TESTS_MODEL_UNITS_H
#define FOLIO_TESTS_MODEL_UNITS_H

#include "model/sample.h"
#include "test.h"

#include "folio/model/search/matches.h"

/** All units of a sample, found the plain way. */
struct units {
    uint64_t *unit;
    size_t count, capacity;
};

static inline void units_add(struct units *units, uint64_t unit)
{
    if (units->count == units->capacity) {
        units->capacity = units->capacity * 2 + 64;
        units->unit = realloc(units->unit, units->capacity * sizeof *units->unit);
        assert_non_null(units->unit);
    }
    units->unit[units->count++] = unit;
}

/** How many units begin before `offset`. */
static inline size_t units_rank(const struct units *units, uint64_t offset)
{
    size_t low = 0, high = units->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (units->unit[middle] < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static inline void check_next(struct matches *matches, struct reader *reader, const struct units *units,
                              uint64_t offset, bool forward, bool complete)
{
    uint64_t unit;
    size_t rank = units_rank(units, offset);
    enum matches_result result = matches_next(matches, reader, offset, forward, &unit);
    if (result == MATCHES_UNKNOWN && !complete)
        return;
    bool some = forward ? rank < units->count : rank > 0;
    assert_int_equal(result, some ? MATCHES_FOUND : MATCHES_NONE);
    if (some)
        assert_int_equal(unit, units->unit[forward ? rank : rank - 1]);
}

/** Ask about one random place. */
static inline void check_somewhere(const struct sample *sample, struct matches *matches,
                                   const struct units *units, bool complete)
{
    uint64_t offset = sample_below(sample->length + 1), rank;
    if (units->count && sample_below(2))
        offset = units->unit[sample_below(units->count)] + sample_below(2);
    if (sample_below(4) == 0)
        offset -= offset % SURVEY_BLOCK;
    check_next(matches, sample->reader, units, offset, true, complete);
    check_next(matches, sample->reader, units, offset, false, complete);
    if (matches_rank(matches, sample->reader, offset, &rank))
        assert_int_equal(rank, units_rank(units, offset));
    else
        assert_false(complete);
}

/** Ask until all is counted, then some more. */
static inline void check_until_complete(const struct sample *sample, struct matches *matches,
                                        const struct units *units)
{
    while (!matches_state(matches).complete)
        check_somewhere(sample, matches, units, false);
    assert_int_equal(matches_state(matches).count, units->count);
    for (int i = 0; i < sample_rounds(150); i++)
        check_somewhere(sample, matches, units, true);
}

/** Wait until all is counted. */
static inline void sample_wait_for(const struct matches *matches)
{
    for (int tries = 0; tries < 60000; tries++, sample_sleep(1))
        if (matches_state(matches).complete)
            return;
    fail_msg("the search does not come to its end");
}

#endif
