/* SPDX-License-Identifier: MIT */
/**
 * view, private: the cursor of the session's views (cursor.c). In a view of bytes it is a byte, in a list a row.
 * View thread.
 */
#ifndef FOLIO_SESSION_MOVE_CURSOR_H
#define FOLIO_SESSION_MOVE_CURSOR_H

#include "folio/session/core/session.h"

/** What carries out this verb where the layout has a cursor; NULL: the same as everywhere. */
session_verb *session_cursor_verb(enum verb verb);

/** Put the cursor on the byte at `offset`, which is on the file, and the screen where it is seen. */
enum progress session_cursor_put(struct session *session, uint64_t offset);

/** The cursor is on the file and on the screen, whatever became of both. Nothing in a view without one. */
void session_cursor_settle(struct session *session);

/** session_jump where there is a cursor: it goes to the byte at `offset`, and '' remembers where it was. */
enum progress session_cursor_jump(struct session *session, uint64_t offset, unsigned target);

/** The cursor goes to the last byte; the bell where it is there already. */
enum progress session_cursor_bottom(struct session *session, struct reply *reply);

/** How the screen goes along with a cursor that moves by rows. */
enum cursor_step {
    CURSOR_ROWS,   /**< as far as needed to show it */
    CURSOR_PAGE,   /**< by as many rows, as far as there are any */
    CURSOR_PAST,   /**< the same, past the end as well */
    CURSOR_SCREEN, /**< it is the screen that moves, and the cursor as far as needed to stay on it */
};

/** The cursor goes `rows` rows down (> 0) or up. The bell where nothing moves. */
enum progress session_cursor_rows(struct session *session, int64_t rows, enum cursor_step step,
                                  struct reply *reply);

/** The byte under the cursor as a place to come back to. */
struct mark session_cursor_mark(const struct session *session);

/** Fill in what is told of the cursor, of arming and of the sandbox. */
void session_cursor_report(struct session *session, struct report *report);

#endif
