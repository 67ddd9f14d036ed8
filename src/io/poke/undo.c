/* SPDX-License-Identifier: MIT */
/* io: which bytes an undo or a redo has to exchange. Pure but for memory; any thread.
 *
 * Undo takes the last group whose bytes are in the file, redo the one that was undone last, unless something new was
 * stored after that. Entries that undid or redid something are no groups of their own: they only moved the state of others. */
#include "folio/io/poke/poke.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

/** Can this way be gone from the entry? */
static bool poke_open_to(const struct journal_entry *entry, enum journal_way way)
{
    if (entry->way != JOURNAL_POKE)
        return false;
    if (way == JOURNAL_REDO)
        return entry->state == JOURNAL_UNDONE;
    return entry->state == JOURNAL_DONE || entry->state == JOURNAL_FAILED ||
           (entry->state == JOURNAL_INTENT && entry->now == entry->after);
}

/** The entry `id`; NULL when it is not in the list. */
static const struct journal_entry *poke_entry(const struct journal_list *list, uint64_t id)
{
    for (size_t index = 0; index < list->count; index++)
        if (list->entry[index].id == id)
            return &list->entry[index];
    return NULL;
}

/** The last group that can be undone, 0: none. */
static uint64_t poke_last_done(const struct journal_list *list)
{
    for (size_t index = list->count; index-- > 0;)
        if (poke_open_to(&list->entry[index], JOURNAL_UNDO))
            return list->entry[index].group;
    return 0;
}

/** The group that was undone last, 0: none, or something new was stored since. */
static uint64_t poke_last_undone(const struct journal_list *list)
{
    for (size_t index = list->count; index-- > 0;) {
        const struct journal_entry *entry = &list->entry[index];
        if (entry->way == JOURNAL_POKE && entry->state != JOURNAL_REFUSED)
            return 0;
        const struct journal_entry *undone =
            entry->way == JOURNAL_UNDO ? poke_entry(list, entry->reverts) : NULL;
        if (undone && poke_open_to(undone, JOURNAL_REDO))
            return undone->group;
    }
    return 0;
}

/** One entry as a byte to exchange. */
static bool poke_plan_add(struct poke_plan *plan, const struct journal_entry *entry, enum journal_way way,
                          struct error *error)
{
    bool back = way == JOURNAL_UNDO;

    if (!entry->fits)
        return error_set(error, 0,
                         "the bytes around 0x%08" PRIx64
                         " are not what they were when it was changed: something was"
                         " moved or written there since",
                         entry->offset);
    plan->byte[plan->count++] = (struct poke_byte){.offset = entry->offset,
                                                   .expected = back ? entry->after : entry->before,
                                                   .value = back ? entry->before : entry->after,
                                                   .reverts = entry->id};
    return true;
}

bool poke_plan(const struct journal_list *list, enum journal_way way, uint64_t id, struct poke_plan *plan,
               struct error *error)
{
    const char *word = way == JOURNAL_UNDO ? "undo" : "redo";
    uint64_t last = way == JOURNAL_UNDO ? poke_last_done(list) : poke_last_undone(list);
    uint64_t group = id != 0 ? id : last;

    *plan = (struct poke_plan){.byte = calloc(list->count + 1, sizeof *plan->byte)};
    if (!plan->byte)
        return error_system(error, ENOMEM, "cannot %s", word);
    for (size_t step = 0; step < list->count; step++) {
        const struct journal_entry *entry = &list->entry[way == JOURNAL_UNDO ? list->count - 1 - step : step];
        if (group != 0 && (entry->group == group || entry->id == id) && poke_open_to(entry, way) &&
            !poke_plan_add(plan, entry, way, error)) {
            poke_plan_release(plan);
            return false;
        }
    }
    if (plan->count > 0)
        return true;
    poke_plan_release(plan);
    return error_set(error, 0,
                     id != 0 ? "there is nothing to %s in entry %" PRIu64 " of the journal"
                             : "there is nothing to %s in this file",
                     word, id);
}

void poke_plan_release(struct poke_plan *plan)
{
    free(plan->byte);
    *plan = (struct poke_plan){0};
}
