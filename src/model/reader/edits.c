/* SPDX-License-Identifier: MIT */
/* model: the list of edits over a file (see the header). View thread. */
#include "folio/model/reader/edits.h"

#include "folio/base/bytes/sorted.h"

#include <stdlib.h>
#include <string.h>

/** How many changes are remembered; when there are more, the oldest quarter goes. */
#define EDITS_CHANGES (4 * (size_t)EDITS_MAX)

/** What one edits_set did: enough to do the opposite. `before` is `base` where there was no edit. */
struct change {
    uint64_t offset;
    uint32_t group;
    uint8_t base, before, after;
};

struct edits {
    struct sorted list; /**< of struct edit; `mine` is never `base` */
    struct change *change;
    size_t count, done, room; /**< of changes: those that were taken back stand from `done` on */
    uint32_t group;
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
    if (copy && sorted_copy(&edits->list, &copy->list))
        return copy;
    free(copy);
    return NULL;
}

void edits_close(struct edits *edits)
{
    if (!edits)
        return;
    sorted_release(&edits->list);
    free(edits->change);
    free(edits);
}

void edits_begin(struct edits *edits)
{
    edits->group++;
}

/** The oldest changes go, whole groups of them. */
static void edits_age(struct edits *edits)
{
    size_t gone = EDITS_CHANGES / 4;
    while (gone < edits->done && edits->change[gone].group == edits->change[gone - 1].group)
        gone++;
    edits->done -= gone;
    memmove(edits->change, edits->change + gone, edits->done * sizeof *edits->change);
}

/** Remember a change, in place of those that were taken back. Without memory for it nothing can be taken back. */
static void edits_remember(struct edits *edits, struct change change)
{
    if (edits->done == EDITS_CHANGES)
        edits_age(edits);
    if (edits->done == edits->room) {
        size_t room = edits->room * 2 + 64;
        struct change *grown = realloc(edits->change, room * sizeof *grown);
        if (!grown) {
            edits->count = edits->done = 0;
            return;
        }
        edits->change = grown;
        edits->room = room;
    }
    change.group = edits->group;
    edits->change[edits->done++] = change;
    edits->count = edits->done;
}

/** edits_set, remembered by nobody. */
static bool edits_make(struct edits *edits, uint64_t offset, uint8_t base, uint8_t mine, struct error *error)
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

bool edits_set(struct edits *edits, uint64_t offset, uint8_t base, uint8_t mine, struct error *error)
{
    const struct edit *edit = edits_find(edits, offset);
    struct change change = {.offset = offset,
                            .base = edit ? edit->base : base,
                            .before = edit ? edit->mine : base,
                            .after = mine};
    if (change.before == mine)
        return true;
    if (!edits_make(edits, offset, base, mine, error))
        return false;
    edits_remember(edits, change);
    return true;
}

struct edits_turned edits_turn(struct edits *edits, bool back)
{
    struct edits_turned turned = {0};
    uint32_t group = 0;
    while (back ? edits->done > 0 : edits->done < edits->count) {
        const struct change *change = &edits->change[back ? edits->done - 1 : edits->done];
        uint8_t from = back ? change->after : change->before, to = back ? change->before : change->after;
        if (turned.count > 0 && change->group != group)
            break;
        group = change->group;
        /* There were as many edits before: only memory can fail, and then it stops there. */
        if (!edits_make(edits, change->offset, change->base, to, NULL))
            break;
        edits->done = back ? edits->done - 1 : edits->done + 1;
        if (turned.count++ == 0 || change->offset < turned.offset)
            turned = (struct edits_turned){turned.count, change->offset, from, to};
    }
    return turned;
}

bool edits_used(const struct edits *edits)
{
    return edits && (edits->count > 0 || edits->list.count > 0);
}

void edits_settle(struct edits *edits, uint64_t offset)
{
    struct edit *edit = sorted_find(&edits->list, offset);
    if (edit)
        sorted_remove(&edits->list, edit);
    edits->count = edits->done = 0;
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
    const struct edit *edit = edits->list.item;
    edits_begin(edits);
    /* From the last on, so that taking it back puts each behind the others. */
    for (size_t i = edits->list.count; i-- > 0;)
        edits_remember(edits, (struct change){.offset = edit[i].offset,
                                              .base = edit[i].base,
                                              .before = edit[i].mine,
                                              .after = edit[i].base});
    edits->list.count = 0;
}
