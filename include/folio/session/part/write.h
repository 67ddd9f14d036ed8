/* SPDX-License-Identifier: MIT */
/**
 * view, private: what is being saved, or given to a command (write.c). At most one thing is. View thread.
 */
#ifndef FOLIO_SESSION_PART_WRITE_H
#define FOLIO_SESSION_PART_WRITE_H

#include "folio/session/core/session.h"

/** Begin to save `range` of the file on the stage, byte for byte, and wait for the end; again for the same request. */
enum progress session_write_bytes(struct session *session, const struct request *request, struct range range,
                                  const char *path, struct reply *reply);

/** Does the request already wait for the end of what it has begun to save? */
bool session_write_begun(const struct session *session, const struct request *request);

/** Go on with what is being saved beside all else. True when it is over: a notice says how. */
bool session_write_continue(struct session *session);

/** STOP was said: no more is written; what was, stays. */
void session_write_stop(struct session *session);

/** The base stage is about to go: a save of which not all has been fed ends. */
void session_write_leave(struct session *session);

/** Is something being saved, and how far is it, in thousandths (1000: nobody knows)? */
bool session_write_progress(const struct session *session, unsigned *permille);

#endif
