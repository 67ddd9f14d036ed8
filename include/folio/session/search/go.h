/* SPDX-License-Identifier: MIT */
/** session: a search that runs. View thread. */
#ifndef FOLIO_SESSION_SEARCH_GO_H
#define FOLIO_SESSION_SEARCH_GO_H

#include "folio/session/core/session.h"

/** A search was given up: back to the file in which it began. */
void search_home(struct session *session);

#endif
