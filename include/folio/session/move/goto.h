/* SPDX-License-Identifier: MIT */
/** session: going to a byte, for verbs that find out which. View thread. */
#ifndef FOLIO_SESSION_MOVE_GOTO_H
#define FOLIO_SESSION_MOVE_GOTO_H

#include "folio/session/core/session.h"

/** Go to a byte: its line at the top, as less does; the end is no byte, and what a pipe has not brought yet is waited for. */
enum progress goto_offset(struct session *session, uint64_t offset, struct reply *reply);

#endif
