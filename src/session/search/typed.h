/* SPDX-License-Identifier: MIT */
/**
 * view, private: searching while one types, for search.c and typed.c: what each has for the other.
 * View thread.
 */
#ifndef FOLIO_SESSION_SEARCH_TYPED_H
#define FOLIO_SESSION_SEARCH_TYPED_H

#include "folio/session/core/session.h"

/** What was typed is entered: is what it found the answer? Otherwise the screen is back where it was. */
bool session_try_accept(struct session *session, const struct request *request, struct reply *reply);

/** What was typed counts no more: all is as before. */
void session_try_restore(struct session *session);

/** SEARCH_BYTES, where `text` that is typed now is a pattern of bytes: search.c says when. */
unsigned search_kind(const struct session *session, const char *text, unsigned modifiers);

/** From where a new search goes: the cursor, or the first row shown, or after the last one backward. */
uint64_t search_from_screen(const struct session *session, bool forward);

/** The first pass of SEARCH: is the match wanted in the rest of the line that goes on over the top row? */
bool search_top_row(struct session *session);

#endif
