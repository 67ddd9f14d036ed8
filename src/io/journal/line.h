/* SPDX-License-Identifier: MIT */
/* io: a line of the book as text, shared by those who write and those who read it. Pure but for malloc. */
#ifndef FOLIO_IO_JOURNAL_LINE_H
#define FOLIO_IO_JOURNAL_LINE_H

#include "folio/base/bytes/buf.h"
#include "folio/io/journal/journal.h"

/** A line of the book begins at a multiple of so many bytes and fills up to one: its state never straddles a sector. */
#define JOURNAL_ROW 64
/** Width of the state word, with the blank behind it. */
#define JOURNAL_WORD 8
/** No line is longer: a path of which every byte is spelled %XX, and the rest. */
#define JOURNAL_LINE 16384

/** The word of a state, JOURNAL_WORD bytes wide. */
const char *journal_word(enum journal_state state);

/** The state that the word at `text` names; false: none. */
bool journal_word_read(const char *text, enum journal_state *state);

/** Write numbers as they are in a line: hexadecimal with at least `width` digits, and decimal. */
void journal_hex(struct buf *out, uint64_t number, unsigned width);
void journal_decimal(struct buf *out, uint64_t number);

/** What lines that are written one after the other share: made once for all. All zero at first; released by hand. */
struct journal_pen {
    int64_t time;
    char when[32];
    const char *path;   /**< of the entry before */
    struct buf spelled; /**< as it is in a line */
};

/** Append the line of `entry`, filled up with blanks to whole rows. */
void journal_line_write(const struct journal_entry *entry, struct journal_pen *pen, struct buf *out);

/** Append ` path=PATH` as it is in a line. */
void journal_line_path(struct buf *out, const char *path);

/** Append the checksum of what `out` has from `begin` on. */
void journal_line_seal(struct buf *out, size_t begin);

/** Is the line, from behind its state to its end, what was once written? Cuts it in front of its checksum. */
bool journal_line_whole(char *line);

/**
 * Append a line that was whole (and is cut) with another state, filled up to rows or (`rows` false) not at all. `id`: its
 * number, where it does not tell it itself.
 */
void journal_line_copy(const char *line, enum journal_state state, uint64_t id, bool rows, struct buf *out);

/** Fill `entry` from a line that was whole, except for its state; id 0: the line does not tell. Its path is to be freed. */
bool journal_line_read(const char *line, struct journal_entry *entry);

/** The number of ` NAME=NUMBER` in a line that was whole; 0: it is not there. */
uint64_t journal_line_number(const char *line, const char *name);

#endif
