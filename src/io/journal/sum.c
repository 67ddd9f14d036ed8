/* SPDX-License-Identifier: MIT */
/* io: what a list of entries comes to. Pure but for memory. */
#include "line.h"

#include "folio/io/journal/journal.h"

void journal_xxd(const struct journal_list *list, bool back, struct buf *out)
{
    for (size_t step = 0; step < list->count; step++) {
        const struct journal_entry *entry = &list->entry[back ? list->count - 1 - step : step];
        if (!entry->stands)
            continue;
        journal_hex(out, entry->offset, 8);
        buf_append(out, ": ", 2);
        journal_hex(out, back ? entry->before : entry->after, 2);
        buf_append(out, "\n", 1);
    }
}

struct journal_unfinished journal_unfinished(const struct journal_list *list)
{
    struct journal_unfinished sum = {.first = NULL};

    for (size_t index = 0; index < list->count; index++) {
        const struct journal_entry *entry = &list->entry[index];
        if (!entry->open || entry->stranger)
            continue;
        sum.first = sum.first ? sum.first : entry;
        sum.count++;
        sum.landed += entry->now == entry->after;
        sum.never += entry->now == entry->before && entry->now != entry->after;
        sum.foreign += entry->now >= 0 && entry->now != entry->before && entry->now != entry->after;
        sum.unreadable += entry->now < 0;
    }
    return sum;
}
