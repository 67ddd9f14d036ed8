/* SPDX-License-Identifier: MIT */
/*
 * base: the sanitizer: which glyph stands for which bytes. Any thread.
 *
 * Bytes become characters (UTF-8 or another encoding), and what decides is the character:
 *
 *     U+0000-001F, 007F     control    a newline, a tab, ESC, ^A
 *     not well-formed       broken     <9B>, byte by byte; in encodings with larger units <D800>, unit by unit
 *     everything else       by its class: class.c
 *
 * Where the rules carry sequences out, ESC may begin one (sequence.c), and a character may have another one
 * struck over it (strike.c).
 *
 * A glyph depends on nothing before it (the column of a tab apart), so that rows can begin anywhere. That is why
 * marks which have no base, or are more than one cell takes, explain themselves: one as <U+0301>, a run of them as
 * <+12>; whether a base that is full or none at all stands before them makes no difference. And it is why a CR looks
 * forward, over sequences, for its newline, and a BS is only ever taken in by the character before it: one that
 * begins a glyph is a visible ^H. Nothing looks further than glyph_ahead says.
 */
#include "folio/base/glyph/glyph.h"

#include "inside.h"

#include <string.h>

#define TAB_WIDTH_DEFAULT 8

const struct glyph_rules glyph_plain = {.tab_width = TAB_WIDTH_DEFAULT};

size_t glyph_ahead(const struct glyph_rules *rules)
{
    return rules->sgr ? GLYPH_SEQUENCE_MAX : GLYPH_LENGTH_MAX;
}

/* Append the runes of an ASCII replacement, one column each. */
static void glyph_put(struct glyph *glyph, const char *text)
{
    for (; *text && glyph->rune_count < GLYPH_RUNE_MAX; text++)
        glyph->rune[glyph->rune_count++] = (unsigned char)*text;
    glyph->width = glyph->rune_count;
}

/* Append `value` to `base` (10 or 16), at least `digit_count` digits. */
static void glyph_put_number(struct glyph *glyph, uint32_t value, unsigned base, unsigned digit_count)
{
    char text[10 + 1];
    char *digit = text + sizeof text - 1;
    *digit = '\0';
    for (unsigned i = 0; i < 10 && (i < digit_count || value > 0); i++) {
        *--digit = "0123456789ABCDEF"[value % base];
        value /= base;
    }
    glyph_put(glyph, digit);
}

/* The number of a code point, as Unicode writes it. */
static void glyph_put_rune(struct glyph *glyph, uint32_t rune)
{
    glyph_put(glyph, "<U+");
    glyph_put_number(glyph, rune, 16, 4);
    glyph_put(glyph, ">");
}

/* A unit that is no character; in most encodings that is a byte. */
static void glyph_broken(struct utf8 unit, struct glyph *glyph)
{
    glyph->kind = GLYPH_CONTROL;
    glyph_put(glyph, "<");
    glyph_put_number(glyph, unit.rune, 16, 2U * unit.length);
    glyph_put(glyph, ">");
}

/* A caret and the letter that Ctrl is held down with; DEL, by the same sum, becomes ^?. */
static void glyph_put_caret(struct glyph *glyph, uint32_t rune)
{
    const char text[] = {'^', (char)(rune ^ 0x40), '\0'};
    glyph->kind = GLYPH_CONTROL;
    glyph_put(glyph, rune == 0x1b ? "ESC" : text);
}

/* Columns from `column` to the next tab stop. A width that makes no sense is 8, so that no caller can make us divide
 * by 0. */
static uint8_t tab_measure(const struct glyph_rules *rules, uint64_t column)
{
    size_t count = rules->stop_count < GLYPH_STOP_MAX ? rules->stop_count : GLYPH_STOP_MAX;
    for (size_t i = 0; i < count; i++) {
        if (rules->stop[i] > column) {
            uint64_t width = rules->stop[i] - column;
            return width < UINT8_MAX ? (uint8_t)width : UINT8_MAX;
        }
    }
    unsigned every =
        rules->tab_width > 0 && rules->tab_width <= UINT8_MAX ? rules->tab_width : TAB_WIDTH_DEFAULT;
    uint64_t last = count > 0 ? rules->stop[count - 1] : 0;
    return (uint8_t)(every - (column - last) % every);
}

/* Is what stands behind a CR a newline, with nothing between but sequences that are carried out? */
static bool newline_follows(const struct glyph_bytes *bytes, size_t offset, bool sgr)
{
    for (;;) {
        struct utf8 next = bytes_decode(bytes, offset);
        if (!next.valid || next.rune != 0x1b || !sgr)
            return next.valid && next.rune == '\n';
        struct glyph_bytes rest = {bytes->data + offset, bytes->length - offset, bytes->encoding};
        struct ink_change change;
        size_t length = sequence_read(&rest, &change);
        if (length == 0)
            return false;
        offset += length;
    }
}

/* C0 and DEL. `bytes` are as many as glyph_ahead says. */
static void glyph_control(const struct glyph_bytes *bytes, struct utf8 first, struct glyph_place place,
                          struct glyph *glyph)
{
    const struct glyph_rules *rules = place.rules;
    glyph->length = first.length;
    size_t length;
    switch (first.rune) {
    case '\n':
        glyph->kind = GLYPH_NEWLINE;
        return;
    case '\t':
        glyph->kind = GLYPH_TAB;
        glyph->width = tab_measure(rules, place.column);
        return;
    case '\r':
        if (newline_follows(bytes, first.length, rules->sgr)) {
            glyph->kind = GLYPH_DROPPED;
            return;
        }
        break;
    case 0x1b:
        length = rules->sgr ? sequence_read(bytes, &glyph->change) : 0;
        if (length > 0) {
            glyph->kind = GLYPH_SEQUENCE;
            glyph->length = (uint16_t)length;
            return;
        }
        break;
    default:
        break;
    }
    glyph_put_caret(glyph, first.rune);
}

/* Marks at the start of `bytes`, which stand on nothing. */
static void glyph_marks(const struct glyph_bytes *bytes, uint32_t rune, struct glyph *glyph)
{
    unsigned count = 1;
    size_t end = glyph->length;
    for (struct utf8 next;; end += next.length) {
        next = bytes_decode(bytes, end);
        if (!next.valid || rune_kind(next.rune).class != RUNE_MARK)
            break;
        count++;
    }
    glyph->kind = GLYPH_CONTROL;
    if (count == 1) {
        glyph_put_rune(glyph, rune);
        return;
    }
    glyph_put(glyph, "<+");
    glyph_put_number(glyph, count, 10, 1);
    glyph_put(glyph, ">");
    glyph->length = (uint16_t)end;
}

/* A well-formed character that is no control, by its class. */
static void glyph_rune(const struct glyph_bytes *bytes, struct utf8 first, bool sgr, struct glyph *glyph)
{
    if (glyph_compose(bytes, first, sgr, glyph))
        return;
    glyph->length = first.length;
    switch (rune_kind(first.rune).class) {
    case RUNE_MARK:
        glyph_marks(bytes, first.rune, glyph);
        return;
    case RUNE_DROPPED:
        glyph->kind = GLYPH_DROPPED;
        return;
    case RUNE_DECEIVING:
        glyph->kind = GLYPH_WARNING;
        break;
    default:
        glyph->kind = GLYPH_CONTROL;
        break;
    }
    glyph_put_rune(glyph, first.rune);
}

/* Whatever is not the most frequent case. */
static void glyph_any(const char *data, size_t length, struct glyph_place place, struct glyph *glyph)
{
    const struct glyph_rules *rules = place.rules;
    size_t ahead = glyph_ahead(rules);
    /* The same answer whether the caller has more than the most that counts, or just that. */
    struct glyph_bytes bytes = {data, length < ahead ? length : ahead, rules_encoding(rules)};
    struct utf8 first = bytes_decode(&bytes, 0);
    if (first.valid && rune_is_control(first.rune)) {
        glyph_control(&bytes, first, place, glyph);
        return;
    }
    if (bytes.length > GLYPH_LENGTH_MAX)
        bytes.length = GLYPH_LENGTH_MAX;
    glyph->length = first.length;
    if (first.valid)
        glyph_rune(&bytes, first, rules->sgr, glyph);
    else
        glyph_broken(first, glyph);
}

static inline bool is_printable(char byte)
{
    return byte >= 0x20 && byte < 0x7f;
}

/* What a byte behind a character of UTF-8 may do to it: begin a mark or something that is dropped, or strike it. Bytes
 * that are in no row begin scripts without marks (Latin to U+02FF, Cyrillic to U+047F, ideographs, most syllables of
 * Hangul), or nothing at all. */
enum join { JOIN_MARK = 1 << 0, JOIN_STRIKE = 1 << 1 };
static const uint8_t join_table[256] = {
    ['\b'] = JOIN_STRIKE,        [0xcc ... 0xcf] = JOIN_MARK, [0xd2 ... 0xdf] = JOIN_MARK,
    [0xe0 ... 0xe3] = JOIN_MARK, [0xea] = JOIN_MARK,          [0xed ... 0xef] = JOIN_MARK,
    [0xf0 ... 0xf4] = JOIN_MARK,
};

/* Does the character that ends before `offset`, and is not the last one, stand for itself, whatever follows? */
static inline bool glyph_ends(const char *data, size_t length, size_t offset, bool sgr)
{
    unsigned join = join_table[(unsigned char)data[offset]];
    if (join != JOIN_MARK)
        return join == 0 || !sgr;
    struct utf8 next = utf8_quick(data + offset, length - offset);
    enum rune_class class = next.valid ? rune_kind(next.rune).class : RUNE_BASE;
    return class != RUNE_MARK && class != RUNE_DROPPED;
}

/* A character without anything on it. */
static inline void glyph_set(struct glyph *glyph, uint32_t rune, unsigned length, int width)
{
    glyph->kind = GLYPH_TEXT;
    glyph->length = (uint16_t)length;
    glyph->width = (uint8_t)width;
    glyph->rune_count = 1;
    glyph->rune[0] = rune;
    glyph->struck = 0;
}

/* What is not printable ASCII with more of it behind. Nearly always another character of UTF-8 that stands for itself. */
static __attribute__((noinline)) void glyph_other(const char *data, size_t length, struct glyph_place place,
                                                  struct glyph *glyph)
{
    const struct glyph_rules *rules = place.rules;
    if (length > UTF8_LENGTH_MAX && (unsigned char)data[0] >= 0x20 && !rules_encoding(rules)) {
        struct glyph_bytes bytes = {data, length, NULL};
        struct utf8 first = bytes_decode(&bytes, 0);
        struct rune_kind kind = rune_kind(first.rune);
        if (first.valid && kind.class == RUNE_BASE && first.rune != GLYPH_FLAG &&
            glyph_ends(data, length, first.length, rules->sgr)) {
            glyph_set(glyph, first.rune, first.length, kind.width);
            return;
        }
    }
    glyph->width = 0;
    glyph->rune_count = 0;
    glyph->struck = 0;
    glyph_any(data, length, place, glyph);
}

void glyph_next(const char *data, size_t length, struct glyph_place place, struct glyph *glyph)
{
    /* The most frequent case by far asks no table, and saves no register for those that do. */
    if (length > 1 && is_printable(data[0]) && is_printable(data[1]) && !rules_encoding(place.rules))
        glyph_set(glyph, (unsigned char)data[0], 1, 1);
    else
        glyph_other(data, length, place, glyph);
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

/* glyph_text for other rules than the plain ones. What they carry out leaves nothing. */
static size_t glyph_spell(const struct glyph_rules *rules, const char *data, size_t length, char *out,
                          size_t capacity)
{
    if (capacity == 0)
        return 0;
    size_t written = 0;
    struct glyph glyph;
    for (size_t offset = 0; offset < length; offset += glyph.length) {
        struct glyph_bytes bytes = {data + offset, length - offset, rules_encoding(rules)};
        glyph_next(bytes.data, bytes.length, (struct glyph_place){0, rules}, &glyph);
        struct utf8 first = bytes_decode(&bytes, 0);
        /* In a line of text, a tab, a newline and the CR before it are as foreign as any other control. */
        if (glyph.rune_count == 0 && first.valid && rune_is_control(first.rune))
            glyph_put_caret(&glyph, first.rune);
        size_t count = glyph_write(&glyph, out + written, capacity - 1 - written);
        if (count == 0 && glyph.rune_count > 0)
            break;
        written += count;
    }
    out[written] = '\0';
    return written;
}

size_t glyph_text(const char *data, size_t length, char *out, size_t capacity)
{
    return glyph_spell(&glyph_plain, data, length, out, capacity);
}

size_t glyph_link(const struct glyph_rules *rules, const char *data, size_t length, char *out,
                  size_t capacity)
{
    struct glyph_bytes bytes = {
        .data = data,
        .length = length < GLYPH_SEQUENCE_MAX ? length : GLYPH_SEQUENCE_MAX,
        .encoding = rules_encoding(rules),
    };
    struct span target = sequence_link(&bytes);
    struct glyph_rules plain = glyph_plain;
    plain.encoding = rules->encoding;
    return glyph_spell(&plain, target.data, target.length, out, capacity);
}
