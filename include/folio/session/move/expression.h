/* SPDX-License-Identifier: MIT */
/** session: places given as expressions. View thread. */
#ifndef FOLIO_SESSION_MOVE_EXPRESSION_H
#define FOLIO_SESSION_MOVE_EXPRESSION_H

#include "folio/base/bytes/error.h"
#include "folio/base/words/reckon.h"
#include "folio/session/core/session.h"

/**
 * The byte that `text` means, an expression as base/words/reckon has it; `.` is the cursor, or the first byte on the
 * screen. WAIT: bytes that it reads are on their way, ask again. FAILED and UNKNOWN: the error says why. The file may
 * be shorter.
 */
enum reckon_result expression_reckon(struct session *session, const char *text, uint64_t *offset,
                                     struct error *error);

/** Answer for a place that was not had, by what expression_reckon said of it (not OK): by waiting, or with the error. */
enum progress expression_failed(const struct session *session, enum reckon_result result,
                                const struct error *error, struct reply *reply);

#endif
