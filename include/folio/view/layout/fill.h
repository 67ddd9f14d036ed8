/* SPDX-License-Identifier: MIT */
/** view, private: what view.c (movement), stay.c (what stays) and draw.c (frames) share. View thread. */
#ifndef FOLIO_VIEW_LAYOUT_FILL_H
#define FOLIO_VIEW_LAYOUT_FILL_H

#include "folio/view/layout/view.h"

/** Find rows until the screen is full. EDGE: the file ends before, or exactly there; there is no more row to find. */
enum view_result view_fill(struct view *view);

/** Lines are no longer chopped: the shift that had the anchor in view ends. What stays then, where `here` did before. */
uint64_t view_unshift(struct view *view, uint64_t here);

/** Have the anchor in view where its line is chopped and longer than the screen. */
void view_follow(struct view *view);

/** Which lines are shown has changed: the one at the top stays, or the next one that is shown takes its place. */
enum view_result view_refilter(struct view *view, struct filter *filter, unsigned context);

#endif
