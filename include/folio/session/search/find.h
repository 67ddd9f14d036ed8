/* SPDX-License-Identifier: MIT */
/**
 * view, private: what the rest of the session asks of a search: how far it is, and where matches are (find.c;
 * what was too hard: hard.c). Its inside is in inside.h. View thread.
 */
#ifndef FOLIO_SESSION_SEARCH_FIND_H
#define FOLIO_SESSION_SEARCH_FIND_H

#include "folio/base/bytes/error.h"
#include "folio/session/core/session.h"

/** Make the stage's matches those of the session's pattern (none if there is none). False with `error`. */
bool session_rematch(struct session *session, struct error *error);

/**
 * Progress and count of what is searched for on this stage, among the lines that pass where it is filtered; complete
 * when the search is as well. False: nothing is searched for.
 */
bool session_search_state(const struct session *session, struct summary_state *state);

/** How far the search is, in thousandths, however far the count among the lines that pass may be. */
unsigned session_search_permille(const struct session *session);

/** As matches_next, of whatever is searched for. */
enum matches_result session_search_next(const struct session *session, uint64_t offset, bool forward,
                                        uint64_t *unit);

/** As matches_select: match `nth` of those that session_search_state counts. */
enum matches_result session_search_select(const struct session *session, uint64_t nth, uint64_t *unit);

/** How many of them come before `unit`. False: not known yet, or nothing is searched for. */
bool session_search_rank(const struct session *session, uint64_t unit, uint64_t *rank);

/** What counts them, as bytes lie in the file; NULL: nothing is searched for. */
const struct summary *session_search_summary(const struct session *session);

/** A search was given up: back to the file in which it began. */
void session_search_home(struct session *session);

/** Tell where a pattern was too hard; report->notice becomes that, unless the stage has another. */
void session_hard_report(struct session *session, struct report *report);

#endif
