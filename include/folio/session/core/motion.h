/* SPDX-License-Identifier: MIT */
/**
 * session: how one moves where rows are lines, entries of a list, or bytes.
 *
 * A motion is chosen once, when a layout comes on a stage (stage_use); whoever moves asks the stage's motion and not
 * which view is shown. Where rows are lines it is the screen that moves (move/lines.c); in a list a row, and among bytes a
 * byte is under a cursor, which moves, and the screen follows it (move/cursor.c). View thread.
 */
#ifndef FOLIO_SESSION_CORE_MOTION_H
#define FOLIO_SESSION_CORE_MOTION_H

#include "folio/session/core/verb.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A place to come back to. */
struct mark {
    bool set;
    size_t file;
    uint64_t offset;
    unsigned row;
};

/** What kind of movement by rows it is. */
enum movement { MOVE_ROWS, MOVE_HALF, MOVE_PAGE, MOVE_ROWS_FORCED, MOVE_PAGE_FORCED };

struct motion {
    /** Where the screen is, or the cursor, as a place to come back to; `set` only where that is the file. */
    struct mark (*here)(const struct session *session);
    /** What a mark remembers: the top row, or (`bottom`) the last one; with a cursor always the cursor. */
    struct mark (*marked)(const struct session *session, bool bottom);
    /** The beginning of the line at the top of the screen, or under the cursor. */
    uint64_t (*line)(const struct session *session);
    /** From where to look for what comes after (or before) the line at the jump target, or the cursor. */
    uint64_t (*beside)(const struct session *session, bool forward);

    /** `rows` rows down (> 0) or up; the bell where there is no way to go. */
    enum progress (*rows)(struct session *session, int64_t rows, enum movement movement, struct reply *reply);
    /** The same in lines of the file, however many rows they are. */
    enum progress (*lines)(struct session *session, int64_t lines, struct reply *reply);
    /** To `offset`: its line, or row (`exactly`), on row `target`; waits while bytes are missing. */
    enum progress (*jump)(struct session *session, uint64_t offset, unsigned target, bool exactly);
    /** To the end of the file; the bell where it is on the screen already. */
    enum progress (*bottom)(struct session *session, struct reply *reply);
    /** To the right or to the left, as verb SHIFT asks, and to the edges, as SHIFT_EDGE does. */
    session_verb *shift, *edge;
    /** The end of a growing file is on the screen: the cursor goes there too. */
    void (*follow)(struct session *session);
    /** Is the end of the file on the screen, and the cursor on its last byte? */
    bool (*at_end)(const struct session *session);
    /** Before rows are drawn: the cursor is on the file and on the screen, whatever became of both. */
    void (*settle)(struct session *session);
};

#endif
