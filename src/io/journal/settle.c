/* SPDX-License-Identifier: MIT */
/* io: marking what a crash left open, by what its byte tells. Any thread that may wait.
 *
 * What an entry came to is asked while the book is held, and not before: a poke that comes between reading the book and
 * reading the byte would make the byte tell of another entry. Who is dead does not come back, and nobody makes an entry
 * say "intent" again, so what is found then stays true.
 *
 * What landed is synced first: "done" says that it is on the disk. */
#include "line.h"
#include "open.h"

#include <unistd.h>

/** Is it the business of whoever settles? */
static bool settle_wanted(const struct journal_entry *entry)
{
    return entry->same_inode && entry->row != 0 && !entry->alive && entry->state == JOURNAL_INTENT &&
           entry->verdict != JOURNAL_INTENT;
}

/** Whether something landed, and whether anything is to be settled at all. */
static bool settle_any(const struct journal_list *list, bool *landed)
{
    bool any = false;

    *landed = false;
    for (size_t index = 0; index < list->count; index++) {
        bool wanted = settle_wanted(&list->entry[index]);
        any = any || wanted;
        *landed = *landed || (wanted && list->entry[index].verdict == JOURNAL_DONE);
    }
    return any;
}

/** Of a book that is held and was read since. */
static void settle_held(struct journal *journal, const struct journal_list *list, int fd)
{
    bool landed;

    if (!settle_any(list, &landed))
        return;
    bool synced = !landed || fdatasync(fd) == 0;
    for (size_t index = 0; index < list->count; index++) {
        const struct journal_entry *entry = &list->entry[index];
        enum journal_state state =
            entry->verdict == JOURNAL_DONE && !synced ? JOURNAL_FAILED : entry->verdict;
        if (settle_wanted(entry))
            (void)journal_mark(journal, entry, state, NULL);
    }
}

bool journal_settle(struct journal *journal, int fd, struct journal_list *list, struct error *error)
{
    *list = (struct journal_list){0};
    if (!journal_hold(journal, error))
        return false;
    bool fine = journal_read(journal->path, fd, list, error);
    if (fine)
        settle_held(journal, list, fd);
    journal_let_go(journal);
    return fine;
}
