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
 *  - a state is changed in place, by one write of eight bytes that no sector border cuts: the disk holds the old word
 *    or the new one. The checksum at the end of the line leaves it out.
 *  - a torn line (the machine stopped while it was written) is one whose checksum is wrong. The next one begins at the
 *    next empty row, and a reader that looks at each row finds it.
 *  - the file grows by 4096 bytes of blank rows at a time, so that most lines overwrite what is there already: the
 *    fdatasync that must come before the byte is stored then waits for the data alone and not for a change of size.
 *
 * Only the intent is waited for. When a crash forgets a "done", the entry says "intent" and the byte tells the rest:
 * that is the more careful reading. An append-only log of states was the other way; it costs a second wait, and one
 * line no longer tells what became of it.
 *
 * Appending is under flock, so that several folios find the end one after the other; marking needs no lock. Nobody
 * shortens the file. */
#include "folio/io/journal/journal.h"

#include "folio/io/journal/line.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define JOURNAL_GROWTH 4096u

struct journal {
    int fd;
    char path[PATH_MAX];
};

static const char journal_title[] =
    "# folio: every byte that was changed with a poke, what it was before, and what "
    "became of it. folio --pokes FILE tells more.";

/** The names in the folder that `path` lies in are on the disk. */
static bool journal_sync_folder(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');

    size_t length = !slash ? 0 : (size_t)(slash - path) + 1;
    memcpy(folder, path, length);
    folder[length] = '\0';
    int fd = open(length == 0 ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool fine = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return fine;
}

/** Make the folders on the way to `path`, for their owner only. Failures show when the file is opened. */
static void journal_make_folders(const char *path)
{
    char folder[PATH_MAX];

    for (const char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        memcpy(folder, path, (size_t)(slash - path));
        folder[slash - path] = '\0';
        if (mkdir(folder, 0700) == 0)
            (void)journal_sync_folder(folder);
    }
}

struct journal *journal_open(const char *path, struct error *error)
{
    struct buf place = {0};
    struct journal *journal = NULL;
    int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY;

    if (path)
        buf_text(&place, path);
    else if (!journal_place(&place, error))
        goto done;
    path = buf_string(&place);
    int fd = open(path, flags, 0600);
    if (fd < 0 && errno == ENOENT) {
        journal_make_folders(path);
        fd = open(path, flags, 0600);
    }
    struct stat state;
    if (fd < 0 || fstat(fd, &state) != 0 || (state.st_size == 0 && !journal_sync_folder(path)))
        (void)error_system(error, errno, "the journal %s cannot be opened", path);
    else if (place.length >= sizeof journal->path || !(journal = calloc(1, sizeof *journal)))
        (void)error_system(error, ENOMEM, "the journal %s", path);
    else
        *journal = (struct journal){.fd = fd};
    if (journal)
        memcpy(journal->path, path, place.length + 1);
    else if (fd >= 0)
        close(fd);
done:
    buf_release(&place);
    return journal;
}

void journal_close(struct journal *journal)
{
    if (!journal)
        return;
    close(journal->fd);
    free(journal);
}

bool journal_is(const struct journal *journal, int fd)
{
    struct stat own;
    struct stat other;

    return fstat(journal->fd, &own) == 0 && fstat(fd, &other) == 0 && own.st_dev == other.st_dev &&
           own.st_ino == other.st_ino;
}

/** Rows without anything, up to a length that is a multiple of the growth. */
static void journal_fill(struct buf *out, uint64_t place)
{
    static const char row[JOURNAL_ROW + 1] =
        "                                                               \n";

    while ((place + out->length) % JOURNAL_ROW != 0 && !out->failed)
        buf_text(out, (place + out->length) % JOURNAL_ROW == JOURNAL_ROW - 1 ? "\n" : " ");
    while ((place + out->length) % JOURNAL_GROWTH != 0 && !out->failed)
        buf_text(out, row);
}

/** Where the next line goes: behind the last row in which something stands. Read backwards, a growth at a time. */
static bool journal_end(int fd, uint64_t size, uint64_t *end)
{
    char block[JOURNAL_GROWTH];

    /* Somebody's editor may have made it uneven. */
    *end = (size + JOURNAL_ROW - 1) / JOURNAL_ROW * JOURNAL_ROW;
    while (*end > 0) {
        uint64_t begin = (*end - 1) / JOURNAL_GROWTH * JOURNAL_GROWTH;
        size_t used = (size_t)(*end - begin);
        memset(block, ' ', sizeof block);
        if (pread(fd, block, used, (off_t)begin) < 0)
            return false;
        while (used > 0 && (block[used - 1] == ' ' || block[used - 1] == '\n'))
            used--;
        *end = begin + (used + JOURNAL_ROW - 1) / JOURNAL_ROW * JOURNAL_ROW;
        if (used > 0)
            return true;
    }
    return true;
}

/** Give the entries their numbers and write them down behind `*end`, which must be in `size` already or makes it grow. */
static void journal_compose(struct journal_entry *entry, size_t count, uint64_t size, uint64_t end,
                            struct buf *out)
{
    int64_t now = (int64_t)time(NULL);

    if (end == 0) {
        buf_text(out, journal_title);
        while ((out->length + 1) % JOURNAL_ROW != 0)
            buf_text(out, " ");
        buf_text(out, "\n");
    }
    uint64_t group = (end + out->length) / JOURNAL_ROW;
    for (size_t index = 0; index < count; index++) {
        entry[index].state = JOURNAL_INTENT;
        entry[index].id = (end + out->length) / JOURNAL_ROW;
        entry[index].group = group;
        entry[index].time = now;
        journal_line_write(&entry[index], out);
    }
    if (end + out->length > size)
        journal_fill(out, end);
}

/** All of it, at its place. */
static bool journal_write(int fd, const struct buf *text, uint64_t place)
{
    size_t done = 0;

    while (done < text->length) {
        ssize_t count = pwrite(fd, text->data + done, text->length - done, (off_t)(place + done));
        if (count < 0 && errno != EINTR)
            return false;
        done += count > 0 ? (size_t)count : 0;
    }
    return true;
}

bool journal_begin(struct journal *journal, struct journal_entry *entry, size_t count, struct error *error)
{
    struct buf text = {0};
    struct stat state;
    uint64_t end;
    bool fine = false;

    while (flock(journal->fd, LOCK_EX) != 0)
        if (errno != EINTR)
            return error_system(error, errno, "the journal %s cannot be locked", journal->path);
    if (fstat(journal->fd, &state) != 0 || !journal_end(journal->fd, (uint64_t)state.st_size, &end)) {
        (void)error_system(error, errno, "the journal %s cannot be read", journal->path);
        goto done;
    }
    journal_compose(entry, count, (uint64_t)state.st_size, end, &text);
    if (text.failed)
        (void)error_system(error, ENOMEM, "the journal %s", journal->path);
    else if (!journal_write(journal->fd, &text, end) || fdatasync(journal->fd) != 0)
        (void)error_system(error, errno, "the journal %s cannot be written", journal->path);
    else
        fine = true;
done:
    (void)flock(journal->fd, LOCK_UN);
    buf_release(&text);
    return fine;
}

bool journal_mark(struct journal *journal, uint64_t id, enum journal_state state, struct error *error)
{
    ssize_t count = pwrite(journal->fd, journal_word(state), JOURNAL_WORD, (off_t)(id * JOURNAL_ROW));

    return count == JOURNAL_WORD ||
           error_system(error, count < 0 ? errno : EIO, "the journal %s cannot be written", journal->path);
}
