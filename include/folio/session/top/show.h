/* SPDX-License-Identifier: MIT */
/**
 * view, private: frames, and waiting for the bytes that they need (show.c). View thread.
 */
#ifndef FOLIO_SESSION_TOP_SHOW_H
#define FOLIO_SESSION_TOP_SHOW_H

#include "folio/session/core/session.h"

/** Compose a frame and offer it. */
void session_show(struct session *session);

/** Patience of all reads of the view thread: shows "reading", gives way to STOP and to newer requests. */
bool session_patience(void *context, unsigned waited_ms);

#endif
