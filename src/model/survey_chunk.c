/* SPDX-License-Identifier: MIT */
/*
 * model: what a worker found out about one chunk (see survey_body.h for the structure). A value that its worker fills,
 * then everybody's to read.
 *
 *     struct chunk_result | flags, one byte a block, if kept | detail of each block, if kept | chained: the exit
 */
#include <string.h>

#include "survey_body.h"

static size_t chunk_detail_place(const struct summary_kind *kind)
{
    return sizeof(struct chunk_result) + (kind->flagged ? CHUNK_BLOCKS : 0);
}

size_t chunk_result_size(const struct summary_kind *kind)
{
    return chunk_detail_place(kind) + kind->detail * (CHUNK_BLOCKS + (kind->chained ? 1 : 0));
}

void *chunk_result_detail(const struct chunk_result *result, const struct summary_kind *kind, unsigned block)
{
    return (char *)(uintptr_t)result + chunk_detail_place(kind) + block * kind->detail;
}

uint32_t chunk_result_count(const struct chunk_result *result, unsigned block)
{
    return result->count[block] + ((result->full[block / 8] >> (block % 8)) & 1u);
}

void chunk_result_set(struct chunk_result *result, const struct summary_kind *kind, unsigned block,
                      struct survey_tally tally)
{
    bool full = tally.count > UINT16_MAX;
    result->count[block] = (uint16_t)(full ? tally.count - 1 : tally.count);
    result->full[block / 8] =
        (uint8_t)((result->full[block / 8] & ~(1u << (block % 8))) | ((unsigned)full << (block % 8)));
    if (kind->flagged)
        result->flags[block] = tally.flags;
}

unsigned chunk_result_kept(const struct chunk_result *result, uint64_t ordinal, uint64_t margin)
{
    uint64_t begin = ordinal * SURVEY_CHUNK;
    if (!result || result->size < begin + margin)
        return 0;
    uint64_t kept = (result->size - margin - begin) / SURVEY_BLOCK;
    return kept < CHUNK_BLOCKS ? (unsigned)kept : CHUNK_BLOCKS;
}

void chunk_result_keep(struct chunk_result *result, const struct chunk_result *before,
                       const struct summary_kind *kind, unsigned kept)
{
    for (unsigned block = 0; block < kept; block++) {
        struct survey_tally tally = {.count = chunk_result_count(before, block)};
        tally.flags = kind->flagged ? before->flags[block] : 0;
        chunk_result_set(result, kind, block, tally);
    }
    if (kind->detail)
        memcpy(chunk_result_detail(result, kind, 0), chunk_result_detail(before, kind, 0),
               kind->detail * kept);
    result->unreadable = result->unreadable_kept = before->unreadable_kept;
    result->chain_end = before->chain_end;
    result->ended = before->ended && before->chain_end <= kept;
}

void chunk_result_close(struct chunk_result *result, uint64_t begin, uint64_t origin)
{
    uint32_t end = (uint32_t)result->chain_end * SURVEY_BLOCK;
    result->worked = result->ended && end < result->covered ? end : result->covered;
    uint64_t skipped = origin > begin ? origin - begin : 0;
    result->worked -= (uint32_t)(skipped < result->worked ? skipped : result->worked);
    result->total = 0;
    for (unsigned block = 0; block < CHUNK_BLOCKS; block++)
        result->total += chunk_result_count(result, block);
}

uint32_t chunk_covered(uint64_t ordinal, uint64_t size)
{
    uint64_t begin = ordinal * SURVEY_CHUNK;
    if (size <= begin)
        return 0;
    return size - begin < SURVEY_CHUNK ? (uint32_t)(size - begin) : SURVEY_CHUNK;
}
