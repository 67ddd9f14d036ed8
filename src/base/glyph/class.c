/* SPDX-License-Identifier: MIT */
/*
 * base: what a code point is: the classes of the sanitizer. Any thread.
 *
 * Asked in this order:
 *
 *     200C, 200D, variation selectors
 *                           dropped    nothing: they choose between shapes that a terminal does not have
 *     Default_Ignorable     deceiving  <U+202E>: every bidirectional control, zero-width and blank "letter"
 *     wcwidth says no       unprintable <U+2028>: C1, separators, noncharacters, unassigned
 *     wcwidth says 0        mark, if its category lets it combine; otherwise deceiving
 *     unassigned            unprintable: a libc newer than libutf8proc has a width for it
 *     a format control      deceiving  <U+FFF9>: a newer libc has a width for some
 *     wcwidth says 1 or 2   base
 *
 * The order makes it fail closed: a new invisible character that libutf8proc does not know yet is unprintable, or has
 * width 0 without being a mark (deceiving).
 *
 * wcwidth and utf8proc together take some tens of nanoseconds, which is most of the time of a glyph. So each answer
 * is kept, in a byte of a table as large as Unicode, of which only the pages of the scripts in use become memory.
 * Entries one by one instead of whole pages at the first use: whoever shows one emoji does not ask for 255 others,
 * and there is nothing to publish.
 */
#include "inside.h"

#include <utf8proc.h>
#include <wchar.h>

_Atomic uint8_t rune_known[RUNE_COUNT];

/* U+200C and U+200D join or part letters; the others have the property Variation_Selector. */
static bool rune_is_dropped(uint32_t rune)
{
    return rune == 0x200c || rune == 0x200d || (rune >= 0xfe00 && rune <= 0xfe0f) ||
           (rune >= 0xe0100 && rune <= 0xe01ef) || (rune >= 0x180b && rune <= 0x180d) || rune == 0x180f;
}

/* Lo: the vowels and finals of Hangul, written as single letters, stand in the cell of the initial before them. */
static bool category_combines(utf8proc_category_t category)
{
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME ||
           category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_LO;
}

/* The last two code points of each plane and U+FDD0-FDEF are no characters and never will be, and U+2028 and U+2029
 * end lines; whatever the wcwidth of some libc makes of them. */
static bool rune_is_nothing(uint32_t rune)
{
    return (rune & 0xfffe) == 0xfffe || (rune >= 0xfdd0 && rune <= 0xfdef) || rune == 0x2028 ||
           rune == 0x2029;
}

/* Cf, but for the signs of Arabic and others that stand before a number and are seen: those join what follows. */
static bool rune_is_format(const utf8proc_property_t *property)
{
    return property->category == UTF8PROC_CATEGORY_CF && property->boundclass != UTF8PROC_BOUNDCLASS_PREPEND;
}

/* `width` is that of rune_measure. */
static enum rune_class rune_classify(uint32_t rune, int width)
{
    if (rune_is_dropped(rune))
        return RUNE_DROPPED;
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)rune);
    if (property->ignorable)
        return RUNE_DECEIVING;
    if (width < 0 || rune_is_nothing(rune))
        return RUNE_UNPRINTABLE;
    if (width > 0 && property->category == UTF8PROC_CATEGORY_CN)
        return RUNE_UNPRINTABLE;
    if (width > 0)
        return rune_is_format(property) ? RUNE_DECEIVING : RUNE_BASE;
    return category_combines((utf8proc_category_t)property->category) ? RUNE_MARK : RUNE_DECEIVING;
}

/* Columns as libc sees them, which says 0 for NUL, though that is no mark. */
static int rune_measure(uint32_t rune)
{
    int width = rune == 0 ? -1 : wcwidth((wchar_t)rune);
    return width > 2 ? 2 : width < -1 ? -1 : width;
}

uint8_t rune_learn(uint32_t rune)
{
    int width = rune_measure(rune);
    unsigned known =
        RUNE_KNOWN | (unsigned)(width + 1) << RUNE_CLASS_BITS | (unsigned)rune_classify(rune, width);
    atomic_store_explicit(&rune_known[rune], (uint8_t)known, memory_order_relaxed);
    return (uint8_t)known;
}

bool glyph_dropped(uint32_t rune)
{
    return rune_kind(rune).class == RUNE_DROPPED;
}

bool glyph_shown(uint32_t rune)
{
    const enum rune_class class = rune_kind(rune).class;
    return class == RUNE_BASE || class == RUNE_MARK;
}

int glyph_width(uint32_t rune)
{
    return rune_kind(rune).width;
}
