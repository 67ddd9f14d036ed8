/* SPDX-License-Identifier: MIT */
/**
 * view, private: which long lines model/known/columns walks. Those that are on the screen, as soon as the line survey has
 * found their ends and that they are not plain; the others are dropped when they were left long ago, or when a place
 * is needed, or when rows are broken in another way. Plain struct beside the canvas whose `walk` it fills; view thread.
 */
#ifndef FOLIO_VIEW_TEXT_WALKS_H
#define FOLIO_VIEW_TEXT_WALKS_H

#include "folio/view/layout/layout.h"

struct walks {
    uint64_t origin[CANVAS_WALKS]; /**< where the line begins, as the walk was told */
    int64_t used[CANVAS_WALKS];    /**< when it was last wanted, in milliseconds */
};

/** The rows on the screen are these; `now` is in milliseconds. */
void walks_follow(struct walks *walks, struct canvas *canvas, struct survey *survey, const struct row *row,
                  unsigned count, int64_t now);

/** Drop all. To be called before the survey is closed, and when the file was rewritten. */
void walks_close(struct canvas *canvas);

#endif
