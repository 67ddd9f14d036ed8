/* SPDX-License-Identifier: MIT */
/**
 * view, private: the files that were named (list.c), and what happens to the one under us (change.c).
 * View thread.
 */
#ifndef FOLIO_SESSION_FILES_LIST_H
#define FOLIO_SESSION_FILES_LIST_H

#include "folio/base/bytes/error.h"
#include "folio/session/core/session.h"

/** Put `name` on the base stage in place of what is there. False and `error` when it cannot be opened. */
bool session_put_file(struct session *session, const char *name, struct error *error);

/** Open the current file, or the next that can be opened; tells `complain` of each failure. */
bool session_open_file(struct session *session, size_t number, struct error *error);

/** Look whether the file changed, and take that in. True when there is something new to show. */
bool session_look(struct session *session);

#endif
