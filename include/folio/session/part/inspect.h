/* SPDX-License-Identifier: MIT */
/**
 * view, private: the inspector, below a view of bytes (inspect.c). View thread.
 */
#ifndef FOLIO_SESSION_PART_INSPECT_H
#define FOLIO_SESSION_PART_INSPECT_H

#include "folio/session/core/session.h"

/** Rows of the screen that the inspector takes from the view; 0: it is not shown. */
unsigned session_inspect_rows(const struct session *session);

/** Draw it below the view: the frame grows by these rows. */
void session_inspect_draw(struct session *session, struct frame *frame);

/** Is some of what it shows not known yet? */
bool session_inspect_unsettled(const struct session *session);

#endif
