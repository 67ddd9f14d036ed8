/* SPDX-License-Identifier: MIT */
/* view: the strings layout, where the offset and the text stand on a row (see strings.h). View thread. */
#include "strings.h"

#include "folio/base/glyph/glyph.h"
#include "folio/model/byte/runs.h"
#include "folio/view/hex/grid.h"

/** Columns that text needs beside the offset. */
#define STRINGS_ROOM 8u

unsigned strings_digits(const struct canvas *canvas)
{
    unsigned digits = grid_digits(reader_size(canvas->reader));
    return canvas->columns >= digits + GRID_GAP + STRINGS_ROOM ? digits : 0;
}

unsigned strings_first(const struct canvas *canvas)
{
    unsigned digits = strings_digits(canvas);
    return digits ? digits + GRID_GAP : 0;
}

struct glyph_rules strings_rules(const struct canvas *canvas)
{
    struct glyph_rules rules = canvas->fit.rules;
    if (runs_encoding(canvas->content))
        rules.encoding = runs_encoding(canvas->content);
    return rules;
}

uint64_t strings_columns(const struct canvas *canvas, const struct row *row, uint64_t limit, uint64_t *offset)
{
    const struct glyph_rules rules = strings_rules(canvas);
    const size_t length = (size_t)(row->end - row->begin);
    struct span span;
    uint64_t column = 0;
    size_t at = 0;
    *offset = row->begin;
    /* What follows the row is seen too, as where it is drawn. */
    if (reader_span(canvas->reader, row->begin, length + glyph_ahead(&rules), &span) != READER_OK)
        return 0;
    while (at < length && at < span.length) {
        struct glyph glyph;
        glyph_next(span.data + at, span.length - at, (struct glyph_place){column, &rules}, &glyph);
        if (column + glyph.width > limit)
            break;
        column += glyph.width;
        at += glyph.length;
    }
    *offset += at;
    return column;
}
