/* SPDX-License-Identifier: MIT */
/*
 * base: a list in the order of offsets (see the header). One thread.
 *
 * A hash would be asked byte by byte for what one halving and a short walk answer for a whole stretch.
 */
#include "folio/base/bytes/sorted.h"

#include <stdlib.h>
#include <string.h>

/** Room at the first item. */
#define SORTED_FIRST 16u

static char *sorted_at(const struct sorted *list, size_t index)
{
    return (char *)list->item + index * list->item_size;
}

static uint64_t sorted_offset(const struct sorted *list, size_t index)
{
    uint64_t offset;
    memcpy(&offset, sorted_at(list, index), sizeof offset);
    return offset;
}

/** The index of the first item at or after `offset`; the count where there is none. */
static size_t sorted_index(const struct sorted *list, uint64_t offset)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted_offset(list, middle) < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void sorted_release(struct sorted *list)
{
    free(list->item);
    *list = (struct sorted){.item_size = list->item_size};
}

bool sorted_copy(const struct sorted *list, struct sorted *copy)
{
    size_t size = list->count * list->item_size;
    void *item = size ? malloc(size) : NULL;
    if (size && !item)
        return false;
    if (size)
        memcpy(item, list->item, size);
    *copy = (struct sorted){item, list->item_size, list->count, list->count};
    return true;
}

void *sorted_find(const struct sorted *list, uint64_t offset)
{
    size_t index = sorted_index(list, offset);
    return index < list->count && sorted_offset(list, index) == offset ? sorted_at(list, index) : NULL;
}

void *sorted_insert(struct sorted *list, uint64_t offset)
{
    size_t index = sorted_index(list, offset);
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : SORTED_FIRST;
        void *item = realloc(list->item, capacity * list->item_size);
        if (!item)
            return NULL;
        list->item = item;
        list->capacity = capacity;
    }
    char *here = sorted_at(list, index);
    memmove(here + list->item_size, here, (list->count - index) * list->item_size);
    memset(here, 0, list->item_size);
    memcpy(here, &offset, sizeof offset);
    list->count++;
    return here;
}

void sorted_remove(struct sorted *list, void *item)
{
    char *here = item, *next = here + list->item_size;
    memmove(here, next, (size_t)(sorted_at(list, list->count) - next));
    list->count--;
}

size_t sorted_in(const struct sorted *list, struct range range, const void **first)
{
    size_t begin = sorted_index(list, range.begin), end = sorted_index(list, range.end);
    *first = begin < end ? sorted_at(list, begin) : NULL;
    return begin < end ? end - begin : 0;
}
