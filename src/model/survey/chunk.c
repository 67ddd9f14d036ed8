/* SPDX-License-Identifier: MIT */
/*
 * model: what a worker found out about one chunk (see inside.h for the structure). A value that its worker fills,
 * then everybody's to read.
 *
 *     struct chunk_result | flags, one byte a block or for some of them | counts, and the bits of those that are full
 *                         | detail of each block, if kept | chained: the exit | the total, if kept
 */
#include "chunk.h"

#include <stdlib.h>
#include <string.h>

/** Counts: one less where the bit of the block is set, for 65536 does not fit. */
struct chunk_counts {
    uint16_t count[CHUNK_BLOCKS];
    uint8_t full[CHUNK_BLOCKS / 8];
};

static size_t chunk_flag_count(const struct summary_kind *kind)
{
    return kind->flagged ? CHUNK_BLOCKS >> kind->grain : 0;
}

static size_t chunk_detail_place(const struct summary_kind *kind)
{
    return sizeof(struct chunk_result) + chunk_flag_count(kind) +
           (kind->uncounted ? 0 : sizeof(struct chunk_counts));
}

size_t chunk_result_size(const struct summary_kind *kind)
{
    return chunk_detail_place(kind) + kind->detail * (CHUNK_BLOCKS + (kind->chained ? 1 : 0)) + kind->total;
}

struct chunk_result *chunk_result_open(const struct summary_kind *kind)
{
    struct chunk_result *result = calloc(1, chunk_result_size(kind));
    if (!result)
        return NULL;
    result->flag_count = (uint16_t)chunk_flag_count(kind);
    result->counted = !kind->uncounted;
    memset(result->flags, kind->hole, result->flag_count);
    return result;
}

void *chunk_result_detail(const struct chunk_result *result, const struct summary_kind *kind, unsigned block)
{
    return (char *)(uintptr_t)result + chunk_detail_place(kind) + block * kind->detail;
}

void *chunk_result_total(const struct chunk_result *result, const struct summary_kind *kind)
{
    return chunk_result_detail(result, kind, CHUNK_BLOCKS + (kind->chained ? 1 : 0));
}

static struct chunk_counts *chunk_result_counts(const struct chunk_result *result)
{
    return (struct chunk_counts *)(uintptr_t)(result->flags + result->flag_count);
}

uint32_t chunk_result_count(const struct chunk_result *result, unsigned block)
{
    const struct chunk_counts *counts = chunk_result_counts(result);
    if (!result->counted)
        return 0;
    return counts->count[block] + ((counts->full[block / 8] >> (block % 8)) & 1u);
}

uint8_t chunk_result_flags(const struct chunk_result *result, unsigned block)
{
    return result->flags[block * result->flag_count / CHUNK_BLOCKS];
}

/** Of several blocks that share their flags, those of the first hold that is no hole, and that one cannot be read. */
static void chunk_result_flag(struct chunk_result *result, const struct summary_kind *kind, unsigned block,
                              uint8_t flags)
{
    unsigned shared = CHUNK_BLOCKS / result->flag_count;
    uint8_t *kept = &result->flags[block / shared];
    *kept = block % shared == 0 || *kept == kind->hole ? flags : *kept | (flags & SURVEY_UNREADABLE);
}

void chunk_result_set(struct chunk_result *result, const struct summary_kind *kind, unsigned block,
                      struct survey_tally tally)
{
    bool full = tally.count > UINT16_MAX;
    if (kind->flagged)
        chunk_result_flag(result, kind, block, tally.flags);
    if (!result->counted)
        return;
    struct chunk_counts *counts = chunk_result_counts(result);
    counts->count[block] = (uint16_t)(full ? tally.count - 1 : tally.count);
    counts->full[block / 8] =
        (uint8_t)((counts->full[block / 8] & ~(1u << (block % 8))) | ((unsigned)full << (block % 8)));
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
        tally.flags = kind->flagged ? chunk_result_flags(before, block) : 0;
        chunk_result_set(result, kind, block, tally);
    }
    if (kind->detail)
        memcpy(chunk_result_detail(result, kind, 0), chunk_result_detail(before, kind, 0),
               kind->detail * kept);
    result->unreadable = result->unreadable_kept = before->unreadable_kept;
    result->chain_end = before->chain_end;
    result->ended = before->ended && before->chain_end <= kept;
}

void chunk_result_close(struct chunk_result *result, const struct summary_kind *kind, uint64_t begin,
                        uint64_t origin)
{
    const unsigned blocks = (result->covered + SURVEY_BLOCK - 1) / SURVEY_BLOCK;
    uint32_t end = (uint32_t)result->chain_end * SURVEY_BLOCK;
    result->worked = result->ended && end < result->covered ? end : result->covered;
    uint64_t skipped = origin > begin ? origin - begin : 0;
    result->worked -= (uint32_t)(skipped < result->worked ? skipped : result->worked);
    result->total = 0;
    for (unsigned block = 0; block < CHUNK_BLOCKS; block++)
        result->total += chunk_result_count(result, block);
    for (unsigned block = 0; kind->fold && block < blocks; block++)
        kind->fold(chunk_result_total(result, kind), chunk_result_detail(result, kind, block), block);
}

uint32_t chunk_covered(uint64_t ordinal, uint64_t size)
{
    uint64_t begin = ordinal * SURVEY_CHUNK;
    if (size <= begin)
        return 0;
    return size - begin < SURVEY_CHUNK ? (uint32_t)(size - begin) : SURVEY_CHUNK;
}
