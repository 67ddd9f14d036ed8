/* SPDX-License-Identifier: MIT */
/*
 * view: the text layout, runs of empty lines as one (-s). View thread.
 *
 * A line that holds nothing but CR counts as empty, as in less. A run is looked over in both directions for at most
 * SQUEEZE_LOOK bytes at a time.
 */
#include "squeeze.h"

#include "text.h"

/** The longest run of empty lines that -s skips in one step, forward or backward. */
#define SQUEEZE_LOOK (8u << 20)

/** Do the bytes [begin, end), a row's, hold nothing but CR? */
static bool squeeze_blank(const struct canvas *canvas, uint64_t begin, uint64_t end)
{
    const unsigned unit = text_unit(canvas);
    struct span span;
    if (end == begin)
        return true;
    if (end - begin > 64 || reader_span(canvas->reader, begin, (size_t)(end - begin), &span) != READER_OK)
        return false;
    for (size_t at = 0; at + unit <= span.length; at += unit)
        if (text_unit_at(canvas, span.data + at) != '\r')
            return false;
    return span.length == end - begin;
}

bool squeeze_empty(const struct canvas *canvas, const struct row *row)
{
    return row->line_known && row->begin == row->line_begin && row->next > row->end && !row->unreadable &&
           !row->open && squeeze_blank(canvas, row->begin, row->end);
}

/** How many bytes of the span are empty lines. */
static size_t squeeze_run(const struct canvas *canvas, struct span span)
{
    const unsigned unit = text_unit(canvas);
    size_t run = 0;
    for (size_t at = 0; at + unit <= span.length; at += unit) {
        uint32_t rune = text_unit_at(canvas, span.data + at);
        if (rune == '\n')
            run = at + unit;
        else if (rune != '\r')
            break;
    }
    return run;
}

void squeeze_after(const struct canvas *canvas, struct row *row)
{
    uint64_t limit = row->next + SQUEEZE_LOOK;
    struct span span;
    while (row->next < limit &&
           reader_span(canvas->reader, row->next, MAPPING_COPY_MAX, &span) == READER_OK) {
        size_t run = squeeze_run(canvas, span);
        row->next += run;
        if (run == 0 || run + text_unit(canvas) <= span.length)
            return;
    }
}

/**
 * How far back from the end of `span`, which ends behind a newline, empty lines reach: to the start of the first one
 * that surely begins there. `first`: the span begins with the file.
 */
static size_t squeeze_run_back(const struct canvas *canvas, struct span span, bool first)
{
    const unsigned unit = text_unit(canvas);
    size_t start = span.length, at = span.length;
    while (at >= unit) {
        uint32_t rune = text_unit_at(canvas, span.data + at - unit);
        if (rune == '\n')
            start = at;
        else if (rune != '\r')
            return start;
        at -= unit;
    }
    return first ? 0 : start;
}

uint64_t squeeze_begin(const struct canvas *canvas, uint64_t begin)
{
    uint64_t limit = begin > SQUEEZE_LOOK ? begin - SQUEEZE_LOOK : 0, last = UINT64_MAX;
    struct span span;
    while (begin > limit && begin > canvas->begin && begin != last) {
        size_t want = begin < MAPPING_COPY_MAX ? (size_t)begin : MAPPING_COPY_MAX;
        if (reader_span(canvas->reader, begin - want, want, &span) != READER_OK || span.length < want)
            break;
        last = begin;
        begin = begin - want + squeeze_run_back(canvas, span, begin == want);
    }
    return begin > canvas->begin ? begin : canvas->begin;
}
