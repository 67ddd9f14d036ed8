/* SPDX-License-Identifier: MIT */
/*
 * model: the visible lines of one block. Workers count with it, the view thread asks it which.
 *
 * Where lines are short, each pattern has a cursor: the next line that it matches. With patterns that show, the cursors
 * chase each other until they stand at the same line, and patterns that hide are tried on that line alone; so one pattern
 * that shows costs what a search for it costs, and of several each looks at a byte at most once. With patterns that only
 * hide, everything up to the first cursor is visible as one run, whose lines are counted by their newlines; so a pattern
 * that is nowhere costs a search and a count.
 *
 * Of a long line only is noted which patterns match in the block's part of it: filter_long.c puts them together.
 */
#include "filter_inside.h"

#include "folio/base/scan/scan.h"

#include <stdlib.h>
#include <string.h>

/** The walk over one block. */
struct sift {
    struct sieve *sieve;
    /** What was found: the tally and the detail, or (page not NULL) places. */
    struct survey_tally tally;
    struct filter_detail *detail;
    struct filter_page *page;
    uint64_t begin; /**< of the page */
    /** The lines at hand: their text, where it stands in the bytes, and the cursors in it. */
    const struct lined *lined;
    struct sight sight;
    size_t base;
    size_t next[FILTER_PARTS_MAX];
};

struct sieve *sieve_open(const struct question *question, struct error *error)
{
    struct sieve *sieve = calloc(1, sizeof *sieve);
    if (!sieve) {
        error_set(error, 0, "out of memory for the filter");
        return NULL;
    }
    sieve->question = question;
    for (size_t i = 0; i < question->count; i++) {
        const struct search *search = &question->search[i];
        sieve->searcher[i] =
            i ? searcher_open_beside(search, sieve->searcher[0], error) : searcher_open(search, error);
        if (!sieve->searcher[i]) {
            sieve_close(sieve);
            return NULL;
        }
    }
    return sieve;
}

void sieve_close(struct sieve *sieve)
{
    if (!sieve)
        return;
    for (size_t i = FILTER_PARTS_MAX; i-- > 0;)
        searcher_close(sieve->searcher[i]);
    free(sieve);
}

/** Does pattern `i` match the line, which stands at `place` of the block's bytes? What is too hard does not. */
static bool sift_matches(const struct sift *sift, size_t i, struct span line, size_t place)
{
    struct hit hit;
    enum pattern_result result = matcher_find(sift->sieve->searcher[i]->matcher, line, 0, &hit);
    if (result == PATTERN_TOO_HARD)
        survey_block_hard(&sift->lined->block, place);
    return result == PATTERN_FOUND;
}

/** Does one of the patterns that hide match the line? */
static bool sift_hides(const struct sift *sift, struct span line, size_t place)
{
    const struct question *question = sift->sieve->question;
    for (size_t i = 0; i < question->count; i++)
        if (question->part[i].hide && sift_matches(sift, i, line, place))
            return true;
    return false;
}

/** Does the line pass all patterns? */
static bool sift_passes(const struct sift *sift, struct span line, size_t place)
{
    const struct question *question = sift->sieve->question;
    for (size_t i = 0; i < question->count; i++)
        if (sift_matches(sift, i, line, place) == question->part[i].hide)
            return false;
    return true;
}

/** The byte at `place` of the block's bytes begins a line that is shown. */
static void sift_line(struct sift *sift, size_t place)
{
    if (sift->page) {
        size_t bit = (size_t)(sift->lined->block.offset + place - sift->begin);
        sift->page->bits[bit / 64] |= (uint64_t)1 << bit % 64;
    }
    sift->tally.count++;
    sift->tally.flags |= FILTER_SOME;
}

/** Where the line behind the one at `at` begins; the text's end after the last one. */
static size_t sift_after(const struct sift *sift, size_t at)
{
    const struct span text = sift->sight.text;
    const char *newline = memchr(text.data + at, '\n', text.length - at);
    return newline ? (size_t)(newline - text.data) + 1 : text.length;
}

/** All lines in [begin, end) of the text, which is not empty and ends with a line, are shown. */
static void sift_run(struct sift *sift, size_t begin, size_t end)
{
    const struct span text = sift->sight.text;
    if (sift->page) {
        for (; begin < end; begin = sift_after(sift, begin))
            sift_line(sift, sift->base + sight_end(&sift->sight, begin));
        return;
    }
    uint64_t count = scan_count(text.data + begin, end - begin, '\n');
    sift->tally.count += (uint32_t)count + (text.data[end - 1] != '\n');
    sift->tally.flags |= FILTER_SOME;
}

/** Where the first line at or after `from` begins that pattern `i` matches; the text's end where there is none. */
static size_t sift_next(struct sift *sift, size_t i, size_t from)
{
    const struct span text = sift->sight.text;
    struct hit hit;
    if (sift->next[i] != SIZE_MAX && sift->next[i] >= from)
        return sift->next[i];
    sift->next[i] = text.length;
    while (from < text.length) {
        enum pattern_result result = matcher_line(sift->sieve->searcher[i]->matcher, text, from, &hit);
        if (result == PATTERN_NONE)
            break;
        if (result == PATTERN_FOUND) {
            sift->next[i] = hit.line_begin;
            break;
        }
        /* Taken not to match. */
        if (result == PATTERN_TOO_HARD)
            survey_block_hard(&sift->lined->block, sift->base + sight_end(&sift->sight, hit.line_begin));
        from = sift_after(sift, hit.line_begin);
    }
    return sift->next[i];
}

/** The first line at or after `at` that all patterns match that show. */
static size_t sift_agree(struct sift *sift, size_t at)
{
    const struct question *question = sift->sieve->question;
    for (bool moved = true; moved;) {
        moved = false;
        for (size_t i = 0; i < question->count; i++) {
            size_t next = question->part[i].hide ? at : sift_next(sift, i, at);
            moved = moved || (next != at && question->shows != 1u << i);
            at = next;
        }
    }
    return at;
}

/** The first line at or after `at` that a pattern matches that hides. */
static size_t sift_hidden(struct sift *sift, size_t at)
{
    size_t nearest = sift->sight.text.length;
    for (size_t i = 0; i < sift->sieve->question->count; i++) {
        size_t next = sift_next(sift, i, at);
        nearest = next < nearest ? next : nearest;
    }
    return nearest;
}

/** The lines of the text where a pattern shows. */
static void sift_shown(struct sift *sift)
{
    const struct span text = sift->sight.text;
    const bool hides = sift->sieve->question->hides != 0;
    for (size_t at = sift_agree(sift, 0), after; at < text.length; at = sift_agree(sift, after)) {
        after = sift_after(sift, at);
        size_t end = text.data[after - 1] == '\n' ? after - 1 : after;
        size_t place = sift->base + sight_end(&sift->sight, at);
        if (!hides || !sift_hides(sift, (struct span){text.data + at, end - at}, place))
            sift_line(sift, place);
    }
}

/** The lines of the text where patterns only hide. */
static void sift_rest(struct sift *sift)
{
    const struct span text = sift->sight.text;
    for (size_t at = 0, hidden; at < text.length;
         at = hidden < text.length ? sift_after(sift, hidden) : hidden) {
        hidden = sift_hidden(sift, at);
        if (hidden > at)
            sift_run(sift, at, hidden);
    }
}

/** Bytes as they are, in an encoding in which a byte 0A need not be a newline: line by line. */
static void sift_raw(struct sift *sift, size_t begin, size_t end)
{
    const struct lined *lined = sift->lined;
    while (begin < end) {
        size_t newline = lined_newline(lined, begin), line_end = newline < end ? newline : end;
        if (sift_passes(sift, (struct span){lined->block.bytes.data + begin, line_end - begin}, begin))
            sift_line(sift, begin);
        begin = line_end + lined->unit;
    }
}

static bool sift_lines(void *context, const struct lined *lined, size_t begin, size_t end)
{
    struct sift *sift = context;
    struct searcher *first = sift->sieve->searcher[0];
    sift->lined = lined;
    if (lined->encoding && first->search->text.raw) {
        sift_raw(sift, begin, end);
        return true;
    }
    sift->base = begin;
    sift->sight = searcher_look(first, (struct span){lined->block.bytes.data + begin, end - begin},
                                lined->block.offset + begin);
    for (size_t i = 0; i < FILTER_PARTS_MAX; i++)
        sift->next[i] = SIZE_MAX;
    if (sift->sieve->question->shows)
        sift_shown(sift);
    else
        sift_rest(sift);
    /* A last line of hidden bytes only is none in the text. */
    const struct span text = sift->sight.text;
    size_t last = sight_end(&sift->sight, text.length);
    if (last < end - begin && (text.length == 0 || text.data[text.length - 1] == '\n') &&
        sift_passes(sift, (struct span){"", 0}, begin + last))
        sift_line(sift, begin + last);
    return true;
}

static bool sift_found(void *context, const struct lined *lined, size_t place)
{
    (void)lined;
    (void)place;
    *(bool *)context = true;
    return false;
}

/** Does the line end in the block: by a newline, or because nothing can be read behind it? */
static bool part_over(const struct survey_block *block, struct lined_part part)
{
    return part.end < block->end || (block->ends && block->end == block->bytes.length);
}

static bool sift_part(void *context, const struct lined *lined, struct lined_part part)
{
    struct sift *sift = context;
    const bool begins = part.from == part.begin;
    uint8_t mask = 0;
    if (sift->page) {
        if (begins)
            sift->page->long_begin = (uint32_t)(lined->block.offset + part.begin - sift->begin);
        return true;
    }
    for (size_t i = 0; i < sift->sieve->question->count; i++) {
        bool found = false;
        searcher_part(sift->sieve->searcher[i], lined, part, sift_found, &found);
        mask |= (uint8_t)(found << i);
    }
    if (begins) {
        sift->detail->begin = mask;
        sift->tally.flags |= FILTER_BEGIN;
        sift->tally.count++;
    } else {
        sift->detail->head |= mask;
        sift->tally.flags |= FILTER_HEAD;
        sift->tally.flags |= part_over(&lined->block, part) ? FILTER_OVER : 0;
    }
    return true;
}

static const struct lined_visitor sift_visitor = {sift_lines, sift_part};

struct survey_tally sieve_count(struct sieve *sieve, const struct survey_block *block)
{
    struct sift sift = {.sieve = sieve, .detail = block->detail};
    for (size_t i = 0; i < sieve->question->count; i++)
        matcher_stop(sieve->searcher[i]->matcher, block->stop);
    lined_visit(block, sieve->question->search[0].text.rules.encoding, &sift_visitor, &sift);
    return sift.tally;
}

void sieve_page(struct sieve *sieve, const struct survey_block *block, struct filter_page *page,
                uint64_t begin)
{
    struct sift sift = {.sieve = sieve, .page = page, .begin = begin};
    lined_visit(block, sieve->question->search[0].text.rules.encoding, &sift_visitor, &sift);
}
