/* SPDX-License-Identifier: MIT */
/* io: moving what is finished out of the book. Any thread that may wait.
 *
 *      pokes            # title, base=81920     what is not finished, and what came since; rows, marked in place
 *      pokes.archive    a line after the other  what is finished; only appended to
 *
 * A viewer that opens a file wants to know of one thing only: was a poke of it not finished? That is asked of the book, so
 * the book stays short. Undo, redo and the list of pokes read both. Nothing is thrown away.
 *
 * At each moment every line is in the book, in the archive, or in both, where it counts once, by its number:
 *
 *      finished lines are appended to the archive, and on the disk     now in both
 *      a new book is written beside the old one, and on the disk
 *      it takes the place of the old one (rename)                      now in one
 *
 * Readers take the book first and the archive next. Those who write hold the book, so there is one who sorts; it is not
 * done while somebody is at work on an entry, for that one would mark a row of the old book. A crash between the steps
 * leaves lines twice, and the next one who sorts appends them once more; a line that was torn ends where the next begins. */
#include "inside.h"
#include "line.h"
#include "open.h"
#include "scan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** Of text in memory before it is written. */
#define ARCHIVE_PIECE ((size_t)256 << 10)

/** A book that is sorted. */
struct archive {
    int fd;
    uint64_t base, place; /**< of the book; of the end of the archive */
    struct buf text;      /**< lines for the archive that are not written yet */
    struct buf kept;      /**< lines of the new book */
    size_t moved;
    bool failed;
};

static bool archive_flush(struct archive *archive, size_t from)
{
    if (archive->text.length < from)
        return true;
    archive->failed = archive->failed || archive->text.failed ||
                      !journal_write(archive->fd, &archive->text, archive->place);
    archive->place += archive->text.length;
    buf_clear(&archive->text);
    return !archive->failed;
}

/** A line of the book: to the archive, or, where it is not finished, to the new book. */
static enum journal_take archive_line(void *context, const struct journal_text *text)
{
    struct archive *archive = context;
    bool open = text->state == JOURNAL_INTENT;

    if (!journal_line_whole(text->line))
        return JOURNAL_TORN;
    archive->moved += !open;
    journal_line_copy(text->line, text->state, archive->base + text->row, open,
                      open ? &archive->kept : &archive->text);
    return archive_flush(archive, ARCHIVE_PIECE) ? JOURNAL_TAKEN : JOURNAL_STOP;
}

/** Open the archive, at its end; a line that was torn there is ended. */
static bool archive_open(struct archive *archive, const struct journal *journal)
{
    struct stat state;
    char last = '\n';

    archive->fd = journal_open_archive(journal->fd, O_RDWR | O_CREAT);
    if (archive->fd < 0 || fstat(archive->fd, &state) != 0 || !S_ISREG(state.st_mode))
        return false;
    archive->place = (uint64_t)state.st_size;
    if (state.st_size > 0 && pread(archive->fd, &last, 1, state.st_size - 1) != 1)
        return false;
    if (last != '\n')
        buf_text(&archive->text, "\n");
    return state.st_size > 0 || journal_sync_folder(journal->path);
}

/** All that is finished, on the disk. */
static bool archive_move(struct archive *archive, const struct journal *journal)
{
    bool stopped;

    return journal_scan(journal->fd, false, -1, archive_line, archive, &stopped) && !stopped &&
           archive_flush(archive, 0) && fdatasync(archive->fd) == 0;
}

/** Put the new book in the place of the old one: both names lead to one file, or to the other. */
static bool archive_replace(const struct archive *archive, const struct journal *journal)
{
    char path[PATH_MAX];
    char fresh[PATH_MAX + 8];
    int fd = -1;

    if (realpath(journal->path, path)) {
        snprintf(fresh, sizeof fresh, "%s.new", path);
        fd = open(fresh, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    }
    bool fine = fd >= 0 && journal_write(fd, &archive->kept, 0) && fsync(fd) == 0 && rename(fresh, path) == 0;
    if (fd >= 0)
        close(fd);
    if (!fine && fd >= 0)
        unlink(fresh);
    return fine && journal_sync_folder(path);
}

/** Sort the book, which is held. */
static void archive_sort(struct journal *journal)
{
    struct archive archive = {.fd = -1, .base = journal_base(journal->fd)};
    struct stat state = {.st_size = 0};

    (void)fstat(journal->fd, &state);
    journal_title(&archive.kept, archive.base + (uint64_t)state.st_size / JOURNAL_ROW + 1);
    bool fine = archive_open(&archive, journal) && archive_move(&archive, journal);
    journal_fill(&archive.kept, 0);
    if (fine && archive.moved > 0 && !archive.kept.failed)
        (void)archive_replace(&archive, journal);
    if (archive.fd >= 0)
        close(archive.fd);
    buf_release(&archive.text);
    buf_release(&archive.kept);
}

/** Bytes of lines that are not finished. */
static enum journal_take archive_open_line(void *context, const struct journal_text *text)
{
    *(uint64_t *)context += text->rows * JOURNAL_ROW;
    return JOURNAL_TAKEN;
}

void journal_compact(struct journal *journal)
{
    uint64_t open = 0;
    struct stat state;

    if (!journal_hold_now(journal))
        return;
    bool worked = journal_is_worked(journal->fd, 0, 0);
    bool seen = journal_scan(journal->fd, false, JOURNAL_INTENT, archive_open_line, &open, NULL);
    /* Where most is not finished there is little to be gained, and it would be done again and again. */
    if (!worked && seen && fstat(journal->fd, &state) == 0 && open < (uint64_t)state.st_size / 2)
        archive_sort(journal);
    journal_let_go(journal);
}

/** The number behind the highest so far. */
static enum journal_take archive_number(void *context, const struct journal_text *text)
{
    uint64_t *next = context;

    if (!journal_line_whole(text->line))
        return JOURNAL_TORN;
    uint64_t id = journal_line_number(text->line, "id");
    id = id == 0 ? text->row : id;
    *next = id >= *next ? id + 1 : *next;
    return JOURNAL_TAKEN;
}

uint64_t journal_count(const struct journal *journal)
{
    uint64_t next = 0;
    int archive = journal_open_archive(journal->fd, O_RDONLY);

    (void)journal_scan(journal->fd, false, -1, archive_number, &next, NULL);
    if (archive >= 0) {
        (void)journal_scan(archive, true, -1, archive_number, &next, NULL);
        close(archive);
    }
    return next;
}
