/* SPDX-License-Identifier: MIT */
/**
 * view, private: which lines are shown (filter.c). View thread.
 */
#ifndef FOLIO_SESSION_SEARCH_FILTER_H
#define FOLIO_SESSION_SEARCH_FILTER_H

#include "folio/session/core/session.h"

/** Let the stage be filtered as the session says now, where that changes something. */
void session_filter_refresh(struct session *session);

/** Compile its patterns into `part`, session->sift_count of them. False: not one of them is there. */
bool session_filter_compile(const struct session *session, struct filter_part *part);

/** The stage shows all lines again, and forgets. */
void session_filter_close(struct stage *stage);

/** Are there lines of which it is not known yet whether they are shown? */
bool session_filtering(const struct session *session);

/** Is a movement that came to `result` to go on waiting for lines that pass? Lets a pipe be read on. */
bool session_filter_waits(struct session *session, enum view_result result);

/** Fill in what is told of the filter. */
void session_filter_report(const struct session *session, struct report *report);

/** As matches_next, in visible lines only; `*offset` goes on past those that are not, so that asking again is cheap. */
enum matches_result session_match_next(struct session *session, uint64_t *offset, bool forward,
                                       uint64_t *unit);

#endif
