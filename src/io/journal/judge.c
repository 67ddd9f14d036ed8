/* SPDX-License-Identifier: MIT */
/* io: what became of the entries of a file, by the bytes that are there. Any thread that may wait.
 *
 * A state in the book is what somebody was able to write down; a kill, a disk that failed, or somebody's own `xxd -r` leave
 * it behind what is true. The byte is what is true. All that the book knows of one byte is a row of changes, oldest first:
 *
 *      1: 41 -> 42   2: 42 -> 43   3: 43 -> 42 undoes 2      and the byte now
 *
 * What an entry says to have found (`before`) was compared in the moment when it was written, so it tells what the byte was
 * after the entry in front of it; what the byte is now tells it of the last one. Hence
 *
 *  - an entry of which nobody noted the end landed if the byte was `after` then;
 *  - what an undo or redo that landed means is undone or done, whatever its own line says: the one line of the undo is
 *    all that has to be marked, and there is no moment between two marks. What was stored after the poke that is undone has
 *    no hold any more: it was not in the file then, or the undo would have had to begin there;
 *  - a poke that is done stands, unless the byte is what it was before it. Then somebody took it back by other means,
 * or the
 *    disk lost it, and those after it as well: they are settled, and the next undo goes on with what is below.
 *
 * Two folios may undo in another order than that of the pokes, one of them by a list that is old by then. What stood on an
 * entry that was undone so is passed over as long as the book tells how the byte came to be what it is. A byte that it
 * does not tell was written by somebody else: the poke stands, and an undo of it says no. All bytes together are judged in
 * n log n. tests/protocol/journal.pml goes through all that two folios can do here. */
#include "inside.h"

#include <stdlib.h>

/** The entries of one byte, oldest first. */
struct judge_byte {
    struct journal_list *list;
    const struct journal_spot *spot;
    size_t count;
};

static struct journal_entry *judge_entry(const struct judge_byte *byte, size_t which)
{
    return &byte->list->entry[byte->spot[which].index];
}

/** What the byte was after entry `which`: what the next one that was not refused found, or what is there now. */
static int judge_after(const struct judge_byte *byte, size_t which)
{
    int now = judge_entry(byte, which)->now;

    while (++which < byte->count)
        if (judge_entry(byte, which)->state != JOURNAL_REFUSED)
            return judge_entry(byte, which)->before;
    return now;
}

/** Was it stored, and is not taken back by an entry that nobody knows of? */
static bool judge_landed(const struct judge_byte *byte, size_t which)
{
    const struct journal_entry *entry = judge_entry(byte, which);

    if (entry->state == JOURNAL_INTENT || entry->state == JOURNAL_FAILED)
        return !entry->alive && judge_after(byte, which) == entry->after;
    return entry->state == JOURNAL_DONE;
}

/** Where the entry with this number is; `count`: it is not about this byte. */
static size_t judge_find(const struct judge_byte *byte, uint64_t id)
{
    size_t low = 0;
    size_t high = byte->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (judge_entry(byte, middle)->id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < byte->count && judge_entry(byte, low)->id == id ? low : byte->count;
}

/** An undo landed: what it means is undone, and so is what stood on it, up to `top`. */
static void judge_undo(const struct judge_byte *byte, size_t meant, size_t top)
{
    for (size_t which = meant; which <= top; which++)
        if (judge_entry(byte, which)->way == JOURNAL_POKE && judge_landed(byte, which))
            judge_entry(byte, which)->state = JOURNAL_UNDONE;
    judge_entry(byte, meant)->state = JOURNAL_UNDONE;
}

/**
 * What undos and redos made of those that they mean. One that is under way leaves its own in nobody else's hands. Above
 * `top` no poke stands, so that what was looked at once is not looked at by every undo.
 */
static void judge_reverts(const struct judge_byte *byte)
{
    size_t top = 0;

    for (size_t which = 0; which < byte->count; which++) {
        const struct journal_entry *entry = judge_entry(byte, which);
        size_t meant = entry->way == JOURNAL_POKE ? which : judge_find(byte, entry->reverts);
        if (meant == byte->count)
            continue;
        bool landed = entry->way != JOURNAL_POKE && judge_landed(byte, which);
        if (meant != which && entry->alive)
            judge_entry(byte, meant)->alive = true;
        if (landed && entry->way == JOURNAL_UNDO)
            judge_undo(byte, meant, top);
        else if (landed)
            judge_entry(byte, meant)->state = JOURNAL_DONE;
        top = landed && entry->way == JOURNAL_UNDO ? meant : meant > top ? meant : top;
    }
}

/** It stood, and is found to be taken back. */
static void judge_take(struct journal_entry *entry)
{
    entry->settled = true;
    if (entry->state == JOURNAL_DONE || entry->state == JOURNAL_FAILED)
        entry->state = JOURNAL_UNDONE;
    entry->stands = false;
}

/** Take back what stands from `which` on: the byte is what it was before. */
static void judge_settle(const struct judge_byte *byte, size_t which)
{
    for (; which < byte->count; which++)
        if (judge_entry(byte, which)->stands)
            judge_take(judge_entry(byte, which));
}

/** Is the byte what the last entry that landed made it? Otherwise it was written by somebody else. */
static bool judge_explained(const struct judge_byte *byte)
{
    for (size_t which = byte->count; which-- > 0;)
        if (judge_landed(byte, which))
            return judge_entry(byte, which)->after == judge_entry(byte, which)->now;
    return false;
}

/**
 * Something below was undone before what stood on it: that has no hold any more, down to one that made the byte what it
 * is.
 */
static void judge_pass(const struct judge_byte *byte)
{
    for (size_t which = byte->count; which-- > 0;) {
        struct journal_entry *entry = judge_entry(byte, which);
        if (entry->stands && entry->after == entry->now)
            return;
        if (entry->stands)
            judge_take(entry);
    }
}

/** Which pokes are in the file, by the book, and then by the byte. */
static void judge_stands(const struct judge_byte *byte)
{
    const struct journal_entry *last = NULL;

    for (size_t which = 0; which < byte->count; which++) {
        struct journal_entry *entry = judge_entry(byte, which);
        entry->stands = entry->way == JOURNAL_POKE && !entry->alive && judge_landed(byte, which);
        last = entry->stands ? entry : last;
    }
    if (!last || last->now == last->after || last->now < 0)
        return;
    for (size_t which = byte->count; which-- > 0;)
        if (judge_entry(byte, which)->stands && judge_entry(byte, which)->before == last->now) {
            judge_settle(byte, which);
            return;
        }
    if (judge_explained(byte))
        judge_pass(byte);
}

/** What an entry came to of which nobody noted the end: it landed, it did not, or somebody else wrote there. */
static void judge_verdict(const struct judge_byte *byte, size_t which)
{
    struct journal_entry *entry = judge_entry(byte, which);
    int after = judge_after(byte, which);

    entry->verdict = entry->state;
    if (entry->state == JOURNAL_INTENT && !entry->alive && after >= 0)
        entry->verdict = after == entry->after    ? JOURNAL_DONE
                         : after == entry->before ? JOURNAL_REFUSED
                                                  : JOURNAL_FAILED;
}

/** Only the last entry of a byte is about what is there. */
static void judge_open(const struct judge_byte *byte)
{
    struct journal_entry *last = judge_entry(byte, byte->count - 1);
    last->open = last->state == JOURNAL_INTENT && !last->alive;
}

/** The spots of those that are no strangers, moved to the front. */
static size_t judge_own(const struct journal_list *list, struct journal_spot *spot)
{
    size_t kept = 0;

    for (size_t which = 0; which < list->count; which++)
        if (!list->entry[spot[which].index].stranger)
            spot[kept++] = spot[which];
    return kept;
}

bool journal_judge(struct journal_list *list)
{
    struct journal_spot *spot = journal_spots(list);
    size_t count = spot ? judge_own(list, spot) : 0;

    for (size_t first = 0, end; first < count; first = end) {
        for (end = first; end < count && spot[end].offset == spot[first].offset;)
            end++;
        struct judge_byte byte = {list, spot + first, end - first};
        for (size_t which = 0; which < byte.count; which++)
            judge_verdict(&byte, which);
        judge_reverts(&byte);
        judge_stands(&byte);
        judge_open(&byte);
    }
    free(spot);
    return spot != NULL;
}
