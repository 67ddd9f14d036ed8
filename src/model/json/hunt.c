/* SPDX-License-Identifier: MIT */
/*
 * model: going over a JSON file for one question (see hunt.h). View thread.
 *
 *     |chunk, stepped over by its total|block|block|block, looked at|
 *
 * A chunk in which a lost quote may turn all over is not stepped over as a whole (states.c). Only a block in which the question begins, and one that may hold the answer, is looked at.
 */
#include "hunt.h"

/** A question on its way. */
struct hunt {
    struct quest *quest;
    struct nesting *nesting;
    struct reader *reader;
    uint64_t at; /**< the next byte, or behind it where it goes back */
};

/** Is the stretch to be gone over whole, and does nothing in it matter? Then go on behind it. */
static bool hunt_skip(struct hunt *hunt, struct range stretch, const struct brackets *does,
                      struct brackets_state state)
{
    struct quest *quest = hunt->quest;
    bool forward = quest->kind->forward;
    bool whole = forward ? hunt->at == stretch.begin && stretch.end <= quest->range.end
                         : hunt->at == stretch.end && stretch.begin >= quest->range.begin;
    if (!whole || !quest->kind->skip(quest, does, brackets_as(does, state), state.depth))
        return false;
    hunt->at = forward ? stretch.end : stretch.begin;
    return true;
}

/** How deep it is before byte `at` of a map that begins `depth` deep. */
static int64_t map_depth(const struct brackets_map *map, size_t at, int64_t depth)
{
    for (size_t word = 0; word < at / 64; word++)
        depth += __builtin_popcountll(map->open[word]) - __builtin_popcountll(map->close[word]);
    if (at % 64 == 0)
        return depth;
    uint64_t before = ((uint64_t)1 << at % 64) - 1;
    return depth + __builtin_popcountll(map->open[at / 64] & before) -
           __builtin_popcountll(map->close[at / 64] & before);
}

/** The bytes of word `word` of a map that are looked at. */
static uint64_t map_marks(const struct brackets_map *map, size_t word, bool quotes)
{
    return quotes ? map->quote[word] : map->open[word] | map->close[word] | map->comma[word];
}

/** By how much byte `at` of a map changes the depth. */
static int map_step(const struct brackets_map *map, size_t at)
{
    return (int)(map->open[at / 64] >> at % 64 & 1) - (int)(map->close[at / 64] >> at % 64 & 1);
}

/** Look at the bytes [from, end) of a block, at whose byte `from` it is `depth` deep. */
static enum quest_look hunt_on(struct quest *quest, const struct brackets_map *map, uint64_t block,
                               size_t from, size_t end, int64_t depth)
{
    for (size_t word = from / 64; word * 64 < end; word++) {
        uint64_t marks = map_marks(map, word, quest->kind->quotes);
        if (word == from / 64)
            marks &= UINT64_MAX << from % 64;
        for (; marks; marks &= marks - 1) {
            size_t at = word * 64 + (size_t)__builtin_ctzll(marks);
            int64_t after = depth + map_step(map, at);
            enum quest_look look = at < end ? quest->kind->look(quest, block + at, depth, after) : QUEST_ON;
            if (look != QUEST_ON)
                return look;
            depth = after;
        }
    }
    return QUEST_ON;
}

/** Look at the bytes [from, end) of a block, the last first; at `end` it is `depth` deep. */
static enum quest_look hunt_back(struct quest *quest, const struct brackets_map *map, uint64_t block,
                                 size_t from, size_t end, int64_t depth)
{
    for (size_t word = (end + 63) / 64; word-- > from / 64;) {
        uint64_t marks = map_marks(map, word, quest->kind->quotes);
        if (word == end / 64)
            marks &= ~(UINT64_MAX << end % 64);
        while (marks) {
            unsigned bit = 63 - (unsigned)__builtin_clzll(marks);
            size_t at = word * 64 + bit;
            int64_t before = depth - map_step(map, at);
            enum quest_look look =
                at >= from ? quest->kind->look(quest, block + at, before, depth) : QUEST_ON;
            if (look != QUEST_ON)
                return look;
            depth = before;
            marks ^= (uint64_t)1 << bit;
        }
    }
    return QUEST_ON;
}

/** Look at what the question has of a block. ON is NONE here. */
static enum nesting_answer hunt_look(struct hunt *hunt, struct range block, int64_t depth)
{
    static const enum nesting_answer said[] = {NESTING_NONE, NESTING_FOUND, NESTING_NONE};
    struct quest *quest = hunt->quest;
    const struct brackets_map *map;
    enum nesting_answer answer = nesting_look(hunt->nesting, hunt->reader, block.begin, &map);
    if (answer != NESTING_FOUND)
        return answer;
    bool forward = quest->kind->forward;
    uint64_t low = forward ? hunt->at : quest->range.begin, high = forward ? quest->range.end : hunt->at;
    size_t from = low > block.begin ? (size_t)(low - block.begin) : 0;
    size_t end = (size_t)((high < block.end ? high : block.end) - block.begin);
    enum quest_look look = forward
                               ? hunt_on(quest, map, block.begin, from, end, map_depth(map, from, depth))
                               : hunt_back(quest, map, block.begin, from, end, map_depth(map, end, depth));
    hunt->at = forward ? block.begin + end : block.begin + from;
    if (look == QUEST_NONE)
        hunt->at = forward ? quest->range.end : quest->range.begin;
    return said[look];
}

/** Go over one block, or the part of it that is left. NONE: go on. */
static enum nesting_answer hunt_block(struct hunt *hunt, uint64_t byte)
{
    uint64_t begin = byte - byte % SURVEY_BLOCK, size = hunt->nesting->size;
    struct range block = {begin, begin + SURVEY_BLOCK < size ? begin + SURVEY_BLOCK : size};
    const struct brackets_state *state = nesting_block_state(hunt->nesting, begin);
    const struct nesting_detail *detail = summary_detail(hunt->nesting->summary, begin);
    if (!state || !detail)
        return NESTING_UNKNOWN;
    struct brackets does = nesting_unpack(detail);
    if (hunt_skip(hunt, block, &does, *state))
        return NESTING_NONE;
    return hunt_look(hunt, block, state->depth);
}

/** Go over a chunk, a hole, or a block. NONE: go on. */
static enum nesting_answer hunt_step(struct hunt *hunt)
{
    bool forward = hunt->quest->kind->forward;
    uint64_t byte = forward ? hunt->at : hunt->at - 1;
    struct summary_chunk chunk;
    if (summary_chunk(hunt->nesting->summary, byte, &chunk) != SUMMARY_FOUND)
        return NESTING_UNKNOWN;
    if (chunk.hole) {
        hunt->at = forward ? chunk.range.end : chunk.range.begin;
        return NESTING_NONE;
    }
    const struct brackets_state *state = nesting_chunk_state(hunt->nesting, byte / SURVEY_CHUNK);
    if (!state)
        return NESTING_UNKNOWN;
    if (chunk.total && !nesting_is_doubted(chunk.total, *state) &&
        hunt_skip(hunt, chunk.range, chunk.total, *state))
        return NESTING_NONE;
    return hunt_block(hunt, byte);
}

enum nesting_answer quest_hunt(struct quest *quest, struct nesting *nesting, struct reader *reader)
{
    bool forward = quest->kind->forward;
    struct hunt hunt = {quest, nesting, reader, forward ? quest->range.begin : quest->range.end};
    enum nesting_answer answer = NESTING_NONE;
    while (answer == NESTING_NONE && (forward ? hunt.at < quest->range.end : hunt.at > quest->range.begin))
        answer = hunt_step(&hunt);
    return answer;
}
