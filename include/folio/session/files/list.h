/* SPDX-License-Identifier: MIT */
/** session: the files that were named, and what happens to the one that is shown (change.c). View thread. */
#ifndef FOLIO_SESSION_FILES_LIST_H
#define FOLIO_SESSION_FILES_LIST_H

#include "folio/base/bytes/buf.h"
#include "folio/base/bytes/error.h"
#include "folio/session/core/session.h"

/**
 * Open the current file of the list anew, and go to `position` in it; the parts keep what is to be shown again, and say in
 * the reply why it cannot be. False and `error` when it cannot be opened: nothing changes.
 */
bool files_renew(struct session *session, struct position position, struct reply *reply, struct error *error);

/** Show file `number` of the list, where it was left. False and `error` when it cannot be opened: nothing changes. */
bool files_open(struct session *session, size_t number, struct error *error);

/** Append the sentence about a file that cannot be opened to what is to be said of all that are passed over. */
void files_passed(struct buf *missing, const struct error *error);

/** Look whether the file changed, and take that in. True when there is something new to show. */
bool files_look(struct session *session);

#endif
