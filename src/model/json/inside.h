/* SPDX-License-Identifier: MIT */
/**
 * model, private: the inside of a nesting.
 *
 *     nesting.c   the questions: stretches that cannot hold the answer are stepped over, a block that can is looked at
 *     states.c    how it stands at the beginning of each chunk, and of each block of the chunk at hand
 *     map.c       blocks that are looked at again: where their brackets, commas and quotes are
 *     detail.c    what is kept of a block, and the scan that finds it
 */
#ifndef FOLIO_MODEL_JSON_INSIDE_H
#define FOLIO_MODEL_JSON_INSIDE_H

#include "folio/base/bytes/ladder.h"
#include "folio/model/json/nesting.h"

#include <stddef.h>

/** Blocks of a chunk. */
#define NESTING_BLOCKS (SURVEY_CHUNK / SURVEY_BLOCK)

/** Maps that are kept: the two of a question, and those of the one before. */
#define NESTING_MAPS 4

/** What is kept of a block in one case, and two of its own bits; all of them 0: it does nothing. */
struct nesting_case {
    uint64_t net : 20;  /**< as a two's complement */
    uint64_t fall : 19; /**< how far the least depth is below 0 */
    uint64_t commas : 19;
    uint64_t turns : 1; /**< it ends in the other state than it begins */
    uint64_t junk : 1;
    uint64_t own : 4; /**< NESTING_ bits: the first four, the others */
};

/** Of a block, whatever the case. */
enum nesting_own {
    NESTING_TRAILING = 1 << 0,
    NESTING_ALL = 1 << 1,
    NESTING_LEAD = 1 << 2,
    NESTING_NEWLINE = 1 << 3,
    NESTING_QUOTED = 1 << 4,
};

struct nesting_detail {
    struct nesting_case from[2];
};

/** What is kept of a block as what it does; `quotes` is 1 where there are some. */
struct brackets nesting_unpack(const struct nesting_detail *detail);

extern const struct summary_kind nesting_kind;

struct nesting_map {
    bool known;
    struct range block; /**< cut at the end of the file */
    struct brackets_map bits;
};

struct nesting {
    struct survey *survey;
    struct summary *summary;
    bool lines;
    /** survey_generation, and the size of the file, when all below was found out. */
    unsigned generation;
    uint64_t size;
    /** At the beginning of chunk N: of the first `chunk_count`. */
    struct ladder chunk;
    size_t chunk_count;
    /** At the beginning of each block of chunk `ordinal`: of the first `block_count`. */
    uint64_t ordinal;
    size_t block_count;
    struct brackets_state block[NESTING_BLOCKS];
    struct nesting_map map[NESTING_MAPS];
    unsigned next_map; /**< is made anew next */
};

/** Does what stands outside strings in the stretch, if it begins so, say that it probably does not? */
bool nesting_is_doubted(const struct brackets *does, struct brackets_state state);

/** Forget what is not so any more of the file, which is `size` bytes long. */
void nesting_refresh(struct nesting *nesting, uint64_t size);

/**
 * How it stands at the beginning of chunk `ordinal`, as what is before it says; what is in it may say otherwise. NULL: not
 * known.
 */
const struct brackets_state *nesting_chunk_state(struct nesting *nesting, uint64_t ordinal);

/** How it stands at `at`, a border of blocks of a chunk that is no hole. NULL: not known. Until the next call. */
const struct brackets_state *nesting_block_state(struct nesting *nesting, uint64_t at);

/**
 * Where the brackets of the block that begins at `begin` are. `*map` is borrowed until two others were looked at. FOUND,
 * UNKNOWN, or FAILED.
 */
enum nesting_answer nesting_look(struct nesting *nesting, struct reader *reader, uint64_t begin,
                                 const struct brackets_map **map);

/** nesting_state, of a nesting that was refreshed. */
enum nesting_answer nesting_stand(struct nesting *nesting, struct reader *reader, uint64_t at,
                                  struct brackets_state *state);

#endif
