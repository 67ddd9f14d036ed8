/* SPDX-License-Identifier: MIT */
/* model: units of a summary by place and by number (see replay.h). View thread. */
#include "folio/model/search/replay.h"

#include "folio/model/reader/overlay.h"

/** What a walk looks for and finds. */
struct quest {
    uint64_t offset;
    bool forward;
    bool found;
    uint64_t unit, before;
};

/** Note the first unit at or after quest->offset, the last one before it, and how many there are before it. */
static bool quest_visit(void *visitor, uint64_t unit)
{
    struct quest *quest = visitor;
    bool behind = unit >= quest->offset;
    if (behind == quest->forward) {
        quest->unit = unit;
        quest->found = true;
    }
    quest->before += !behind;
    return !behind;
}

/** The last byte of the file, or the one at `offset` where that is before it. */
static uint64_t replay_byte(const struct replay *replay, uint64_t offset)
{
    return offset < replay->size ? offset : replay->size - 1;
}

enum matches_result replay_next(const struct replay *replay, uint64_t offset, bool forward, uint64_t *unit)
{
    if (replay->size == 0 || (forward ? offset > replay->size : offset == 0))
        return MATCHES_NONE;
    uint64_t at = replay_byte(replay, forward ? offset : offset - 1);
    for (;;) {
        struct range block;
        enum summary_answer answer = summary_next(replay->summary, at, forward, &block);
        if (answer != SUMMARY_FOUND)
            return answer == SUMMARY_NONE ? MATCHES_NONE : MATCHES_UNKNOWN;
        struct quest quest = {.offset = offset, .forward = forward};
        if (!replay->walk(replay->context, block, quest_visit, &quest))
            return MATCHES_FAILED;
        *unit = quest.unit;
        if (quest.found)
            return MATCHES_FOUND;
        if (forward ? block.end >= replay->size : block.begin == 0)
            return MATCHES_NONE;
        at = forward ? block.end : block.begin - 1;
    }
}

bool replay_rank(const struct replay *replay, uint64_t offset, uint64_t *rank)
{
    uint64_t begin;
    struct quest quest = {.offset = offset, .forward = true};
    *rank = 0;
    if (replay->size == 0)
        return true;
    if (!summary_rank(replay->summary, replay_byte(replay, offset), rank, &begin))
        return false;
    uint64_t end = begin + SURVEY_BLOCK < replay->size ? begin + SURVEY_BLOCK : replay->size;
    if (!replay->walk(replay->context, (struct range){begin, end}, quest_visit, &quest))
        return false;
    *rank += quest.before;
    return true;
}

/** A walk that looks for the unit with `left` units of its block before it. */
struct selection {
    uint64_t left, unit;
    bool found;
};

static bool selection_visit(void *visitor, uint64_t unit)
{
    struct selection *selection = visitor;
    if (selection->left-- > 0)
        return true;
    selection->unit = unit;
    selection->found = true;
    return false;
}

enum matches_result replay_select(const struct replay *replay, uint64_t nth, uint64_t *unit)
{
    struct range block;
    uint64_t before;
    enum summary_answer answer = summary_select(replay->summary, nth, &block, &before);
    if (answer != SUMMARY_FOUND)
        return answer == SUMMARY_NONE ? MATCHES_NONE : MATCHES_UNKNOWN;
    struct selection selection = {.left = nth - before};
    if (!replay->walk(replay->context, block, selection_visit, &selection))
        return MATCHES_FAILED;
    *unit = selection.unit;
    /* Not there: the file is changing under us, and will be counted again. */
    return selection.found ? MATCHES_FOUND : MATCHES_UNKNOWN;
}

/** Scan what `range` has of a stretch of readable bytes. False when there is nothing more to find. */
static bool replay_stretch(struct survey_block *block, struct range range,
                           bool (*scan)(void *context, const struct survey_block *block), void *context)
{
    uint64_t begin = block->offset, end = begin + block->bytes.length;
    if (range.begin > begin)
        begin = range.begin;
    if (range.end < end)
        end = range.end;
    if (begin >= end)
        return true;
    block->begin = (size_t)(begin - block->offset);
    block->end = (size_t)(end - block->offset);
    return scan(context, block);
}

bool replay_scan(struct reader *reader, struct range range,
                 bool (*scan)(void *context, const struct survey_block *block), void *context)
{
    reader = reader_beneath(reader); /* what was counted was in the file, not in the edits over it */
    uint64_t size = reader_size(reader), at = range.begin > SURVEY_MARGIN ? range.begin - SURVEY_MARGIN : 0;
    uint64_t end = range.end + SURVEY_MARGIN < size ? range.end + SURVEY_MARGIN : size;
    struct survey_block block = {.size = size, .begins = at == 0};
    if (range.begin >= size)
        return false;
    while (at < end) {
        switch (reader_span(reader, at, (size_t)(end - at), &block.bytes)) {
        case READER_OK:
            break;
        case READER_UNREADABLE:
            at = at - at % READER_PAGE + READER_PAGE;
            block.begins = true;
            continue;
        case READER_END:
        case READER_GIVEN_UP:
            return false;
        }
        block.offset = at;
        at += block.bytes.length;
        block.ends = at < end || at == size;
        if (!replay_stretch(&block, range, scan, context))
            return true;
        block.begins = true;
    }
    return true;
}
