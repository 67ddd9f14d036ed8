/* SPDX-License-Identifier: MIT */
/**
 * view: the match overview, one column in which every row of the screen stands for its share of the file.
 *
 * It shows how many hits lie in each share, where marks are, and which shares are on the screen. It is made of counts alone
 * (model/survey/spread): no byte is read, and it is not made anew while nothing new is known. Plain struct, owned by the
 * session; view thread.
 */
#ifndef FOLIO_VIEW_LAYOUT_OVERVIEW_H
#define FOLIO_VIEW_LAYOUT_OVERVIEW_H

#include "folio/model/survey/spread.h"
#include "folio/view/frame/frame.h"
#include "folio/view/layout/view.h"

#include <stdbool.h>
#include <stdint.h>

/** Columns that it takes, and the fewest that must be left for text. */
#define OVERVIEW_WIDTH 1u
#define OVERVIEW_ROOM  8u
/** How many heights there are above nothing. */
#define OVERVIEW_LEVELS 5u

/** The shares, and what they were made of. All zeros at the beginning. */
struct overview {
    struct share share[VIEW_ROWS_MAX];
    unsigned rows;
    uint64_t size;
    const struct summary *counted;
    struct summary_state state;
};

/** Columns of the screen that the overview takes where the screen has `columns`. */
unsigned overview_width(const struct settings *settings, unsigned columns);

/** How high `count` stands where `most` is the highest: 0 for nothing, then 1 to OVERVIEW_LEVELS, by doublings. */
unsigned overview_level(uint64_t count, uint64_t most);

/**
 * Draw it into the last column of `frame`, beside what is drawn of `view` already. `counted` is what counts the hits,
 * NULL where there are none; the marks are the canvas's.
 */
void overview_draw(struct overview *overview, const struct view *view, const struct summary *counted,
                   struct frame *frame);

#endif
