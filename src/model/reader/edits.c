/* SPDX-License-Identifier: MIT */
/* model: the list of edits over a file (see the header). View thread. */
#include "folio/model/reader/edits.h"

#include "folio/base/bytes/sorted.h"

#include <stdlib.h>
#include <string.h>

struct edits {
    struct sorted list; /**< of struct edit; `mine` is never `base` */
};

struct edits *edits_open(void)
{
    struct edits *edits = calloc(1, sizeof *edits);
    if (edits)
        edits->list.item_size = sizeof(struct edit);
    return edits;
}

struct edits *edits_copy(const struct edits *edits)
{
    struct edits *copy = edits_open();
    size_t count = edits->list.count;
    void *item = copy && count ? malloc(count * sizeof(struct edit)) : NULL;
    if (!copy || (count && !item)) {
        free(copy);
        return NULL;
    }
    if (count)
        memcpy(item, edits->list.item, count * sizeof(struct edit));
    copy->list = (struct sorted){item, sizeof(struct edit), count, count};
    return copy;
}

void edits_close(struct edits *edits)
{
    if (!edits)
        return;
    sorted_release(&edits->list);
    free(edits);
}

bool edits_set(struct edits *edits, uint64_t offset, uint8_t base, uint8_t mine, struct error *error)
{
    struct edit *edit = sorted_find(&edits->list, offset);
    if (edit) {
        edit->mine = mine;
        if (edit->base == mine)
            sorted_remove(&edits->list, edit);
        return true;
    }
    if (base == mine)
        return true;
    if (edits->list.count == EDITS_MAX)
        return error_set(error, 0, "There are %u edits in the sandbox, and it holds no more", EDITS_MAX);
    edit = sorted_insert(&edits->list, offset);
    if (!edit)
        return error_set(error, 0, "Out of memory for the sandbox");
    *edit = (struct edit){offset, base, mine};
    return true;
}

const struct edit *edits_find(const struct edits *edits, uint64_t offset)
{
    return edits ? sorted_find(&edits->list, offset) : NULL;
}

size_t edits_in(const struct edits *edits, struct range range, const struct edit **first)
{
    const void *found = NULL;
    size_t count = edits ? sorted_in(&edits->list, range, &found) : 0;
    if (first)
        *first = found;
    return count;
}

void edits_apply(const struct edits *edits, uint64_t offset, void *bytes, size_t length)
{
    const struct edit *edit;
    uint64_t end = length < UINT64_MAX - offset ? offset + length : UINT64_MAX;
    size_t count = edits_in(edits, (struct range){offset, end}, &edit);
    for (; count > 0; count--, edit++)
        ((uint8_t *)bytes)[edit->offset - offset] = edit->mine;
}

void edits_clear(struct edits *edits)
{
    edits->list.count = 0;
}
