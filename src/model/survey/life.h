/* SPDX-License-Identifier: MIT */
/**
 * model, private: the life of a summary inside the survey (life.c). What is marked (lock) is called under the
 * survey's lock, all else on the owner's thread, or by the last worker that leaves a summary.
 */
#ifndef FOLIO_MODEL_SURVEY_LIFE_H
#define FOLIO_MODEL_SURVEY_LIFE_H

#include "inside.h"

#include "folio/base/bytes/error.h"

/** A summary that is in no survey yet. NULL and `error` when out of memory. */
struct summary *summary_open(struct survey *survey, const struct summary_kind *kind, const void *knowledge,
                             struct error *error);

/** Free a summary that no worker uses; calls its release. */
void summary_free(struct summary *summary);

/** Free every result of a summary and forget its numbers. (lock, or nobody else there) */
void summary_forget(struct summary *summary);

/** Let the chunks be scanned again whose last blocks looked past the old end of the file. (lock) */
void summary_reopen(struct summary *summary, uint64_t size);

/** Look for idle chunks from the beginning (or the focus) again. (lock) */
void summary_rewind(struct summary *summary);

#endif
