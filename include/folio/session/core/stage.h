/* SPDX-License-Identifier: MIT */
/**
 * view, private: a document on the stage with all that follows from it, and what text of it is searched
 * (stage.c). View thread.
 */
#ifndef FOLIO_SESSION_CORE_STAGE_H
#define FOLIO_SESSION_CORE_STAGE_H

#include "folio/session/core/session.h"

/** Begin a stage on `document`. */
void session_stage_open(struct session *session, struct stage *stage, struct document *document);

/** End it: the document is closed. */
void session_stage_close(struct stage *stage);

/** Take in what the settings and the document's encoding are now, where that changes something. */
void session_stage_refresh(struct session *session);

/** The file is another one, or shorter: nothing that was found out about its long lines holds. */
void session_stage_forget(struct stage *stage);

/** Leave the inspector its rows, overview and strip their columns, and no others. */
void session_fit(struct session *session);

/** Are bytes shown, and not lines or a list? */
bool session_bytes(const struct stage *stage);

/** The text that searches and filters see on the stage now. */
struct matches_text session_text(const struct session *session, const struct stage *stage);

/** Is `then`, with which one of them was opened, still that text? */
bool session_text_is(const struct session *session, const struct stage *stage,
                     const struct matches_text *then);

/** What the session's pattern and the highlights are looked for in: in a view of bytes, and as bytes, match by match. */
struct matches_text session_search_text(const struct session *session, const struct stage *stage,
                                        unsigned modifiers);

/** Is `then`, with which one of them was opened, still that? */
bool session_search_text_is(const struct session *session, const struct stage *stage, unsigned modifiers,
                            const struct matches_text *then);

#endif
