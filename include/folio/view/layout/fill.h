/* SPDX-License-Identifier: MIT */
/** view, private: what view.c (movement) and draw.c (frames) share. View thread. */
#ifndef FOLIO_VIEW_LAYOUT_FILL_H
#define FOLIO_VIEW_LAYOUT_FILL_H

#include "folio/view/layout/view.h"

/** Find rows until the screen is full. EDGE: the file ends before, or exactly there; there is no more row to find. */
enum view_result view_fill(struct view *view);

/** Which lines are shown has changed: the one at the top stays, or the next one that is shown takes its place. */
enum view_result view_refilter(struct view *view, struct filter *filter, unsigned context);

#endif
