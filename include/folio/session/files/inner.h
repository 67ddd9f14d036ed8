/* SPDX-License-Identifier: MIT */
/**
 * session: what is in a file, shown for itself: a string of JSON as text. View thread.
 *
 * It takes the place of the file on the base stage, and is in the list behind it, as a file that was named; so all that
 * works with files works with it. The stage of the file is set aside as it is, with all that is known there, and comes
 * back when the inner one is closed, which any step to another file does too. One may be in another.
 */
#ifndef FOLIO_SESSION_FILES_INNER_H
#define FOLIO_SESSION_FILES_INNER_H

#include "folio/base/bytes/error.h"
#include "folio/io/file/save.h"
#include "folio/session/core/session.h"

/**
 * Show `document`, under its own name, in place of what is on the base stage. `save` is what brings its bytes, and is closed
 * with it. Both are taken over. False and `error` when out of memory: they are the caller's then.
 */
bool inner_open(struct session *session, struct document *document, struct save *save, struct error *error);

/** Close the innermost: what it was opened from is on the stage again. There must be one. */
void inner_close(struct session *session);

/** Close all of them. Returns where in the list that is then which was number `number`; of an inner one, its file. */
size_t inner_close_all(struct session *session, size_t number);

/** What brings the bytes of the one that is shown; NULL: none is. */
struct save *inner_save(const struct session *session);

#endif
