/* SPDX-License-Identifier: MIT */
/*
 * model: blocks of a JSON file that are looked at again (see inside.h). View thread.
 *
 * The bytes are those that the workers scanned, in the same stretches, so the same brackets are found.
 */
#include "inside.h"

#include "folio/model/search/replay.h"

#include <string.h>

/** A block being looked at. */
struct looking {
    struct nesting_map *map;
    struct brackets_state state; /**< where it begins */
    bool lines;
};

/** A stretch that does not begin where the block does comes behind a page that cannot be read: outside of strings. */
static bool looking_stretch(void *context, const struct survey_block *block)
{
    struct looking *looking = context;
    struct nesting_map *map = looking->map;
    uint64_t begin = block->offset + block->begin;
    struct brackets_state state = begin == map->block.begin ? looking->state : (struct brackets_state){0};
    brackets_map(&map->bits, (size_t)(begin - map->block.begin), block->bytes.data + block->begin,
                 block->end - block->begin, state, looking->lines);
    return block->offset + block->end < map->block.end;
}

/** The map of a block that is kept, NULL: none is. */
static struct nesting_map *map_kept(struct nesting *nesting, struct range block)
{
    for (unsigned i = 0; i < NESTING_MAPS; i++)
        if (nesting->map[i].known && nesting->map[i].block.begin == block.begin &&
            nesting->map[i].block.end == block.end)
            return &nesting->map[i];
    return NULL;
}

enum nesting_answer nesting_look(struct nesting *nesting, struct reader *reader, uint64_t begin,
                                 const struct brackets_map **map)
{
    const struct brackets_state *state = nesting_block_state(nesting, begin);
    struct range block = {begin, begin + SURVEY_BLOCK < nesting->size ? begin + SURVEY_BLOCK : nesting->size};
    struct nesting_map *kept = map_kept(nesting, block);
    if (!kept && !state)
        return NESTING_UNKNOWN;
    if (!kept) {
        kept = &nesting->map[nesting->next_map++ % NESTING_MAPS];
        *kept = (struct nesting_map){.block = block};
        struct looking looking = {.map = kept, .state = *state, .lines = nesting->lines};
        kept->known = replay_scan(reader, block, looking_stretch, &looking);
    }
    *map = &kept->bits;
    return kept->known ? NESTING_FOUND : NESTING_FAILED;
}

/** A stretch of the block in which it is asked how it stands. */
struct standing {
    struct brackets_state state;
    struct range range; /**< from the block's beginning to the place */
    bool lines;
};

static bool standing_stretch(void *context, const struct survey_block *block)
{
    struct standing *standing = context;
    uint64_t begin = block->offset + block->begin;
    struct brackets does =
        brackets_scan(block->bytes.data + block->begin, block->end - block->begin, standing->lines);
    if (begin > standing->range.begin)
        standing->state.inside = standing->state.escaped = false;
    standing->state = brackets_after(standing->state, &does);
    return block->offset + block->end < standing->range.end;
}

/** In a hole of a chunk or more nothing changes. */
static enum nesting_answer hole_stand(struct nesting *nesting, uint64_t at, struct brackets_state *state)
{
    const struct brackets_state *before = nesting_chunk_state(nesting, at / SURVEY_CHUNK);
    if (!before)
        return NESTING_UNKNOWN;
    *state = *before;
    state->escaped = state->escaped && at % SURVEY_CHUNK == 0;
    return NESTING_FOUND;
}

enum nesting_answer nesting_stand(struct nesting *nesting, struct reader *reader, uint64_t at,
                                  struct brackets_state *state)
{
    uint64_t byte = at < nesting->size || at == 0 ? at : nesting->size - 1,
             begin = byte - byte % SURVEY_BLOCK;
    struct summary_chunk chunk;
    *state = (struct brackets_state){0};
    if (at == 0)
        return NESTING_FOUND;
    if (summary_chunk(nesting->summary, byte, &chunk) != SUMMARY_FOUND)
        return NESTING_UNKNOWN;
    if (chunk.hole)
        return hole_stand(nesting, at, state);
    const struct brackets_state *before = nesting_block_state(nesting, begin);
    if (!before)
        return NESTING_UNKNOWN;
    struct standing standing = {.state = *before, .range = {begin, at}, .lines = nesting->lines};
    bool had = begin == at || replay_scan(reader, standing.range, standing_stretch, &standing);
    *state = standing.state;
    return had ? NESTING_FOUND : NESTING_FAILED;
}
