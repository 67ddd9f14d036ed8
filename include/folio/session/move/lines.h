/* SPDX-License-Identifier: MIT */
/** session: moving where rows are lines. View thread. */
#ifndef FOLIO_SESSION_MOVE_LINES_H
#define FOLIO_SESSION_MOVE_LINES_H

#include "folio/session/core/session.h"
#include "folio/view/layout/view.h"

/** Of layouts whose rows are lines. */
extern const struct motion lines_motion;

/** Is a movement that came to `result` to go on waiting for lines that pass the filter? Lets a pipe be read on. */
bool lines_wait(struct session *session, enum view_result result);

#endif
