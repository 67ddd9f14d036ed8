/* SPDX-License-Identifier: MIT */
/* io: finding the entries of a file in the book and its archive. Any thread that may wait.
 *
 * What a file is known by is told in place.c. Those of this very file win; but a file that was restored from a copy, or
 * saved anew by an editor, has another inode and the same bytes, and its pokes are found by the path alone. So:
 *
 *  - an entry that has the file's identity is its own, whatever the path;
 *  - one that shares the path only counts as long as the file has no poke of its own. Then it is a stranger: a log that
 *    was rotated, one of two images that change places. It is shown, and undone by its number and never by itself;
 *  - unless something of it was undone or done again in this file: then the file comes from that one, and all that was
 *    done there is its own.
 *
 * The book is read before its archive: what moves from the one to the other meanwhile is seen twice and not missed. */
#include "inside.h"
#include "line.h"
#include "open.h"
#include "scan.h"

#include "folio/io/journal/place.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** Who is looked for, and what was found. */
struct journal_search {
    char path[PATH_MAX]; /**< that of the descriptor now, whatever name it was opened by */
    struct journal_file file;
    char by_inode[32];  /**< as they are in a line, with a blank at their end */
    struct buf by_path; /**< the same */
    struct journal_list *list;
    uint64_t base;
    bool failed; /**< no memory */
};

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

/** Is the line about the file? A checksum, if nothing else, is behind each of the two. */
static bool journal_is_about(const struct journal_search *search, const char *line)
{
    return strstr(line, search->by_inode) || strstr(line, buf_string(&search->by_path));
}

/** A line of the book or the archive. */
static enum journal_take journal_gather(void *context, const struct journal_text *text)
{
    struct journal_search *search = context;
    struct journal_entry entry = {.state = text->state, .row = text->row};

    if (!journal_is_about(search, text->line))
        return JOURNAL_TAKEN;
    if (!journal_line_whole(text->line))
        return JOURNAL_TORN;
    if (!journal_line_read(text->line, &entry)) {
        free(entry.path);
        return JOURNAL_TORN;
    }
    if (entry.id == 0)
        entry.id = search->base + text->row;
    struct journal_file file = {entry.inode, entry.birth_ns, entry.system};
    entry.same_path = strcmp(entry.path, search->path) == 0;
    /* A mount of another day: no more is known of such a file than its path and the number of its inode. */
    bool again = entry.same_path && entry.birth_ns == 0 && search->file.birth_ns == 0;
    entry.same_inode = again ? entry.inode == search->file.inode : journal_is_same(&file, &search->file);
    if ((entry.same_path || entry.same_inode) && journal_append(search->list, &entry))
        return JOURNAL_TAKEN;
    search->failed = entry.same_path || entry.same_inode;
    free(entry.path);
    return search->failed ? JOURNAL_STOP : JOURNAL_TAKEN;
}

/** Fill in who is looked for. */
static bool journal_seek(struct journal_search *search, int fd, struct error *error)
{
    (void)journal_name(fd, search->path, sizeof search->path);
    if (!journal_identify(fd, &search->file))
        return error_system(error, errno, "%s", search->path);
    snprintf(search->by_inode, sizeof search->by_inode, " inode=%" PRIu64 " ", search->file.inode);
    journal_line_path(&search->by_path, search->path);
    buf_text(&search->by_path, " ");
    return !search->by_path.failed || error_system(error, ENOMEM, "%s", search->path);
}

/** Ascending by number; of two that are one, that of the book comes first, then the later one of the archive. */
static int journal_order(const void *left, const void *right)
{
    const struct journal_entry *one = left;
    const struct journal_entry *two = right;

    if (one->id != two->id)
        return one->id < two->id ? -1 : 1;
    return (one->row == 0) - (two->row == 0);
}

/** In their order, each once. */
static void journal_arrange(struct journal_list *list)
{
    size_t kept = 0;
    size_t ordered = 1;

    while (ordered < list->count && journal_order(&list->entry[ordered - 1], &list->entry[ordered]) < 0)
        ordered++;
    if (ordered < list->count)
        qsort(list->entry, list->count, sizeof *list->entry, journal_order);
    for (size_t index = 0; index < list->count; index++)
        if (kept > 0 && list->entry[kept - 1].id == list->entry[index].id)
            free(list->entry[index].path);
        else
            list->entry[kept++] = list->entry[index];
    list->count = kept;
}

static int journal_by_number(const void *left, const void *right)
{
    const struct journal_entry *one = left;
    const struct journal_entry *two = right;
    return one->id < two->id ? -1 : one->id > two->id;
}

static struct journal_file journal_file_of(const struct journal_entry *entry)
{
    return (struct journal_file){entry->inode, entry->birth_ns, entry->system};
}

/** Files that this one was found to come from: few. */
struct journal_ancestors {
    struct journal_file file[16];
    size_t count;
};

static bool journal_descends(const struct journal_ancestors *ancestors, const struct journal_entry *entry)
{
    struct journal_file file = journal_file_of(entry);

    for (size_t index = 0; index < ancestors->count; index++)
        if (journal_is_same(&ancestors->file[index], &file))
            return true;
    return false;
}

/** Something of another file was undone or done again in this one. */
static struct journal_ancestors journal_trace(const struct journal_list *list)
{
    struct journal_ancestors found = {.count = 0};

    for (size_t index = 0; index < list->count; index++) {
        struct journal_entry wanted = {.id = list->entry[index].reverts};
        bool own = list->entry[index].same_inode && list->entry[index].way != JOURNAL_POKE;
        const struct journal_entry *meant =
            own ? bsearch(&wanted, list->entry, list->count, sizeof wanted, journal_by_number) : NULL;
        if (meant && !meant->same_inode && found.count < sizeof found.file / sizeof *found.file &&
            !journal_descends(&found, meant))
            found.file[found.count++] = journal_file_of(meant);
    }
    return found;
}

/** Which are about another file that stood at this path. */
static void journal_part(struct journal_list *list)
{
    struct journal_ancestors ancestors = journal_trace(list);
    bool poked = false;

    for (size_t index = 0; index < list->count; index++)
        poked = poked || (list->entry[index].same_inode && list->entry[index].way == JOURNAL_POKE);
    for (size_t index = 0; index < list->count; index++) {
        struct journal_entry *entry = &list->entry[index];
        entry->stranger = poked && !entry->same_inode && !journal_descends(&ancestors, entry);
    }
}

/** Where birth is unknown a number of an inode may be given again: then the bytes must speak too. */
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

/** The lines of the archive of the book `fd`, which are put in front of those that were read from the book. */
static bool journal_collect_archive(struct journal_search *search, int fd)
{
    struct journal_list *list = search->list;
    struct journal_list archived = {.next = list->next};
    int archive = journal_open_archive(fd, O_RDONLY);
    bool fine = archive >= 0 || errno == ENOENT;

    search->list = &archived;
    if (archive >= 0) {
        fine = journal_scan(archive, true, -1, journal_gather, search, NULL);
        close(archive);
    }
    for (size_t index = 0; index < list->count; index++)
        if (!journal_append(&archived, &list->entry[index])) {
            free(list->entry[index].path);
            search->failed = true;
        }
    free(list->entry);
    *list = archived;
    search->list = list;
    return fine;
}

/** The lines of the book `fd`, and those of its archive. */
static bool journal_collect(struct journal_search *search, int fd)
{
    struct stat state;
    uint64_t end;

    search->base = journal_base(fd);
    if (fstat(fd, &state) != 0 || !journal_end_of(fd, (uint64_t)state.st_size, &end))
        return false;
    search->list->next = search->base + end / JOURNAL_ROW;
    bool fine = journal_scan(fd, false, -1, journal_gather, search, NULL);
    fine = fine && !search->failed && journal_collect_archive(search, fd);
    errno = search->failed ? ENOMEM : errno;
    return fine && !search->failed;
}

/** What the entries mean for the bytes that are there now. */
static bool journal_understand(struct journal_list *list, int book, int fd)
{
    journal_arrange(list);
    journal_watch(list, book);
    journal_part(list);
    errno = ENOMEM;
    if (!journal_compare(list, fd))
        return false;
    journal_dismiss(list);
    return journal_judge(list);
}

bool journal_read(const char *path, int fd, struct journal_list *list, struct error *error)
{
    struct buf place = {0};
    struct journal_search search = {.list = list};

    *list = (struct journal_list){0};
    int book = journal_open_read(path, &place, error);
    bool none = book < 0 && errno == 0;
    bool fine = book >= 0 && journal_seek(&search, fd, error);
    if (fine && (!journal_collect(&search, book) || !journal_understand(list, book, fd)))
        fine = error_system(error, errno, "the journal %s cannot be read", buf_string(&place));
    if (book >= 0)
        close(book);
    buf_release(&search.by_path);
    buf_release(&place);
    return fine || none;
}

/** A line about the file that is not finished: that is all that was to be known. */
static enum journal_take journal_find(void *context, const struct journal_text *text)
{
    struct journal_search *search = context;
    return journal_is_about(search, text->line) ? JOURNAL_STOP : JOURNAL_TAKEN;
}

bool journal_suspects(const char *path, int fd)
{
    struct buf place = {0};
    struct journal_search search = {.list = NULL};
    bool found = false;
    int book = journal_open_read(path, &place, NULL);

    if (book >= 0 && journal_seek(&search, fd, NULL))
        (void)journal_scan(book, false, JOURNAL_INTENT, journal_find, &search, &found);
    if (book >= 0)
        close(book);
    buf_release(&search.by_path);
    buf_release(&place);
    return found;
}

void journal_release(struct journal_list *list)
{
    for (size_t index = 0; index < list->count; index++)
        free(list->entry[index].path);
    free(list->entry);
    *list = (struct journal_list){0};
}
