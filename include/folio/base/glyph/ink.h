/* SPDX-License-Identifier: MIT */
/**
 * base: how a file wants its text to look. Colours and attributes as SGR sequences (ECMA-48 8.3.117, with xterm's
 * 256 colours and true colour in the spellings with `;` and `:`) set them.
 *
 * An *ink* is the colours and attributes in which a character is drawn. An *ink change* is what one sequence, or all
 * sequences of a stretch of text, make of any ink: which fields they touch, and what they leave there. Changes compose,
 * so that the ink at a byte far into a line follows from one change per block without reading what stands between.
 * Values; pure; any thread.
 */
#ifndef FOLIO_BASE_GLYPH_INK_H
#define FOLIO_BASE_GLYPH_INK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A colour: the terminal's own, one of 256, or red, green and blue of 8 bits each. */
#define INK_DEFAULT    0u
#define INK_PALETTE(n) (UINT32_C(0x01000000) | (n))
#define INK_RGB(rgb)   (UINT32_C(0x02000000) | (rgb))

/** The fields of an ink; those below INK_FOREGROUND are on or off. */
enum ink_field {
    INK_BOLD = 1 << 0,
    INK_DIM = 1 << 1,
    INK_ITALIC = 1 << 2,
    INK_UNDERLINE = 1 << 3,
    INK_BLINK = 1 << 4,
    INK_REVERSE = 1 << 5,
    INK_HIDDEN = 1 << 6,
    INK_STRIKE = 1 << 7,
    INK_LINK = 1 << 8, /**< inside a hyperlink (OSC 8) */
    INK_FOREGROUND = 1 << 9,
    INK_BACKGROUND = 1 << 10,
    INK_ALL = (1 << 11) - 1,
};

struct ink {
    uint32_t foreground, background;
    uint16_t flags; /**< enum ink_field, those that are on */
};

struct ink_change {
    struct ink to;   /**< what the touched fields become; the others are 0 */
    uint16_t fields; /**< enum ink_field, those that are touched */
};

/** The change that makes any ink the terminal's own. */
extern const struct ink_change ink_reset;

/**
 * The change that an SGR sequence makes, from its parameters: what stands between `ESC [` and `m`. Unknown parameters
 * change nothing; the rest counts all the same. Fonts, framing and the like are unknown.
 */
struct ink_change ink_parse(const char *parameters, size_t length);

/** `ink` after `change`. */
struct ink ink_apply(struct ink ink, struct ink_change change);

/** The change that is `first` and then `second`. */
struct ink_change ink_then(struct ink_change first, struct ink_change second);

/** Are the two inks drawn in the same way? */
bool ink_same(struct ink a, struct ink b);

/**
 * What is drawn for `ink`: hidden text is shown (dim and reversed), and where foreground and background would be the
 * same colour the background becomes the terminal's own, so that nothing in a file is invisible.
 */
struct ink ink_visible(struct ink ink);

#endif
