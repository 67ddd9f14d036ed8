/* SPDX-License-Identifier: MIT */
/**
 * session: frames, and waiting for the bytes that they need. View thread.
 */
#ifndef FOLIO_SESSION_TOP_SHOW_H
#define FOLIO_SESSION_TOP_SHOW_H

#include "folio/session/core/session.h"
#include "folio/view/frame/frame.h"

/** What is shown, and was. */
struct showing {
    /** The frame being drawn, and one for a copy of the last, should bytes have to be awaited meanwhile. */
    struct frame *frame, *spare;
    /** The last that went out, NULL before the first: the UI's, which only reads it, and so may we until the next. */
    const struct frame *last;
    int64_t offered;  /**< when the last frame went out (ms) */
    bool unsettled;   /**< some number in it was not final */
    bool news;        /**< there is more now */
    bool indexing;    /**< the lines were not all counted when it was begun */
    uint64_t running; /**< which parts (by their bits) were finding out something when it was begun */
    bool composing;   /**< rows are being drawn */
    /** Since when (ms) the request or its frame has been waiting for bytes, over all tries; 0: it has not. */
    int64_t reading_since;
    /** First byte shown when data was last asked for ahead, and how often in a row it was a little further on. */
    uint64_t prefetched;
    unsigned streak;
};

/** Compose a frame and offer it. */
void show_frame(struct session *session);

/** Has something ended in the background since the last frame went out? Then it is shown at once. */
bool show_completed(const struct session *session);

/** Patience of all reads of the view thread: shows "reading", gives way to STOP and to newer requests. */
bool show_patience(void *context, unsigned waited_ms);

#endif
