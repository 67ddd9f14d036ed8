/* SPDX-License-Identifier: MIT */
/**
 * model: a list of pokes while it is read, for the files of this room.
 *
 *     list.c  lines out of a text; in the end, their bytes in order, each once
 *     line.c  bytes out of a line
 *     row.c   those bytes into the list
 *     xxd.c   what speaks against lines that look like some
 */
#ifndef FOLIO_MODEL_POKE_INSIDE_H
#define FOLIO_MODEL_POKE_INSIDE_H

#include "xxd.h"

#include "folio/model/poke/list.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The most bytes of a line's either side. */
#define LIST_ROW 256u

/** A list, and the line under way. */
struct list_reader {
    struct poke_list *list;
    const char *name;
    struct poke_now now;
    size_t line, room;
    uint64_t behind; /**< all bytes so far are before it */
    bool back;       /**< not all of them came in order */
    bool any;        /**< there was a byte */
    struct xxd_signs signs;
    char *path; /**< that lines of the journal are about; NULL: none came */
    struct error *error;
};

/** Say what is wrong with a line. Always false. */
bool poke_list_refuse(struct list_reader *reader, size_t line, const char *why);

/** Put a byte behind the others. False and the error where there is no room. */
bool poke_list_add(struct list_reader *reader, struct poke_byte byte);

/** Is it so already? What must be compared is not, though it does not change. */
bool poke_list_same(const struct poke_byte *byte, int now);

/** What is there now, -1 where that is not known. */
void poke_list_now(const struct poke_now *now, uint64_t offset, size_t count, int byte[LIST_ROW]);

/** The bytes of one line, from `offset` on; `old` NULL: it does not tell. */
bool poke_list_row(struct list_reader *reader, uint64_t offset, const uint8_t *old, const uint8_t *new,
                   size_t count);

/** One line, without its newline. It is written into. */
bool poke_list_line(struct list_reader *reader, char *text);

#endif
