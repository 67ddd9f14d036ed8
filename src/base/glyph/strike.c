/* SPDX-License-Identifier: MIT */
/*
 * base: a character with all that belongs on it: its marks, and what is struck over it. Any thread.
 *
 * Typewriters went back with BS and struck again, and manual pages still do:
 *
 *     c BS c                bold
 *     _ BS c, c BS _        underlined; _ BS c BS c is both
 *     + BS o                o: of two characters the last one is seen. A blank covers nothing, it never hides a letter
 *     _ BS _                ambiguous: bold, unless what comes next is underlined; _ BS _ BS _ is both
 *
 * Behind a wide character one BS or two go back over it; with two, it is underlined by two underscores.
 *
 * All of it is one glyph, that of the first character: so a glyph goes on depending on nothing before it. It ends
 * before a BS which has no character behind it, or one for which there is no room in GLYPH_LENGTH_MAX; that BS then
 * begins a glyph, and is seen.
 */
#include "inside.h"

/* Take in the marks that follow a base, as many as a cell keeps, and whatever is dropped between and behind them. */
static void glyph_extend(const struct glyph_bytes *bytes, struct glyph *glyph)
{
    for (;;) {
        struct utf8 next = bytes_decode(bytes, glyph->length);
        /* Nearly always. No table is asked. */
        if (!next.valid || next.rune < 0x80)
            return;
        enum rune_class class = rune_kind(next.rune).class;
        if (class == RUNE_MARK && glyph->rune_count <= GLYPH_MARK_MAX)
            glyph->rune[glyph->rune_count++] = next.rune;
        else if (class != RUNE_DROPPED)
            return;
        glyph->length = (uint16_t)(glyph->length + next.length);
    }
}

/* The most letters of a flag. */
#define TAGS_MAX 6

size_t tags_length(const struct glyph_bytes *bytes, size_t offset)
{
    size_t begin = offset;
    for (unsigned count = 0; count <= TAGS_MAX; count++) {
        struct utf8 tag = bytes_decode(bytes, offset);
        bool letter =
            (tag.rune >= 0xe0030 && tag.rune <= 0xe0039) || (tag.rune >= 0xe0061 && tag.rune <= 0xe007a);
        offset += tag.length;
        if (tag.valid && tag.rune == 0xe007f && count >= 3)
            return offset - begin;
        if (!tag.valid || !letter)
            return 0;
    }
    return 0;
}

size_t glyph_tags(const struct encoding *encoding, const char *data, size_t length)
{
    struct glyph_bytes bytes = {data, length, encoding && encoding->form == ENCODING_UTF8 ? NULL : encoding};
    return tags_length(&bytes, 0);
}

/* The character `first` at glyph->length, if it is a base, with its marks. */
static bool glyph_base(const struct glyph_bytes *bytes, struct utf8 first, struct glyph *glyph)
{
    struct rune_kind look = rune_kind(first.rune);
    if (!first.valid || look.class != RUNE_BASE)
        return false;
    glyph->kind = GLYPH_TEXT;
    glyph->width = (uint8_t)look.width;
    glyph->rune[0] = first.rune;
    glyph->rune_count = 1;
    glyph->length = (uint16_t)(glyph->length + first.length);
    if (first.rune == GLYPH_FLAG)
        glyph->length = (uint16_t)(glyph->length + tags_length(bytes, glyph->length));
    glyph_extend(bytes, glyph);
    return true;
}

/* How many bytes `rune` has at `offset`; 0 where something else stands. */
static size_t bytes_match(const struct glyph_bytes *bytes, size_t offset, uint32_t rune)
{
    struct utf8 next = bytes_decode(bytes, offset);
    return next.valid && next.rune == rune ? next.length : 0;
}

static bool glyph_is(const struct glyph *glyph, uint32_t rune)
{
    return glyph->rune_count == 1 && glyph->rune[0] == rune;
}

/* `over` is struck over the glyph: what is seen then. */
static void glyph_merge(struct glyph *glyph, const struct glyph *over)
{
    uint16_t length = over->length, struck = glyph->struck;
    bool line_over = glyph_is(over, '_'), line_under = glyph_is(glyph, '_');
    bool same = over->rune[0] == glyph->rune[0];
    /* Three underscores are a bold one, underlined. */
    if (same && !(line_over && struck & INK_BOLD))
        struck |= INK_BOLD;
    else if (line_over || line_under)
        struck |= INK_UNDERLINE;
    if (same || line_under || !(line_over || glyph_is(over, ' ')))
        *glyph = *over;
    glyph->length = length;
    glyph->struck = struck;
}

/* What is struck over the glyph next: a character behind one BS, or two where the glyph is wide. */
static bool glyph_over(const struct glyph_bytes *bytes, const struct glyph *glyph, struct glyph *over)
{
    size_t back = bytes_match(bytes, glyph->length, '\b');
    if (back == 0)
        return false;
    size_t again = glyph->width == 2 ? bytes_match(bytes, glyph->length + back, '\b') : 0;
    *over = (struct glyph){.length = (uint16_t)(glyph->length + back + again)};
    if (!glyph_base(bytes, bytes_decode(bytes, over->length), over))
        return false;
    if (again && glyph_is(over, '_'))
        over->length = (uint16_t)(over->length + bytes_match(bytes, over->length, '_'));
    return true;
}

/* An underscore over another is a bold one, or it is one that is underlined. Which of them, a word tells by its next
 * letter that is no underscore. */
static void glyph_decide(const struct glyph_bytes *bytes, struct glyph *glyph)
{
    size_t offset = glyph->length;
    for (;;) {
        size_t line = bytes_match(bytes, offset, '_');
        size_t back = line ? bytes_match(bytes, offset + line, '\b') : 0;
        size_t again = back ? bytes_match(bytes, offset + line + back, '_') : 0;
        if (back == 0)
            return;
        offset += line + back + again;
        if (again > 0)
            continue;
        struct utf8 next = bytes_decode(bytes, offset);
        if (next.valid && rune_kind(next.rune).class == RUNE_BASE)
            glyph->struck = INK_UNDERLINE;
        return;
    }
}

bool glyph_compose(const struct glyph_bytes *bytes, struct utf8 first, bool sgr, struct glyph *glyph)
{
    glyph->length = 0;
    if (!glyph_base(bytes, first, glyph))
        return false;
    for (struct glyph over; sgr && glyph_over(bytes, glyph, &over);)
        glyph_merge(glyph, &over);
    if (glyph->struck == INK_BOLD && glyph_is(glyph, '_'))
        glyph_decide(bytes, glyph);
    return true;
}
