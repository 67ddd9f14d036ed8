/* SPDX-License-Identifier: MIT */
/**
 * view, private: the strip of kinds of bytes, at the right of a view of bytes (strip.c). View thread.
 */
#ifndef FOLIO_SESSION_PART_STRIP_H
#define FOLIO_SESSION_PART_STRIP_H

#include "folio/session/core/session.h"

/** Columns of the screen that the strip takes from the view; 0: it is not shown. */
unsigned session_strip_columns(const struct session *session);

/** Draw it at the right: the frame grows by these columns. */
void session_strip_draw(struct session *session, struct frame *frame);

/** Let kinds of bytes be found out where they are to be shown, and only there. */
void session_strip_refresh(struct session *session);

/** Is some of what it shows not known yet? */
bool session_strip_unsettled(const struct session *session);

/** The stage ends: what its bytes are like is forgotten. */
void session_strip_close(struct stage *stage);

#endif
