/* SPDX-License-Identifier: MIT */
/** session: what is being saved, or given to a command; at most one thing is. View thread. */
#ifndef FOLIO_SESSION_PART_WRITE_H
#define FOLIO_SESSION_PART_WRITE_H

#include "folio/base/bytes/span.h"
#include "folio/model/document/shape.h"
#include "folio/session/core/session.h"

/**
 * Begin to save `range` of the file on the stage, all of it whatever filter is on, in a shape, and wait for the end; again
 * for the same request.
 */
enum progress writing_bytes(struct session *session, const struct request *request, struct range range,
                            enum shape shape, const char *path, struct reply *reply);

/** The same with a text about the file on the stage. */
enum progress writing_text(struct session *session, const struct request *request, struct span text,
                           const char *path, struct reply *reply);

/** Does the request already wait for the end of what it has begun to save? */
bool writing_begun(const struct session *session, const struct request *request);

#endif
