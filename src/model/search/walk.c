/* SPDX-License-Identifier: MIT */
/*
 * model: the units of one block. Workers count with it, the view thread asks it where.
 *
 * To which block a line belongs, and which lines are long, is in block.c. A match inside a long line belongs to
 * the block in which it begins.
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
#include "inside.h"

#include "folio/base/text/encoding.h"

#include <stdlib.h>
#include <string.h>

/** How far before its block a walk through a long line starts. */
#define RESYNC ((size_t)4096)
/** Bytes before that which a pattern may look back at, and in which a sequence may be cut. */
#define CONTEXT ((size_t)8192)
/** The most that becomes shown text at once: a block and its margins. */
#define LOOK_MAX (SURVEY_BLOCK + 2 * (size_t)SURVEY_MARGIN)

/** A walk over the units of a block. */
struct walk {
    struct searcher *searcher;
    bool (*visit)(void *context, uint64_t unit);
    void *context;
};

struct searcher *searcher_open(const struct search *search, struct error *error)
{
    return searcher_open_beside(search, NULL, error);
}

struct searcher *searcher_open_beside(const struct search *search, const struct searcher *first,
                                      struct error *error)
{
    struct searcher *searcher = calloc(1, sizeof *searcher);
    bool differs = !search->text.raw;
    if (!searcher)
        goto fail;
    searcher->search = search;
    searcher->lent = first != NULL;
    searcher->shown = first ? first->shown : differs ? shown_open(LOOK_MAX) : NULL;
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
    if (!searcher->lent)
        shown_close(searcher->shown);
    free(searcher);
}

/** The length of the byte order mark at the start of `bytes`, which begin the file. */
static size_t look_mark(const struct glyph_rules *rules, struct span bytes)
{
    const struct encoding *encoding = rules->encoding ? rules->encoding : &encoding_utf8;
    if (bytes.length < 2)
        return 0;
    struct utf8 mark = encoding_decode(encoding, bytes.data, bytes.length);
    return mark.valid && mark.rune == 0xfeff ? mark.length : 0;
}

struct sight searcher_look(struct searcher *searcher, struct span bytes, uint64_t offset)
{
    const struct glyph_rules *rules = &searcher->search->text.rules;
    unsigned unit = rules->encoding ? rules->encoding->unit : 1;
    struct sight sight = {.length = bytes.length};
    sight.mark = searcher->shown && offset == 0 ? look_mark(rules, bytes) : 0;
    bytes.data += sight.mark;
    bytes.length -= sight.mark;
    sight.text = bytes;
    if (searcher->shown && shown_differs(rules, bytes)) {
        sight.shown = searcher->shown;
        sight.text = shown_make(searcher->shown, rules, bytes, (unsigned)(offset % unit));
    }
    return sight;
}

struct sight searcher_look_line(struct searcher *searcher, struct span line, uint64_t offset)
{
    const struct encoding *encoding = searcher->search->text.rules.encoding;
    if (!encoding)
        encoding = &encoding_utf8;
    size_t end = line.length;
    /* It can only be the last character: the line itself is looked through once, for what is shown of it. */
    if (line.length >= encoding->unit) {
        size_t last = line.length - encoding->unit;
        unsigned phase = (unsigned)((offset + last) % encoding->unit);
        end = last + encoding_newline(encoding, line.data + last, encoding->unit, phase, 0);
    }
    struct sight sight = searcher_look(searcher, line, offset);
    if (!sight.shown)
        sight.text.length = end - sight.mark; /* a mark is no newline */
    else if (end < line.length)
        sight.text.length = sight_text(&sight, end);
    return sight;
}

size_t sight_byte(const struct sight *sight, size_t at)
{
    return sight->mark + (sight->shown ? shown_byte(sight->shown, at) : at);
}

size_t sight_end(const struct sight *sight, size_t at)
{
    if (at == 0)
        return 0;
    return sight->mark + (sight->shown ? shown_end(sight->shown, at) : at);
}

size_t sight_text(const struct sight *sight, size_t byte)
{
    byte -= byte < sight->mark ? byte : sight->mark;
    if (!sight->shown)
        return byte;
    size_t text = shown_text(sight->shown, byte);
    while (text < sight->text.length && shown_byte(sight->shown, text) < byte)
        text++; /* the byte is inside a character */
    return text;
}

/** Where to cut the long line that begins at `begin`, CONTEXT before `start`: not inside a character. */
static size_t walk_cut(const struct searcher *searcher, const struct lined *lined, size_t begin, size_t start)
{
    const struct encoding *encoding = searcher->search->text.rules.encoding;
    if (start - begin <= CONTEXT)
        return begin;
    if (!encoding || encoding->form == ENCODING_UTF8)
        return start - CONTEXT;
    return begin + encoding_start(encoding, lined->block.bytes.data + begin, start - begin,
                                  start - CONTEXT - begin,
                                  (unsigned)((lined->block.offset + begin) % lined->unit));
}

/** Where the part ends with the newline, if that is there, by which a CR before it is known. */
static size_t part_whole(const struct lined *lined, struct lined_part part)
{
    return part.end + lined->unit <= lined->block.bytes.length ? part.end + lined->unit : part.end;
}

bool searcher_part(struct searcher *searcher, const struct lined *lined, struct lined_part part,
                   bool (*visit)(void *context, const struct lined *lined, size_t place), void *context)
{
    if (part.from >= part.until)
        return true;
    size_t start = part.from - part.begin > RESYNC ? part.from - RESYNC : part.begin;
    size_t cut = walk_cut(searcher, lined, part.begin, start), before = SIZE_MAX;
    struct sight sight = searcher_look_line(
        searcher, (struct span){lined->block.bytes.data + cut, part_whole(lined, part) - cut},
        lined->block.offset + cut);
    struct hit hit;
    size_t at = sight_text(&sight, start - cut);
    for (;;) {
        enum pattern_result result = matcher_find(searcher->matcher, sight.text, at, &hit);
        if (result == PATTERN_TOO_HARD)
            survey_block_hard(&lined->block, part.from);
        if (result != PATTERN_FOUND)
            return true;
        size_t place = cut + sight_byte(&sight, hit.begin);
        if (place >= part.end)
            place = part.end - lined->unit;
        if (place >= part.until)
            return true;
        if (place >= part.from && place != before && !visit(context, lined, place))
            return false;
        before = place;
        at = hit.end > hit.begin ? hit.end : hit.begin + 1;
    }
}

static bool walk_visit(void *context, const struct lined *lined, size_t place)
{
    const struct walk *walk = context;
    return walk->visit(walk->context, lined->block.offset + place);
}

/** Every match that begins in the block's part of a long line. */
static bool walk_part(void *context, const struct lined *lined, struct lined_part part)
{
    const struct walk *walk = context;
    return searcher_part(walk->searcher, lined, part, walk_visit, context);
}

/** Bytes as they are, in an encoding in which a byte 0A need not be a newline: line by line. */
static bool walk_raw(struct walk *walk, const struct lined *lined, size_t begin, size_t end)
{
    struct hit hit;
    while (begin < end) {
        size_t newline = lined_newline(lined, begin);
        size_t line_end = newline < end ? newline : end;
        struct span line = {lined->block.bytes.data + begin, line_end - begin};
        enum pattern_result result = matcher_find(walk->searcher->matcher, line, 0, &hit);
        if (result == PATTERN_TOO_HARD)
            survey_block_hard(&lined->block, begin);
        if (result == PATTERN_FOUND && !walk_visit(walk, lined, begin))
            return false;
        begin = line_end + lined->unit;
    }
    return true;
}

/** A last line of hidden bytes only, which is none in the text, from `begin` on. */
static bool walk_hidden(struct walk *walk, const struct lined *lined, size_t begin)
{
    struct hit hit;
    return matcher_find(walk->searcher->matcher, (struct span){"", 0}, 0, &hit) != PATTERN_FOUND ||
           walk_visit(walk, lined, begin);
}

/** Every matching line of the complete short lines in [begin, end). */
static bool walk_lines(void *context, const struct lined *lined, size_t begin, size_t end)
{
    struct walk *walk = context;
    if (lined->encoding && walk->searcher->search->text.raw)
        return walk_raw(walk, lined, begin, end);
    struct sight sight =
        searcher_look(walk->searcher, (struct span){lined->block.bytes.data + begin, end - begin},
                      lined->block.offset + begin);
    struct span lines = sight.text;
    struct hit hit;
    size_t from = 0;
    while (from < lines.length) {
        enum pattern_result result = matcher_line(walk->searcher->matcher, lines, from, &hit);
        if (result == PATTERN_NONE)
            break;
        size_t place = begin + sight_end(&sight, hit.line_begin);
        if (result == PATTERN_TOO_HARD)
            survey_block_hard(&lined->block, place);
        if (result == PATTERN_FOUND && !walk_visit(walk, lined, place))
            return false;
        const char *newline = memchr(lines.data + hit.line_begin, '\n', lines.length - hit.line_begin);
        if (!newline)
            return true;
        from = (size_t)(newline - lines.data) + 1;
    }
    size_t last = sight_end(&sight, lines.length);
    if (last < end - begin && (lines.length == 0 || lines.data[lines.length - 1] == '\n'))
        return walk_hidden(walk, lined, begin + last);
    return true;
}

static bool walk_single(void *context, struct range match)
{
    const struct walk *walk = context;
    return walk->visit(walk->context, match.begin);
}

bool searcher_walk(struct searcher *searcher, const struct survey_block *block,
                   bool (*visit)(void *context, uint64_t unit), void *context)
{
    static const struct lined_visitor visitor = {walk_lines, walk_part};
    struct walk walk = {searcher, visit, context};
    if (searcher->search->text.bytes)
        return searcher_singles(searcher, block, walk_single, &walk);
    matcher_stop(searcher->matcher, block->stop);
    return lined_visit(block, searcher->search->text.rules.encoding, &visitor, &walk);
}
