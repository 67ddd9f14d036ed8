/* SPDX-License-Identifier: MIT */
/*
 * model: which lines are a block's, for whoever searches it. Workers and view thread.
 *
 * A line belongs to the block in which it begins; of a line longer than LINES_LONG each block has its part. So each block
 * can be searched without knowing the one before it:
 *
 *     |.......margin.......|.............block.............|.......margin.......|
 *               ^s   head  '\n' line '\n' line '\n' last         e^
 *
 * The head (a line begun earlier) is of concern here only if it is long; the last line may end in the margin. A margin is
 * as long as the longest short line, so "is it long?" is always answered inside the span. A worker's bytes may reach
 * further than the margins; they are cut to them, so that who has more says the same. Newlines are found in the bytes, in
 * units of the encoding.
 *
 * A page that cannot be read is a border, for the survey and here: what can be read of a block is walked stretch by
 * stretch.
 */
#include "inside.h"

#include "folio/base/scan/scan.h"
#include "folio/model/known/lines.h"
#include "folio/model/reader/overlay.h"

#include <string.h>

static unsigned lined_phase(const struct lined *lined, size_t at)
{
    return (unsigned)((lined->block.offset + at) % lined->unit);
}

size_t lined_newline(const struct lined *lined, size_t at)
{
    const struct span bytes = lined->block.bytes;
    if (at >= bytes.length)
        return bytes.length;
    if (lined->encoding)
        return at + encoding_newline(lined->encoding, bytes.data + at, bytes.length - at,
                                     lined_phase(lined, at), 0);
    const char *newline = memchr(bytes.data + at, '\n', bytes.length - at);
    return newline ? (size_t)(newline - bytes.data) : bytes.length;
}

/** The last newline in [begin, end), or `end`. */
static size_t lined_last(const struct lined *lined, size_t begin, size_t end)
{
    const char *data = lined->block.bytes.data + begin;
    return begin + (lined->encoding
                        ? encoding_last_newline(lined->encoding, data, end - begin, lined_phase(lined, begin))
                        : scan_last(data, end - begin, '\n'));
}

/** A visit and what is still to be done. */
struct lined_walk {
    const struct lined *lined;
    const struct lined_visitor *visitor;
    void *context;
};

static bool visit_lines(const struct lined_walk *walk, size_t begin, size_t end)
{
    return begin >= end || walk->visitor->lines(walk->context, walk->lined, begin, end);
}

/** The part of a long line that is the block's: from `from` to the line's end, if that is in it. */
static bool visit_part(const struct lined_walk *walk, size_t begin, size_t end, size_t from)
{
    size_t until = end < walk->lined->block.end ? end : walk->lined->block.end;
    return walk->visitor->part(walk->context, walk->lined, (struct lined_part){begin, end, from, until});
}

/** The line begun before the block. `*first` is where the first line of the block begins, or the block's end. */
static bool visit_head(const struct lined_walk *walk, size_t *first)
{
    const struct survey_block *block = &walk->lined->block;
    const size_t unit = walk->lined->unit;
    *first = block->begin;
    if (block->begin == 0)
        return true;
    size_t last = lined_last(walk->lined, 0, block->begin);
    if (last + unit == block->begin)
        return true;
    size_t begin = last < block->begin ? last + unit : 0;
    bool begin_known = last < block->begin || block->begins;
    size_t end = lined_newline(walk->lined, block->begin);
    bool end_known = end < block->bytes.length || block->ends;
    *first = end < block->end ? end + unit : block->end;
    if (begin_known && end_known && end - begin <= LINES_LONG)
        return true;
    return visit_part(walk, begin, end, block->begin);
}

/** All lines of the block. */
static bool visit_block(const struct lined_walk *walk)
{
    const struct survey_block *block = &walk->lined->block;
    const size_t unit = walk->lined->unit;
    size_t begin;
    if (!visit_head(walk, &begin))
        return false;
    if (begin >= block->end)
        return true;
    size_t last = lined_last(walk->lined, begin, block->end);
    size_t last_begin = last < block->end ? last + unit : begin;
    size_t end = lined_newline(walk->lined, last_begin);
    bool known = end < block->bytes.length || block->ends;
    if (last_begin >= block->end)
        return visit_lines(walk, begin, last_begin);
    if (known && end - last_begin <= LINES_LONG)
        return visit_lines(walk, begin, end < block->bytes.length ? end + unit : end);
    return visit_lines(walk, begin, last_begin) && visit_part(walk, last_begin, end, last_begin);
}

struct survey_block lined_trim(const struct survey_block *whole)
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

bool lined_visit(const struct survey_block *block, const struct encoding *encoding,
                 const struct lined_visitor *visitor, void *context)
{
    struct lined lined = {.block = lined_trim(block), .unit = 1};
    struct lined_walk walk = {&lined, visitor, context};
    if (encoding && encoding->unit > 1) {
        lined.encoding = encoding;
        lined.unit = encoding->unit;
    }
    return visit_block(&walk);
}
