/* SPDX-License-Identifier: MIT */
/** session: the files that were named, and what happens to the one that is shown (change.c). View thread. */
#ifndef FOLIO_SESSION_FILES_LIST_H
#define FOLIO_SESSION_FILES_LIST_H

#include "folio/base/bytes/error.h"
#include "folio/session/core/session.h"

/** Put `name` on the base stage in place of what is there. False and `error` when it cannot be opened: nothing changes. */
bool files_put(struct session *session, const char *name, struct error *error);

/** Show file `number` of the list, where it was left. False and `error` when it cannot be opened: nothing changes. */
bool files_open(struct session *session, size_t number, struct error *error);

/** Look whether the file changed, and take that in. True when there is something new to show. */
bool files_look(struct session *session);

#endif
