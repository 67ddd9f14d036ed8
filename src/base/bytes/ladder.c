/* SPDX-License-Identifier: MIT */
/* base: an array that grows without moving (see the header). Any thread reads, one writes. */
#include "folio/base/bytes/ladder.h"

#include <stdlib.h>
#include <string.h>

/** log2 of the number of items in rung 0. */
#define FIRST_BITS 6

/** The rung that holds item `index`, and in `*inside` its index there. */
static unsigned ladder_rung(size_t index, size_t *inside)
{
    size_t shifted = index + ((size_t)1 << FIRST_BITS);
    unsigned top = 63u - (unsigned)__builtin_clzll(shifted);
    *inside = shifted - ((size_t)1 << top);
    return top - FIRST_BITS;
}

void ladder_init(struct ladder *ladder, size_t item_size)
{
    memset(ladder, 0, sizeof *ladder);
    ladder->item_size = item_size;
}

void ladder_release(struct ladder *ladder)
{
    for (unsigned rung = 0; rung < LADDER_RUNGS; rung++)
        free(ladder->rung[rung]);
    ladder_init(ladder, ladder->item_size);
}

bool ladder_reach(struct ladder *ladder, size_t index)
{
    size_t inside;
    unsigned rung = ladder_rung(index, &inside);
    if (rung >= LADDER_RUNGS)
        return false;
    if (!ladder->rung[rung])
        ladder->rung[rung] = calloc((size_t)1 << (rung + FIRST_BITS), ladder->item_size);
    return ladder->rung[rung] != NULL;
}

void *ladder_at(const struct ladder *ladder, size_t index)
{
    size_t inside;
    unsigned rung = ladder_rung(index, &inside);
    return (char *)ladder->rung[rung] + inside * ladder->item_size;
}
