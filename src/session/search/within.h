/* SPDX-License-Identifier: MIT */
/** session: searching among the lines that pass the filter. View thread. */
#ifndef FOLIO_SESSION_SEARCH_WITHIN_H
#define FOLIO_SESSION_SEARCH_WITHIN_H

#include "state.h"

/** Count what is searched for among the lines that pass, where both are; what did so before is closed. */
void within_open(struct session *session);

/** It is counted no more: the search or the filter is another, or none. */
void within_close(struct stage *stage);

/** As matches_next, among those lines. Only where they are counted. */
enum matches_result within_next(const struct session *session, uint64_t offset, bool forward, uint64_t *unit);

/** How many before `unit` are counted among those lines; false too where it is not counted itself. */
bool within_rank(const struct session *session, uint64_t unit, uint64_t *rank);

#endif
