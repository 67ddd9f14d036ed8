/* SPDX-License-Identifier: MIT */
/**
 * view, private: going to places, with '' to come back (lines.c), and to levels of a log (time.c).
 * View thread.
 */
#ifndef FOLIO_SESSION_MOVE_LINES_H
#define FOLIO_SESSION_MOVE_LINES_H

#include "folio/session/core/session.h"

/** The row of the screen (0 = top) on which a jump puts its target (-j). */
unsigned session_target(const struct session *session);

/** Put the view at `offset`: the answer as progress, waiting while bytes are missing. */
enum progress session_jump(struct session *session, uint64_t offset, unsigned target, bool exactly);

/** Remember where the screen is, for ''; once a request. */
void session_leave_place(struct session *session);

/** Where the screen is, or the cursor, as a place to come back to. */
struct mark session_here(const struct session *session);

/** The view went away from `here`: '' leads there; once a request. */
void session_left(struct session *session, struct mark here);

/** Forget where lines of a level are. */
void session_level_close(struct stage *stage);

#endif
