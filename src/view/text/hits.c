/* SPDX-License-Identifier: MIT */
/*
 * view: the text layout, which of what is drawn was searched for. View thread.
 *
 * model/search/matches says where hits are, by the rules of the search itself. It is given the whole line of a row, or,
 * in a line longer than LINES_LONG, the part around it.
 */
#include "paint.h"
#include "text.h"

#include "folio/model/known/lines.h"
#include "folio/model/search/bytes.h"
#include "folio/model/search/select.h"
#include "folio/view/hex/hex.h"

/** Context on either side in which a match that shows on a row of a long line may begin. */
#define HIT_CONTEXT 4096u
/** Hits asked for at a time. */
#define HIT_COUNT 64

/** A line, or a part of one, in which hits of a row can lie. */
struct stretch {
    uint64_t begin;
    struct span span;
    bool ends; /**< the line ends with it */
};

/** Mark the cells of [begin, end) as a hit; replacements keep their own look. */
static void hits_mark(struct cell *cell, unsigned columns, struct range hit, enum style style)
{
    for (unsigned column = 0; column < columns; column++)
        if (cell[column].style == STYLE_TEXT && cell[column].offset >= hit.begin &&
            cell[column].offset < hit.end)
            cell[column].style = (uint8_t)style;
}

/** The stretch around the bytes [from, until) of the row. False when it cannot be had. */
static bool hits_stretch(const struct canvas *canvas, uint64_t from, uint64_t until, const struct row *row,
                         struct stretch *stretch)
{
    const struct encoding *encoding = canvas->fit.rules.encoding;
    const unsigned unit = text_unit(canvas);
    bool whole = row->line_known && until - row->line_begin <= LINES_LONG;
    uint64_t begin = whole ? row->line_begin : from > HIT_CONTEXT ? from - HIT_CONTEXT : 0;
    if (!whole && row->line_known && begin < row->line_begin)
        begin = row->line_begin;
    begin -= begin % unit;
    size_t want = whole ? LINES_LONG : (size_t)(until - begin) + HIT_CONTEXT;
    if (reader_span(canvas->reader, begin, want, &stretch->span) != READER_OK)
        return false;
    const size_t inside = from > begin ? (size_t)(from - begin) : 0;
    struct span *span = &stretch->span;
    if (inside >= span->length)
        return false;
    size_t newline = inside + encoding_newline(encoding, span->data + inside, span->length - inside,
                                               (unsigned)((begin + inside) % unit), 0);
    size_t last = encoding_last_newline(encoding, span->data, inside, 0);
    stretch->ends = newline < span->length || begin + span->length >= reader_size(canvas->reader);
    if (newline < span->length) /* a CR before it is not shown, nor searched */
        span->length = newline + unit < span->length ? newline + unit : span->length;
    stretch->begin = begin;
    if (last < inside) { /* the part around it reached into the line before */
        span->data += last + unit;
        span->length -= last + unit;
        stretch->begin += last + unit;
    }
    return true;
}

bool text_highlight(const struct canvas *canvas, const struct row *row, struct cell *cell, unsigned columns,
                    uint64_t from, uint64_t until)
{
    struct stretch stretch;
    struct range hit[HIT_COUNT];
    bool found = false;
    if (matches_single(canvas->matches))
        return hex_hits(canvas, row, cell, columns, from, until);
    if (from >= until || !hits_stretch(canvas, from, until, row, &stretch))
        return false;
    bool line_is_current =
        row->line_known && canvas->current == row->line_begin && stretch.begin == row->line_begin;
    size_t count = HIT_COUNT;
    for (uint64_t next = stretch.begin; count == HIT_COUNT && next < until;) {
        count = matches_hits(canvas->matches, stretch.span, stretch.begin, next, hit, HIT_COUNT);
        for (size_t i = 0; i < count && hit[i].begin < until; i++) {
            bool first = line_is_current && next == stretch.begin && i == 0;
            bool current = first || canvas->current == hit[i].begin;
            found = found || hit[i].end > from || (hit[i].end == hit[i].begin && hit[i].begin >= from);
            struct range part = hit[i];
            if (!canvas->group ||
                matches_group(canvas->matches, stretch.span, stretch.begin, canvas->group, &part))
                hits_mark(cell, columns, part, current ? STYLE_CURRENT : STYLE_HIT);
        }
        if (count)
            next = hit[count - 1].end > hit[count - 1].begin ? hit[count - 1].end : hit[count - 1].end + 1;
    }
    return found;
}

/** Mark what one of the patterns matches in the stretch. */
static void hits_color(struct matches *matches, const struct stretch *stretch, struct cell *cell,
                       unsigned columns, uint64_t until, enum style style)
{
    struct range hit[HIT_COUNT];
    size_t count = HIT_COUNT;
    for (uint64_t next = stretch->begin; count == HIT_COUNT && next < until;) {
        count = matches_hits(matches, stretch->span, stretch->begin, next, hit, HIT_COUNT);
        for (size_t i = 0; i < count && hit[i].begin < until; i++)
            hits_mark(cell, columns, hit[i], style);
        if (count)
            next = hit[count - 1].end > hit[count - 1].begin ? hit[count - 1].end : hit[count - 1].end + 1;
    }
}

void text_highlight_others(const struct canvas *canvas, const struct row *row, struct cell *cell,
                           unsigned columns, uint64_t from, uint64_t until)
{
    struct stretch stretch;
    bool there = false;
    for (unsigned slot = 0; slot < CANVAS_HIGHLIGHTS && canvas->highlight; slot++)
        there = there || canvas->highlight[slot];
    if (!there || from >= until || !hits_stretch(canvas, from, until, row, &stretch))
        return;
    for (unsigned slot = 0; slot < CANVAS_HIGHLIGHTS; slot++)
        if (canvas->highlight[slot])
            hits_color(canvas->highlight[slot], &stretch, cell, columns, until,
                       (enum style)(STYLE_HIGHLIGHT + slot));
}
