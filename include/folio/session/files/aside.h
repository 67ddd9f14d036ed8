/* SPDX-License-Identifier: MIT */
/**
 * session: a text that is shown in place of the file: the help, or a list. View thread.
 */
#ifndef FOLIO_SESSION_FILES_ASIDE_H
#define FOLIO_SESSION_FILES_ASIDE_H

#include "folio/base/bytes/error.h"
#include "folio/session/core/session.h"

/** Show `text` (`length` bytes, copied) under this name in place of the file. False and `error` when it cannot be. */
bool aside_open(struct session *session, const char *name, const char *text, size_t length,
                struct error *error);

/** Back to what was shown before: from what a part shows in place of the file, or from such a text. */
void aside_close(struct session *session);

#endif
