/* SPDX-License-Identifier: MIT */
/**
 * model, private: going over a block of two files, the same for workers and view thread.
 *
 *     diff.c        the survey of both, and the view thread's questions
 *     walk.c        which differences begin in one block
 *     alignment.c   the helper that finds out how the other file is shifted
 */
#ifndef FOLIO_MODEL_BYTE_WALK_H
#define FOLIO_MODEL_BYTE_WALK_H

#include "folio/model/byte/shifts.h"
#include "folio/model/reader/reader.h"
#include "folio/model/search/replay.h"
#include "folio/model/survey/summary_kind.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Bytes looked at before a block: one would do, but whole lines of the cache are copied faster. */
#define DIFF_LOOK_BACK 64u

/** What all threads know. What is in the way of the workers they note here. */
struct diff_pair {
    uint64_t other_size;
    /** NULL: none are known. Of the pair. */
    struct shifts *shifts;
    atomic_int code;
    _Atomic uint64_t bad_at;
    atomic_bool shorter;
};

/** A comparison under way. */
struct comparison {
    /** Differences that begin before are not counted. */
    uint64_t from;
    /** The byte before differs. */
    bool differing;
    /** The visit ended it. */
    bool ended;
    uint32_t count;
    replay_visit *visit; /**< NULL: nobody asks where they are */
    void *visitor;
};

/** What became of asking for bytes of the other file. */
enum diff_brought {
    BROUGHT_SOME,
    BROUGHT_BAD,  /**< the page at walk->at cannot be read */
    BROUGHT_NONE, /**< they cannot be had: stopped, given up, or the file is shorter now */
};

/** One block being compared: by a worker, or again by the view thread. */
struct diff_walk {
    struct comparison compare;
    struct diff_pair *pair;
    const struct survey_block *block;
    /** Compared up to there, and how the other file is shifted there. */
    uint64_t at;
    int64_t by;
    /** Compare some of the bytes [at, end), which both have. */
    enum diff_brought (*bring)(struct diff_walk *walk, uint64_t end);
    /** The view thread's way to the other file. */
    struct reader *reader;
    /** The worker's: what a run found so far. */
    struct comparison now;
};

/** Where in the block's bytes the byte at walk->at stands. */
static inline const char *diff_walk_bytes(const struct diff_walk *walk)
{
    return walk->block->bytes.data + (walk->at - walk->block->offset);
}

/** Where in the other file the byte at `offset` of the first one stands. */
static inline uint64_t diff_walk_other(const struct diff_walk *walk, uint64_t offset)
{
    return offset + (uint64_t)walk->by;
}

/** How many bytes are the same from the first on. */
size_t diff_same_length(const char *one, const char *two, size_t length);

/** Go over the bytes at `offset` that both files have. */
void diff_compare(struct comparison *compare, const char *one, const char *two, size_t length,
                  uint64_t offset);

/** Visit, and count, the differences that begin in the block. False: the bytes of the other file could not be had. */
bool diff_walk_block(struct diff_walk *walk, const struct survey_block *block);

#endif
