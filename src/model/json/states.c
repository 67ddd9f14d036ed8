/* SPDX-License-Identifier: MIT */
/*
 * model: how it stands at the borders of chunks and blocks (see inside.h). View thread.
 *
 * A chunk's state is that of the chunk before it, and what that does: both are kept, 64 steps a GiB. Of one chunk at a
 * time the states of its blocks are kept as well, so that a question may go back through it.
 *
 * A quote too many, or one too few, would turn strings and all else over up to the next newline, and there may be none. So
 * where a block has junk outside of strings, and none the other way round, a quote was lost before it: it begins the other
 * way round. In JSON there is no junk, so this is never done there. A chunk with junk is gone through block by block.
 */
#include "inside.h"

void nesting_refresh(struct nesting *nesting, uint64_t size)
{
    unsigned generation = survey_generation(nesting->survey);
    if (generation == nesting->generation && size == nesting->size)
        return;
    nesting->block_count = 0; /* the last of them may have grown, and are found again in some microseconds */
    if (generation != nesting->generation) {
        nesting->chunk_count = 0;
        for (unsigned i = 0; i < NESTING_MAPS; i++)
            nesting->map[i].known = false;
    }
    nesting->generation = generation;
    nesting->size = size;
}

static struct brackets_state *states_at(const struct nesting *nesting, size_t ordinal)
{
    return ladder_at(&nesting->chunk, ordinal);
}

/** Note how it stands at the beginning of the next chunk. False when out of memory. */
static bool states_add(struct nesting *nesting, struct brackets_state state)
{
    if (!ladder_reach(&nesting->chunk, nesting->chunk_count))
        return false;
    *states_at(nesting, nesting->chunk_count++) = state;
    return true;
}

bool nesting_is_doubted(const struct brackets *does, struct brackets_state state)
{
    return brackets_as(does, state)->junk;
}

/** How it stands at the beginning of block `number`, of which what is before it says `state`. Before the first is nothing. */
static struct brackets_state states_righted(uint64_t number, const struct brackets *does,
                                            struct brackets_state state)
{
    struct brackets_state other = {.inside = !state.inside, .escaped = state.escaped, .depth = state.depth};
    return number > 0 && nesting_is_doubted(does, state) && !nesting_is_doubted(does, other) ? other : state;
}

/** How it stands behind chunk `ordinal`, block by block. False: not known. */
static bool states_through(const struct nesting *nesting, uint64_t ordinal, struct brackets_state *state)
{
    for (size_t i = 0; i < NESTING_BLOCKS; i++) {
        const struct nesting_detail *detail =
            summary_detail(nesting->summary, ordinal * SURVEY_CHUNK + i * SURVEY_BLOCK);
        if (!detail)
            return false;
        struct brackets does = nesting_unpack(detail);
        *state = brackets_after(states_righted(ordinal * NESTING_BLOCKS + i, &does, *state), &does);
    }
    return true;
}

/** What comes behind the last chunk whose state is known. False: not known, or out of memory. */
static bool states_step(struct nesting *nesting)
{
    struct summary_chunk chunk;
    if (nesting->chunk_count == 0)
        return states_add(nesting, (struct brackets_state){0});
    uint64_t begin = (uint64_t)(nesting->chunk_count - 1) * SURVEY_CHUNK;
    struct brackets_state state = *states_at(nesting, nesting->chunk_count - 1);
    if (summary_chunk(nesting->summary, begin, &chunk) != SUMMARY_FOUND || (!chunk.hole && !chunk.total) ||
        chunk.range.end < begin + SURVEY_CHUNK)
        return false;
    if (chunk.hole)
        state.escaped = false;
    else if (!nesting_is_doubted(chunk.total, state))
        state = brackets_after(state, chunk.total);
    else if (!states_through(nesting, nesting->chunk_count - 1, &state))
        return false;
    return states_add(nesting, state);
}

const struct brackets_state *nesting_chunk_state(struct nesting *nesting, uint64_t ordinal)
{
    while (nesting->chunk_count <= ordinal)
        if (!states_step(nesting))
            return NULL;
    return states_at(nesting, (size_t)ordinal);
}

/** The states of the blocks of chunk `ordinal`, as far as they are known: what is in a block has a say as well. */
static void states_blocks(struct nesting *nesting, uint64_t ordinal)
{
    const struct brackets_state *first = nesting_chunk_state(nesting, ordinal);
    const struct nesting_detail *detail;
    nesting->ordinal = ordinal;
    nesting->block_count = 0;
    struct brackets_state state = first ? *first : (struct brackets_state){0};
    for (size_t i = 0; first && i < NESTING_BLOCKS; i++) {
        detail = summary_detail(nesting->summary, ordinal * SURVEY_CHUNK + i * SURVEY_BLOCK);
        if (!detail)
            return;
        struct brackets does = nesting_unpack(detail);
        nesting->block[i] = states_righted(ordinal * NESTING_BLOCKS + i, &does, state);
        nesting->block_count++;
        state = brackets_after(nesting->block[i], &does);
    }
}

const struct brackets_state *nesting_block_state(struct nesting *nesting, uint64_t at)
{
    uint64_t ordinal = at / SURVEY_CHUNK, number = at % SURVEY_CHUNK / SURVEY_BLOCK;
    if (nesting->ordinal != ordinal || nesting->block_count <= number)
        states_blocks(nesting, ordinal);
    return nesting->block_count > number ? &nesting->block[number] : NULL;
}
