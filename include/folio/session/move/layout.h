/* SPDX-License-Identifier: MIT */
/**
 * view, private: which layout shows the file, where it stands in it, and lists in place of the file (layout.c).
 * View thread.
 */
#ifndef FOLIO_SESSION_MOVE_LAYOUT_H
#define FOLIO_SESSION_MOVE_LAYOUT_H

#include "folio/base/bytes/buf.h"
#include "folio/session/core/session.h"

/** Show the stage's file with another layout, at the byte `offset`. */
void session_view_use(struct session *session, const struct layout *layout, uint64_t offset);

/** The byte under the cursor, or, in a view without one, the first byte shown. */
uint64_t session_place_here(const struct session *session);

/** Where the base stage is. */
struct spot session_spot(const struct session *session);

/** Go back to `spot`, as far as it is there: after its file was opened anew. */
void session_spot_return(struct session *session, struct spot spot);

/** A row of a list leads there. */
struct list_place {
    uint64_t offset; /**< of the file; FRAME_NO_OFFSET: nowhere */
    uint64_t id;     /**< of a poke, or 0 */
};

/**
 * Show `text` (as the help is shown), a row of which is picked with Enter; `place` (malloc'd, taken over) has one for each
 * line.
 */
enum progress session_list_open(struct session *session, const char *name, const struct buf *text,
                                struct list_place *place, size_t count, struct reply *reply);

/** The help, or a list, is over. Nothing where neither is shown. */
void session_list_close(struct session *session);

/** A name of the file that `stage` shows; not "-". */
const char *session_path(const struct session *session, const struct stage *stage);

#endif
