/* SPDX-License-Identifier: MIT */
/**
 * view, private: which long lines model/known/columns walks.
 *
 * A long line that is on the screen is walked as soon as the line survey has found its end and that it is not plain. The
 * walk of a line that is not is dropped when the line was left long ago, when its slot is needed, or when rows are broken
 * in another way. Plain struct beside the canvas whose `walk` it fills; view thread.
 */
#ifndef FOLIO_VIEW_TEXT_WALKS_H
#define FOLIO_VIEW_TEXT_WALKS_H

#include "folio/view/layout/layout.h"

struct walks {
    uint64_t origin[CANVAS_WALKS]; /**< where the line begins, as the walk was told */
    int64_t used[CANVAS_WALKS];    /**< when it was last wanted, in milliseconds */
};

/** Walk the long lines among the `count` rows on the screen; `now` is in milliseconds. */
void walks_follow(struct walks *walks, struct canvas *canvas, struct survey *survey, const struct row *row,
                  unsigned count, int64_t now);

/** Drop all. To be called before the survey is closed, and when the file was rewritten. */
void walks_close(struct canvas *canvas);

#endif
