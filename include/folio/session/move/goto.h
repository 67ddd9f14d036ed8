/* SPDX-License-Identifier: MIT */
/** session: going to a byte, or to a mark, for who found out which. View thread. */
#ifndef FOLIO_SESSION_MOVE_GOTO_H
#define FOLIO_SESSION_MOVE_GOTO_H

#include "folio/session/core/session.h"

/**
 * Go to a byte: its row to the top, or (`line`) its line, as less does; the end is no byte, and what a pipe has not
 * brought yet is waited for.
 */
enum progress goto_offset(struct session *session, uint64_t offset, bool line, struct reply *reply);

/** Go to a mark, in whichever file of the list it is, and put it on its row. */
enum progress goto_mark(struct session *session, struct mark mark, struct reply *reply);

#endif
