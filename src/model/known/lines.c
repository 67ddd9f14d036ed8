/* SPDX-License-Identifier: MIT */
/*
 * model: lines, answered from counts per block and a replay of one block (see the header). View thread, but for the
 * scan, which workers run.
 *
 * Where edits lie over the file, there are two kinds of question. Numbers and totals are the file's: their replays look
 * beneath. Where the line at hand begins and ends is asked of what is shown, so that rows are whole: there a block with an
 * edit in it is read, whatever the survey says of it.
 */
#include "folio/model/known/lines.h"

#include "folio/base/scan/scan.h"
#include "folio/model/reader/overlay.h"

#include <stdatomic.h>
#include <stdlib.h>

/**
 * What the scan knows, and what it finds out that a count does not say. Freed when no worker uses it any more.
 */
struct lines_knowledge {
    const struct encoding *encoding;
    /** The size of a file that ends with a newline, as the scan of its end saw it; workers write, the view reads. */
    _Atomic uint64_t ended;
};

static const struct encoding *lines_encoding(const struct summary *lines)
{
    const struct lines_knowledge *knowledge = summary_knowledge(lines);
    return knowledge ? knowledge->encoding : &encoding_utf8;
}

/** The scan of the end of a file: does it end with a newline? */
static void lines_note_end(struct lines_knowledge *knowledge, const struct survey_block *block)
{
    const struct encoding *encoding = knowledge->encoding;
    uint64_t size = block->offset + block->end;
    size_t unit = encoding->unit;
    bool ended =
        block->end >= unit && encoding_count_newlines(encoding, block->bytes.data + block->end - unit, unit,
                                                      (unsigned)((size - unit) % unit)) == 1;
    if (ended)
        atomic_store(&knowledge->ended, size);
    else
        atomic_compare_exchange_strong(&knowledge->ended, &size, 0);
}

static struct survey_tally lines_scan(const void *knowledge, void *scratch, const struct survey_block *block)
{
    /* The knowledge is ours; the survey only hands it on. */
    struct lines_knowledge *mine = (struct lines_knowledge *)(uintptr_t)knowledge;
    const char *data = block->bytes.data + block->begin;
    size_t length = block->end - block->begin;
    (void)scratch;
    if (mine && block->offset + block->end == block->size)
        lines_note_end(mine, block);
    if (mine && mine->encoding->unit > 1) {
        unsigned phase = (unsigned)((block->offset + block->begin) % mine->encoding->unit);
        uint64_t count = encoding_count_newlines(mine->encoding, data, length, phase);
        return (struct survey_tally){(uint32_t)count, SCAN_HIGH};
    }
    struct scan_tally tally = scan_tally(data, length);
    return (struct survey_tally){(uint32_t)tally.newline_count, tally.flags};
}

const struct summary_kind lines_kind = {
    .name = "line survey",
    .flagged = true,
    .hole = SCAN_NUL,
    .scan = lines_scan,
};

struct summary *lines_open(struct survey *survey, const struct encoding *encoding, struct error *error)
{
    struct lines_knowledge *knowledge = calloc(1, sizeof *knowledge);
    if (!knowledge) {
        error_set(error, 0, "out of memory for the %s", lines_kind.name);
        return NULL;
    }
    knowledge->encoding = encoding ? encoding : &encoding_utf8;
    struct summary *lines = survey_add(survey, &lines_kind, knowledge, error);
    if (!lines)
        free(knowledge);
    return lines;
}

void lines_close(struct survey *survey, struct summary *lines)
{
    survey_drop(survey, lines, free);
}

/** A stretch of the file, and how its newlines are spelled. */
struct lines_piece {
    const struct encoding *encoding;
    struct span span;
    unsigned phase;
};

/**
 * The next bytes of `range` for a replay, from `range->begin` on, which moves behind them. Pages that cannot be read
 * are stepped over, as the survey did; `*broken` (NULL allowed) says that there were some before these bytes. False
 * when there are no more, or (`*failed`) when they could not be had.
 */
static bool lines_piece(struct reader *reader, const struct encoding *encoding, struct range *range,
                        struct lines_piece *piece, bool *failed, bool *broken)
{
    *failed = false;
    while (range->begin < range->end) {
        enum reader_result result =
            reader_span(reader, range->begin, (size_t)(range->end - range->begin), &piece->span);
        if (result == READER_OK) {
            piece->encoding = encoding;
            piece->phase = (unsigned)(range->begin % encoding->unit);
            range->begin += piece->span.length;
            return true;
        }
        *failed = result == READER_GIVEN_UP;
        if (result != READER_UNREADABLE)
            return false;
        if (broken)
            *broken = true;
        range->begin += READER_PAGE - range->begin % READER_PAGE;
    }
    return false;
}

/** Newlines in [begin, end), which lie in one block. False when the bytes cannot be had. */
static bool lines_replay(const struct summary *lines, struct reader *reader, uint64_t begin, uint64_t end,
                         uint64_t *count)
{
    struct range range = {begin, end};
    struct lines_piece piece;
    bool failed;
    *count = 0;
    reader = reader_beneath(reader);
    while (lines_piece(reader, lines_encoding(lines), &range, &piece, &failed, NULL))
        *count += encoding_count_newlines(piece.encoding, piece.span.data, piece.span.length, piece.phase);
    return !failed;
}

/** Line number by the density of newlines seen so far; 0 when nothing has been seen. */
static uint64_t lines_guess(const struct summary *lines, uint64_t offset)
{
    struct summary_state state = summary_state(lines);
    if (state.done == 0)
        return 0;
    return (uint64_t)((long double)state.count / (long double)state.done * (long double)offset) + 1;
}

enum lines_result lines_number(const struct summary *lines, struct reader *reader, uint64_t offset,
                               uint64_t *line)
{
    uint64_t before, block, here;
    if (!summary_rank(lines, offset, &before, &block)) {
        *line = lines_guess(lines, offset);
        return LINES_UNKNOWN;
    }
    if (!lines_replay(lines, reader, block, offset, &here))
        return LINES_FAILED;
    *line = before + here + 1;
    return LINES_FOUND;
}

/** Where the line behind newline `nth` of `block` begins. False when bytes cannot be had, or it has fewer newlines. */
static bool lines_behind(const struct summary *lines, struct reader *reader, struct range block, uint64_t nth,
                         uint64_t *offset)
{
    struct lines_piece piece;
    bool failed;
    reader = reader_beneath(reader);
    while (lines_piece(reader, lines_encoding(lines), &block, &piece, &failed, NULL)) {
        const struct span span = piece.span;
        size_t at = encoding_newline(piece.encoding, span.data, span.length, piece.phase, nth);
        *offset = block.begin - span.length + at + piece.encoding->unit;
        if (at < span.length)
            return true;
        nth -= encoding_count_newlines(piece.encoding, span.data, span.length, piece.phase);
    }
    return false;
}

enum lines_result lines_offset(const struct summary *lines, struct reader *reader, uint64_t line,
                               uint64_t *offset)
{
    struct range block;
    uint64_t before;
    *offset = 0;
    if (line <= 1)
        return reader_size(reader) || line ? LINES_FOUND : LINES_NONE;
    switch (summary_select(lines, line - 2, &block, &before)) {
    case SUMMARY_UNKNOWN:
        return LINES_UNKNOWN;
    case SUMMARY_NONE:
        return LINES_NONE;
    case SUMMARY_FOUND:
        break;
    }
    if (!lines_behind(lines, reader, block, line - 2 - before, offset))
        return LINES_FAILED;
    /* A newline at the very end of the file begins no line. */
    return *offset < reader_size(reader) ? LINES_FOUND : LINES_NONE;
}

bool lines_total(const struct summary *lines, struct reader *reader, uint64_t *total)
{
    const struct lines_knowledge *knowledge = summary_knowledge(lines);
    struct summary_state state = summary_state(lines);
    uint64_t size = reader_size(reader);
    struct span last = {0};
    if (!state.complete) {
        *total = lines_guess(lines, size);
        return false;
    }
    enum reader_result result =
        size && !knowledge ? reader_span(reader_beneath(reader), size - 1, 1, &last) : READER_OK;
    bool ended = knowledge ? atomic_load(&knowledge->ended) == size : last.length && last.data[0] == '\n';
    *total = state.count + (size > 0 && !ended);
    return result != READER_GIVEN_UP;
}

/**
 * Where the last line of [begin, end), at most a block, begins: behind the last newline, or behind the last page that
 * cannot be read. `*found`: there is one. False when bytes cannot be had.
 */
static bool lines_last(const struct summary *lines, struct reader *reader, uint64_t begin, uint64_t end,
                       uint64_t *after, bool *found)
{
    struct range range = {begin, end};
    struct lines_piece piece;
    bool failed;
    for (bool broken = *found = false;; broken = false) {
        bool more = lines_piece(reader, lines_encoding(lines), &range, &piece, &failed, &broken);
        if (broken && (more || range.begin <= end)) {
            *after = range.begin - (more ? piece.span.length : 0);
            *found = true;
        }
        if (!more)
            return !failed;
        const struct span span = piece.span;
        size_t at = encoding_last_newline(piece.encoding, span.data, span.length, piece.phase);
        if (at < span.length) {
            *after = range.begin - span.length + at + piece.encoding->unit;
            *found = true;
        }
    }
}

/** Is it known that a page in `range` cannot be read? There a line ends, so it must not be skipped. */
static bool lines_broken(const struct summary *lines, struct range range)
{
    uint8_t flags;
    return range.begin < range.end && summary_state(lines).unreadable > 0 &&
           summary_flags(lines, range, &flags) && flags & SURVEY_UNREADABLE;
}

/** The last edit in `range`, NULL: none. The survey does not know of it, so its block must not be skipped. */
static const struct edit *lines_edited(const struct reader *reader, struct range range)
{
    const struct edit *edit;
    size_t count = edits_in(reader_edits(reader), range, &edit);
    return count > 0 ? edit + count - 1 : NULL;
}

/**
 * How far back from `begin`, a border of blocks, nothing ends a line: to `*skip`. UNKNOWN when the survey cannot say;
 * `*skip` is `begin` when the block before it must be read.
 */
static enum summary_answer lines_skip_back(const struct summary *lines, const struct reader *reader,
                                           uint64_t begin, uint64_t *skip)
{
    struct range next;
    uint64_t block = begin - SURVEY_BLOCK;
    enum summary_answer answer = summary_next(lines, begin - 1, false, &next);
    *skip = answer == SUMMARY_FOUND ? (next.begin < block ? next.end : begin) : 0;
    if (answer != SUMMARY_UNKNOWN && lines_broken(lines, (struct range){*skip, begin}))
        *skip = lines_broken(lines, (struct range){block, begin}) ? begin : block;
    const struct edit *edit = lines_edited(reader, (struct range){*skip, begin});
    if (edit)
        *skip = edit->offset - edit->offset % SURVEY_BLOCK + SURVEY_BLOCK;
    return answer;
}

enum lines_result lines_begin(const struct summary *lines, struct reader *reader, uint64_t offset,
                              uint64_t limit, uint64_t *begin)
{
    uint64_t looked = 0;
    *begin = offset;
    while (*begin > 0) {
        uint64_t block = (*begin - 1) - (*begin - 1) % SURVEY_BLOCK, after, skip = *begin;
        enum summary_answer answer =
            *begin % SURVEY_BLOCK ? SUMMARY_UNKNOWN : lines_skip_back(lines, reader, *begin, &skip);
        bool found;
        if (answer != SUMMARY_UNKNOWN && skip < *begin) {
            *begin = skip;
            continue;
        }
        if (answer == SUMMARY_UNKNOWN && looked && looked >= limit)
            return LINES_UNKNOWN;
        if (!lines_last(lines, reader, block, *begin, &after, &found))
            return LINES_FAILED;
        if (found) {
            *begin = after;
            return LINES_FOUND;
        }
        looked += *begin - block;
        *begin = block;
    }
    return LINES_FOUND;
}

/** The same onward from `end`, a border of blocks. */
static enum summary_answer lines_skip_on(const struct summary *lines, const struct reader *reader,
                                         uint64_t end, uint64_t size, uint64_t *skip)
{
    struct range next;
    const struct edit *edit;
    uint64_t block = size - end > SURVEY_BLOCK ? end + SURVEY_BLOCK : size;
    enum summary_answer answer = summary_next(lines, end, true, &next);
    *skip = answer == SUMMARY_FOUND ? next.begin : size;
    if (answer != SUMMARY_UNKNOWN && lines_broken(lines, (struct range){end, *skip}))
        *skip = lines_broken(lines, (struct range){end, block}) ? end : block;
    if (edits_in(reader_edits(reader), (struct range){end, *skip}, &edit) > 0)
        *skip = edit->offset - edit->offset % SURVEY_BLOCK;
    return answer;
}

enum lines_result lines_end(const struct summary *lines, struct reader *reader, uint64_t offset,
                            uint64_t limit, uint64_t *end)
{
    const struct encoding *encoding = lines_encoding(lines);
    uint64_t size = reader_size(reader), looked = 0;
    *end = offset - offset % encoding->unit;
    while (*end < size) {
        uint64_t block_end = *end - *end % SURVEY_BLOCK + SURVEY_BLOCK, skip = *end;
        struct span span;
        enum summary_answer answer =
            *end % SURVEY_BLOCK ? SUMMARY_UNKNOWN : lines_skip_on(lines, reader, *end, size, &skip);
        if (answer != SUMMARY_UNKNOWN && skip > *end) {
            *end = skip;
            continue;
        }
        if (answer == SUMMARY_UNKNOWN && looked && looked >= limit)
            return LINES_UNKNOWN;
        enum reader_result result = reader_span(reader, *end, (size_t)(block_end - *end), &span);
        if (result != READER_OK)
            return result == READER_GIVEN_UP ? LINES_FAILED : LINES_FOUND;
        const size_t at = encoding_newline(encoding, span.data, span.length, 0, 0);
        *end += at;
        looked += at;
        if (at < span.length)
            return LINES_FOUND;
    }
    *end = size;
    return LINES_FOUND;
}

bool lines_plain(const struct summary *lines, struct range range)
{
    uint8_t flags;
    return range.begin < range.end && summary_flags(lines, range, &flags) && flags == 0;
}
