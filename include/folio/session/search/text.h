/* SPDX-License-Identifier: MIT */
/** session: the text in which patterns are looked for. View thread. */
#ifndef FOLIO_SESSION_SEARCH_TEXT_H
#define FOLIO_SESSION_SEARCH_TEXT_H

#include "folio/model/search/matches.h"
#include "folio/session/core/session.h"

/** What the pattern (with these modifiers) and the highlights are looked for in: where rows are bytes, match by match. */
struct matches_text search_text(const struct session *session, const struct stage *stage, unsigned modifiers);

/** Is `then`, with which one of them was opened, still that? */
bool search_text_is(const struct session *session, const struct stage *stage, unsigned modifiers,
                    const struct matches_text *then);

#endif
