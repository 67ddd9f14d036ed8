/* SPDX-License-Identifier: MIT */
/* io: which bytes an undo or a redo has to exchange. Pure but for memory; any thread.
 *
 * Undo takes the last group whose bytes are in the file, redo the one that was undone last, unless something new was
 * stored after that. Entries that undid or redid something are no groups of their own: they only moved the state of others. */
#include "folio/io/poke/poke.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

/** Is it the entry that was named, or of the group? */
static bool poke_is_named(const struct journal_entry *entry, uint64_t id)
{
    return id != 0 && (entry->id == id || entry->group == id);
}

/**
 * Can this way be gone from the entry? What is named is taken back also where the book does not say that it stands, if it
 * is what the byte is; the comparison keeps it from doing harm.
 */
static bool poke_open_to(const struct journal_entry *entry, enum journal_way way, bool named)
{
    if (entry->way != JOURNAL_POKE || entry->alive || (entry->stranger && !named))
        return false;
    if (way == JOURNAL_REDO)
        return entry->state == JOURNAL_UNDONE;
    return entry->stands || (named && entry->now == entry->after && entry->before != entry->after);
}

static int poke_by_number(const void *left, const void *right)
{
    const struct journal_entry *one = left;
    const struct journal_entry *two = right;
    return one->id < two->id ? -1 : one->id > two->id;
}

/** The entry `id`; NULL when it is not in the list, which is in their order. */
static const struct journal_entry *poke_entry(const struct journal_list *list, uint64_t id)
{
    struct journal_entry wanted = {.id = id};
    return list->count == 0 ? NULL
                            : bsearch(&wanted, list->entry, list->count, sizeof wanted, poke_by_number);
}

/** The last group that can be undone, 0: none. Counts what is passed over. */
static uint64_t poke_last_done(const struct journal_list *list, size_t *passed)
{
    *passed = 0;
    for (size_t index = list->count; index-- > 0;) {
        const struct journal_entry *entry = &list->entry[index];
        if (poke_open_to(entry, JOURNAL_UNDO, false))
            return entry->group;
        *passed += entry->settled && !entry->stranger;
    }
    return 0;
}

/** Was it undone, by an undo, or by other means than folio's? */
static const struct journal_entry *poke_undone(const struct journal_list *list,
                                               const struct journal_entry *entry)
{
    const struct journal_entry *undone = entry->way == JOURNAL_UNDO ? poke_entry(list, entry->reverts)
                                         : entry->settled           ? entry
                                                                    : NULL;
    return undone && poke_open_to(undone, JOURNAL_REDO, false) ? undone : NULL;
}

/** The group that was undone last, 0: none, or something new was stored since. */
static uint64_t poke_last_undone(const struct journal_list *list)
{
    for (size_t index = list->count; index-- > 0;) {
        const struct journal_entry *entry = &list->entry[index];
        const struct journal_entry *undone = entry->stranger ? NULL : poke_undone(list, entry);
        if (undone)
            return undone->group;
        bool stored = entry->stands || entry->state == JOURNAL_UNDONE;
        if (entry->way == JOURNAL_POKE && !entry->stranger && stored)
            return 0;
    }
    return 0;
}

/**
 * May the byte be exchanged? What is around it may be forced; where it is another one itself, nothing helps but to say by
 * hand what it is to be.
 */
static bool poke_plan_may(const struct journal_entry *entry, const struct poke_byte *byte, bool force,
                          struct error *error)
{
    const char *file = entry->same_inode ? "" : " in a file that stood here then";

    if (entry->now >= 0 && entry->now != byte->expected)
        return error_set(error, 0,
                         "0x%08" PRIx64 " is not what it was: expected %02x, found %02x%s%s (by hand:"
                         " --poke 0x%" PRIx64 "=%02x --expect %02x)",
                         byte->offset, (unsigned)byte->expected, (unsigned)entry->now,
                         entry->fits ? "" : ", and the bytes around it are not what they were", file,
                         byte->offset, (unsigned)byte->value, (unsigned)entry->now);
    if (entry->now >= 0 && !entry->fits && !force)
        return error_set(error, 0,
                         "the bytes around 0x%08" PRIx64 " are not what they were when it was changed%s:"
                         " something was moved or written there since (--force does it all the same, by hand:"
                         " --poke 0x%" PRIx64 "=%02x --expect %02x)",
                         byte->offset, file, byte->offset, (unsigned)byte->value, (unsigned)entry->now);
    return true;
}

/** One entry as a byte to exchange. */
static bool poke_plan_add(struct poke_plan *plan, const struct journal_entry *entry,
                          const struct poke_wish *wish, struct error *error)
{
    bool back = wish->way == JOURNAL_UNDO;
    struct poke_byte byte = {.offset = entry->offset,
                             .expected = back ? entry->after : entry->before,
                             .value = back ? entry->before : entry->after,
                             .reverts = entry->id};

    if (!poke_plan_may(entry, &byte, wish->force, error))
        return false;
    plan->byte[plan->count++] = byte;
    return true;
}

/** Why there is nothing to be done, as far as the list tells. */
static bool poke_plan_none(const struct journal_list *list, const struct poke_wish *wish, struct error *error)
{
    const char *word = wish->way == JOURNAL_UNDO ? "undo" : "redo";
    size_t strangers = 0;
    bool alive = false;

    for (size_t index = 0; index < list->count; index++) {
        strangers += list->entry[index].stranger && list->entry[index].way == JOURNAL_POKE;
        alive = alive || list->entry[index].alive;
    }
    if (alive)
        return error_set(error, 0, "there is nothing to %s: another folio is changing this file just now",
                         word);
    if (wish->id != 0)
        return error_set(error, 0, "there is nothing to %s in entry %" PRIu64 " of the journal", word,
                         wish->id);
    if (strangers > 0)
        return error_set(error, 0,
                         "there is nothing to %s in this file; the journal has %zu pokes of another file that"
                         " stood at this path (--pokes lists them, --%s=NUMBER takes one)",
                         word, strangers, word);
    return error_set(error, 0, "there is nothing to %s in this file", word);
}

bool poke_plan(const struct journal_list *list, const struct poke_wish *wish, struct poke_plan *plan,
               struct error *error)
{
    bool undo = wish->way == JOURNAL_UNDO;
    size_t passed = 0;
    uint64_t last = wish->id != 0 ? 0 : undo ? poke_last_done(list, &passed) : poke_last_undone(list);

    *plan = (struct poke_plan){
        .byte = calloc(list->count + 1, sizeof *plan->byte), .since = list->next, .passed = passed};
    if (!plan->byte)
        return error_system(error, ENOMEM, "cannot %s", undo ? "undo" : "redo");
    for (size_t step = 0; step < list->count; step++) {
        const struct journal_entry *entry = &list->entry[undo ? list->count - 1 - step : step];
        bool named = poke_is_named(entry, wish->id);
        bool meant = named || (last != 0 && entry->group == last);
        if (meant && poke_open_to(entry, wish->way, named) && !poke_plan_add(plan, entry, wish, error)) {
            poke_plan_release(plan);
            return false;
        }
    }
    if (plan->count > 0)
        return true;
    poke_plan_release(plan);
    return poke_plan_none(list, wish, error);
}

void poke_plan_release(struct poke_plan *plan)
{
    free(plan->byte);
    *plan = (struct poke_plan){0};
}
