/* SPDX-License-Identifier: MIT */
/**
 * tests: what must hold for every glyph, whatever the bytes and the rules. One thread.
 *
 * To be included behind cmocka.h.
 */
#ifndef FOLIO_TESTS_BASE_GLYPH_CHECK_H
#define FOLIO_TESTS_BASE_GLYPH_CHECK_H

#include "test.h"

#include "folio/base/glyph/glyph.h"

/* Default_Ignorable_Code_Point (all of Bidi_Control among them) as DerivedCoreProperties.txt has it, with the code
 * points that are only set aside for it, and the annotation and hieroglyph format characters. */
static const uint32_t hidden[][2] = {
    {0x00ad, 0x00ad},   {0x034f, 0x034f},   {0x061c, 0x061c},   {0x115f, 0x1160}, {0x17b4, 0x17b5},
    {0x180b, 0x180f},   {0x200b, 0x200f},   {0x202a, 0x202e},   {0x2060, 0x206f}, {0x3164, 0x3164},
    {0xfe00, 0xfe0f},   {0xfeff, 0xfeff},   {0xffa0, 0xffa0},   {0xfff0, 0xfffb}, {0x13430, 0x1343f},
    {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
};

static inline bool is_hidden(uint32_t rune)
{
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
        if (rune >= hidden[i][0] && rune <= hidden[i][1])
            return true;
    return false;
}

/* What must hold for every glyph. */
static inline void check_glyph(const struct glyph *glyph, size_t left)
{
    unsigned width = 0;
    size_t most = glyph->kind == GLYPH_SEQUENCE ? GLYPH_SEQUENCE_MAX : GLYPH_LENGTH_MAX;
    if (glyph->length < 1 || glyph->length > most || glyph->length > left)
        fail_msg("length %d of %zu", glyph->length, left);
    if (glyph->rune_count > GLYPH_RUNE_MAX)
        fail_msg("%d runes", glyph->rune_count);
    bool replaced = glyph->kind == GLYPH_CONTROL || glyph->kind == GLYPH_WARNING;
    if ((glyph->rune_count > 0) != (replaced || glyph->kind == GLYPH_TEXT))
        fail_msg("kind %d with %d runes", (int)glyph->kind, glyph->rune_count);
    if (glyph->struck & ~(INK_BOLD | INK_UNDERLINE) || (glyph->struck && glyph->kind != GLYPH_TEXT))
        fail_msg("kind %d, struck %x", (int)glyph->kind, glyph->struck);
    for (size_t i = 0; i < glyph->rune_count; i++) {
        uint32_t rune = glyph->rune[i];
        int rune_width = glyph_width(rune);
        if (is_hidden(rune) || rune_width < 0)
            fail_msg("U+%04X would be drawn", (unsigned)rune);
        if (replaced && (rune < 0x20 || rune > 0x7e))
            fail_msg("U+%04X in a replacement", (unsigned)rune);
        /* In a cell of text, only the first has a width. */
        if (glyph->kind == GLYPH_TEXT && (rune_width > 0) != (i == 0))
            fail_msg("U+%04X is number %zu in a cell", (unsigned)rune, i);
        width += (unsigned)rune_width;
    }
    if (glyph->kind == GLYPH_TEXT && glyph->rune_count > 1 + GLYPH_MARK_MAX)
        fail_msg("%d runes in a cell", glyph->rune_count);
    if (glyph->kind != GLYPH_TAB && glyph->width != width)
        fail_msg("width %d of %u", glyph->width, width);
}

/* Two glyphs that were made of the same bytes. */
static inline void check_same(const struct glyph *a, const struct glyph *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->length, b->length);
    assert_int_equal(a->width, b->width);
    assert_int_equal(a->struck, b->struck);
    assert_int_equal(a->rune_count, b->rune_count);
    assert_memory_equal(a->rune, b->rune, a->rune_count * sizeof a->rune[0]);
    if (a->kind == GLYPH_SEQUENCE) {
        assert_int_equal(a->change.fields, b->change.fields);
        assert_true(ink_same(a->change.to, b->change.to));
    }
}

#endif
