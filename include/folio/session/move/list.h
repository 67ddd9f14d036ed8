/* SPDX-License-Identifier: MIT */
/** session: lists in place of the file, a row of which leads somewhere. View thread. */
#ifndef FOLIO_SESSION_MOVE_LIST_H
#define FOLIO_SESSION_MOVE_LIST_H

#include "folio/base/bytes/buf.h"
#include "folio/session/core/session.h"

/** Where a row of a list leads. */
struct list_place {
    uint64_t offset; /**< of the file; FRAME_NO_OFFSET: nowhere */
    uint64_t key;    /**< what the list knows it by: the number of a poke, the letter of a mark; 0: nothing */
};

/** Go where a row leads; the list is closed already. What has to wait goes on as a jump to session->wait.offset. */
typedef enum progress list_go(struct session *session, const struct list_place *place, struct reply *reply);

/** Show the byte of the current file at the place's offset, among bytes. */
list_go list_go_byte;

/**
 * Show `text` in place of the file, a row of which is picked with Enter and leads where `go` goes; `place` (malloc'd, taken
 * over) has one for each line.
 */
enum progress list_open(struct session *session, const char *name, const struct buf *text,
                        struct list_place *place, size_t count, list_go *go, struct reply *reply);

#endif
