/* SPDX-License-Identifier: MIT */
/** session, private: the rows of the list of files (entries.c). View thread. */
#ifndef FOLIO_SESSION_FILES_ENTRIES_H
#define FOLIO_SESSION_FILES_ENTRIES_H

#include "folio/session/core/session.h"

/** Put a name into the list, behind the place `after`, which becomes its own. False when out of memory. */
bool entries_add(struct session *session, const char *name, size_t *after);

/** Take row `gone` out, which is not the one that is shown; the parts forget it. */
void entries_remove(struct session *session, size_t gone);

#endif
