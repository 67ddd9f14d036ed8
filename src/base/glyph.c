/* SPDX-License-Identifier: MIT */
/*
 * base: the sanitizer. Any thread.
 *
 * What decides is a class per code point, asked in this order:
 *
 *     U+0000-001F, 007F     control    a newline, a tab, ESC, ^A
 *     not well-formed       broken     <9B>, byte by byte
 *     200C, 200D, variation selectors
 *                           dropped    nothing: they choose between shapes that a terminal does not have
 *     Default_Ignorable     deceiving  <U+202E>: every bidirectional control, zero-width and blank "letter"
 *     wcwidth says no       unprintable <U+2028>: C1, separators, noncharacters, unassigned
 *     wcwidth says 0        mark, if its category lets it combine; otherwise deceiving
 *     wcwidth says 1 or 2   base
 *
 * The order makes it fail closed: a new invisible character that libutf8proc does not know yet is either not known
 * to wcwidth either (unprintable), or has width 0 without being a mark (deceiving).
 *
 * A glyph depends on nothing before it (the column of a tab apart), so that rows can begin anywhere. That is why
 * marks which have no base, or are more than one cell takes, explain themselves: one as <U+0301>, a run of them as
 * <+12>; whether a base that is full or none at all stands before them makes no difference.
 */
#include "folio/base/glyph.h"

#include "folio/base/utf8.h"

#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

#define TAB_WIDTH_DEFAULT 8

const struct glyph_rules glyph_plain = {.tab_width = TAB_WIDTH_DEFAULT};

size_t glyph_look(const struct glyph_rules *rules)
{
    return rules->sgr ? GLYPH_SEQUENCE_MAX : GLYPH_LENGTH_MAX;
}

enum rune_class { RUNE_BASE, RUNE_MARK, RUNE_DROPPED, RUNE_DECEIVING, RUNE_UNPRINTABLE };

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

/* `width` is that of glyph_width, which the caller needs as well. */
static enum rune_class rune_classify(uint32_t rune, int width)
{
    if (rune_is_dropped(rune))
        return RUNE_DROPPED;
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)rune);
    if (property->ignorable)
        return RUNE_DECEIVING;
    if (width < 0 || rune_is_nothing(rune))
        return RUNE_UNPRINTABLE;
    if (width > 0)
        return RUNE_BASE;
    return category_combines((utf8proc_category_t)property->category) ? RUNE_MARK : RUNE_DECEIVING;
}

/* Append the runes of an ASCII replacement, one column each. */
static void glyph_put(struct glyph *glyph, const char *text)
{
    for (; *text && glyph->rune_count < GLYPH_RUNE_MAX; text++)
        glyph->rune[glyph->rune_count++] = (unsigned char)*text;
    glyph->width = glyph->rune_count;
}

/* Append `value` in hexadecimal, at least `digit_count` digits. */
static void glyph_put_hex(struct glyph *glyph, uint32_t value, unsigned digit_count)
{
    char text[8 + 1];
    char *digit = text + sizeof text - 1;
    *digit = '\0';
    for (unsigned i = 0; i < 8 && (i < digit_count || value > 0); i++) {
        *--digit = "0123456789ABCDEF"[value & 0xf];
        value >>= 4;
    }
    glyph_put(glyph, digit);
}

/* The number of a code point, as Unicode writes it. */
static void glyph_put_rune(struct glyph *glyph, uint32_t rune)
{
    glyph_put(glyph, "<U+");
    glyph_put_hex(glyph, rune, 4);
    glyph_put(glyph, ">");
}

/* A caret and the letter that Ctrl is held down with; DEL, by the same sum, becomes ^?. */
static void glyph_put_caret(struct glyph *glyph, unsigned char byte)
{
    const char text[] = {'^', (char)(byte ^ 0x40), '\0'};
    glyph->kind = GLYPH_CONTROL;
    glyph_put(glyph, byte == 0x1b ? "ESC" : text);
}

/* The bytes 00-1f and 7f. A tab stop that makes no sense is 8, so that no caller can make us divide by 0. */
static void glyph_control(const char *data, size_t length, struct glyph_place place, struct glyph *glyph)
{
    unsigned tab_width = place.rules->tab_width > 0 && place.rules->tab_width <= UINT8_MAX
                             ? place.rules->tab_width
                             : TAB_WIDTH_DEFAULT;
    switch (data[0]) {
    case '\n':
        glyph->kind = GLYPH_NEWLINE;
        return;
    case '\t':
        glyph->kind = GLYPH_TAB;
        glyph->width = (uint8_t)(tab_width - place.column % tab_width);
        return;
    case '\r':
        if (length > 1 && data[1] == '\n') {
            glyph->kind = GLYPH_DROPPED;
            return;
        }
        break;
    default:
        break;
    }
    glyph_put_caret(glyph, (unsigned char)data[0]);
}

/* Take in the marks that follow a base, as many as a cell keeps, and whatever is dropped between and behind them. */
static void glyph_extend(const char *data, size_t length, struct glyph *glyph)
{
    while (glyph->length < length && (unsigned char)data[glyph->length] >= 0x80) {
        struct utf8 next = utf8_decode(data + glyph->length, length - glyph->length);
        int width = next.valid ? glyph_width(next.rune) : -1;
        enum rune_class class = next.valid ? rune_classify(next.rune, width) : RUNE_UNPRINTABLE;
        if (class == RUNE_MARK && glyph->rune_count <= GLYPH_MARK_MAX)
            glyph->rune[glyph->rune_count++] = next.rune;
        else if (class != RUNE_DROPPED)
            return;
        glyph->length = (uint16_t)(glyph->length + next.length);
    }
}

/* Marks at the start of `data`, which stand on nothing. */
static void glyph_marks(const char *data, size_t length, uint32_t rune, struct glyph *glyph)
{
    unsigned count = 1;
    size_t end = glyph->length;
    for (struct utf8 next; end < length; end += next.length) {
        next = utf8_decode(data + end, length - end);
        if (!next.valid)
            break;
        enum rune_class class = rune_classify(next.rune, glyph_width(next.rune));
        if (class != RUNE_MARK)
            break;
        count++;
    }
    glyph->kind = GLYPH_CONTROL;
    if (count == 1) {
        glyph_put_rune(glyph, rune);
        return;
    }
    const char digit[] = {(char)('0' + count / 10), (char)('0' + count % 10), '\0'};
    glyph_put(glyph, "<+");
    glyph_put(glyph, count < 10 ? digit + 1 : digit);
    glyph_put(glyph, ">");
    glyph->length = (uint16_t)end;
}

/* A well-formed character beyond ASCII, by its class. */
static void glyph_rune(const char *data, size_t length, struct utf8 first, struct glyph *glyph)
{
    int width = glyph_width(first.rune);
    glyph->length = first.length;
    switch (rune_classify(first.rune, width)) {
    case RUNE_BASE:
        glyph->kind = GLYPH_TEXT;
        glyph->width = (uint8_t)width;
        glyph->rune[glyph->rune_count++] = first.rune;
        glyph_extend(data, length, glyph);
        return;
    case RUNE_MARK:
        glyph_marks(data, length, first.rune, glyph);
        return;
    case RUNE_DROPPED:
        glyph->kind = GLYPH_DROPPED;
        return;
    case RUNE_DECEIVING:
        glyph->kind = GLYPH_WARNING;
        break;
    case RUNE_UNPRINTABLE:
        glyph->kind = GLYPH_CONTROL;
        break;
    }
    glyph_put_rune(glyph, first.rune);
}

void glyph_next(const char *data, size_t length, struct glyph_place place, struct glyph *glyph)
{
    unsigned char byte = (unsigned char)data[0];
    glyph->length = 1;
    glyph->width = 0;
    glyph->rune_count = 0;
    glyph->struck = 0;
    /* Nearly always: a printable byte with another one behind it. No table is asked. */
    if (byte >= 0x20 && byte < 0x7f) {
        glyph->kind = GLYPH_TEXT;
        glyph->width = 1;
        glyph->rune[glyph->rune_count++] = byte;
        if (length > 1 && (unsigned char)data[1] >= 0x80)
            glyph_extend(data, length < GLYPH_LENGTH_MAX ? length : GLYPH_LENGTH_MAX, glyph);
        return;
    }
    if (byte < 0x80) {
        glyph_control(data, length, place, glyph);
        return;
    }
    /* The same answer whether the caller has more than the most that counts, or just that. */
    length = length < GLYPH_LENGTH_MAX ? length : GLYPH_LENGTH_MAX;
    struct utf8 first = utf8_decode(data, length);
    if (first.valid) {
        glyph_rune(data, length, first, glyph);
        return;
    }
    glyph->kind = GLYPH_CONTROL;
    glyph_put(glyph, "<");
    glyph_put_hex(glyph, byte, 2);
    glyph_put(glyph, ">");
}

/* The runes as UTF-8 at `out`, or nothing if there is no room for all of them. Returns the bytes written. */
static size_t glyph_write(const struct glyph *glyph, char *out, size_t capacity)
{
    char text[GLYPH_RUNE_MAX * UTF8_LENGTH_MAX];
    size_t length = 0;
    for (size_t i = 0; i < glyph->rune_count; i++)
        length += utf8_encode(glyph->rune[i], text + length);
    if (length > capacity)
        return 0;
    memcpy(out, text, length);
    return length;
}

size_t glyph_text(const char *data, size_t length, char *out, size_t capacity)
{
    if (capacity == 0)
        return 0;
    size_t written = 0;
    struct glyph glyph;
    for (size_t offset = 0; offset < length; offset += glyph.length) {
        glyph_next(data + offset, length - offset, (struct glyph_place){0, &glyph_plain}, &glyph);
        /* In a line of text, a tab, a newline and the CR before it are as foreign as any other control. */
        if ((unsigned char)data[offset] < 0x20 && glyph.rune_count == 0)
            glyph_put_caret(&glyph, (unsigned char)data[offset]);
        size_t count = glyph_write(&glyph, out + written, capacity - 1 - written);
        if (count == 0 && glyph.rune_count > 0)
            break;
        written += count;
    }
    out[written] = '\0';
    return written;
}

int glyph_width(uint32_t rune)
{
    /* wcwidth says 0 for NUL, which is no mark; beyond Unicode it need not have an answer. */
    if (rune == 0 || rune > 0x10ffff)
        return -1;
    int width = wcwidth((wchar_t)rune);
    return width > 2 ? 2 : width;
}
