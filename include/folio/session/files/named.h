/* SPDX-License-Identifier: MIT */
/** session: the names of files in requests, as a person types them. View thread. */
#ifndef FOLIO_SESSION_FILES_NAMED_H
#define FOLIO_SESSION_FILES_NAMED_H

#include "folio/io/file/names.h"
#include "folio/session/core/verb.h"

#include <stdbool.h>

/** The `name` of a verb whose whole text is one. */
const char *named_whole(const struct session *session, const char *text);

/** What % and # stand for. Borrowed until another file is shown. */
struct names_known named_known(const struct session *session);

/**
 * Put the names that the request means in the place of what was typed (io/file/names): the first into its text, and where
 * the verb takes several, the others into its payload. False: the reply says why not.
 */
bool named_expand(const struct session *session, const struct verb_row *row, struct request *request,
                  struct reply *reply);

#endif
