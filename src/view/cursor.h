/* SPDX-License-Identifier: MIT */
/**
 * view, private: the cursor of the session's views (session_cursor.c), and where a view is, with it or without. View
 * thread.
 */
#ifndef FOLIO_VIEW_CURSOR_H
#define FOLIO_VIEW_CURSOR_H

#include "session_body.h"

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

/** Where the base stage is, and going back there, as far as it is there: after its file was opened anew. */
struct spot session_spot(const struct session *session);
void session_spot_return(struct session *session, struct spot spot);

/** Where the screen is, or the cursor, as a place to come back to. */
struct mark session_here(const struct session *session);

/** The view went away from `here`: '' leads there; once a request. */
void session_left(struct session *session, struct mark here);

#endif
