/* SPDX-License-Identifier: MIT */
/**
 * model: changes that are only tried: the sandbox.
 *
 * What a person edits while pokes are kept back is a list of bytes over the file, in order of their offsets, and never in
 * the file itself. It is the source of truth, not a private mapping: there a truncation would destroy edits, and a page
 * with one of them would no longer follow the file. At most EDITS_MAX of them. What was changed of them is remembered in
 * groups, so that it can be taken back. Plain data of the view thread.
 */
#ifndef FOLIO_MODEL_READER_EDITS_H
#define FOLIO_MODEL_READER_EDITS_H

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The most bytes that are edited at a time. */
#define EDITS_MAX 65536u

struct edits;

/** The edit of one byte. */
struct edit {
    uint64_t offset;
    uint8_t base; /**< what it was when it was edited first */
    uint8_t mine; /**< what it is made */
};

/** No edits yet. NULL when out of memory. */
struct edits *edits_open(void);

/** The same edits once more, for another thread, and without what was before. NULL when out of memory. */
struct edits *edits_copy(const struct edits *edits);

/** Free the edits; NULL is fine. */
void edits_close(struct edits *edits);

/** What is changed from here on is a new group, and is taken back together. */
void edits_begin(struct edits *edits);

/**
 * Make the byte at `offset` `mine`; `base` is what the file holds, and counts where it is edited for the first time. An
 * edit back to its base is taken out. False and `error` where there are too many, or no memory.
 */
bool edits_set(struct edits *edits, uint64_t offset, uint8_t base, uint8_t mine, struct error *error);

/** What was taken back or done again. */
struct edits_turned {
    size_t count;     /**< changes; 0: there was nothing */
    uint64_t offset;  /**< of the first of them, of which the others are told */
    uint8_t from, to; /**< what it was shown as, and is now */
};

/** Take back the last group (`back`), or do again the one that was taken back last. */
struct edits_turned edits_turn(struct edits *edits, bool back);

/** Are there edits, or some that were taken back? No where `edits` is NULL. */
bool edits_used(const struct edits *edits);

/** The file itself holds the byte at `offset` now: it is no edit any more. What was before cannot be taken back. */
void edits_settle(struct edits *edits, uint64_t offset);

/** The edit of the byte at `offset`, NULL: none; also where `edits` is NULL. Borrowed until the next edits_set. */
const struct edit *edits_find(const struct edits *edits, uint64_t offset);

/** How many edits lie in `range`, and in `*first` (NULL allowed) the first of them; ascending. 0 where `edits` is NULL. */
size_t edits_in(const struct edits *edits, struct range range, const struct edit **first);

/** Make in `bytes`, a copy of the `length` bytes at `offset` of the file, the edits that lie there. */
void edits_apply(const struct edits *edits, uint64_t offset, void *bytes, size_t length);

/** Take them all out, as a group of its own. */
void edits_clear(struct edits *edits);

#endif
