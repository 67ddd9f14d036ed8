/* SPDX-License-Identifier: MIT */
/* io: a line of the book as text, shared by those who write and those who read it. Pure but for realloc. */
#ifndef FOLIO_IO_JOURNAL_LINE_H
#define FOLIO_IO_JOURNAL_LINE_H

#include "folio/base/bytes/buf.h"
#include "folio/io/journal/journal.h"

/** A line begins at a multiple of so many bytes and fills up to one: its state never straddles a sector. */
#define JOURNAL_ROW 64
/** Width of the state word, with the blank behind it. */
#define JOURNAL_WORD 8

/** The word of a state, JOURNAL_WORD bytes wide. */
const char *journal_word(enum journal_state state);

/** Append the line of `entry`, filled up with blanks to whole rows. */
void journal_line_write(const struct journal_entry *entry, struct buf *out);

/**
 * The rows of the line that begins at `text`: 0 when none begins there, or it was not written to its end. Fills
 * `entry` except for the id; entry->path is to be freed.
 */
size_t journal_line_read(const char *text, size_t length, struct journal_entry *entry);

/** Where the book belongs; false when HOME is not set either. */
bool journal_place(struct buf *path, struct error *error);

/** The path at which the file of `fd` stands now: by which it was opened, or to which it was renamed. False: none. */
bool journal_name(int fd, char *path, size_t size);

/** Inode and birth (0: unknown) of `fd`. */
bool journal_identity(int fd, uint64_t *inode, int64_t *birth_ns);

#endif
