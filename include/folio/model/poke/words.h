/* SPDX-License-Identifier: MIT */
/**
 * model: the words for bytes that change.
 *
 * What a person types for a byte, and what folio says about one, are here once: for the command line, for prompts and
 * questions, for lists. Pure but for memory; any thread.
 */
#ifndef FOLIO_MODEL_POKE_WORDS_H
#define FOLIO_MODEL_POKE_WORDS_H

#include "folio/base/bytes/buf.h"
#include "folio/base/bytes/error.h"
#include "folio/io/journal/journal.h"
#include "folio/io/poke/poke.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Bytes that were asked for, in order. All zero is none. */
struct poke_words {
    struct poke_byte *byte; /**< owned */
    size_t count;
};

/**
 * Append what "OFFSET=BYTE..." or "OFFSET.BIT=0" or "=1" means. OFFSET: decimal, 0x and hexadecimal, both with K, M, G
 * or T behind them. Bits of one byte are one change. BYTE...: two hexadecimal digits ("5a", "de ad be ef", "deadbeef"), or
 * characters in quotation marks of either kind. False and one sentence when it is none of these.
 */
bool poke_words_parse(struct poke_words *words, const char *text, struct error *error);

/** The same of a text whose OFFSET, its first `place` bytes, is an expression that was found to mean `offset`. */
bool poke_words_at(struct poke_words *words, const char *text, size_t place, uint64_t offset,
                   struct error *error);

/** How much of "OFFSET=..." or "OFFSET.BIT=..." is its offset, which may be an expression; 0: nothing of it is one. */
size_t poke_words_place(const char *text);

/** Note in the bytes from `first` on what they must be now, given in the words of BYTE...; there must be as many. */
bool poke_words_expect(struct poke_words *words, size_t first, const char *text, struct error *error);

/** Free the bytes. */
void poke_words_release(struct poke_words *words);

/** Append "41 'A'", or "00" alone where the byte is no character that can be printed. */
void poke_words_byte(uint8_t byte, struct buf *out);

/** Append "0x0001f3a0: 41 'A' -> 5a 'Z'". */
void poke_words_say(uint64_t offset, uint8_t before, uint8_t after, struct buf *out);

/** Append how far byte `index` got: "written, synced, verified", or which of these is so and why not the others. */
void poke_words_outcome(const struct poke_result *result, size_t index, struct buf *out);

/** Append what an undo passed over, of which there is some (see struct poke_plan). */
void poke_words_passed(size_t passed, struct buf *out);

/** Append a line about an entry of the journal: its number, when, what, what became of it, what is there now. */
void poke_words_entry(const struct journal_entry *entry, struct buf *out);

/**
 * Append one sentence about what was not finished, with how to take back what landed (`undo`: ":undo", "--undo"). Nothing
 * where there is nothing.
 */
void poke_words_unfinished(const struct journal_unfinished *unfinished, const char *undo, struct buf *out);

#endif
