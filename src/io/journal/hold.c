/* SPDX-License-Identifier: MIT */
/* io: who has the book, and who is at work on its entries. Any thread that may wait.
 *
 * Two locks, and the kernel lets go of both whatever happens to who has them:
 *
 *  - the book as a whole (flock), for the moment in which lines are added, read to be settled, or moved to the archive;
 *  - the rows of an entry (a lock of the open file description), by the one who stores its byte, from before they are
 *    written until the last is marked. So an entry that says "intent" and is not locked has nobody any more, and only then
 *    does its byte tell what became of it.
 *
 * Sorting a book puts a new file at its path. Whoever gets the lock of the old one looks again and opens the new. */
#include "inside.h"
#include "line.h"
#include "open.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/** A quarter of a second, in small steps. */
#define HOLD_TRIES  50
#define HOLD_NAP_NS 5000000

/** Does the file that we have stand at the path? */
static bool hold_is_current(const struct journal *journal)
{
    struct stat own;
    struct stat there;

    return fstat(journal->fd, &own) == 0 && stat(journal->path, &there) == 0 && own.st_dev == there.st_dev &&
           own.st_ino == there.st_ino;
}

/** Lock it in the time that another folio needs to write a line; false: it is held longer, or errno is another one. */
static bool hold_lock_soon(int fd)
{
    for (int tries = 0; flock(fd, LOCK_EX | LOCK_NB) != 0; tries++) {
        if ((errno != EINTR && errno != EWOULDBLOCK) || tries == HOLD_TRIES)
            return false;
        (void)nanosleep(&(struct timespec){.tv_nsec = HOLD_NAP_NS}, NULL);
    }
    return true;
}

/** Lock it, however long that takes; that somebody else holds it is told once. */
static bool hold_lock(struct journal *journal, struct error *error)
{
    bool locked = hold_lock_soon(journal->fd);

    if (!locked && errno == EWOULDBLOCK) {
        if (journal->wait.held && !journal->told)
            journal->wait.held(journal->wait.context);
        journal->told = true;
        do
            locked = flock(journal->fd, LOCK_EX) == 0;
        while (!locked && errno == EINTR);
    }
    return locked || error_system(error, errno, "the journal %s cannot be locked", journal->path);
}

bool journal_hold(struct journal *journal, struct error *error)
{
    for (;;) {
        if (!hold_lock(journal, error))
            return false;
        if (hold_is_current(journal))
            return true;
        int fd = journal_open_file(journal->path, error);
        if (fd < 0)
            return false;
        close(journal->fd);
        journal->fd = fd;
    }
}

bool journal_hold_now(struct journal *journal)
{
    if (flock(journal->fd, LOCK_EX | LOCK_NB) != 0)
        return false;
    if (hold_is_current(journal))
        return true;
    journal_let_go(journal);
    return false;
}

void journal_let_go(struct journal *journal)
{
    (void)flock(journal->fd, LOCK_UN);
}

bool journal_is_worked(int fd, uint64_t row, uint64_t rows)
{
    struct flock lock = {.l_type = F_WRLCK,
                         .l_whence = SEEK_SET,
                         .l_start = (off_t)(row * JOURNAL_ROW),
                         .l_len = (off_t)(rows * JOURNAL_ROW)};

    return fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

/** Nobody is at work on the entry any more; what was noted last may be newer than what we read. */
static void hold_look_again(struct journal_entry *entry, int fd)
{
    char word[JOURNAL_WORD];

    if (pread(fd, word, sizeof word, (off_t)(entry->row * JOURNAL_ROW)) == sizeof word)
        (void)journal_word_read(word, &entry->state);
}

void journal_watch(struct journal_list *list, int fd)
{
    bool any = journal_is_worked(fd, 0, 0);

    for (size_t index = 0; index < list->count; index++) {
        struct journal_entry *entry = &list->entry[index];
        if (entry->state != JOURNAL_INTENT || entry->row == 0)
            continue;
        entry->alive = any && journal_is_worked(fd, entry->row, 1);
        if (!entry->alive)
            hold_look_again(entry, fd);
    }
}
