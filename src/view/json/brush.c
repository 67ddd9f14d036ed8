/* SPDX-License-Identifier: MIT */
/* view: the tree, bytes and words being drawn (see json.h). View thread. */
#include "json.h"

#include "folio/base/glyph/glyph.h"

/** Bytes that are measured at most: no screen is as wide. */
#define WIDTH_BYTES 16384u

unsigned json_width(const struct canvas *canvas, struct range range, unsigned limit)
{
    const struct glyph_rules *rules = &canvas->fit.rules;
    const size_t length =
        range.end - range.begin < WIDTH_BYTES ? (size_t)(range.end - range.begin) : WIDTH_BYTES;
    struct span span;
    struct glyph glyph;
    unsigned width = 0;
    if (length == 0 ||
        reader_span(canvas->reader, range.begin, length + glyph_ahead(rules), &span) != READER_OK)
        return 0;
    for (size_t at = 0; at < length && at < span.length && width <= limit; at += glyph.length) {
        glyph_next(span.data + at, span.length - at, (struct glyph_place){width, rules}, &glyph);
        width += glyph.width;
    }
    return length < range.end - range.begin && width <= limit ? limit + 1 : width;
}

enum layout_result json_bytes(struct pen *pen, struct range range, enum style style)
{
    unsigned from = pen->column;
    enum layout_result result = pen_bytes(pen, range.begin, range.end, false);
    for (; from < pen->column; from++)
        if (pen->cell[from].style == STYLE_TEXT)
            pen->cell[from].style = (uint8_t)style;
    return result;
}

void json_words(struct pen *pen, const char *text, enum style style)
{
    for (; *text && pen->column < pen->columns; text++) {
        struct cell *cell = &pen->cell[pen->column++];
        *cell = (struct cell){.rune = {(uint32_t)*text}, .rune_count = 1, .offset = FRAME_NO_OFFSET};
        cell->style = (uint8_t)style;
    }
}
