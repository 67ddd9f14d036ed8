/* SPDX-License-Identifier: MIT */
/* io: what is at the bytes of the book now, and around them. Any thread that may wait.
 *
 * Entries are gone through in the order of their offsets, a window of the file at a time, so that a list of bytes that lie
 * beside each other costs one read for many. What lies around a byte decides whether an old entry still fits: a file
 * restored from a copy has another inode and the same bytes, one that something was inserted into has the same inode and
 * other bytes there. Bytes that differ because of another poke in the book do not count: whichever, its old, its new or an
 * undone value may be there. What was poked in another file that stood here explains nothing in this one. */
#include "inside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COMPARE_WINDOW 4096u

/** A piece of the file. */
struct compare_window {
    int fd;
    uint64_t begin;
    size_t length;
    bool filled;
    uint8_t data[COMPARE_WINDOW];
};

static int compare_spots(const void *left, const void *right)
{
    const struct journal_spot *one = left;
    const struct journal_spot *two = right;

    if (one->offset != two->offset)
        return one->offset < two->offset ? -1 : 1;
    return one->index < two->index ? -1 : one->index > two->index;
}

struct journal_spot *journal_spots(const struct journal_list *list)
{
    struct journal_spot *spot = malloc((list->count + 1) * sizeof *spot);

    if (!spot)
        return NULL;
    for (size_t index = 0; index < list->count; index++)
        spot[index] = (struct journal_spot){list->entry[index].offset, index};
    qsort(spot, list->count, sizeof *spot, compare_spots);
    return spot;
}

/** The bytes from `first` on, at most `length`; those that cannot be read, or are behind the end, are not there. */
static const uint8_t *compare_read(struct compare_window *window, uint64_t first, size_t *length)
{
    bool inside =
        window->filled && first >= window->begin && first + *length <= window->begin + COMPARE_WINDOW;

    if (!inside) {
        ssize_t count;
        do
            count = pread(window->fd, window->data, COMPARE_WINDOW, (off_t)first);
        while (count < 0 && errno == EINTR);
        window->begin = first;
        window->length = count > 0 ? (size_t)count : 0;
        window->filled = true;
    }
    size_t skipped = (size_t)(first - window->begin);
    size_t rest = window->length > skipped ? window->length - skipped : 0;
    *length = rest < *length ? rest : *length;
    return window->data + skipped;
}

/** A byte that a poke of the book touched. */
struct compare_byte {
    uint64_t offset;
    bool own; /**< one of them was in this file, and not in another that stood at its path */
};

/** Each of them once, and the one where one is. */
struct compare_touched {
    struct compare_byte *byte;
    size_t count, at;
};

/** The entry touched its byte; they come in the order of their offsets. */
static void compare_touch(struct compare_touched *touched, const struct journal_entry *entry)
{
    if (touched->count == 0 || touched->byte[touched->count - 1].offset != entry->offset)
        touched->byte[touched->count++] = (struct compare_byte){.offset = entry->offset};
    touched->byte[touched->count - 1].own = touched->byte[touched->count - 1].own || !entry->stranger;
}

/** Did a poke that counts for the entry ever touch the byte, which is near the one where one is? */
static bool compare_is_touched(const struct compare_touched *touched, uint64_t offset,
                               const struct journal_entry *entry)
{
    const struct compare_byte *byte = touched->byte;
    size_t at = touched->at;

    while (at > 0 && byte[at].offset > offset)
        at--;
    while (at + 1 < touched->count && byte[at].offset < offset)
        at++;
    return byte[at].offset == offset && (byte[at].own || entry->stranger);
}

/** Fill `now` and `fits` from the bytes in the file. */
static void compare_entry(struct journal_entry *entry, const struct compare_touched *touched,
                          struct compare_window *window)
{
    uint8_t expected[2 * JOURNAL_CONTEXT + 1];
    uint64_t first = entry->offset - entry->left_count;
    size_t length = (size_t)entry->left_count + 1 + entry->right_count;
    size_t count = length;

    memcpy(expected, entry->left, entry->left_count);
    expected[entry->left_count] = entry->before;
    memcpy(expected + entry->left_count + 1, entry->right, entry->right_count);
    const uint8_t *found = compare_read(window, first, &count);
    entry->now = count > entry->left_count ? found[entry->left_count] : -1;
    entry->fits = count == length;
    for (size_t index = 0; entry->fits && index < length; index++)
        entry->fits = found[index] == expected[index] || compare_is_touched(touched, first + index, entry);
}

bool journal_compare(struct journal_list *list, int fd)
{
    struct journal_spot *spot = journal_spots(list);
    struct compare_window *window = calloc(1, sizeof *window);
    struct compare_touched touched = {.byte = calloc(list->count + 1, sizeof *touched.byte)};
    bool fine = spot && window && touched.byte;

    for (size_t which = 0; fine && which < list->count; which++)
        compare_touch(&touched, &list->entry[spot[which].index]);
    if (fine)
        window->fd = fd;
    for (size_t which = 0; fine && which < list->count; which++) {
        touched.at += touched.byte[touched.at].offset != spot[which].offset;
        compare_entry(&list->entry[spot[which].index], &touched, window);
    }
    free(touched.byte);
    free(window);
    free(spot);
    return fine;
}
