/* SPDX-License-Identifier: MIT */
/**
 * model, private: what a worker found out about one chunk, block by block, and how that is kept (chunk.c). One
 * worker makes and fills it; once it is published it is immutable.
 */
#ifndef FOLIO_MODEL_SURVEY_CHUNK_H
#define FOLIO_MODEL_SURVEY_CHUNK_H

#include "folio/model/survey/survey.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CHUNK_BLOCKS (SURVEY_CHUNK / SURVEY_BLOCK)

/** What a worker found out about a chunk. */
struct chunk_result {
    uint64_t total;
    /** Size of the file in that walk: blocks whose margin ends before it are final. */
    uint64_t size;
    /** Bytes of the chunk below `size`, and those that the summary is about: all, but in a chain. */
    uint32_t covered, worked;
    /** Bytes that could not be read; those of them in blocks that stay true when the file grows. */
    uint32_t unreadable, unreadable_kept;
    /** The first place that this walk gave up as too hard; UINT64_MAX: none. */
    uint64_t hard;
    /** Chained: the chain ends here, and the block behind its last one. */
    uint16_t chain_end;
    bool ended;
    /** Flags that are kept, and whether counts follow them, as in chunk.c. */
    uint16_t flag_count;
    bool counted;
    alignas(8) uint8_t flags[];
};

/** Bytes of a result of this kind. */
size_t chunk_result_size(const struct summary_kind *kind);

/** A result of this kind in which nothing was found, and every block lies in a hole. NULL when out of memory. */
struct chunk_result *chunk_result_open(const struct summary_kind *kind);

/** The detail of one block; of CHUNK_BLOCKS, in a chain: the exit. */
void *chunk_result_detail(const struct chunk_result *result, const struct summary_kind *kind, unsigned block);

/** What the details of all its blocks come to, where the kind has that kept. */
void *chunk_result_total(const struct chunk_result *result, const struct summary_kind *kind);

/** The count of one block of a result. */
uint32_t chunk_result_count(const struct chunk_result *result, unsigned block);

/** The flags of one block of a flagged kind; where several share them: the first one's, and whether any is unreadable. */
uint8_t chunk_result_flags(const struct chunk_result *result, unsigned block);

/** Note what a block was found to hold. */
void chunk_result_set(struct chunk_result *result, const struct summary_kind *kind, unsigned block,
                      struct survey_tally tally);

/**
 * How many blocks of a result stay true once the file is larger than it was in that walk: those whose margin ended
 * before its end. 0 for NULL.
 */
unsigned chunk_result_kept(const struct chunk_result *result, uint64_t ordinal, uint64_t margin);

/** Take the first `kept` blocks over from `before`. */
void chunk_result_keep(struct chunk_result *result, const struct chunk_result *before,
                       const struct summary_kind *kind, unsigned kept);

/** Add up a result whose blocks are done, of the chunk at `begin`, in a chain from `origin`. */
void chunk_result_close(struct chunk_result *result, const struct summary_kind *kind, uint64_t begin,
                        uint64_t origin);

/** Bytes of chunk `ordinal` that lie below `size`. */
uint32_t chunk_covered(uint64_t ordinal, uint64_t size);

#endif
