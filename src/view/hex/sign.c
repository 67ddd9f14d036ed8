/* SPDX-License-Identifier: MIT */
/*
 * view: the hex layout, the characters of bytes (see hex.h). View thread.
 *
 * A byte is a cell, so a character is shown only where it is known from its place alone which bytes it is made of: in
 * encodings of single bytes, and in those of units of two and four, which begin at multiples of that. In UTF-8 and other
 * encodings of several bytes each byte stands for itself. The sanitizer (base/glyph) says which characters are shown; for
 * all others there is a sign.
 */
#include "folio/base/glyph/glyph.h"
#include "folio/view/hex/hex.h"

#include <wchar.h>

/** The characters of bytes that are not printable, as long as the terminal has them. */
#define RUNE_ZERO    0xb7   /* middle dot */
#define RUNE_TAB     0x2192 /* arrow to the right */
#define RUNE_NEWLINE 0x21b5 /* arrow of a return key */
#define RUNE_RETURN  0x2190 /* arrow to the left */
#define RUNE_FEED    0x2193 /* arrow downward */
#define RUNE_CONTROL 0x2022 /* bullet */
#define RUNE_HIGH    0xd7   /* multiplication sign */

/** The newline of EBCDIC, which ASCII does not have. */
#define RUNE_NEXT_LINE 0x85

/** The class of a byte. */
static enum style byte_style(uint8_t byte)
{
    if (byte == 0)
        return STYLE_BYTE_ZERO;
    if (byte == ' ' || (byte >= '\t' && byte <= '\r'))
        return STYLE_BYTE_SPACE;
    if (byte < ' ' || byte == 0x7f)
        return STYLE_BYTE_CONTROL;
    return byte < 0x7f ? STYLE_TEXT : STYLE_BYTE_HIGH;
}

/** The character of a byte: its own, or a sign. */
static uint32_t byte_rune(uint8_t byte)
{
    switch (byte) {
    case '\0':
        return RUNE_ZERO;
    case '\t':
        return RUNE_TAB;
    case '\n':
        return RUNE_NEWLINE;
    case '\v':
    case '\f':
        return RUNE_FEED;
    case '\r':
        return RUNE_RETURN;
    default:
        break;
    }
    if (byte < ' ' || byte == 0x7f)
        return RUNE_CONTROL;
    return byte < 0x7f ? byte : RUNE_HIGH;
}

/** What is shown for a byte by itself. */
static struct hex_sign sign_byte(uint8_t byte)
{
    return (struct hex_sign){byte_rune(byte), byte_style(byte), byte_style(byte), 1, 1};
}

/** What is shown for a character beyond ASCII; `data` are its bytes. */
static struct hex_sign sign_rune(const struct encoding *encoding, const char *data, struct utf8 character)
{
    const struct glyph_rules rules = {.encoding = encoding};
    struct hex_sign sign = {RUNE_HIGH, STYLE_BYTE_HIGH, STYLE_BYTE_HIGH, character.length, 1};
    struct glyph glyph;
    if (encoding->foreign && character.rune == RUNE_NEXT_LINE) {
        sign.rune = RUNE_NEWLINE;
        sign.style = STYLE_BYTE_SPACE;
        return sign;
    }
    glyph_next(data, character.length, (struct glyph_place){0, &rules}, &glyph);
    if (glyph.kind != GLYPH_TEXT || glyph.rune_count != 1 || glyph.width > character.length)
        return sign;
    sign.rune = glyph.rune[0];
    sign.width = glyph.width;
    return sign;
}

/** Is each character a byte, or a unit that begins at this offset and is there whole? */
static bool sign_known(const struct encoding *encoding, size_t length, uint64_t offset)
{
    if (!encoding || encoding->form == ENCODING_UTF8 || encoding->form == ENCODING_MULTI)
        return false;
    return offset % encoding->unit == 0 && length >= encoding->unit;
}

struct hex_sign hex_sign(const struct encoding *encoding, struct span bytes, uint64_t offset)
{
    struct hex_sign sign = sign_byte((uint8_t)bytes.data[0]);
    const enum style digits = sign.digits;
    if (sign_known(encoding, bytes.length, offset)) {
        struct utf8 character = encoding_decode(encoding, bytes.data, bytes.length);
        if (character.valid && character.rune < 0x80)
            sign = sign_byte((uint8_t)character.rune);
        else if (character.valid)
            sign = sign_rune(encoding, bytes.data, character);
        else
            sign = (struct hex_sign){RUNE_HIGH, STYLE_BYTE_HIGH, STYLE_BYTE_HIGH, 1, 1};
        sign.length = character.length;
        sign.digits = encoding->unit == 1 ? sign.style : digits;
    }
    /* Where the locale has no signs: a dot. */
    if (wcwidth((wchar_t)sign.rune) < 1)
        sign.rune = '.';
    return sign;
}
