/* SPDX-License-Identifier: MIT */
/* model: time to line, by halving (see the header). View thread. */
#include "folio/model/known/when.h"

#include "folio/model/pattern/shown.h"

#include <stdlib.h>
#include <string.h>

/** Bytes looked at in one go. */
#define WHEN_SPAN 65536u
/** The start of a line, as much as is shown to stamp_find. Room for escapes and for four bytes a character. */
#define WHEN_LINE (4 * STAMP_LOOK)

/** A walk over lines that looks for stamps. */
struct look {
    struct reader *reader;
    const struct glyph_rules *rules;
    const struct stamp_hint *hint;
    struct shown *shown;
};

static const struct encoding *look_encoding(const struct look *look)
{
    return look->rules->encoding ? look->rules->encoding : &encoding_utf8;
}

/** The stamp at the start of `span`, which begins a line and may go on behind it. */
static bool look_stamp(const struct look *look, struct span span, uint64_t offset, struct stamp *stamp)
{
    const struct encoding *encoding = look_encoding(look);
    unsigned phase = (unsigned)(offset % encoding->unit);
    if (span.length > WHEN_LINE)
        span.length = WHEN_LINE;
    span.length = encoding_newline(encoding, span.data, span.length, phase, 0);
    if (shown_differs(look->rules, span))
        span = shown_make(look->shown, look->rules, span, phase);
    return stamp_find(span.data, span.length, look->hint, stamp);
}

/** Bytes at `offset` as an answer. */
static enum when_result look_span(const struct look *look, uint64_t offset, struct span *span,
                                  struct error *error)
{
    switch (reader_span(look->reader, offset, WHEN_SPAN, span)) {
    case READER_OK:
        return WHEN_FOUND;
    case READER_END:
        return WHEN_NONE;
    case READER_GIVEN_UP:
        return WHEN_WAIT;
    case READER_UNREADABLE:
        break;
    }
    *error = *reader_error(look->reader);
    return WHEN_FAILED;
}

static enum when_result look_failed(uint64_t offset, struct error *error)
{
    error_set(error, 0,
              "no time stamps for 4 MiB from 0x%llx on: this is no log, or its times are unknown here",
              (unsigned long long)offset);
    return WHEN_FAILED;
}

/** Where the first line that begins at or after `offset` begins. NONE: not before `limit`. */
static enum when_result look_begin(const struct look *look, uint64_t offset, uint64_t limit, uint64_t *begin,
                                   struct error *error)
{
    const struct encoding *encoding = look_encoding(look);
    uint64_t at = offset / encoding->unit * encoding->unit;
    if (at == 0) {
        *begin = 0;
        return WHEN_FOUND;
    }
    for (at -= encoding->unit; at < limit;) {
        struct span span;
        if (at > offset && at - offset > WHEN_LOOK)
            return look_failed(offset, error);
        enum when_result result = look_span(look, at, &span, error);
        if (result != WHEN_FOUND)
            return result;
        size_t newline = encoding_newline(encoding, span.data, span.length, 0, 0);
        if (newline < span.length) {
            *begin = at + newline + encoding->unit;
            return *begin < limit ? WHEN_FOUND : WHEN_NONE;
        }
        at += span.length < encoding->unit ? encoding->unit : span.length / encoding->unit * encoding->unit;
    }
    return WHEN_NONE;
}

/** The first stamped line that begins in [from, limit), where `from` begins a line, and where the line after it is. */
static enum when_result look_lines(const struct look *look, uint64_t from, uint64_t limit, uint64_t *line,
                                   uint64_t *next, struct stamp *stamp, struct error *error)
{
    uint64_t last = limit - from > WHEN_LOOK ? from + WHEN_LOOK : limit;
    for (*line = from; *line < last; *line = *next) {
        struct span span;
        enum when_result result = look_span(look, *line, &span, error);
        if (result != WHEN_FOUND)
            return result;
        bool stamped = look_stamp(look, span, *line, stamp);
        result = look_begin(look, *line + look_encoding(look)->unit, limit, next, error);
        if (result == WHEN_NONE)
            *next = limit;
        else if (result != WHEN_FOUND)
            return result;
        if (stamped)
            return WHEN_FOUND;
    }
    return last == limit ? WHEN_NONE : look_failed(from, error);
}

struct when when_begin(struct stamp wanted, const struct stamp_hint *hint, const struct glyph_rules *rules,
                       uint64_t size)
{
    return (struct when){.wanted = wanted, .hint = *hint, .rules = *rules, .high = size};
}

/** Halve what is left. WHEN_FOUND: go on. */
static enum when_result when_halve(struct when *when, const struct look *look, struct error *error)
{
    uint64_t middle = when->low + (when->high - when->low) / 2, begin, line, next;
    struct stamp stamp;
    enum when_result result = look_begin(look, middle, when->high, &begin, error);
    if (result == WHEN_FOUND)
        result = look_lines(look, begin, when->high, &line, &next, &stamp, error);
    if (result == WHEN_NONE) {
        when->high = middle;
        return WHEN_FOUND;
    }
    if (result != WHEN_FOUND)
        return result;
    if (stamp_compare(stamp, when->wanted) < 0) {
        when->low = next;
    } else {
        when->found = true;
        when->line = line;
        when->high = middle;
    }
    return WHEN_FOUND;
}

enum when_result when_go_on(struct when *when, struct reader *reader, uint64_t *line, struct error *error)
{
    struct look look = {reader, &when->rules, &when->hint, shown_open(WHEN_LINE)};
    enum when_result result = WHEN_FOUND;
    if (!look.shown) {
        error_set(error, 0, "out of memory");
        return WHEN_FAILED;
    }
    while (result == WHEN_FOUND && when->low < when->high)
        result = when_halve(when, &look, error);
    shown_close(look.shown);
    if (result != WHEN_FOUND)
        return result;
    *line = when->line;
    return when->found ? WHEN_FOUND : WHEN_NONE;
}

enum when_result when_at(struct reader *reader, const struct glyph_rules *rules,
                         const struct stamp_hint *hint, uint64_t offset, struct stamp *stamp,
                         struct error *error)
{
    struct look look = {reader, rules, hint, shown_open(WHEN_LINE)};
    uint64_t line, next;
    if (!look.shown) {
        error_set(error, 0, "out of memory");
        return WHEN_FAILED;
    }
    enum when_result result = look_lines(&look, offset, reader_size(reader), &line, &next, stamp, error);
    shown_close(look.shown);
    return result;
}
