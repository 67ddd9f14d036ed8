/* SPDX-License-Identifier: MIT */
/*
 * model: the units of one block. Workers count with it, the view thread asks it where.
 *
 * To which block does a unit belong? A line belongs to the block in which it begins, a match inside a long line to
 * the block in which it begins. So each block can be searched without knowing the one before it:
 *
 *     |.......margin.......|.............block.............|.......margin.......|
 *               ^s   head  '\n' line '\n' line '\n' last         e^
 *
 * The head (a line begun earlier) counts here only if it is long; whole lines count once; the last line may end in
 * the margin. A margin is as long as the longest short line, so "is it long?" is always answered inside the span. A
 * worker's bytes may reach further than the margins; they are cut to them, so that who has more says the same.
 *
 * Newlines are found in the bytes, in units of the encoding; then the lines, or the piece of the long line, become the
 * shown text if that can differ at all, and what is found in it is mapped back. So plain text is never copied.
 *
 * In a long line the matches of a block should be those of one walk from the line's beginning, each from the end of the
 * one before. Nobody knows that walk here, but two walks through the same text fall in step at the first match that
 * both find, and that is soon: so the walk starts RESYNC bytes before the block, and a match that it finds to reach over
 * the border holds back the first one of the block. What holds: the units are always the same for the same bytes, no two
 * of one block overlap, and they are those of the one walk unless for all of RESYNC bytes matches overlap or touch, with
 * never a place at which both walks could begin a new one ("aaa" in nothing but "a"), or one is longer than RESYNC. Then
 * two blocks may both count a part of what overlaps at their border: at most one more than the truth for each border.
 *
 * An empty match behind the last character of a long line is taken to be at that character: a unit needs a byte, and
 * the newline behind it may be in another block, or not be there. Two units are never at the same byte.
 */
#include "matches_body.h"

#include <stdlib.h>
#include <string.h>

#include "folio/base/encoding.h"
#include "folio/base/scan.h"
#include "folio/model/lines.h"

/** How far before its block a walk through a long line starts. */
#define RESYNC ((size_t)4096)
/** Bytes before that which a pattern may look back at, and in which a sequence may be cut. */
#define CONTEXT ((size_t)8192)
/** The most that becomes shown text at once: a block and its margins. */
#define LOOK_MAX (SURVEY_BLOCK + 2 * (size_t)SURVEY_MARGIN)

struct walk {
    struct searcher *searcher;
    struct survey_block block;
    /** NULL where a newline is a byte. */
    const struct encoding *encoding;
    size_t unit;
    bool (*visit)(void *context, uint64_t unit);
    void *context;
    bool ended;
};

/** Can what is shown differ from the bytes of some file? */
static bool text_differs(const struct matches_text *text)
{
    const struct encoding *encoding = text->rules.encoding;
    return !text->raw && (text->rules.sgr || (encoding && encoding->form != ENCODING_UTF8));
}

struct searcher *searcher_open(const struct search *search, struct error *error)
{
    struct searcher *searcher = calloc(1, sizeof *searcher);
    bool differs = text_differs(&search->text);
    if (!searcher)
        goto fail;
    searcher->search = search;
    searcher->shown = differs ? shown_open(LOOK_MAX) : NULL;
    if (differs && !searcher->shown)
        goto fail;
    searcher->matcher = matcher_open(search->pattern, error);
    if (searcher->matcher)
        return searcher;
    searcher_close(searcher);
    return NULL;
fail:
    searcher_close(searcher);
    error_set(error, 0, "out of memory for the search");
    return NULL;
}

void searcher_close(struct searcher *searcher)
{
    if (!searcher)
        return;
    matcher_close(searcher->matcher);
    shown_close(searcher->shown);
    free(searcher);
}

struct sight searcher_look(struct searcher *searcher, struct span bytes, uint64_t offset)
{
    const struct glyph_rules *rules = &searcher->search->text.rules;
    unsigned unit = rules->encoding ? rules->encoding->unit : 1;
    struct sight sight = {.text = bytes, .length = bytes.length};
    if (searcher->shown && shown_differs(rules, bytes)) {
        sight.shown = searcher->shown;
        sight.text = shown_make(searcher->shown, rules, bytes, (unsigned)(offset % unit));
    }
    return sight;
}

size_t sight_byte(const struct sight *sight, size_t at)
{
    return sight->shown ? shown_byte(sight->shown, at) : at;
}

size_t sight_end(const struct sight *sight, size_t at)
{
    return sight->shown ? shown_end(sight->shown, at) : at;
}

size_t sight_text(const struct sight *sight, size_t byte)
{
    if (!sight->shown)
        return byte;
    size_t text = shown_text(sight->shown, byte);
    while (text < sight->text.length && shown_byte(sight->shown, text) < byte)
        text++; /* the byte is inside a character */
    return text;
}

static void walk_visit(struct walk *walk, size_t place)
{
    if (!walk->ended && !walk->visit(walk->context, walk->block.offset + place))
        walk->ended = true;
}

static unsigned walk_phase(const struct walk *walk, size_t at)
{
    return (unsigned)((walk->block.offset + at) % walk->unit);
}

/** The first newline at or behind `at`; the end of the bytes where there is none. */
static size_t walk_newline(const struct walk *walk, size_t at)
{
    const struct span bytes = walk->block.bytes;
    if (at >= bytes.length)
        return bytes.length;
    if (walk->encoding)
        return at +
               encoding_newline(walk->encoding, bytes.data + at, bytes.length - at, walk_phase(walk, at), 0);
    const char *newline = memchr(bytes.data + at, '\n', bytes.length - at);
    return newline ? (size_t)(newline - bytes.data) : bytes.length;
}

/** The last newline in [begin, end), or `end`. */
static size_t walk_last(const struct walk *walk, size_t begin, size_t end)
{
    const char *data = walk->block.bytes.data + begin;
    return begin + (walk->encoding
                        ? encoding_last_newline(walk->encoding, data, end - begin, walk_phase(walk, begin))
                        : scan_last(data, end - begin, '\n'));
}

/** Where to cut the long line that begins at `begin`, CONTEXT before `start`: not inside a character. */
static size_t walk_cut(const struct walk *walk, size_t begin, size_t start)
{
    const struct encoding *encoding = walk->searcher->search->text.rules.encoding;
    if (start - begin <= CONTEXT)
        return begin;
    if (!encoding || encoding->form == ENCODING_UTF8)
        return start - CONTEXT;
    return begin + encoding_start(encoding, walk->block.bytes.data + begin, start - begin,
                                  start - CONTEXT - begin, walk_phase(walk, begin));
}

/** Every match that begins in [from, until) of the long line whose known part is [begin, end). */
static void walk_long(struct walk *walk, size_t begin, size_t end, size_t from, size_t until)
{
    if (from >= until)
        return;
    size_t start = from - begin > RESYNC ? from - RESYNC : begin;
    size_t cut = walk_cut(walk, begin, start), before = SIZE_MAX;
    struct sight sight = searcher_look(walk->searcher, (struct span){walk->block.bytes.data + cut, end - cut},
                                       walk->block.offset + cut);
    struct hit hit;
    size_t at = sight_text(&sight, start - cut);
    while (!walk->ended && matcher_find(walk->searcher->matcher, sight.text, at, &hit) == PATTERN_FOUND) {
        size_t place = cut + sight_byte(&sight, hit.begin);
        if (place >= end)
            place = end - walk->unit;
        if (place >= until)
            return;
        if (place >= from && place != before)
            walk_visit(walk, place);
        before = place;
        at = hit.end > hit.begin ? hit.end : hit.begin + 1;
    }
}

/** Bytes as they are, in an encoding in which a byte 0A need not be a newline: line by line. */
static void walk_raw(struct walk *walk, size_t begin, size_t end)
{
    struct hit hit;
    while (!walk->ended && begin < end) {
        size_t newline = walk_newline(walk, begin);
        size_t line_end = newline < end ? newline : end;
        struct span line = {walk->block.bytes.data + begin, line_end - begin};
        if (matcher_find(walk->searcher->matcher, line, 0, &hit) == PATTERN_FOUND)
            walk_visit(walk, begin);
        begin = line_end + walk->unit;
    }
}

/** A last line of hidden bytes only, which is none in the text, from `begin` on. */
static void walk_hidden(struct walk *walk, size_t begin)
{
    struct hit hit;
    if (!walk->ended && matcher_find(walk->searcher->matcher, (struct span){"", 0}, 0, &hit) == PATTERN_FOUND)
        walk_visit(walk, begin);
}

/** Every matching line of the complete short lines in [begin, end). */
static void walk_short(struct walk *walk, size_t begin, size_t end)
{
    struct matcher *matcher = walk->searcher->matcher;
    if (walk->encoding && walk->searcher->search->text.raw) {
        walk_raw(walk, begin, end);
        return;
    }
    struct sight sight =
        searcher_look(walk->searcher, (struct span){walk->block.bytes.data + begin, end - begin},
                      walk->block.offset + begin);
    struct span lines = sight.text;
    struct hit hit;
    size_t from = 0;
    while (!walk->ended && from < lines.length) {
        enum pattern_result result = matcher_line(matcher, lines, from, &hit);
        if (result == PATTERN_NONE)
            break;
        if (result == PATTERN_FOUND)
            walk_visit(walk, begin + sight_end(&sight, hit.line_begin));
        const char *newline = memchr(lines.data + hit.line_begin, '\n', lines.length - hit.line_begin);
        if (!newline)
            return;
        from = (size_t)(newline - lines.data) + 1;
    }
    size_t last = sight_end(&sight, lines.length);
    if (last < end - begin && (lines.length == 0 || lines.data[lines.length - 1] == '\n'))
        walk_hidden(walk, begin + last);
}

/** The line begun before the block. Returns where the first line of the block itself begins, or the block's end. */
static size_t walk_head(struct walk *walk)
{
    const struct survey_block *block = &walk->block;
    if (block->begin == 0)
        return 0;
    size_t last = walk_last(walk, 0, block->begin);
    if (last + walk->unit == block->begin)
        return block->begin;
    size_t begin = last < block->begin ? last + walk->unit : 0;
    bool begin_known = last < block->begin || block->begins;
    size_t end = walk_newline(walk, block->begin);
    bool end_known = end < block->bytes.length || block->ends;
    if (!begin_known || !end_known || end - begin > LINES_LONG)
        walk_long(walk, begin, end, block->begin, end < block->end ? end : block->end);
    return end < block->end ? end + walk->unit : block->end;
}

/** All units of the block. */
static void walk_block(struct walk *walk)
{
    const struct survey_block *block = &walk->block;
    size_t begin = walk_head(walk);
    if (walk->ended || begin >= block->end)
        return;
    size_t last = walk_last(walk, begin, block->end);
    size_t last_begin = last < block->end ? last + walk->unit : begin;
    size_t end = walk_newline(walk, last_begin);
    bool known = end < block->bytes.length || block->ends;
    if (last_begin >= block->end) {
        walk_short(walk, begin, last_begin);
    } else if (known && end - last_begin <= LINES_LONG) {
        walk_short(walk, begin, end < block->bytes.length ? end + walk->unit : end);
    } else {
        walk_short(walk, begin, last_begin);
        walk_long(walk, last_begin, end, last_begin, end < block->end ? end : block->end);
    }
}

/** The block with margins of at most SURVEY_MARGIN. */
static struct survey_block block_trim(const struct survey_block *whole)
{
    struct survey_block block = *whole;
    size_t skip = block.begin > SURVEY_MARGIN ? block.begin - SURVEY_MARGIN : 0;
    block.bytes = (struct span){block.bytes.data + skip, block.bytes.length - skip};
    block.offset += skip;
    block.begin -= skip;
    block.end -= skip;
    block.begins = block.begins && skip == 0;
    if (block.bytes.length - block.end > SURVEY_MARGIN) {
        block.bytes.length = block.end + SURVEY_MARGIN;
        block.ends = false;
    }
    return block;
}

bool searcher_walk(struct searcher *searcher, const struct survey_block *block,
                   bool (*visit)(void *context, uint64_t unit), void *context)
{
    const struct encoding *encoding = searcher->search->text.rules.encoding;
    struct walk walk = {.searcher = searcher, .visit = visit, .context = context, .unit = 1};
    walk.block = block_trim(block);
    if (encoding && encoding->unit > 1) {
        walk.encoding = encoding;
        walk.unit = encoding->unit;
    }
    walk_block(&walk);
    return !walk.ended;
}
