/* SPDX-License-Identifier: MIT */
/**
 * base: an array that grows without ever moving.
 *
 * Rung k holds 64 << k items, so item n is found by counting leading zeros, and a pointer to it stays good until
 * ladder_release. That is what lets readers look at items without a lock while one writer appends: the writer fills
 * an item, then publishes the new length by a release store of its own. New items are all zero bytes.
 */
#ifndef FOLIO_BASE_BYTES_LADDER_H
#define FOLIO_BASE_BYTES_LADDER_H

#include <stdbool.h>
#include <stddef.h>

#define LADDER_RUNGS 40

struct ladder {
    void *rung[LADDER_RUNGS];
    size_t item_size;
};

/** Make `ladder` empty, for items of `item_size` bytes. */
void ladder_init(struct ladder *ladder, size_t item_size);

/** Free all rungs. */
void ladder_release(struct ladder *ladder);

/** Make sure that item `index` exists. False when out of memory. One thread at a time. */
bool ladder_reach(struct ladder *ladder, size_t index);

/** Item `index`, which must have been reached. Any thread that knows of it. */
void *ladder_at(const struct ladder *ladder, size_t index);

#endif
