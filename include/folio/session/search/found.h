/* SPDX-License-Identifier: MIT */
/** session: what the rest of the session asks of a search: how far it is, and where matches are. View thread. */
#ifndef FOLIO_SESSION_SEARCH_FOUND_H
#define FOLIO_SESSION_SEARCH_FOUND_H

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"
#include "folio/model/search/matches.h"
#include "folio/model/survey/summary.h"
#include "folio/session/core/session.h"

/** Make the stage's matches those of the session's pattern (none if there is none). False with `error`. */
bool search_renew(struct session *session, struct error *error);

/**
 * Progress and count of what is searched for on this stage, among the lines that pass where it is filtered. False:
 * nothing is searched for.
 */
bool search_state(const struct session *session, struct summary_state *state);

/** As matches_next, of whatever is searched for. */
enum matches_result search_next(const struct session *session, uint64_t offset, bool forward, uint64_t *unit);

/** As matches_next, in visible lines only; `*offset` goes on past those that are not, so that asking again is cheap. */
enum matches_result search_visible(struct session *session, uint64_t *offset, bool forward, uint64_t *unit);

/** As matches_select: match `nth` of those that search_state counts. */
enum matches_result search_select(const struct session *session, uint64_t nth, uint64_t *unit);

/** How many of them come before `unit`. False: not known yet, or nothing is searched for. */
bool search_rank(const struct session *session, uint64_t unit, uint64_t *rank);

/** What counts them, as bytes lie in the file; NULL: nothing is searched for. */
const struct summary *search_summary(const struct session *session);

/** The first match in the line (or rest of a line) that begins at `offset`, or the unit there, as offsets in the file. */
bool search_match(const struct session *session, uint64_t offset, struct range *match);

/** The byte that the screen is about: the one under the cursor; of text the current match on it, or the first byte. */
uint64_t search_subject(const struct session *session);

/** Are matches looked for one by one on this stage, and not by lines? */
bool search_by_bytes(const struct stage *stage);

/** Was there ever a pattern to search for? */
bool search_asked(const struct session *session);

#endif
