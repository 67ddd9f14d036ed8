/* SPDX-License-Identifier: MIT */
/**
 * base, private: the inside of the sanitizer, for glyph.c (what is shown), class.c (what a code point is),
 * strike.c (marks and overstrike), sequence.c (colours and links). Any thread.
 */
#ifndef FOLIO_BASE_GLYPH_INSIDE_H
#define FOLIO_BASE_GLYPH_INSIDE_H

#include "folio/base/bytes/span.h"
#include "folio/base/glyph/glyph.h"
#include "folio/base/text/encoding.h"
#include "folio/base/text/utf8.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What a code point may be drawn as. */
enum rune_class { RUNE_BASE, RUNE_MARK, RUNE_DROPPED, RUNE_DECEIVING, RUNE_UNPRINTABLE };

/** What is known of a code point: its class, and the columns as glyph_width says them. */
struct rune_kind {
    enum rune_class class;
    int width;
};

/** How a kind is kept: the class in the low bits, the width plus one above, and a bit that says it was asked for. */
#define RUNE_CLASS_BITS 3
#define RUNE_WIDTH_BITS 2
#define RUNE_KNOWN      0x80

/** One past the last code point. */
#define RUNE_COUNT 0x110000

/** What was found out about each code point; 0 where nobody has asked. For rune_kind alone. */
extern _Atomic uint8_t rune_known[RUNE_COUNT];

/** Find out what `rune` (below RUNE_COUNT) is, and remember it. Returns what is kept. */
uint8_t rune_learn(uint32_t rune);

/**
 * What `rune` is, for any number. Each entry of the table is complete in itself, so that it may be read while
 * another thread writes the very same value: no order is needed.
 */
static inline struct rune_kind rune_kind(uint32_t rune)
{
    if (rune >= RUNE_COUNT)
        return (struct rune_kind){RUNE_UNPRINTABLE, -1};
    unsigned known = atomic_load_explicit(&rune_known[rune], memory_order_relaxed);
    if (known == 0)
        known = rune_learn(rune);
    return (struct rune_kind){
        .class = (enum rune_class)(known & ((1U << RUNE_CLASS_BITS) - 1)),
        .width = (int)(known >> RUNE_CLASS_BITS & ((1U << RUNE_WIDTH_BITS) - 1)) - 1,
    };
}

/** utf8_decode, without a call for the well-formed sequences that need no look at a table: two bytes, and most of three. */
static inline struct utf8 utf8_quick(const char *data, size_t length)
{
    const unsigned char *byte = (const unsigned char *)data;
    if (length >= 2 && byte[0] >= 0xc2 && byte[0] < 0xe0 && (byte[1] & 0xc0) == 0x80)
        return (struct utf8){(byte[0] & 0x1fU) << 6 | (byte[1] & 0x3fU), 2, true};
    if (length >= 3 && byte[0] > 0xe0 && byte[0] < 0xf0 && byte[0] != 0xed && (byte[1] & 0xc0) == 0x80 &&
        (byte[2] & 0xc0) == 0x80)
        return (struct utf8){(byte[0] & 0xfU) << 12 | (byte[1] & 0x3fU) << 6 | (byte[2] & 0x3fU), 3, true};
    return utf8_decode(data, length);
}

/** The bytes a glyph is made of, and how they spell characters; borrowed. `encoding` is NULL for UTF-8. */
struct glyph_bytes {
    const char *data;
    size_t length;
    const struct encoding *encoding;
};

/** The encoding of `rules`, or NULL if it is UTF-8 by whatever name. */
static inline const struct encoding *rules_encoding(const struct glyph_rules *rules)
{
    return rules->encoding && rules->encoding->form != ENCODING_UTF8 ? rules->encoding : NULL;
}

/** The character at `offset`; length 0 and not valid at the end. A unit cut by the end is broken byte by byte. */
static inline struct utf8 bytes_decode(const struct glyph_bytes *bytes, size_t offset)
{
    if (offset >= bytes->length)
        return (struct utf8){0};
    const char *data = bytes->data + offset;
    size_t length = bytes->length - offset;
    unsigned char byte = (unsigned char)*data;
    if (bytes->encoding && length < bytes->encoding->unit)
        return (struct utf8){.rune = byte, .length = 1, .valid = false};
    if (bytes->encoding)
        return encoding_decode(bytes->encoding, data, length);
    if (byte < 0x80)
        return (struct utf8){.rune = byte, .length = 1, .valid = true};
    return utf8_quick(data, length);
}

/** C0 and DEL: what is no text in any encoding. */
static inline bool rune_is_control(uint32_t rune)
{
    return rune < 0x20 || rune == 0x7f;
}

/**
 * Is there a sequence that is carried out at the start of `bytes`, where the character ESC stands? Then its length,
 * with what it does in `change`; otherwise 0.
 */
size_t sequence_read(const struct glyph_bytes *bytes, struct ink_change *change);

/**
 * If `first`, at the start of `bytes`, is a character that prints: make `glyph` of it and its marks, and with `sgr` of
 * what is struck over it. False, and only the length is lost, where it is none.
 */
bool glyph_compose(const struct glyph_bytes *bytes, struct utf8 first, bool sgr, struct glyph *glyph);

/** glyph_tags at `offset`. */
size_t tags_length(const struct glyph_bytes *bytes, size_t offset);

/** The target of the hyperlink that the sequence at the start of `bytes` opens; empty where there is none. */
struct span sequence_link(const struct glyph_bytes *bytes);

#endif
