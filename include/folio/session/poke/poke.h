/* SPDX-License-Identifier: MIT */
/**
 * view, private: changing bytes, for the rest of the session: poke.c, finish.c, pokes.c. What
 * these share is in poking.h. View thread.
 */
#ifndef FOLIO_SESSION_POKE_POKE_H
#define FOLIO_SESSION_POKE_POKE_H

#include "folio/io/poke/poke.h"
#include "folio/session/core/session.h"

/**
 * Ask before `count` bytes (owned by the call) are changed; `what` says it. The answer pokes them; it also ends a list
 * that was put in place of the file meanwhile, as :commit does.
 */
enum progress session_poke_ask(struct session *session, struct poke_byte *byte, size_t count,
                               enum journal_way way, const char *what, struct reply *reply);

/** Go on with a poke beside all else. True when there is something new to show. */
bool session_poke_continue(struct session *session);

/** Is one being stored? Nothing can stop that. */
bool session_poke_storing(const struct session *session);

/** Does the book know of a poke of the file on the stage that was not finished? Looked for in the background. */
void session_poke_look(struct session *session);

/** It has been looked for: say what there is. True when there is something. */
bool session_poke_looked(struct session *session);

/** The stage ends, or its file is another: what was asked is over. What is being stored goes on. */
void session_poke_leave(struct session *session);

#endif
