/* SPDX-License-Identifier: MIT */
/*
 * view: the text layout, rows inside lines longer than LINES_LONG. View thread.
 *
 * Where such a row begins depends on every byte of the line before it, and the line is never walked here. There are
 * three ways to know, the best one first:
 *
 *     arithmetic    all bytes from the line's start are printable ASCII, says the line summary: start + k * width
 *     model/known/columns its walk, in the background, has come by: at most one block is wrapped from the row it names
 *     a guess       the glyph nearest to the arithmetic place; the row is marked as not exact
 *
 * A guess is never corrected under the eyes of the reader: rows on the screen keep their first byte. The next movement
 * corrects it, because a row that is not exact *ends* where the true row that holds its first byte ends, as soon as
 * that is known, and the row before it is the last true one that begins before it:
 *
 *     true rows    |t0 . . . . . . .|t1 . . . . . . .|t2 . . .
 *     on screen          |b . . . . . . . .|. . . . . . .
 *     one down                      |t1 . . . . . . .|t2 . . .
 *     one up       |t0 . . . . . . .|t1 . . . . . . .|t2 . . .
 *
 * So every step moves by at most a row, shows every byte, and from there on all rows are exact.
 */
#include "long.h"

#include "text.h"

#include "folio/model/known/lines.h"

/** Bytes looked back over for the row before one, per column. */
#define BACK_PER_COLUMN 12u
/** Bytes before a place from which its character is found, and more for a sequence that may begin before it. */
#define GLYPH_BACK 128u

struct columns *long_walk(const struct canvas *canvas, uint64_t line_begin)
{
    uint64_t origin = line_begin ? line_begin : canvas->bom;
    for (unsigned i = 0; i < CANVAS_WALKS; i++)
        if (columns_serve(canvas->walk[i], &canvas->fit, text_chopped(canvas), origin))
            return canvas->walk[i];
    return NULL;
}

/** Is `offset` where an arithmetic row of the line begins? */
static bool long_plain(const struct canvas *canvas, uint64_t line_begin, uint64_t offset)
{
    return (offset - line_begin) % text_width(canvas) == 0 && text_plain(canvas, line_begin, offset);
}

/**
 * The row of the long line that holds `offset`, as wrapping the line from its start puts it; NONE where that is not
 * known. At most a block is read.
 */
static enum layout_result long_true(const struct canvas *canvas, uint64_t line_begin, uint64_t offset,
                                    struct row *row)
{
    struct columns_place place;
    struct span span;
    bool unreadable;
    struct columns *walk = long_walk(canvas, line_begin);
    if (!walk || !columns_before(walk, offset, &place) || place.offset > offset)
        return LAYOUT_NONE;
    const size_t look = fit_ahead(&canvas->fit), ahead = (size_t)(offset - place.offset);
    if (ahead + look > READER_SPAN_MAX)
        return LAYOUT_NONE;
    enum layout_result result = text_span(canvas, place.offset, ahead + look, &span, &unreadable);
    if (result != LAYOUT_OK || unreadable || span.length <= ahead)
        return result == LAYOUT_WAIT ? LAYOUT_WAIT : LAYOUT_NONE;
    size_t at = 0, length;
    unsigned used;
    for (;; at += length) {
        size_t rest = span.length - at;
        length = fit_row(&canvas->fit, (struct span){span.data + at, rest < look ? rest : look}, &used);
        if (length == 0 || at + length > ahead)
            break;
    }
    *row =
        (struct row){.begin = place.offset + at, .line_begin = line_begin, .line_known = true, .exact = true};
    return text_wrap(canvas, row);
}

/** Cut an inexact row where the true one that holds its first byte ends, if that is known. */
static enum layout_result long_cut(const struct canvas *canvas, struct row *row)
{
    struct row whole;
    if (!row->line_known || row->unreadable || row->begin <= row->line_begin)
        return LAYOUT_OK;
    if (long_plain(canvas, row->line_begin, row->begin)) {
        row->exact = true;
        return LAYOUT_OK;
    }
    enum layout_result result = long_true(canvas, row->line_begin, row->begin, &whole);
    if (result != LAYOUT_OK)
        return result == LAYOUT_WAIT ? LAYOUT_WAIT : LAYOUT_OK;
    if (whole.begin == row->begin || (whole.next > row->begin && whole.next <= row->end)) {
        row->exact = whole.begin == row->begin;
        row->end = whole.end;
        row->next = whole.next;
    }
    return LAYOUT_OK;
}

enum layout_result long_finish(const struct canvas *canvas, struct row *row)
{
    enum layout_result result = text_wrap(canvas, row);
    return result == LAYOUT_OK && !row->exact ? long_cut(canvas, row) : result;
}

bool text_sure(const struct canvas *canvas, const struct row *row)
{
    struct columns_place place;
    if (row->exact)
        return true;
    struct columns *walk = row->line_known ? long_walk(canvas, row->line_begin) : NULL;
    return walk && columns_before(walk, row->begin, &place) &&
           (columns_complete(walk) || columns_before(walk, row->end, &place));
}

enum layout_result long_glyph(const struct canvas *canvas, uint64_t offset, uint64_t *begin)
{
    const struct glyph_rules *rules = &canvas->fit.rules;
    const unsigned unit = text_unit(canvas);
    uint64_t back = glyph_ahead(rules) + GLYPH_BACK, from = offset > back ? offset - back : 0;
    from -= from % unit;
    struct span span;
    bool unreadable;
    const size_t inside = (size_t)(offset - from);
    enum layout_result result = text_span(canvas, from, inside + glyph_ahead(rules), &span, &unreadable);
    *begin = offset - offset % unit;
    if (result != LAYOUT_OK || unreadable || inside >= span.length)
        return result;
    size_t at = from ? encoding_start(rules->encoding, span.data, span.length,
                                      inside < GLYPH_BACK ? inside : GLYPH_BACK, (unsigned)(from % unit))
                     : 0;
    for (struct glyph glyph; at < inside; at += glyph.length) {
        glyph_next(span.data + at, span.length - at, (struct glyph_place){0, rules}, &glyph);
        if (at + glyph.length > inside)
            break;
    }
    *begin = from + at;
    return LAYOUT_OK;
}

enum layout_result long_guess(const struct canvas *canvas, uint64_t line_begin, bool known, uint64_t offset,
                              struct row *row)
{
    unsigned width = text_width(canvas);
    /* A newline after a full row belongs to that row: begin with the byte before. */
    uint64_t inside = offset > line_begin ? offset - line_begin - 1 : 0,
             begin = line_begin + inside - inside % width;
    bool plain = known && (begin == line_begin || text_plain(canvas, line_begin, begin));
    *row = (struct row){.begin = begin, .line_begin = line_begin, .line_known = known, .exact = plain};
    if (!plain && long_glyph(canvas, begin, &row->begin) == LAYOUT_WAIT)
        return LAYOUT_WAIT;
    if (row->begin < line_begin)
        row->begin = line_begin;
    return LAYOUT_OK;
}

enum layout_result long_holding(const struct canvas *canvas, uint64_t line_begin, uint64_t offset,
                                struct row *row)
{
    /* A newline after a full row belongs to that row; so does what the columns' walk stopped before. */
    enum layout_result result = long_true(canvas, line_begin, offset, row);
    if (result == LAYOUT_OK && row->begin > line_begin && row->begin == row->end)
        result = long_true(canvas, line_begin, offset - text_unit(canvas), row);
    return result;
}

/** How much at the front of `span` is too much for it to fit on one row; the last glyph always stays. */
static size_t long_surplus(const struct canvas *canvas, struct span span, size_t at)
{
    struct glyph_place place = {0, &canvas->fit.rules};
    struct glyph glyph = {0};
    unsigned width = text_width(canvas), used;
    size_t last = at;
    for (size_t next = at; next < span.length; next += glyph.length) {
        glyph_next(span.data + next, span.length - next, place, &glyph);
        place.column += glyph.width;
        last = next;
    }
    uint64_t columns = place.column;
    for (place.column = 0; at < last; at += glyph.length) {
        glyph_next(span.data + at, span.length - at, place, &glyph);
        /* Tabs take other columns than before once the row begins elsewhere: so the rest is fitted as it is. */
        if (glyph.kind != GLYPH_DROPPED && columns <= width &&
            fit_row(&canvas->fit, (struct span){span.data + at, span.length - at}, &used) == span.length - at)
            break;
        place.column += glyph.width;
        columns -= glyph.width < columns ? glyph.width : columns;
    }
    return at;
}

/** The row that ends where `row` begins, where nothing is known: fill one row backward. */
static enum layout_result long_back(const struct canvas *canvas, const struct row *row, struct row *before)
{
    const unsigned unit = text_unit(canvas);
    uint64_t back = (uint64_t)text_width(canvas) * BACK_PER_COLUMN + GLYPH_LENGTH_MAX;
    uint64_t from = row->begin - row->line_begin > back ? row->begin - back : row->line_begin;
    from -= from % unit;
    struct span span;
    bool unreadable;
    enum layout_result result = text_span(canvas, from, (size_t)(row->begin - from), &span, &unreadable);
    if (result != LAYOUT_OK)
        return result;
    *before = (struct row){.begin = from, .line_begin = row->line_begin, .line_known = row->line_known};
    if (unreadable || from + span.length < row->begin)
        return long_finish(canvas, before);
    size_t at = from <= row->line_begin
                    ? 0
                    : encoding_start(canvas->fit.rules.encoding, span.data, span.length,
                                     span.length < GLYPH_LENGTH_MAX ? span.length / 2 : GLYPH_LENGTH_MAX / 2,
                                     (unsigned)(from % unit));
    before->begin = from + long_surplus(canvas, span, at);
    before->end = before->next = row->begin;
    return LAYOUT_OK;
}

enum layout_result long_before(const struct canvas *canvas, const struct row *row, struct row *before)
{
    const unsigned width = text_width(canvas);
    if (row->line_known && long_plain(canvas, row->line_begin, row->begin)) {
        *before = (struct row){
            .begin = row->begin - width, .line_begin = row->line_begin, .line_known = true, .exact = true};
        return text_wrap(canvas, before);
    }
    if (row->line_known) {
        enum layout_result result =
            long_true(canvas, row->line_begin, row->begin - text_unit(canvas), before);
        if (result != LAYOUT_NONE)
            return result;
    }
    return long_back(canvas, row, before);
}
