/* SPDX-License-Identifier: MIT */
/** session: what is said when nothing more is found. View thread. */
#ifndef FOLIO_SESSION_SEARCH_MISSED_H
#define FOLIO_SESSION_SEARCH_MISSED_H

#include "folio/session/core/session.h"

/**
 * The search that ran this way has come to its end without a match: the reply says what is known. Waits while it is
 * counted how many there would be if case did not count.
 */
enum progress search_missed(struct session *session, bool forward, struct reply *reply);

/** Nobody waits for that count any more. */
void missed_forget(struct session *session);

#endif
