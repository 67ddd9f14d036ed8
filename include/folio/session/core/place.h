/* SPDX-License-Identifier: MIT */
/**
 * session: which place of the file the screen is about. View thread.
 */
#ifndef FOLIO_SESSION_CORE_PLACE_H
#define FOLIO_SESSION_CORE_PLACE_H

#include "folio/session/core/session.h"

/** The byte under the cursor, into `*cursor`. False: this view has none. */
bool place_cursor(const struct session *session, uint64_t *cursor);

/** The byte under the cursor, or, in a view without one, the one that stays in view. */
uint64_t place_subject(const struct session *session);

/** The same as a place to come back to, row of the screen and all; not `set` where it is none of the file. */
struct mark place_here(const struct session *session);

/** Where the base stage is. */
struct position place_position(const struct session *session);

/** Is the end of the file on the base stage followed as it grows? */
enum following place_following(const struct session *session);

/** Is a STOP meant for that alone, and not for a request that it gave up, nor for what is counted? */
bool place_stops_following(const struct session *session);

/** Go back there, as far as it is there: after its file was opened anew. */
void place_return(struct session *session, struct position position);

/** No rows are left empty where there are others to be shown above. */
void place_fill(struct view *view);

#endif
