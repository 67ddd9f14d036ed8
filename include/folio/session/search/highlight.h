/* SPDX-License-Identifier: MIT */
/**
 * view, private: patterns in colours of their own, on the stage (highlight.c). View thread.
 */
#ifndef FOLIO_SESSION_SEARCH_HIGHLIGHT_H
#define FOLIO_SESSION_SEARCH_HIGHLIGHT_H

#include "folio/session/core/session.h"

/** Let the patterns be counted and shown on the stage as the session has them now. */
void session_highlight_refresh(struct session *session);

/** The stage ends: none of them any more. */
void session_highlight_close(struct stage *stage);

#endif
