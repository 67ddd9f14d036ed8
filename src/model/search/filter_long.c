/* SPDX-License-Identifier: MIT */
/*
 * model: lines longer than a block in a filter. View thread.
 *
 * Is such a line visible? The survey notes per block which patterns match in its part of the line; the line's answer is
 * the or of its blocks, from the one in which it begins to the one in which it is over:
 *
 *     block     |   BEGIN|HEAD    |HEAD    |HEAD OVER      |
 *     patterns      {}     {1}      {}       {2}              the line matches 1 and 2
 *
 * That is asked for when a person gets there, and not before: a summary that waited for a line's end would be a chain,
 * one block after the other, and a search in every other file would pay for it. So the survey counts each long line as
 * if it were visible, and here the hidden ones are taken off again: chunk by chunk from the file's start, each chunk once,
 * since what is known of one stays true but at the end of a growing file. Only chunks with hidden long lines take memory.
 *
 * Each call looks at BUDGET blocks at most, and the next one goes on from there: a few milliseconds each.
 */
#include "filter_inside.h"

#include <stdlib.h>

/** What the line's answer is as far as it is known. */
static enum filter_verdict line_verdict(const struct question *question, const struct filter_line *line)
{
    bool shown = (line->mask & question->shows) == question->shows;
    if (line->mask & question->hides)
        return FILTER_HIDDEN;
    if (shown && (line->over || !question->hides))
        return FILTER_VISIBLE;
    return line->over ? FILTER_HIDDEN : FILTER_UNDECIDED;
}

static struct range block_at(const struct filter *filter, uint64_t begin)
{
    uint64_t end = begin + SURVEY_BLOCK;
    return (struct range){begin, end < filter->size ? end : filter->size};
}

/** Take in the next block of the line. False: that block is not known yet. */
static bool line_step(struct filter *filter, struct filter_line *line)
{
    uint8_t flags = 0;
    if (line->at < filter->size && !summary_flags(filter->summary, block_at(filter, line->at), &flags))
        return false;
    line->over = !(flags & FILTER_HEAD) || flags & FILTER_OVER;
    if (!(flags & FILTER_HEAD))
        return true;
    const struct filter_detail *detail = summary_detail(filter->summary, line->at);
    if (detail)
        line->mask |= detail->head;
    /* In a hole on with the next chunk. */
    line->at += detail ? SURVEY_BLOCK : SURVEY_CHUNK - line->at % SURVEY_CHUNK;
    return true;
}

enum filter_verdict filter_long(struct filter *filter, uint64_t block)
{
    struct filter_line *line = &filter->line;
    if (line->block != block) {
        const struct filter_detail *detail = summary_detail(filter->summary, block);
        if (!detail)
            return FILTER_UNDECIDED;
        *line = (struct filter_line){block, block + SURVEY_BLOCK, detail->begin, false};
    }
    enum filter_verdict verdict = line_verdict(filter->question, line);
    while (verdict == FILTER_UNDECIDED && filter->budget > 0 && line_step(filter, line)) {
        filter->budget--;
        verdict = line_verdict(filter->question, line);
    }
    return verdict;
}

/**
 * Add up the hidden long lines that begin in the blocks of [begin, end), which lie in one chunk. False when not all is
 * known. `*reach` becomes the byte up to which was looked.
 */
static bool hidden_in(struct filter *filter, uint64_t begin, uint64_t end, uint64_t *count, uint64_t *reach)
{
    uint8_t flags;
    if (end > filter->size)
        end = filter->size;
    if (begin >= end)
        return true;
    if (!summary_flags(filter->summary, (struct range){begin, end}, &flags))
        return false;
    for (; flags & FILTER_BEGIN && begin < end; begin += SURVEY_BLOCK) {
        uint8_t here;
        if (filter->budget == 0 || !summary_flags(filter->summary, block_at(filter, begin), &here))
            return false;
        filter->budget--;
        if (!(here & FILTER_BEGIN))
            continue;
        enum filter_verdict verdict = filter_long(filter, begin);
        if (verdict == FILTER_UNDECIDED)
            return false;
        *count += verdict == FILTER_HIDDEN;
        *reach = filter->line.at > *reach ? filter->line.at : *reach;
    }
    return true;
}

/** The sum of the settled chunks before the one at `chunk`. */
static uint64_t debt_before(const struct filter *filter, uint64_t chunk)
{
    size_t low = 0, high = filter->debt_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (filter->debt[middle].chunk < chunk)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? filter->debt[low - 1].sum : 0;
}

/** The chunk at filter->paid is settled, and has `count` hidden long lines. False when out of memory. */
static bool debt_add(struct filter *filter, uint64_t count)
{
    if (count) {
        if (filter->debt_count == filter->debt_room) {
            size_t room = filter->debt_room * 2 + 16;
            struct filter_debt *debt = realloc(filter->debt, room * sizeof *debt);
            if (!debt)
                return false;
            filter->debt = debt;
            filter->debt_room = room;
        }
        uint64_t sum = debt_before(filter, UINT64_MAX) + count;
        filter->debt[filter->debt_count++] = (struct filter_debt){filter->paid, sum};
    }
    filter->paid += SURVEY_CHUNK;
    return true;
}

bool filter_hidden(struct filter *filter, uint64_t block, uint64_t *count)
{
    uint64_t reach = 0, chunk = block - block % SURVEY_CHUNK;
    bool settles = true;
    if (chunk < filter->paid) {
        *count = debt_before(filter, chunk);
        return hidden_in(filter, chunk, block, count, &reach);
    }
    *count = debt_before(filter, UINT64_MAX);
    for (uint64_t at = filter->paid; at < block; at += SURVEY_CHUNK) {
        uint64_t end = block - at < SURVEY_CHUNK ? block : at + SURVEY_CHUNK, here = 0;
        reach = at + SURVEY_CHUNK;
        bool known = hidden_in(filter, at, end, &here, &reach);
        *count += here;
        if (!known)
            return false;
        /* What was seen at the file's end may become other when it grows. */
        settles = settles && end == at + SURVEY_CHUNK && filter->size > reach + 2 * SURVEY_BLOCK;
        settles = settles && debt_add(filter, here);
    }
    return true;
}
