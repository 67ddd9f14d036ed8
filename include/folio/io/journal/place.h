/* SPDX-License-Identifier: MIT */
/** io: where the book of pokes lies, and what a file is known by. Any thread that may wait. */
#ifndef FOLIO_IO_JOURNAL_PLACE_H
#define FOLIO_IO_JOURNAL_PLACE_H

#include "folio/base/bytes/buf.h"
#include "folio/base/bytes/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What a file is known by, whatever its name. */
struct journal_file {
    uint64_t inode;
    int64_t birth_ns; /**< 0: unknown */
    uint64_t system;  /**< see struct journal_entry */
};

/** Where the book belongs; false when HOME is not set either. */
bool journal_place(struct buf *path, struct error *error);

/** The path at which the file of `fd` stands now: by which it was opened, or to which it was renamed. False: none. */
bool journal_name(int fd, char *path, size_t size);

/** What the file of `fd` is known by. False: it cannot be asked. */
bool journal_identify(int fd, struct journal_file *file);

/** Are they one file? Where no birth is known, a number of an inode says nothing without its file system. */
bool journal_is_same(const struct journal_file *file, const struct journal_file *other);

#endif
