/* SPDX-License-Identifier: MIT */
/**
 * model, private: `\<` and `\>`, the beginning and the end of a word, as grep, vim and less have them.
 *
 * PCRE2 takes both for the characters themselves, and says the same with \b and what stands beside it.
 */
#ifndef FOLIO_MODEL_PATTERN_WORDS_H
#define FOLIO_MODEL_PATTERN_WORDS_H

#include <stddef.h>

/** An expression as PCRE2 is given it. */
struct words {
    char *text; /**< malloc'd, NULL when out of memory */
    size_t length;
};

/** `length` bytes of an expression, with each `\<` and `\>` outside of classes, quotes and comments spelled out. */
struct words words_spell(const char *text, size_t length);

/** The offset in the expression of what stands at `offset` of what words_spell made of it. */
size_t words_offset(const char *text, size_t length, size_t offset);

#endif
