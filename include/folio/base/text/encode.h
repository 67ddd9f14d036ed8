/* SPDX-License-Identifier: MIT */
/** base: characters as bytes, in all encodings. The way back of encoding_decode. Pure; any thread. */
#ifndef FOLIO_BASE_TEXT_ENCODE_H
#define FOLIO_BASE_TEXT_ENCODE_H

#include "folio/base/text/encoding.h"

#include <stdint.h>

/**
 * Write the character `rune` as the encoding (NULL: UTF-8) spells it to `out`, which has room for ENCODING_LENGTH_MAX
 * bytes. Returns how many they are; 0: the encoding has no such character. Where several spellings are one character, it is
 * the first in the order of their bytes. In encodings of several bytes it is looked for: for what a person types.
 */
unsigned encoding_spell(const struct encoding *encoding, uint32_t rune, char *out);

#endif
