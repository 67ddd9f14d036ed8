/* SPDX-License-Identifier: MIT */
/**
 * model: which bytes of a file were poked while it is open, and on which of them the disk failed.
 *
 * A list in the order of offsets, for drawing. Plain data of the view thread.
 */
#ifndef FOLIO_MODEL_READER_POKED_H
#define FOLIO_MODEL_READER_POKED_H

#include "folio/base/bytes/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct poked;

/** One byte that was poked. */
struct poked_byte {
    uint64_t offset;
    bool failed; /**< it is in the cache, and the disk would not have it */
};

/** A list with no byte in it yet. NULL when out of memory. */
struct poked *poked_open(void);

/** Free the list; NULL is fine. */
void poked_close(struct poked *poked);

/** Note the byte at `offset`; what was noted of it before is over. Out of memory it is left out. */
void poked_note(struct poked *poked, uint64_t offset, bool failed);

/** How many of the bytes lie in `range`, and in `*first` the first of them; ascending. 0 where `poked` is NULL. */
size_t poked_in(const struct poked *poked, struct range range, const struct poked_byte **first);

#endif
