/* SPDX-License-Identifier: MIT */
/**
 * model: a list of pokes as text, which somebody wrote, or folio, or xxd.
 *
 * A line is one of
 *
 *     12  2026-11-21 07:31:02  0x0001f3a0: 41 'A' -> 5a 'Z'  done     as --pokes prints them; those that stand count
 *     done    0x0001f3a0: 41 -> 5a 2026-11-21T07:31:02Z ...           of the journal; the same
 *     0x0001f3a0: 41 42 -> 5a 5b                                      old and new
 *     0001f3a0: 5a 5b # 41 42                                         new and old
 *     0001f3a0: 5a5b                                                  new alone, as xxd has it
 *     0001f3a0: 2320 6162  # ab                                       the same, with its characters, two blanks before
 *
 * or empty, or the * with which xxd leaves out zeros, or a remark that begins with #. Offsets are hexadecimal, with and
 * without 0x. Several lines about one byte are one change, from the first old to the last new. What the file holds already
 * is no change: of a dump of all of it only the bytes that differ are kept. Any thread that may wait, where it is asked.
 */
#ifndef FOLIO_MODEL_POKE_LIST_H
#define FOLIO_MODEL_POKE_LIST_H

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"
#include "folio/io/poke/poke.h"

#include <stdbool.h>
#include <stddef.h>

/** The most bytes that one list may change. */
#define POKE_LIST_MAX 65536u

/** How what is there now is looked at, so that it need not be changed. All zero: it is not known. */
struct poke_now {
    /** Put the `count` bytes at `offset` into `byte`; how many there are, which may be none. */
    size_t (*read)(void *context, uint64_t offset, uint8_t *byte, size_t count);
    void *context;
};

/** Bytes in the order of their offsets, each once; `expected` POKE_ANY where the list does not tell it. */
struct poke_list {
    struct poke_byte *byte; /**< owned */
    size_t *line;           /**< owned: the line of the list, from 1, of each */
    size_t count;
};

/**
 * Read a list from `text`; errors call it `name`. What is so already by `now` is left out, which may leave nothing. False
 * and one sentence with the line; the list is empty then.
 */
bool poke_list_parse(const char *name, struct span text, struct poke_now now, struct poke_list *list,
                     struct error *error);

/** Free the bytes of a list. */
void poke_list_release(struct poke_list *list);

#endif
