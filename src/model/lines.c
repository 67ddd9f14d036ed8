/* SPDX-License-Identifier: MIT */
/*
 * model: lines, answered from counts per block and a replay of one block (see the header). View thread, but for the
 * scan, which workers run.
 */
#include "folio/model/lines.h"

#include "folio/base/scan.h"

static struct survey_tally lines_scan(const void *knowledge, void *scratch, const struct survey_block *block)
{
    (void)knowledge;
    (void)scratch;
    struct scan_tally tally = scan_tally(block->bytes.data + block->begin, block->end - block->begin);
    return (struct survey_tally){(uint32_t)tally.newline_count, tally.flags};
}

const struct summary_kind lines_kind = {
    .name = "line survey",
    .flagged = true,
    .hole = SCAN_NUL,
    .scan = lines_scan,
};

/** Newlines in [begin, end), which lie in one block. False when the bytes cannot be had. */
static bool lines_replay(struct reader *reader, uint64_t begin, uint64_t end, uint64_t *count)
{
    *count = 0;
    while (begin < end) {
        struct span span;
        enum reader_result result = reader_span(reader, begin, (size_t)(end - begin), &span);
        if (result == READER_END)
            return true;
        if (result == READER_GIVEN_UP)
            return false;
        if (result == READER_UNREADABLE)
            return true; /* the survey counted nothing here either */
        *count += scan_count(span.data, span.length, '\n');
        begin += span.length;
    }
    return true;
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
    if (!lines_replay(reader, block, offset, &here))
        return LINES_FAILED;
    *line = before + here + 1;
    return LINES_FOUND;
}

enum lines_result lines_offset(const struct summary *lines, struct reader *reader, uint64_t line,
                               uint64_t *offset)
{
    struct range block;
    uint64_t before;
    struct span span;
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
    if (reader_span(reader, block.begin, SURVEY_BLOCK, &span) != READER_OK)
        return LINES_FAILED;
    *offset = block.begin + scan_select(span.data, span.length, '\n', line - 2 - before) + 1;
    /* A newline at the very end of the file begins no line. */
    return *offset < reader_size(reader) ? LINES_FOUND : LINES_NONE;
}

bool lines_total(const struct summary *lines, struct reader *reader, uint64_t *total)
{
    struct summary_state state = summary_state(lines);
    uint64_t size = reader_size(reader);
    struct span last;
    if (!state.complete) {
        *total = lines_guess(lines, size);
        return false;
    }
    *total = state.count;
    enum reader_result result = size ? reader_span(reader, size - 1, 1, &last) : READER_END;
    if (size && (result != READER_OK || last.data[0] != '\n'))
        ++*total;
    return result != READER_GIVEN_UP;
}

/**
 * The last newline, or last byte of an unreadable page, in [begin, end), at most a block: `*newline`, or `end` when
 * there is none. False when bytes cannot be had.
 */
static bool lines_last(struct reader *reader, uint64_t begin, uint64_t end, uint64_t *newline)
{
    *newline = end;
    while (begin < end) {
        struct span span;
        enum reader_result result = reader_span(reader, begin, (size_t)(end - begin), &span);
        if (result == READER_UNREADABLE) {
            uint64_t page = begin - begin % READER_PAGE + READER_PAGE;
            if (page <= end)
                *newline = page - 1;
            begin = page < end ? page : end;
            continue;
        }
        if (result != READER_OK)
            return false;
        size_t at = scan_last(span.data, span.length, '\n');
        if (at < span.length)
            *newline = begin + at;
        begin += span.length;
    }
    return true;
}

enum lines_result lines_begin(const struct summary *lines, struct reader *reader, uint64_t offset,
                              uint64_t limit, uint64_t *begin)
{
    uint64_t looked = 0;
    *begin = offset;
    while (*begin > 0) {
        uint64_t block = (*begin - 1) - (*begin - 1) % SURVEY_BLOCK, newline;
        struct range next;
        enum summary_answer answer =
            *begin % SURVEY_BLOCK ? SUMMARY_UNKNOWN : summary_next(lines, *begin - 1, false, &next);
        if (answer == SUMMARY_NONE) {
            *begin = 0;
            break;
        }
        if (answer == SUMMARY_FOUND && next.begin < block) {
            *begin = next.end;
            continue;
        }
        if (answer == SUMMARY_UNKNOWN && looked && looked >= limit)
            return LINES_UNKNOWN;
        if (!lines_last(reader, block, *begin, &newline))
            return LINES_FAILED;
        if (newline < *begin) {
            *begin = newline + 1;
            return LINES_FOUND;
        }
        looked += *begin - block;
        *begin = block;
    }
    return LINES_FOUND;
}

enum lines_result lines_end(const struct summary *lines, struct reader *reader, uint64_t offset,
                            uint64_t limit, uint64_t *end)
{
    uint64_t size = reader_size(reader), looked = 0;
    *end = offset;
    while (*end < size) {
        uint64_t block_end = *end - *end % SURVEY_BLOCK + SURVEY_BLOCK;
        struct range next;
        struct span span;
        enum summary_answer answer =
            *end % SURVEY_BLOCK ? SUMMARY_UNKNOWN : summary_next(lines, *end, true, &next);
        if (answer == SUMMARY_NONE) {
            *end = size;
            break;
        }
        if (answer == SUMMARY_FOUND && next.begin > *end) {
            *end = next.begin;
            continue;
        }
        if (answer == SUMMARY_UNKNOWN && looked && looked >= limit)
            return LINES_UNKNOWN;
        enum reader_result result = reader_span(reader, *end, (size_t)(block_end - *end), &span);
        if (result != READER_OK)
            return result == READER_GIVEN_UP ? LINES_FAILED : LINES_FOUND;
        const size_t at = scan_select(span.data, span.length, '\n', 0);
        *end += at;
        looked += at;
        if (at < span.length)
            return LINES_FOUND;
    }
    return LINES_FOUND;
}

bool lines_plain(const struct summary *lines, struct range range)
{
    uint8_t flags;
    return range.begin < range.end && summary_flags(lines, range, &flags) && flags == 0;
}
