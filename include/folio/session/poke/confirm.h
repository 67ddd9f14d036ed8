/* SPDX-License-Identifier: MIT */
/** session: asking before bytes are changed, for who found out which. View thread. */
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

#endif
