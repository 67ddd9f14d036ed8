/* SPDX-License-Identifier: MIT */
/**
 * model: how deep it is at a byte of a JSON file, and where containers and strings begin and end.
 *
 * A free summary keeps 16 bytes for each block of 64 KiB: what the block does to the depth if it begins outside a string,
 * and if it begins inside one (base/scan/brackets). From that every question is answered with at most two blocks looked
 * at again, however deep and wide the file is: there is no stack, and no list of values. Nothing is said of values here;
 * a file that is no JSON, or is damaged, has brackets and strings all the same.
 *
 * Places are boundaries between bytes, depths those of base/scan/brackets, counted from the beginning of the file: they
 * fall below 0 where too much is closed. Where a quote is missing, or is one too many, strings are right again from the
 * next block on, or behind the next newline where newlines end strings; the depth may be another from there. A page that cannot be read ends a string as a newline does; 64 KiB that cannot
 * be read at all are taken for a hole, which is taken for nothing. Edits that lie over the file are not looked at. View
 * thread, but for the scan. Opaque.
 */
#ifndef FOLIO_MODEL_JSON_NESTING_H
#define FOLIO_MODEL_JSON_NESTING_H

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"
#include "folio/base/scan/brackets.h"
#include "folio/model/reader/reader.h"
#include "folio/model/survey/summary.h"

#include <stdbool.h>
#include <stdint.h>

struct nesting;

enum nesting_answer {
    NESTING_FOUND,
    NESTING_NONE,    /**< there is none */
    NESTING_UNKNOWN, /**< the survey has not come so far */
    NESTING_FAILED,  /**< bytes that must be looked at cannot be had now */
};

/** Have the brackets of a file found out; `lines`: a newline ends a string. NULL and `error` when out of memory. */
struct nesting *nesting_open(struct survey *survey, bool lines, struct error *error);

/** Drop it, before the survey is closed. NULL is fine. */
void nesting_close(struct nesting *nesting);

/** How far the survey has come; nothing is counted. */
struct summary_state nesting_progress(const struct nesting *nesting);

/** How it stands at boundary `at`, at most the size of the file. */
enum nesting_answer nesting_state(struct nesting *nesting, struct reader *reader, uint64_t at,
                                  struct brackets_state *state);

/** The first boundary at or after `at` that is at most `depth` deep: behind what closes the container there. */
enum nesting_answer nesting_down(struct nesting *nesting, struct reader *reader, uint64_t at, int64_t depth,
                                 uint64_t *boundary);

/** The last boundary at or before `at` that is at most `depth` deep: before what opens the container there. */
enum nesting_answer nesting_up(struct nesting *nesting, struct reader *reader, uint64_t at, int64_t depth,
                               uint64_t *boundary);

/** Commas that stand at `depth` in `range`, where no boundary is less deep. */
enum nesting_answer nesting_commas(struct nesting *nesting, struct reader *reader, struct range range,
                                   int64_t depth, uint64_t *count);

/** Comma number `nth` (from 0) at `depth` at or after `at`. NONE also where the depth falls below that first. */
enum nesting_answer nesting_comma(struct nesting *nesting, struct reader *reader, uint64_t at, int64_t depth,
                                  uint64_t nth, uint64_t *comma);

/**
 * Visit the commas at `depth` from `at` on, where no boundary is less deep, until `visit` returns false (FOUND), or there
 * are no more of them (NONE). The comma may be asked from again when it is given up.
 */
enum nesting_answer nesting_each_comma(struct nesting *nesting, struct reader *reader, uint64_t at,
                                       int64_t depth, bool (*visit)(void *context, uint64_t comma),
                                       void *context);

/** The last comma at `depth` before `at`. NONE also where the depth falls below that first. */
enum nesting_answer nesting_comma_before(struct nesting *nesting, struct reader *reader, uint64_t at,
                                         int64_t depth, uint64_t *comma);

/** The nearest quote that begins or ends a string, at or after `at` (`forward`) or before it. */
enum nesting_answer nesting_quote(struct nesting *nesting, struct reader *reader, uint64_t at, bool forward,
                                  uint64_t *quote);

/** The nearest bracket or comma outside of strings, at or after `at` (`forward`) or before it. */
enum nesting_answer nesting_token(struct nesting *nesting, struct reader *reader, uint64_t at, bool forward,
                                  uint64_t *token);

#endif
