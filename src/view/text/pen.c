/* SPDX-License-Identifier: MIT */
/*
 * view: a row being drawn (see pen.h). View thread.
 *
 * The ink is taken up once, where the row begins (model/known/attributes), or from where the row above ended; from there on
 * each sequence changes it. What the glyphs replace keeps the look that no text can have: it takes no ink.
 */
#include "folio/view/text/pen.h"

#include <string.h>

/** Bytes asked for at a time, beside what a glyph may need. */
#define PEN_STEP 8192u

void pen_init(struct pen *pen, const struct canvas *canvas, struct cell *cell, unsigned column,
              unsigned columns)
{
    *pen = (struct pen){.canvas = canvas,
                        .cell = cell,
                        .column = column,
                        .columns = columns,
                        .at = {.link = ATTRIBUTES_NO_LINK, .exact = true},
                        .link = ATTRIBUTES_NO_LINK};
}

/** The ink has changed: what is drawn for it. */
static void pen_mix(struct pen *pen)
{
    struct ink ink = pen->at.ink;
    if (ink.flags & INK_LINK)
        ink.flags |= INK_UNDERLINE;
    pen->visible = ink_visible(ink);
}

bool pen_dip(struct pen *pen, const struct row *row, uint64_t offset)
{
    const struct canvas *canvas = pen->canvas;
    bool carry = canvas->settings->sgr == SGR_CARRY;
    if (!canvas->attributes || (!carry && row->line_known && offset == row->line_begin))
        return true;
    if (canvas->ink && canvas->ink->offset == offset)
        pen->at = canvas->ink->at;
    else if (!attributes_at(canvas->attributes, canvas->reader,
                            row->line_known ? row->line_begin : UINT64_MAX, offset, &pen->at))
        return false;
    pen_mix(pen);
    return true;
}

static void pen_put(struct pen *pen, const uint32_t *rune, unsigned rune_count, enum style style,
                    uint64_t offset)
{
    if (pen->column >= pen->columns)
        return;
    struct cell *cell = &pen->cell[pen->column++];
    cell->rune[0] = rune[0]; /* also where there are none: 0 marks the second column of a wide one */
    memcpy(cell->rune, rune, rune_count * sizeof *rune);
    cell->rune_count = (uint8_t)rune_count;
    cell->style = (uint8_t)style;
    cell->offset = offset;
    cell->ink = style == STYLE_TEXT ? pen->visible : (struct ink){0};
    if (pen->at.link != ATTRIBUTES_NO_LINK && pen->link == ATTRIBUTES_NO_LINK)
        pen->link = pen->at.link;
}

/** Put a replacement from its character `first` on, one column each. */
static void pen_replacement(struct pen *pen, const struct glyph *glyph, unsigned first, uint64_t offset)
{
    enum style style = glyph->kind == GLYPH_WARNING ? STYLE_WARNING : STYLE_CONTROL;
    for (unsigned i = first; i < glyph->rune_count; i++)
        pen_put(pen, &glyph->rune[i], 1, style, offset);
}

void pen_blanks(struct pen *pen, unsigned count, uint64_t offset)
{
    const uint32_t blank = ' ';
    while (count-- > 0)
        pen_put(pen, &blank, 1, STYLE_TEXT, offset);
}

/** A sequence: the ink of what follows. */
static void pen_sequence(struct pen *pen, const struct glyph *glyph, uint64_t offset)
{
    pen->at.ink = ink_apply(pen->at.ink, glyph->change);
    if (glyph->change.fields & INK_LINK)
        pen->at.link = glyph->change.to.flags & INK_LINK ? offset : ATTRIBUTES_NO_LINK;
    pen_mix(pen);
}

/** A character with its marks; struck ones are bold or underlined as well. */
static void pen_text(struct pen *pen, const struct glyph *glyph, uint64_t offset)
{
    static const uint32_t second[1];
    struct ink visible = pen->visible;
    if (pen->column + glyph->width > pen->columns) {
        pen_blanks(pen, pen->columns - pen->column, offset);
        return;
    }
    pen->visible.flags |= glyph->struck;
    pen_put(pen, glyph->rune, glyph->rune_count, STYLE_TEXT, offset);
    if (glyph->width == 2)
        pen_put(pen, second, 0, STYLE_TEXT, offset);
    pen->visible = visible;
}

void pen_glyph(struct pen *pen, const struct glyph *glyph, uint64_t offset)
{
    switch (glyph->kind) {
    case GLYPH_DROPPED:
    case GLYPH_NEWLINE:
        return;
    case GLYPH_SEQUENCE:
        pen_sequence(pen, glyph, offset);
        return;
    case GLYPH_TAB:
        pen_blanks(pen, glyph->width, offset);
        return;
    case GLYPH_CONTROL:
    case GLYPH_WARNING:
        pen_replacement(pen, glyph, 0, offset);
        return;
    case GLYPH_TEXT:
        pen_text(pen, glyph, offset);
        return;
    }
}

enum layout_result pen_bytes(struct pen *pen, uint64_t offset, uint64_t end, bool all)
{
    const size_t look = glyph_ahead(&pen->canvas->fit.rules);
    struct span span = {"", 0};
    bool rest = true; /* may there be more behind the span? */
    size_t at = 0;
    while (offset + at < end && (all || pen->column < pen->columns)) {
        if (at >= span.length || (rest && span.length - at < look)) {
            offset += at;
            at = 0;
            size_t want = end - offset < PEN_STEP ? (size_t)(end - offset) : PEN_STEP;
            /* What follows is seen too: CR is dropped only before a newline, marks belong to a character. */
            enum reader_result result = reader_span(pen->canvas->reader, offset, want + look, &span);
            if (result != READER_OK)
                return result == READER_GIVEN_UP ? LAYOUT_WAIT : LAYOUT_OK;
            rest = span.length == want + look;
        }
        struct glyph glyph;
        glyph_next(span.data + at, span.length - at,
                   (struct glyph_place){pen->line_column, &pen->canvas->fit.rules}, &glyph);
        pen_glyph(pen, &glyph, offset + at);
        pen->line_column += glyph.width;
        at += glyph.length;
    }
    return LAYOUT_OK;
}

bool pen_straddle(struct pen *pen, uint64_t *offset)
{
    const struct glyph_rules *rules = &pen->canvas->fit.rules;
    struct span span;
    struct glyph glyph;
    unsigned hidden = (unsigned)(pen->canvas->shift - pen->line_column);
    if (reader_span(pen->canvas->reader, *offset, glyph_ahead(rules), &span) != READER_OK)
        return false;
    glyph_next(span.data, span.length, (struct glyph_place){pen->line_column, rules}, &glyph);
    if (glyph.kind == GLYPH_SEQUENCE)
        pen_sequence(pen, &glyph, *offset);
    else if (glyph.kind == GLYPH_CONTROL || glyph.kind == GLYPH_WARNING)
        pen_replacement(pen, &glyph, hidden, *offset);
    else if (glyph.width > hidden)
        pen_blanks(pen, glyph.width - hidden, *offset);
    pen->line_column += glyph.width;
    *offset += glyph.length;
    return true;
}

void pen_edge(struct pen *pen, unsigned first)
{
    static const uint32_t edge = '>';
    const struct cell *last = &pen->cell[pen->columns - 1];
    uint64_t offset = last->offset;
    pen->column = pen->columns - 1;
    if (last->rune_count == 0 && pen->column > first)
        pen->column--;
    pen_blanks(pen, pen->columns - 1 - pen->column, offset);
    pen_put(pen, &edge, 1, STYLE_EDGE, offset);
}
