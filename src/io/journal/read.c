/* SPDX-License-Identifier: MIT */
/* io: finding the entries of a file in the book, and what they mean for the bytes that are there now. Any thread.
 *
 * A file is known by its path, or by inode and birth together; a device number is no help, it changes from one start
 * of the machine to the next. What lies around the byte decides whether an old entry still fits: a file restored from a
 * copy has another inode and the same bytes, one that something was inserted into has the same inode and other bytes
 * there. Bytes that differ because of another poke in the book do not count. */
#include "folio/io/journal/journal.h"
#include "folio/io/journal/line.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** Who is looked for. The path is that of the descriptor now, whatever name it was opened by. */
struct journal_wanted {
    char path[PATH_MAX];
    uint64_t inode;
    int64_t birth_ns;
};

/** The whole book in memory, `*length` bytes; NULL and errno, 0 where there is none. */
static char *journal_load(const char *path, size_t *length)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct stat state;
    char *text = NULL;

    *length = 0;
    if (fd < 0 || fstat(fd, &state) != 0 || !(text = malloc((size_t)state.st_size + 1)))
        goto done;
    while (*length < (size_t)state.st_size) {
        ssize_t count = pread(fd, text + *length, (size_t)state.st_size - *length, (off_t)*length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        *length += (size_t)count;
    }
    text[*length] = '\0';
done:
    if (fd >= 0)
        close(fd);
    if (fd < 0 && errno == ENOENT)
        errno = 0;
    return text;
}

static bool journal_append(struct journal_list *list, const struct journal_entry *entry)
{
    struct journal_entry *grown = list->entry;

    /* Room for a power of two of them. */
    if ((list->count & (list->count - 1)) == 0)
        grown = realloc(list->entry, (list->count == 0 ? 1 : 2 * list->count) * sizeof *grown);
    if (!grown)
        return false;
    list->entry = grown;
    list->entry[list->count++] = *entry;
    return true;
}

/** Keep the entries of `wanted`. */
static bool journal_gather(const char *text, size_t length, const struct journal_wanted *wanted,
                           struct journal_list *list)
{
    size_t rows;

    for (size_t place = 0; place + JOURNAL_ROW <= length; place += rows * JOURNAL_ROW) {
        struct journal_entry entry;
        rows = journal_line_read(text + place, length - place, &entry);
        if (rows == 0) {
            bool begun = strncmp(text + place, journal_word(JOURNAL_INTENT), JOURNAL_WORD) == 0;
            list->torn += begun;
            rows = 1;
            continue;
        }
        entry.id = place / JOURNAL_ROW;
        entry.same_path = strcmp(entry.path, wanted->path) == 0;
        entry.same_inode = entry.inode == wanted->inode && entry.birth_ns == wanted->birth_ns;
        if (!entry.same_path && !entry.same_inode)
            free(entry.path);
        else if (!journal_append(list, &entry)) {
            free(entry.path);
            return false;
        }
    }
    return true;
}

/** Did a poke of the book ever touch the byte? Whichever: its old, its new or an undone value may be there. */
static bool journal_touched(const struct journal_list *list, uint64_t offset)
{
    for (size_t index = 0; index < list->count; index++)
        if (list->entry[index].offset == offset)
            return true;
    return false;
}

/** Fill `now` and `fits` from the bytes in the file. */
static void journal_compare(const struct journal_list *list, int fd, struct journal_entry *entry)
{
    uint8_t expected[2 * JOURNAL_CONTEXT + 1];
    uint8_t found[sizeof expected];
    uint64_t first = entry->offset - entry->left_count;
    size_t length = (size_t)entry->left_count + 1 + entry->right_count;

    memcpy(expected, entry->left, entry->left_count);
    expected[entry->left_count] = entry->before;
    memcpy(expected + entry->left_count + 1, entry->right, entry->right_count);
    ssize_t count = pread(fd, found, length, (off_t)first);
    entry->now = count > entry->left_count ? found[entry->left_count] : -1;
    entry->fits = count == (ssize_t)length;
    for (size_t index = 0; entry->fits && index < length; index++)
        entry->fits = found[index] == expected[index] || journal_touched(list, first + index);
}

/** An undo that landed and was not marked in time: the one it undid is undone. The same for a redo. */
static void journal_settle(struct journal_list *list)
{
    for (size_t index = 0; index < list->count; index++) {
        const struct journal_entry *entry = &list->entry[index];
        bool landed = entry->state == JOURNAL_INTENT && entry->now == entry->after;
        for (size_t other = 0; landed && entry->way != JOURNAL_POKE && other < index; other++)
            if (list->entry[other].id == entry->reverts)
                list->entry[other].state = entry->way == JOURNAL_UNDO ? JOURNAL_UNDONE : JOURNAL_DONE;
    }
}

/** Inode alone is not enough where birth is unknown: then the bytes must speak too. */
static void journal_dismiss(struct journal_list *list)
{
    size_t kept = 0;

    for (size_t index = 0; index < list->count; index++) {
        struct journal_entry *entry = &list->entry[index];
        if (entry->same_path || entry->birth_ns != 0 || entry->fits)
            list->entry[kept++] = *entry;
        else
            free(entry->path);
    }
    list->count = kept;
}

bool journal_read(const char *path, int fd, struct journal_list *list, struct error *error)
{
    struct buf place = {0};
    struct journal_wanted wanted = {0};
    size_t length;
    char *text = NULL;
    bool fine = false;

    *list = (struct journal_list){0};
    if (path)
        buf_text(&place, path);
    else if (!journal_place(&place, error))
        goto done;
    (void)journal_name(fd, wanted.path, sizeof wanted.path);
    if (!journal_identity(fd, &wanted.inode, &wanted.birth_ns)) {
        (void)error_system(error, errno, "%s", wanted.path);
        goto done;
    }
    text = journal_load(buf_string(&place), &length);
    fine = text ? journal_gather(text, length, &wanted, list) : errno == 0;
    if (!fine)
        (void)error_system(error, errno, "the journal %s cannot be read", buf_string(&place));
    for (size_t index = 0; index < list->count; index++)
        journal_compare(list, fd, &list->entry[index]);
    journal_dismiss(list);
    journal_settle(list);
done:
    free(text);
    buf_release(&place);
    return fine;
}

void journal_release(struct journal_list *list)
{
    for (size_t index = 0; index < list->count; index++)
        free(list->entry[index].path);
    free(list->entry);
    *list = (struct journal_list){0};
}

/** Is its byte in the file, by what the book says? What was undone and done again is told by the first entry alone. */
static bool journal_stands(const struct journal_entry *entry)
{
    return entry->way == JOURNAL_POKE && (entry->state == JOURNAL_DONE || entry->state == JOURNAL_FAILED ||
                                          (entry->state == JOURNAL_INTENT && entry->now == entry->after));
}

void journal_xxd(const struct journal_list *list, bool back, struct buf *out)
{
    for (size_t step = 0; step < list->count; step++) {
        const struct journal_entry *entry = &list->entry[back ? list->count - 1 - step : step];
        if (journal_stands(entry))
            buf_format(out, "%08" PRIx64 ": %02x\n", entry->offset, back ? entry->before : entry->after);
    }
}
