/* SPDX-License-Identifier: MIT */
/**
 * fuzz: any bytes as glyphs. They cover the bytes one after the other, need no more bytes than promised, and nothing
 * that a terminal must not get is in them; nor in the line of text made of the same bytes, whatever its room.
 */
#include "folio/base/glyph.h"

#include "folio/base/utf8.h"

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

static void check_glyph(const struct glyph *glyph, size_t left)
{
    require(glyph->length >= 1 && glyph->length <= GLYPH_LENGTH_MAX && glyph->length <= left);
    require(glyph->rune_count <= GLYPH_RUNE_MAX);
    unsigned width = 0;
    for (size_t i = 0; i < glyph->rune_count; i++) {
        require(!is_hidden(glyph->rune[i]) && glyph_width(glyph->rune[i]) >= 0);
        require(glyph->kind == GLYPH_TEXT || (glyph->rune[i] >= 0x20 && glyph->rune[i] < 0x7f));
        width += (unsigned)glyph_width(glyph->rune[i]);
    }
    require(glyph->kind == GLYPH_TAB || glyph->width == width);
}

static void check_text(const char *data, size_t size, size_t capacity)
{
    char out[512];
    memset(out, '#', sizeof out);
    size_t length = glyph_text(data, size, out, capacity);
    require(capacity == 0 ? length == 0 && out[0] == '#' : length < capacity && out[length] == '\0');
    require(out[capacity] == '#');
    for (size_t offset = 0; offset < length;) {
        struct utf8 character = utf8_decode(out + offset, length - offset);
        require(character.valid && !is_hidden(character.rune) && glyph_width(character.rune) >= 0);
        offset += character.length;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool ready;
    if (!ready)
        require(setlocale(LC_CTYPE, "C.UTF-8") != NULL);
    ready = true;

    const char *text = (const char *)data;
    struct glyph_place place = {.column = 0, .rules = &glyph_plain};
    for (size_t offset = 0; offset < size;) {
        struct glyph glyph, same;
        size_t left = size - offset;
        glyph_next(text + offset, left, place, &glyph);
        check_glyph(&glyph, left);
        glyph_next(text + offset, left < GLYPH_LENGTH_MAX ? left : GLYPH_LENGTH_MAX, place, &same);
        require(same.kind == glyph.kind && same.length == glyph.length &&
                same.rune_count == glyph.rune_count);
        require(memcmp(same.rune, glyph.rune, glyph.rune_count * sizeof glyph.rune[0]) == 0);
        place.column = glyph.kind == GLYPH_NEWLINE ? 0 : place.column + glyph.width;
        offset += glyph.length;
    }
    check_text(text, size, size % 511);
    check_text(text, size, 511);
    return 0;
}
