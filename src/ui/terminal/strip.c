/* SPDX-License-Identifier: MIT */
/**
 * ui: a row of cells out of text. The one way by which names, messages and what is typed reach the last row.
 * Pure.
 */
#include "folio/ui/terminal/strip.h"

#include "folio/base/glyph/glyph.h"

/** The next glyph of a text on one row, where tab and newline are controls like any other. */
static size_t strip_glyph(const char *text, size_t length, struct glyph *glyph)
{
    if (text[0] == '\t' || text[0] == '\n') {
        *glyph = (struct glyph){.kind = GLYPH_CONTROL,
                                .length = 1,
                                .width = 2,
                                .rune_count = 2,
                                .rune = {'^', text[0] == '\t' ? 'I' : 'J'}};
        return 1;
    }
    size_t seen = length < GLYPH_LENGTH_MAX ? length : GLYPH_LENGTH_MAX;
    glyph_next(text, seen, (struct glyph_place){.rules = &glyph_plain}, glyph);
    return glyph->length;
}

void strip_init(struct strip *strip, unsigned columns, bool bar)
{
    strip->columns = columns < STRIP_COLUMNS ? columns : STRIP_COLUMNS;
    strip->rows = 0;
    strip->bar = bar;
    strip_break(strip);
}

bool strip_break(struct strip *strip)
{
    struct cell *cell = &strip->cell[strip->rows * strip->columns];
    if ((strip->rows + 1) * strip->columns > STRIP_COLUMNS)
        return false;
    for (unsigned i = 0; i < strip->columns; i++)
        cell[i] =
            (struct cell){.rune = {' '}, .rune_count = 1, .style = STYLE_TEXT, .offset = FRAME_NO_OFFSET};
    strip->rows++;
    strip->used = 0;
    return true;
}

/** One cell with these runes, and behind it the empty ones that a wide character covers. */
static void strip_cell(struct strip *strip, const uint32_t *rune, unsigned count, unsigned width,
                       enum style style)
{
    struct cell *cell = &strip->cell[(strip->rows - 1) * strip->columns + strip->used];
    for (unsigned i = 0; i < count && i < 1 + GLYPH_MARK_MAX; i++) {
        cell->rune[i] = rune[i];
        cell->rune_count = (uint8_t)(i + 1);
    }
    cell->style = (uint8_t)style;
    for (unsigned i = 1; i < width; i++) {
        cell[i].rune[0] = 0;
        cell[i].rune_count = 0;
        cell[i].style = (uint8_t)style;
    }
    strip->used += width;
}

void strip_put_styled(struct strip *strip, const char *text, size_t length, enum style style)
{
    struct glyph glyph;
    for (size_t at = 0; at < length;) {
        at += strip_glyph(text + at, length - at, &glyph);
        if (glyph.width > strip->columns - strip->used)
            return;
        if (glyph.kind == GLYPH_TEXT && glyph.width > 0) {
            strip_cell(strip, glyph.rune, glyph.rune_count, glyph.width, style);
        } else if (glyph.kind == GLYPH_CONTROL || glyph.kind == GLYPH_WARNING) {
            enum style kind = glyph.kind == GLYPH_CONTROL ? STYLE_CONTROL : STYLE_WARNING;
            for (unsigned i = 0; i < glyph.rune_count; i++)
                strip_cell(strip, &glyph.rune[i], 1, 1, kind);
        }
    }
}

void strip_put(struct strip *strip, const char *text, size_t length)
{
    strip_put_styled(strip, text, length, STYLE_TEXT);
}

unsigned strip_width(const char *text, size_t length)
{
    struct glyph glyph;
    unsigned width = 0;
    for (size_t at = 0; at < length; width += glyph.width)
        at += strip_glyph(text + at, length - at, &glyph);
    return width;
}
