/* SPDX-License-Identifier: MIT */
/** session: moving with a cursor: a row of a list, or a byte. View thread. */
#ifndef FOLIO_SESSION_MOVE_CURSOR_H
#define FOLIO_SESSION_MOVE_CURSOR_H

#include "folio/session/core/session.h"

/** Of layouts whose rows are entries of a list, and of those whose rows are bytes. */
extern const struct motion list_motion, bytes_motion;

/** Put the cursor, which there is, on the byte at `offset`, or on the row of it; the screen comes after it. */
enum progress cursor_put(struct session *session, uint64_t offset);

#endif
