/* SPDX-License-Identifier: MIT */
/*
 * view: which of the bytes on a row were searched for (see hex.h), in the hex layout and, where single matches are
 * searched for, in the text layout. View thread.
 *
 * model/search/bytes says which matches reach into the row, wherever they begin: the very ones that are counted.
 */
#include "folio/model/search/bytes.h"
#include "folio/model/search/select.h"
#include "folio/view/hex/hex.h"

#include <string.h>

/** Bytes around a match that its parentheses may look at. */
#define GROUP_CONTEXT 4096u

/** Does a hit show in a cell of this style? What the cursor, changes and replacements look like says more. */
static bool hits_show(enum style style)
{
    return style == STYLE_TEXT || (style >= STYLE_BYTE_ZERO && style <= STYLE_FLAW);
}

/** Mark the cells of [begin, end), digits and characters. */
static void hits_mark(struct cell *cell, unsigned columns, struct range hit, enum style style)
{
    for (unsigned column = 0; column < columns; column++)
        if (cell[column].offset != FRAME_NO_OFFSET && cell[column].offset >= hit.begin &&
            cell[column].offset < hit.end && hits_show((enum style)cell[column].style))
            cell[column].style = (uint8_t)style;
}

/** What the parentheses that are wanted matched in `hit`. False: nothing. */
static bool hits_group(const struct canvas *canvas, struct range *hit)
{
    uint64_t begin = hit->begin > GROUP_CONTEXT ? hit->begin - GROUP_CONTEXT : 0;
    size_t want = (size_t)(hit->end - begin) + GROUP_CONTEXT;
    struct span span;
    if (want > READER_SPAN_MAX)
        want = READER_SPAN_MAX;
    if (reader_span(canvas->reader, begin, want, &span) != READER_OK || span.length < hit->begin - begin)
        return false;
    const char *before = memrchr(span.data, '\n', (size_t)(hit->begin - begin));
    size_t skip = before ? (size_t)(before - span.data) + 1 : 0;
    struct span line = {span.data + skip, span.length - skip};
    begin += skip;
    const char *newline =
        memchr(span.data + (hit->begin - begin) + skip, '\n', line.length - (hit->begin - begin));
    if (newline)
        line.length = (size_t)(newline - line.data) + 1;
    return matches_group(canvas->matches, line, begin, canvas->group, hit);
}

/** Mark the matches that reach into `range`, which is no longer than MATCHES_WITHIN. */
static bool hits_search(const struct canvas *canvas, struct cell *cell, unsigned columns, struct range range)
{
    size_t count;
    const struct range *hit = matches_within(canvas->matches, canvas->reader, range, &count);
    for (size_t i = 0; i < count; i++) {
        struct range part = hit[i];
        enum style style = canvas->current == hit[i].begin ? STYLE_CURRENT : STYLE_HIT;
        if (!canvas->group || hits_group(canvas, &part))
            hits_mark(cell, columns, part, style);
    }
    return count > 0;
}

/** The same for what is highlighted, where the search has no hits. */
static void hits_others(const struct canvas *canvas, struct cell *cell, unsigned columns, struct range range)
{
    for (unsigned slot = 0; slot < CANVAS_HIGHLIGHTS && canvas->highlight; slot++) {
        struct matches *matches = canvas->highlight[slot];
        size_t count = 0;
        const struct range *hit = NULL;
        if (matches && matches_single(matches))
            hit = matches_within(matches, canvas->reader, range, &count);
        for (size_t i = 0; i < count; i++)
            hits_mark(cell, columns, hit[i], (enum style)(STYLE_HIGHLIGHT + slot));
    }
}

bool hex_hits(const struct canvas *canvas, const struct row *row, struct cell *cell, unsigned columns,
              uint64_t from, uint64_t until)
{
    bool found = false;
    (void)row;
    while (from < until) {
        struct range range = {from, until - from > MATCHES_WITHIN ? from + MATCHES_WITHIN : until};
        if (canvas->matches && matches_single(canvas->matches))
            found = hits_search(canvas, cell, columns, range) || found;
        hits_others(canvas, cell, columns, range);
        from = range.end;
    }
    return found;
}
