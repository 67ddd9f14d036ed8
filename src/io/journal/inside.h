/* SPDX-License-Identifier: MIT */
/* io: what those who read the book share (see read.c, judge.c). Any thread that may wait. */
#ifndef FOLIO_IO_JOURNAL_INSIDE_H
#define FOLIO_IO_JOURNAL_INSIDE_H

#include "folio/io/journal/journal.h"

/** The archive of a book. */
#define JOURNAL_ARCHIVE ".archive"

/** Open the book for reading, at `path` or where it belongs, and nothing but a file. -1 and errno, 0: there is none. */
int journal_open_read(const char *path, struct buf *place, struct error *error);

/** Open the archive of the book `fd`; -1 and errno. */
int journal_open_archive(int fd, int flags);

/** An entry by its byte. */
struct journal_spot {
    uint64_t offset;
    size_t index; /**< of the list: ascending where offsets are equal */
};

/** All entries by offset; NULL: out of memory. To be freed. */
struct journal_spot *journal_spots(const struct journal_list *list);

/** Fill `now` and `fits` of all entries from the bytes of `fd`. False: out of memory. */
bool journal_compare(struct journal_list *list, int fd);

/** Work out what became of each entry, from its state, from those that undid it, and from its byte. The same. */
bool journal_judge(struct journal_list *list);

/** Find out on which entries somebody is at work; `fd` is the book. */
void journal_watch(struct journal_list *list, int fd);

#endif
