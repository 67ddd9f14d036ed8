/* SPDX-License-Identifier: MIT */
/* io: the open book, for those who write to it. One thread. */
#ifndef FOLIO_IO_JOURNAL_OPEN_H
#define FOLIO_IO_JOURNAL_OPEN_H

#include "folio/base/bytes/buf.h"
#include "folio/io/journal/journal.h"

#include <limits.h>

/** Bytes of blank rows by which the book grows. */
#define JOURNAL_GROWTH 4096u

struct journal {
    int fd;
    char path[PATH_MAX];
    struct journal_wait wait;
    bool told;        /**< that somebody else holds it */
    struct buf lines; /**< of the entries that are worked on, as they are in the book from `place` on */
    uint64_t place;
};

/** Open the book for writing, made if it is missing; -1 and `error`. */
int journal_open_file(const char *path, struct error *error);

/** The names in the folder that `path` lies in are on the disk. */
bool journal_sync_folder(const char *path);

/** All of the text, at its place. */
bool journal_write(int fd, const struct buf *text, uint64_t place);

/** Fill up the row that was begun, and then up to a whole growth, as of a text that stands at `place`. */
void journal_fill(struct buf *out, uint64_t place);

/** The first line of a book. `base`: the number of its first row, where that is not 0. */
void journal_title(struct buf *out, uint64_t base);

/** Where the next line goes, in a book of `size` bytes: behind the last row in which something stands. False and errno. */
bool journal_end_of(int fd, uint64_t size, uint64_t *end);

/** Hold the book: the one that stands at its path now. Waits as the journal was told. */
bool journal_hold(struct journal *journal, struct error *error);

/** The same at once or not at all. */
bool journal_hold_now(struct journal *journal);

void journal_let_go(struct journal *journal);

/** Is somebody at work on an entry in `rows` rows of the book from `row` on, or (0) in any from there on? Not by `fd`. */
bool journal_is_worked(int fd, uint64_t row, uint64_t rows);

/** The number that follows all in the held book and its archive; for a book whose title does not tell it. */
uint64_t journal_count(const struct journal *journal);

/** Move what is finished to the archive, if the book is long and nobody is at work. */
void journal_compact(struct journal *journal);

#endif
