/* SPDX-License-Identifier: MIT */
/**
 * session: going to a place, with '' to come back. View thread.
 */
#ifndef FOLIO_SESSION_MOVE_JUMP_H
#define FOLIO_SESSION_MOVE_JUMP_H

#include "folio/session/core/session.h"

/** The row of the screen (0 = top) on which a jump puts its target (-j). */
unsigned jump_target(const struct session *session);

/** Put the view, or the cursor, at `offset`, on row `target`: the answer as progress, waiting while bytes are missing. */
enum progress jump_to(struct session *session, uint64_t offset, unsigned target, bool exactly);

/** Remember where the screen is, for ''; once a request. */
void jump_leave(struct session *session);

/** The view went away from `here`: '' leads there; once a request. */
void jump_left(struct session *session, struct mark here);

#endif
