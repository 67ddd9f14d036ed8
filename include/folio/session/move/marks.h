/* SPDX-License-Identifier: MIT */
/** session: marks: places to come back to, one a letter. View thread. */
#ifndef FOLIO_SESSION_MOVE_MARKS_H
#define FOLIO_SESSION_MOVE_MARKS_H

#include "folio/session/core/session.h"

/** The marks that have a letter. */
#define MARKS_LETTERS 52

/** The mark that '' leads to; who goes away for a while may keep it and put it back. */
struct mark *marks_quote(const struct session *session);

/** The mark with this letter, of whichever file; not `set` where there is none. */
struct mark marks_at(const struct session *session, char letter);

/** The same. False: it is not set, or is one of another file. */
bool marks_in_file(const struct session *session, char letter, struct mark *mark);

#endif
