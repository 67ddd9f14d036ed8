/* SPDX-License-Identifier: MIT */
/**
 * view, private: the files that were named (session_file.c), and what happens to the one under us (session_look.c).
 * View thread.
 */
#ifndef FOLIO_VIEW_SESSION_FILE_H
#define FOLIO_VIEW_SESSION_FILE_H

#include "session_body.h"

#include "folio/base/error.h"

/** Put `name` on the base stage in place of what is there. False and `error` when it cannot be opened. */
bool session_put_file(struct session *session, const char *name, struct error *error);

/** Open the current file, or the next that can be opened; tells `complain` of each failure. */
bool session_open_file(struct session *session, size_t number, struct error *error);

/** Look whether the file changed, and take that in. True when there is something new to show. */
bool session_look(struct session *session);

#endif
