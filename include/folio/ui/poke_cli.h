/* SPDX-License-Identifier: MIT */
/**
 * ui: changing bytes from the command line, without a screen: --poke, --undo, --redo, --pokes.
 *
 * What a person types for a byte and what folio says about one are here once, for prompts as well. Main thread;
 * poke_cli_run waits for the disk.
 */
#ifndef FOLIO_UI_POKE_CLI_H
#define FOLIO_UI_POKE_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "folio/base/buf.h"
#include "folio/base/error.h"
#include "folio/io/poke.h"
#include "folio/ui/options.h"

/** Bytes that were asked for, in order. All zero is none. */
struct poke_words {
    struct poke_byte *byte; /**< owned */
    size_t count;
};

/**
 * Append what "OFFSET=BYTE..." or "OFFSET.BIT=0" or "=1" means. OFFSET: decimal, 0x and hexadecimal, both with K, M, G
 * or T behind them. BYTE...: hexadecimal digits ("5a", "de ad be ef", "deadbeef"), or characters in quotation marks of
 * either kind. False and one sentence when it is none of these.
 */
bool poke_words_parse(struct poke_words *words, const char *text, struct error *error);

/** Append what the bytes must be, in the words of BYTE..., to those from `first` on; as many as there are. */
bool poke_words_expect(struct poke_words *words, size_t first, const char *text, struct error *error);

/** Free it. */
void poke_words_release(struct poke_words *words);

/** Append "0x0001f3a0: 41 'A' -> 5a 'Z'". */
void poke_words_say(uint64_t offset, uint8_t before, uint8_t after, struct buf *out);

/** Append how far byte `index` got: "written, synced, verified", or which of these is so and why not the others. */
void poke_words_outcome(const struct poke_result *result, size_t index, struct buf *out);

/** Does the command line ask for any of it? */
bool poke_cli_wanted(const struct options *options);

/** Do it. Returns the exit status; 2 with `error` when it was asked for wrongly, all else is printed. */
int poke_cli_run(const struct options *options, struct error *error);

#endif
