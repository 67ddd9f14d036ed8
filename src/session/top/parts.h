/* SPDX-License-Identifier: MIT */
/** session: the tables of parts and motions, for the thread that opens the session. */
#ifndef FOLIO_SESSION_TOP_PARTS_H
#define FOLIO_SESSION_TOP_PARTS_H

#include "folio/session/core/session.h"

/** Give the session its tables, and the parts their states. False when out of memory: parts_close is still to be called. */
bool parts_open(struct session *session);

/** Free the states. */
void parts_close(struct session *session);

#endif
