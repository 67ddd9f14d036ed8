/* SPDX-License-Identifier: MIT */
/**
 * session: how many lines each pattern of the filter keeps by itself, counted from the time when somebody asks until the
 * patterns change. View thread.
 */
#ifndef FOLIO_SESSION_SEARCH_KEPT_H
#define FOLIO_SESSION_SEARCH_KEPT_H

#include "state.h"

#include <stdbool.h>
#include <stddef.h>

/** Count on this stage, if there are several patterns; of one alone the filter itself knows. */
void kept_open(const struct session *session, struct stage *stage);

/** Count no more, and forget. */
void kept_close(struct stage *stage);

/** Stop counting, or go on. */
void kept_halt(struct stage *stage, bool halt);

/** Is all counted that is there, or counting stopped? */
bool kept_known(const struct stage *stage);

/** What pattern `number` (from 0) keeps: "1,234", and "+" behind it while it may be more; "" where nothing is counted. */
void kept_text(const struct stage *stage, size_t number, char *out, size_t capacity);

#endif
