/* SPDX-License-Identifier: MIT */
/**
 * io: opening what a person named, without harm.
 *
 * A *source* is what the name stands for, opened for reading (O_RDONLY; open never blocks). Before anything is read it is
 * known what kind of thing it is: a file that can be mapped, or a stream that must be spooled
 * (pipe, FIFO, terminal, character device, and files of /proc and /sys whose size tells nothing). Any thread.
 */
#ifndef FOLIO_IO_FILE_SOURCE_H
#define FOLIO_IO_FILE_SOURCE_H

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum source_kind {
    SOURCE_FILE,
    SOURCE_STREAM,
    SOURCE_FIFO /**< a stream that a name leads to: when its last writer has gone, another may come */
};

/** What tells one file from another, whatever its name: has the path another file now? */
struct source_identity {
    uint64_t device;
    uint64_t inode;
};

/** What fstat says of an open source at one moment. */
struct source_state {
    uint64_t size;
    int64_t modified_ns;
    struct source_identity identity;
    /** No name leads to it any more (st_nlink 0). */
    bool deleted;
};

struct source {
    int fd;
    enum source_kind kind;
};

/**
 * Open `path` for reading. False with the sentence less would print ("X is a directory", "X: No such file or
 * directory", ...). FIFOs are opened without waiting for a writer and then made blocking: poll before the first read,
 * which would take a missing writer for the end.
 */
bool source_open(const char *path, struct source *source, struct error *error);

/** Does this name, as a person gives it, stand for standard input? "-" does; a file of that name is "./-". */
bool source_names_stdin(const char *name);

/**
 * Decide the kind of an already open descriptor (standard input). A file that does not stand at its beginning is a stream:
 * what is left of it is to be seen; so is a FIFO, to which no name is known here. False when it cannot be read at all.
 */
bool source_adopt(int fd, const char *name, struct source *source, struct error *error);

/** The state of an open descriptor; false when fstat fails (a dead server). Block devices have their real size. */
bool source_state(int fd, struct source_state *state);

/** What stands at `path` now: false when nothing does. */
bool source_at(const char *path, struct source_identity *identity);

/** The size as the kernel knows it without asking anybody else (a file server, a FUSE process). False: fstat fails. */
bool source_size(int fd, uint64_t *size);

/**
 * A new open file description of what `fd` stands for, so that neither its place nor its read-ahead is shared; a
 * duplicate where that is not allowed. `*holes`: source_data may be asked of it, for it is our own and no remote
 * file system has to answer. -1 and errno when there is none to be had.
 */
int source_reopen(int fd, bool *holes);

/**
 * The next stretch of `within` that holds data (SEEK_DATA, SEEK_HOLE; moves the place of `fd`): false when the rest
 * is a hole. Where the file system cannot say, everything is data.
 */
bool source_data(int fd, struct range within, struct range *data);

#endif
