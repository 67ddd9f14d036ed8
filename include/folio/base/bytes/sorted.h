/* SPDX-License-Identifier: MIT */
/**
 * base: a list of items in the order of their offsets, no offset twice.
 *
 * An array that is looked through by halving: made for lists that are asked at each cell that is drawn and changed at the
 * speed of typing. An item is any struct whose first member is its `uint64_t offset`. Items are borrowed from the list
 * until it is changed. Plain struct, owned by whoever holds it, one thread.
 */
#ifndef FOLIO_BASE_BYTES_SORTED_H
#define FOLIO_BASE_BYTES_SORTED_H

#include "folio/base/bytes/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The list. All zero but `item_size` is an empty one. */
struct sorted {
    void *item; /**< `count` of them, ascending; there is room for `capacity` */
    size_t item_size, count, capacity;
};

/** Free the memory; the list is empty again and may be used on. */
void sorted_release(struct sorted *list);

/** Make `copy`, which is empty, hold the same items. False when out of memory: it is empty still. */
bool sorted_copy(const struct sorted *list, struct sorted *copy);

/** The item at `offset`; NULL where there is none. */
void *sorted_find(const struct sorted *list, uint64_t offset);

/** Put a new item, all zeros but its offset, where it belongs; there must be none yet. NULL when out of memory. */
void *sorted_insert(struct sorted *list, uint64_t offset);

/** Take an item of the list out. */
void sorted_remove(struct sorted *list, void *item);

/** How many items lie in `range`; `*first` is the first of them, NULL where there is none. */
size_t sorted_in(const struct sorted *list, struct range range, const void **first);

#endif
