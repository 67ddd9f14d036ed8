/* SPDX-License-Identifier: MIT */
/* io: marking what a crash left open, by what its byte tells. Any thread that may wait.
 *
 * Under the lock of the book, so that it is not sorted meanwhile, and only where the book still says what was read. That
 * the maker is dead was seen before; the dead do not come back, and nobody else makes an entry say "intent" again.
 *
 * What landed is synced first: "done" says that it is on the disk. */
#include "line.h"
#include "open.h"
#include "scan.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/** Is it the business of whoever settles? */
static bool settle_wanted(const struct journal_entry *entry)
{
    return entry->same_inode && entry->row != 0 && !entry->alive && entry->state == JOURNAL_INTENT &&
           entry->verdict != JOURNAL_INTENT;
}

/** Does the book, which may have been sorted meanwhile, still say in this row that the entry is open? */
static bool settle_is_open(const struct journal *journal, const struct journal_entry *entry)
{
    char line[1024];
    char id[32];
    enum journal_state state;
    ssize_t length = pread(journal->fd, line, sizeof line - 1, (off_t)(entry->row * JOURNAL_ROW));

    line[length > 0 ? length : 0] = '\0';
    snprintf(id, sizeof id, " id=%" PRIu64 " ", entry->id);
    bool same =
        strstr(line, " id=") ? strstr(line, id) != NULL : journal_base(journal->fd) + entry->row == entry->id;
    return length > JOURNAL_WORD && journal_word_read(line, &state) && state == JOURNAL_INTENT && same;
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

void journal_settle(struct journal *journal, const struct journal_list *list, int fd)
{
    bool landed;

    if (!settle_any(list, &landed))
        return;
    bool synced = !landed || fdatasync(fd) == 0;
    if (!journal_hold(journal, NULL))
        return;
    for (size_t index = 0; index < list->count; index++) {
        const struct journal_entry *entry = &list->entry[index];
        enum journal_state state =
            entry->verdict == JOURNAL_DONE && !synced ? JOURNAL_FAILED : entry->verdict;
        if (settle_wanted(entry) && settle_is_open(journal, entry))
            (void)journal_mark(journal, entry, state, NULL);
    }
    journal_let_go(journal);
}
