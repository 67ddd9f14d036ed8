/* SPDX-License-Identifier: MIT */
/* base: characters as bytes (see the header). Pure; any thread. */
#include "folio/base/text/encode.h"

#include "tree.h"

/** GB18030 beyond the BMP: the number behind U+10000, as digits of four bytes; decode_linear has it the other way. */
static unsigned encode_linear(uint32_t rune, char *out)
{
    uint32_t number = rune - 0x10000;
    out[3] = (char)(0x30 + number % 10);
    out[2] = (char)(0x81 + number / 10 % 126);
    out[1] = (char)(0x30 + number / 1260 % 10);
    out[0] = (char)(0x90 + number / 12600);
    return 4;
}

/** Look for the character in the tree from `number` on, where `depth` bytes led to. Returns its length. */
static unsigned encode_tree(const struct encoding_multi *multi, uint32_t number, unsigned depth,
                            uint32_t rune, char *out)
{
    const struct multi_node *node = &multi->node[number];
    for (unsigned value = node->first; value <= node->last; value++) {
        uint32_t entry = multi->entry[node->entry + value - node->first];
        unsigned length = 0;
        out[depth] = (char)value;
        if (entry == rune)
            return depth + 1;
        if (entry == MULTI_NONE)
            continue;
        if (entry == MULTI_LINEAR && rune >= 0x10000 && rune <= 0x10ffff)
            return encode_linear(rune, out);
        if (entry != MULTI_LINEAR && entry & MULTI_NODE && depth + 1 < ENCODING_LENGTH_MAX)
            length = encode_tree(multi, entry & ~MULTI_NODE, depth + 1, rune, out);
        if (length > 0)
            return length;
    }
    return 0;
}

/** Two units that are one character. */
static unsigned encode_pair(const struct encoding *encoding, uint32_t rune, char *out)
{
    const uint32_t unit[] = {0xd800 | (rune - 0x10000) >> 10, 0xdc00 | (rune & 0x3ff)};
    for (unsigned i = 0; i < 4; i++)
        out[i] = (char)(unit[i / 2] >> 8 * (encoding->big_endian ? 1 - i % 2 : i % 2));
    return 4;
}

unsigned encoding_spell(const struct encoding *encoding, uint32_t rune, char *out)
{
    if (rune > 0x10ffff)
        return 0;
    if (!encoding || encoding->form == ENCODING_UTF8)
        return (unsigned)utf8_encode(rune, out);
    if (encoding->form == ENCODING_MULTI)
        return encode_tree(encoding->table, 0, 0, rune, out);
    if (encoding->form == ENCODING_UTF16 && rune >= 0x10000)
        return encode_pair(encoding, rune, out);
    return encoding_encode(encoding, rune, out);
}
