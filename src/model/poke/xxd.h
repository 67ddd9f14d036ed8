/* SPDX-License-Identifier: MIT */
/**
 * model: which of its dumps xxd wrote, for the lists of pokes. Pure; any thread.
 *
 * Only the plain one says which byte is to be where. The others look like it: bits are pairs of digits, words are bytes in
 * another order, decimal offsets are hexadecimal ones of another place. A row alone does not tell; all of them do, by the
 * characters that stand behind the digits.
 */
#ifndef FOLIO_MODEL_POKE_XXD_H
#define FOLIO_MODEL_POKE_XXD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What the rows so far speak for. All zero: no row yet. */
struct xxd_signs {
    size_t rows; /**< with characters */
    size_t bits; /**< of them, those of binary digits, a character for eight */
    size_t torn; /**< of them, those with a gap before or within their digits, where a word is short */
    size_t straight,
        turned; /**< characters that fit their byte, or the one that a word's other order has there */
    size_t onward, decimal; /**< steps from row to row that fit only hexadecimal offsets, only decimal ones */
    uint64_t next, next_decimal;
};

/** Look at a line, whatever it is; blanks at its end count. */
void xxd_look(struct xxd_signs *signs, const char *line);

/** Why these rows, which look like a list, are none; NULL: nothing speaks against them. */
const char *xxd_against(const struct xxd_signs *signs);

/** The same of a line that does not begin with an offset; NULL: it is not of xxd. */
const char *xxd_without_offset(const char *line);

#endif
