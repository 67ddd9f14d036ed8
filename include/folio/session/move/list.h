/* SPDX-License-Identifier: MIT */
/** session: lists in place of the file, a row of which leads somewhere. View thread. */
#ifndef FOLIO_SESSION_MOVE_LIST_H
#define FOLIO_SESSION_MOVE_LIST_H

#include "folio/base/bytes/buf.h"
#include "folio/session/core/session.h"

/** Where a row of a list leads. */
struct list_place {
    uint64_t offset; /**< of the file; FRAME_NO_OFFSET: nowhere */
    uint64_t id;     /**< of a poke, or 0 */
};

/**
 * Show `text` in place of the file, a row of which is picked with Enter; `place` (malloc'd, taken over) has one for each
 * line.
 */
enum progress list_open(struct session *session, const char *name, const struct buf *text,
                        struct list_place *place, size_t count, struct reply *reply);

#endif
