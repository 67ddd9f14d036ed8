/* SPDX-License-Identifier: MIT */
/** session: what the rest of the session asks of changing bytes. View thread, but for poking_storing. */
#ifndef FOLIO_SESSION_POKE_CONFIRM_H
#define FOLIO_SESSION_POKE_CONFIRM_H

#include "folio/io/poke/poke.h"
#include "folio/session/core/session.h"

/**
 * Ask before `count` bytes (owned by the call) are changed; `what` says it. The answer pokes them; it also ends a list
 * that was put in place of the file meanwhile, as :commit does.
 */
enum progress poking_confirm(struct session *session, struct poke_byte *byte, size_t count,
                             enum journal_way way, const char *what, struct reply *reply);

/**
 * May bytes be changed, in the file or in the sandbox, where it need not be a file, and nothing needs to be armed? Asked
 * before anything is looked for that is to be changed. False with the reply.
 */
bool poking_possible(const struct session *session, struct reply *reply);

/** A request that was to change bytes, and waited, is given up: that is said, unless its bytes are being stored. */
void poking_dropped(struct session *session);

/** Is a byte being stored at this moment? The UI thread asks, too, before it leaves. */
bool poking_storing(const struct session *session);

/** How far the change has come that is under way, or was last. The UI thread looks at it before it leaves. */
struct poke_progress *poking_progress(const struct session *session);

#endif
