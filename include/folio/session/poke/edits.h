/* SPDX-License-Identifier: MIT */
/** session: the sandbox of the file on the base stage. View thread. */
#ifndef FOLIO_SESSION_POKE_EDITS_H
#define FOLIO_SESSION_POKE_EDITS_H

#include "folio/io/poke/poke.h"
#include "folio/model/reader/edits.h"
#include "folio/session/core/session.h"

/** The edits of the file, which the list of files owns; NULL: there was never one. */
struct edits *editing_edits(const struct session *session);

/** Is the byte edited? */
bool editing_has(const struct session *session, uint64_t offset);

/**
 * Bytes of a poke were asked for while edits stay in the sandbox: put them there, all or none. Writing need not be on.
 * WAITING: what the file holds is on its way; nothing was done yet.
 */
enum progress editing_put(struct session *session, const struct poke_byte *byte, size_t count,
                          struct reply *reply);

/** The first `count` bytes of a poke were stored in the file on the base stage: those that it has leave the sandbox. */
void editing_poked(struct session *session, const struct poke_byte *byte, size_t count);

/** Take back what was edited last, or (`back` false) do it again; the reply says what. Always PROGRESS_DONE. */
enum progress editing_turn(struct session *session, bool back, struct reply *reply);

/** Why a place has no byte: the file ends before it, or cannot be read there. */
enum { EDIT_BEHIND = -1, EDIT_UNREADABLE = -2 };

/** What the file itself holds at `offset`: a byte, or why there is none. False: not known yet. */
bool editing_beneath(const struct session *session, uint64_t offset, int *byte);

/** The sandbox was switched off: put behind what is said of that what stays in it, if anything does. */
void editing_remind(const struct session *session, char *said, size_t capacity);

#endif
