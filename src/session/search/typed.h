/* SPDX-License-Identifier: MIT */
/** session: what was searched for while somebody typed. View thread. */
#ifndef FOLIO_SESSION_SEARCH_TYPED_H
#define FOLIO_SESSION_SEARCH_TYPED_H

#include "state.h"

/** What was typed is entered: is what it found the answer? Otherwise the screen is back where it was. */
bool typed_accept(struct session *session, const struct request *request, struct reply *reply);

/** What was typed counts no more: all is as before. */
void typed_restore(struct session *session);

#endif
