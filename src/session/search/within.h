/* SPDX-License-Identifier: MIT */
/**
 * view, private: counting what is searched for among the lines that pass the filter (within.c). View thread.
 */
#ifndef FOLIO_SESSION_SEARCH_WITHIN_H
#define FOLIO_SESSION_SEARCH_WITHIN_H

#include "folio/session/core/session.h"

/** Count what is searched for among the lines that pass, where both are; that which did so before is closed. */
void session_within_open(struct session *session);

/** It is counted no more: the search or the filter is another, or none. */
void session_within_close(struct stage *stage);

/** How many before `unit` are counted by stage->within, which there is; false too where it is not counted itself. */
bool within_rank(const struct session *session, uint64_t unit, uint64_t *rank);

#endif
