/* SPDX-License-Identifier: MIT */
/* io: a poke under way, shared by its steps (src/io/poke/poke.c draws them). One thread. */
#ifndef FOLIO_IO_POKE_INSIDE_H
#define FOLIO_IO_POKE_INSIDE_H

#include "folio/io/poke/poke.h"

#include <sys/stat.h>
#include <sys/types.h>

/** What the steps of one poke share. */
struct poke {
    struct poke_request *request;
    struct poke_result *result;
    char name[4096];             /**< for sentences and the journal */
    struct stat state;           /**< of the file, at the start */
    uint64_t size;               /**< also of a block device */
    int fd;                      /**< our own descriptor that can write, -1 */
    int direct;                  /**< our own past the cache, -1; with what it wants: */
    size_t alignment;            /**< of place, length and memory */
    struct journal_entry *entry; /**< one per byte */
    size_t page;                 /**< bytes of a page */
};

/** Bytes that follow each other in the request and lie in one page. */
struct poke_run {
    size_t first, count;
    uint64_t place; /**< of the page in the file */
};

/** Bytes in it besides what is around them. */
#define POKE_WINDOW 4096u

/** A piece of the file, as it is read: one read for bytes that lie near each other. */
struct poke_window {
    uint64_t begin, end; /**< what is there */
    uint64_t filled;     /**< which piece, counted from 1; 0: none yet */
    uint8_t data[POKE_WINDOW + 2 * JOURNAL_CONTEXT];
};

/** The bytes around `offset`, from `*begin` to `*end`, which may be before it: then it cannot be read. */
const uint8_t *poke_look(struct poke_window *window, int fd, uint64_t offset, uint64_t *begin, uint64_t *end);

/** Fill the result: `reason` about byte `which`, with a sentence. Returns false, always. */
bool poke_refuse(struct poke *poke, enum poke_reason reason, size_t which, int code, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/** Everything that can be known without opening the file for writing. */
bool poke_check(struct poke *poke);

/** Compare all bytes with what is expected; reads only. */
bool poke_compare(struct poke *poke);

/** Open our own descriptor, lock the bytes. */
bool poke_open(struct poke *poke);

/** Is there room for the holes, as far as can be asked without taking it? */
bool poke_room(struct poke *poke);

/** Have blocks for the holes. */
bool poke_allocate(struct poke *poke);

/** Store the bytes of `run`, one by one; counts them in `written`. */
bool poke_store(struct poke *poke, const struct poke_run *run);

/** Read the bytes of `run` back from the disk; counts them in `verified`. */
bool poke_verify(struct poke *poke, const struct poke_run *run);

/** What the disk holds there, -1: unknown. */
int poke_disk(struct poke *poke, uint64_t offset);

/** The size of `fd` now, a block device's too; false: fstat fails. */
bool poke_size(int fd, struct stat *state, uint64_t *size);

/** The byte in the cache, -1: it cannot be read. */
int poke_cached(int fd, uint64_t offset);

/** A write failed: of the bytes from `first` on only those count as written that who reads `fd` does see. */
void poke_seen(struct poke *poke, int fd, size_t first);

#endif
