/* SPDX-License-Identifier: MIT */
/**
 * fuzz: any bytes as glyphs. They cover the bytes one after the other, need no more bytes than promised, and nothing
 * that a terminal must not get is in them; nor in the line of text made of the same bytes, whatever its room.
 */
#include "folio/base/glyph/glyph.h"

#include "folio/base/text/utf8.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition)
        abort();
}

/* Bidirectional controls, and what is not seen where it is printed. */
static bool is_hidden(uint32_t rune)
{
    return rune == 0xad || rune == 0x61c || (rune >= 0x180b && rune <= 0x180f) ||
           (rune >= 0x200b && rune <= 0x200f) || (rune >= 0x2028 && rune <= 0x202e) ||
           (rune >= 0x2060 && rune <= 0x206f) || (rune >= 0xfe00 && rune <= 0xfe0f) || rune == 0xfeff ||
           (rune >= 0xfff0 && rune <= 0xfffb) || (rune >= 0xe0000 && rune <= 0xe0fff);
}

static void check_glyph(const struct glyph_rules *rules, const struct glyph *glyph, size_t left)
{
    bool sequence = glyph->kind == GLYPH_SEQUENCE;
    require(glyph->length >= 1 && glyph->length <= left);
    require(glyph->length <= (sequence ? GLYPH_SEQUENCE_MAX : GLYPH_LENGTH_MAX));
    require(glyph->rune_count <= GLYPH_RUNE_MAX);
    require(!sequence || (rules->sgr && glyph->rune_count == 0));
    require(glyph->struck == 0 || (rules->sgr && glyph->kind == GLYPH_TEXT));
    require((glyph->struck & ~(INK_BOLD | INK_UNDERLINE)) == 0);
    unsigned width = 0;
    for (size_t i = 0; i < glyph->rune_count; i++) {
        require(!is_hidden(glyph->rune[i]) && glyph_width(glyph->rune[i]) >= 0);
        require(glyph->kind == GLYPH_TEXT || (glyph->rune[i] >= 0x20 && glyph->rune[i] < 0x7f));
        width += (unsigned)glyph_width(glyph->rune[i]);
    }
    require(glyph->kind == GLYPH_TAB || glyph->width == width);
}

static void check_same(const struct glyph *a, const struct glyph *b)
{
    require(a->kind == b->kind && a->length == b->length && a->width == b->width && a->struck == b->struck);
    require(a->rune_count == b->rune_count);
    require(memcmp(a->rune, b->rune, a->rune_count * sizeof a->rune[0]) == 0);
    if (a->kind == GLYPH_SEQUENCE)
        require(a->change.fields == b->change.fields && ink_same(a->change.to, b->change.to));
}

/* Is it one line that any terminal may have, within `capacity`? */
static void check_line(const char *out, size_t length, size_t capacity)
{
    require(capacity == 0 ? length == 0 && out[0] == '#' : length < capacity && out[length] == '\0');
    require(out[capacity] == '#');
    for (size_t offset = 0; offset < length;) {
        struct utf8 character = utf8_decode(out + offset, length - offset);
        require(character.valid && !is_hidden(character.rune) && glyph_width(character.rune) >= 0);
        offset += character.length;
    }
}

static void check_text(const char *data, size_t size, size_t capacity)
{
    char out[512];
    memset(out, '#', sizeof out);
    check_line(out, glyph_text(data, size, out, capacity), capacity);
}

static void check_link(const struct glyph_rules *rules, const char *data, size_t size, size_t capacity)
{
    char out[512];
    memset(out, '#', sizeof out);
    check_line(out, glyph_link(rules, data, size, out, capacity), capacity);
}

/* All bytes under these rules, from glyph to glyph. */
static void check_rules(const struct glyph_rules *rules, const char *text, size_t size)
{
    struct glyph_place place = {.column = 0, .rules = rules};
    size_t look = glyph_ahead(rules);
    for (size_t offset = 0; offset < size;) {
        struct glyph glyph, same;
        size_t left = size - offset;
        glyph_next(text + offset, left, place, &glyph);
        check_glyph(rules, &glyph, left);
        glyph_next(text + offset, left < look ? left : look, place, &same);
        check_same(&glyph, &same);
        if (glyph.kind == GLYPH_SEQUENCE)
            check_link(rules, text + offset, left, size % 511);
        place.column = glyph.kind == GLYPH_NEWLINE ? 0 : place.column + glyph.width;
        offset += glyph.length;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct encoding encoding[] = {
        {.name = "UTF-8", .form = ENCODING_UTF8, .unit = 1},
        {.name = "UTF-16LE", .form = ENCODING_UTF16, .unit = 2},
        {.name = "UTF-16BE", .form = ENCODING_UTF16, .unit = 2, .big_endian = true},
        {.name = "UTF-32LE", .form = ENCODING_UTF32, .unit = 4},
    };
    static bool ready;
    if (!ready)
        require(setlocale(LC_CTYPE, "C.UTF-8") != NULL);
    ready = true;

    const char *text = (const char *)data;
    struct glyph_rules rules = {.tab_width = 8, .stop_count = 2, .stop = {3, 700}};
    check_rules(&glyph_plain, text, size);
    for (size_t i = 0; i < 2 * sizeof encoding / sizeof encoding[0]; i++) {
        rules.encoding = &encoding[i / 2];
        rules.sgr = i % 2 == 0;
        check_rules(&rules, text, size);
    }
    check_text(text, size, size % 511);
    check_text(text, size, 511);
    return 0;
}
