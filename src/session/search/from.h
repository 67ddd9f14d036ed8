/* SPDX-License-Identifier: MIT */
/** session: from where a search goes, and what is typed for it. View thread. */
#ifndef FOLIO_SESSION_SEARCH_FROM_H
#define FOLIO_SESSION_SEARCH_FROM_H

#include "state.h"

/** SEARCH_BYTES, where `text` that is typed now is a pattern of bytes; 0 where it is text. */
unsigned search_kind(const struct session *session, const char *text, unsigned modifiers);

/** From where a new search goes: the cursor, or the first row shown, or after the last one backward. */
uint64_t search_from_screen(const struct session *session, bool forward);

/** From where n and N go: after or before the cursor, or the row at the jump target. */
uint64_t search_from_target(const struct session *session, bool forward);

/**
 * The first pass of SEARCH: is the match wanted in the rest of the line that goes on over the top row? Then it is
 * there.
 */
bool search_top_row(struct session *session);

#endif
