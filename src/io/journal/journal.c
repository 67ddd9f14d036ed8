/* SPDX-License-Identifier: MIT */
/* io: the book of pokes as a file: made, locked, appended to, marked. Any thread.
 *
 *      0  # folio: every byte that was changed ... fill
 *     64  done    0x0001f3a0: 41 -> 5a 2026-11-21T07:31:02Z group=1 size=8388608 inode=12 birth=17...
 *         left=0102030405060708 right=... path=/home/a/disk.img crc=1c291ca3            (one line)     \n
 *    320  intent  0x0001f3a1: 42 -> 5b ...
 *    576                                                                                               \n
 *    ...  rows of blanks up to a multiple of 4096
 *
 * A line is text for people and for grep; what makes it a journal is where it stands. It begins at a multiple of 64
 * bytes and is filled up to the next one with blanks, its number is that multiple, and its first eight bytes are its
 * state. Hence
 *
 *  - a state is changed in place, and no sector border cuts it: the disk holds the old word or the new one. The checksum
 *    at the end of the line leaves it out. Of a group all lines are written once more, with nothing changed but that word.
 *  - a torn line (the machine stopped while it was written) is one whose checksum is wrong. The next one begins at the
 *    next empty row, and a reader that looks at each row finds it.
 *  - the file grows by 4096 bytes of blank rows at a time, so that most lines overwrite what is there already: the
 *    fdatasync that must come before the byte is stored then waits for the data alone and not for a change of size.
 *
 * Only the intent is waited for. When a crash forgets a "done", the entry says "intent" and the byte tells the rest:
 * that is the more careful reading. An append-only log of states was the other way; it costs a second wait, and one
 * line no longer tells what became of it.
 *
 * An entry is marked by the one who made it and nobody else, and is the only one that is marked by what it did: that an
 * undo undid another is told by the undo alone (judge.c). An entry whose maker died is settled by what its byte tells.
 *
 * A line tells its number; in a book of an older folio, and for the next line, it is that of the row, counted from the
 * number that the title says the book begins with (archive.c). Who holds the book, and how one sees that somebody is at
 * work on an entry, is told in hold.c: appending is under a lock, so that several folios find the end one after the other;
 * marking needs none. Nobody shortens the file. */
#include "folio/io/journal/journal.h"

#include "inside.h"
#include "line.h"
#include "open.h"
#include "scan.h"

#include "folio/io/journal/place.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/** A book that is longer is sorted when it is closed. */
#define JOURNAL_LONG ((off_t)1 << 20)
/** Of so many bytes that were added since a plan was made, it is seen whether they tell of the file. */
#define JOURNAL_LOOK (1u << 20)

struct journal *journal_open(const char *path, struct error *error)
{
    struct buf place = {0};
    struct journal *journal = NULL;

    if (path)
        buf_text(&place, path);
    else if (!journal_place(&place, error))
        goto done;
    path = buf_string(&place);
    int fd = journal_open_file(path, error);
    if (fd < 0)
        goto done;
    if (place.length >= sizeof journal->path || !(journal = calloc(1, sizeof *journal))) {
        (void)error_system(error, ENOMEM, "the journal %s", path);
        close(fd);
        goto done;
    }
    journal->fd = fd;
    memcpy(journal->path, path, place.length + 1);
done:
    buf_release(&place);
    return journal;
}

void journal_close(struct journal *journal)
{
    struct stat state;

    if (!journal)
        return;
    if (fstat(journal->fd, &state) == 0 && state.st_size > JOURNAL_LONG)
        journal_compact(journal);
    close(journal->fd);
    buf_release(&journal->lines);
    free(journal);
}

void journal_waits(struct journal *journal, const struct journal_wait *wait)
{
    journal->wait = *wait;
}

static bool journal_is_file(int fd, const struct stat *other)
{
    struct stat own;
    return fd >= 0 && fstat(fd, &own) == 0 && own.st_dev == other->st_dev && own.st_ino == other->st_ino;
}

bool journal_is(const struct journal *journal, int fd)
{
    struct stat other;
    int archive = journal_open_archive(journal->fd, O_RDONLY);
    bool is =
        fstat(fd, &other) == 0 && (journal_is_file(journal->fd, &other) || journal_is_file(archive, &other));

    if (archive >= 0)
        close(archive);
    return is;
}

/**
 * The number of the first row. A book that was begun anew beside an old archive, or lost its title, must not repeat
 * any.
 */
static uint64_t journal_begins(const struct journal *journal)
{
    uint64_t base = journal_base(journal->fd);
    int archive = base != 0 ? -1 : journal_open_archive(journal->fd, O_RDONLY);

    if (archive >= 0) {
        close(archive);
        base = journal_count(journal);
    }
    return base;
}

/**
 * Give the entries their numbers and write them down behind `end`, which must be in `size` already or makes it grow. How
 * long they are, without what fills up.
 */
static size_t journal_compose(const struct journal *journal, struct journal_entry *entry, size_t count,
                              uint64_t size, uint64_t end, struct buf *out)
{
    struct journal_pen pen = {.path = NULL};
    int64_t now = (int64_t)time(NULL);
    uint64_t base = journal_begins(journal);

    if (end == 0)
        journal_title(out, base);
    uint64_t group = base + (end + out->length) / JOURNAL_ROW;
    for (size_t index = 0; index < count && !out->failed; index++) {
        entry[index].state = JOURNAL_INTENT;
        entry[index].row = (end + out->length) / JOURNAL_ROW;
        entry[index].id = base + entry[index].row;
        entry[index].group = group;
        entry[index].time = now;
        journal_line_write(&entry[index], &pen, out);
    }
    size_t length = out->length;
    if (end + length > size)
        journal_fill(out, end);
    out->failed = out->failed || pen.spelled.failed;
    buf_release(&pen.spelled);
    return length;
}

/**
 * From now on others see that somebody is at work on the rows. File systems without locks do without; but where another
 * has them, ours would look like those of somebody who died. False and errno.
 */
static bool journal_work(const struct journal *journal, uint64_t place, uint64_t length)
{
    struct flock lock = {
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = (off_t)place, .l_len = (off_t)length};
    return fcntl(journal->fd, F_OFD_SETLK, &lock) == 0 || (errno != EAGAIN && errno != EACCES);
}

/** They were not written: nobody is at work on them. Keeps errno. */
static void journal_rest(const struct journal *journal, uint64_t place, uint64_t length)
{
    struct flock lock = {
        .l_type = F_UNLCK, .l_whence = SEEK_SET, .l_start = (off_t)place, .l_len = (off_t)length};
    int code = errno;
    (void)fcntl(journal->fd, F_OFD_SETLK, &lock);
    errno = code;
}

void journal_end(struct journal *journal)
{
    struct flock lock = {.l_type = F_UNLCK, .l_whence = SEEK_SET};
    (void)fcntl(journal->fd, F_OFD_SETLK, &lock);
    buf_release(&journal->lines);
}

/**
 * Write the lines, and wait for the disk; false and errno. We are at work on the first `length` bytes: on what only fills
 * up behind them the next folio will be, and its lock would be refused.
 */
static bool journal_put(const struct journal *journal, const struct buf *text, uint64_t end, size_t length)
{
    if (!journal_work(journal, end, length))
        return false;
    if (journal_write(journal->fd, text, end) && fdatasync(journal->fd) == 0)
        return true;
    journal_rest(journal, end, length);
    return false;
}

/** Does the book, up to `end`, tell of this inode since a plan was made? If it is not easily seen, it may. */
static bool journal_has_news(const struct journal *journal, uint64_t since, uint64_t inode, uint64_t end)
{
    uint64_t base = since == 0 ? 0 : journal_base(journal->fd);
    uint64_t begin = since >= base ? (since - base) * JOURNAL_ROW : end + 1;
    char word[32];

    if (since == 0 || begin == end)
        return false;
    char *text = begin > end || end - begin > JOURNAL_LOOK ? NULL : malloc((size_t)(end - begin));
    ssize_t length = text ? pread(journal->fd, text, (size_t)(end - begin), (off_t)begin) : -1;
    snprintf(word, sizeof word, " inode=%" PRIu64 " ", inode);
    bool news = length < 0 || memmem(text, (size_t)length, word, strlen(word));
    free(text);
    return news;
}

/** Why the lines are not written. Always false. */
static bool journal_refuse(const struct journal *journal, int code, struct error *error)
{
    if (code == EAGAIN || code == EACCES)
        return error_set(error, code, "another program has locked lines of the journal %s", journal->path);
    return error_system(error, code, "the journal %s cannot be written", journal->path);
}

/** Begin them in a book that is held. */
static bool journal_begin_held(struct journal *journal, uint64_t since, struct journal_entry *entry,
                               size_t count, struct error *error)
{
    struct buf text = {0};
    struct stat state;
    uint64_t end;
    bool fine = false;

    if (fstat(journal->fd, &state) != 0 || !journal_end_of(journal->fd, (uint64_t)state.st_size, &end))
        return error_system(error, errno, "the journal %s cannot be read", journal->path);
    if (journal_has_news(journal, since, entry->inode, end))
        return error_set(error, ESTALE, "another folio has changed the file since it was asked; ask again");
    size_t length = journal_compose(journal, entry, count, (uint64_t)state.st_size, end, &text);
    if (text.failed)
        (void)error_system(error, ENOMEM, "the journal %s", journal->path);
    else if (journal->wait.ours && !journal->wait.ours(journal->wait.context))
        (void)error_set(error, ECANCELED, "it was given up");
    else if (!journal_put(journal, &text, end, length))
        (void)journal_refuse(journal, errno, error);
    else
        fine = true;
    text.length = fine ? length : text.length;
    buf_release(&journal->lines);
    journal->lines = text;
    journal->place = end;
    return fine;
}

bool journal_begin(struct journal *journal, uint64_t since, struct journal_entry *entry, size_t count,
                   struct error *error)
{
    if (!journal_hold(journal, error))
        return false;
    bool fine = journal_begin_held(journal, since, entry, count, error);
    journal_let_go(journal);
    return fine;
}

bool journal_mark(struct journal *journal, const struct journal_entry *entry, enum journal_state state,
                  struct error *error)
{
    ssize_t count = pwrite(journal->fd, journal_word(state), JOURNAL_WORD, (off_t)(entry->row * JOURNAL_ROW));

    return count == JOURNAL_WORD ||
           error_system(error, count < 0 ? errno : EIO, "the journal %s cannot be written", journal->path);
}

bool journal_mark_all(struct journal *journal, const struct journal_entry *entry, size_t count,
                      struct error *error)
{
    for (size_t index = 0; index < count; index++)
        memcpy(journal->lines.data + (entry[index].row * JOURNAL_ROW - journal->place),
               journal_word(entry[index].state), JOURNAL_WORD);
    return journal_write(journal->fd, &journal->lines, journal->place) ||
           error_system(error, errno, "the journal %s cannot be written", journal->path);
}
