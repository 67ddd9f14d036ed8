/* SPDX-License-Identifier: MIT */
/**
 * model: kinds of knowledge about a file, each a scan of one block, and their summaries in a survey.
 *
 * A kind is a constant that lives for ever; what it is asked to know, its *knowledge*, is borrowed from whoever adds
 * the summary. Scans run on worker threads; summaries are added and dropped by the owner of the survey.
 */
#ifndef FOLIO_MODEL_SURVEY_SUMMARY_KIND_H
#define FOLIO_MODEL_SURVEY_SUMMARY_KIND_H

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Bytes of a block, the unit of knowledge: one fault-around window of the kernel. */
#define SURVEY_BLOCK 65536u
/** Bytes of a chunk, the unit of work: 256 blocks, published as a whole. */
#define SURVEY_CHUNK (16u << 20)
/** The most bytes a kind may look at on either side of its block. */
#define SURVEY_MARGIN SURVEY_BLOCK

/** The most bytes that a kind may keep per block beside its count and flags. */
#define SURVEY_DETAIL_MAX 64u

/** Bytes of a page, the unit of what cannot be read. */
#define SURVEY_PAGE 4096u

/** Flag that the survey itself sets in a block's flags: a page of it could not be read, the others are counted. */
#define SURVEY_UNREADABLE 0x80u

struct survey;
struct summary;
struct window;

/**
 * One block as a scan sees it: the bytes [begin, end) of `bytes`, with margins around where the file has them. A page
 * that cannot be read is a border: it ends a line as a newline does, margins stop there, and a block that holds one
 * is given stretch by stretch, in order; the counts are added up and the flags or-ed. (Where nothing can be read for
 * more than a block, a block whose first and last page cannot be read either is not asked for page by page.)
 */
struct survey_block {
    struct span bytes;
    size_t begin, end;
    /** Byte offset in the file of bytes.data[0], and the size of the file in this walk. */
    uint64_t offset, size;
    /** The file, or what can be read of it, begins with the first of `bytes`; ends with the last of them. */
    bool begins, ends;
    /**
     * kind->detail bytes. Free: to be filled; zeros, or what the stretch before left in the same block. Chained: what
     * the block (or stretch) before left; to be made what this one leaves.
     */
    void *detail;
    /** Chained: set it, and the chain ends with this block. */
    bool *last;
    /** NULL: nobody asks. Otherwise, where the scan gives up a place as too hard: survey_block_hard. */
    uint64_t *hard;
    /** The other file of a survey of two (survey_beside), else NULL: this worker's window on it, for window_run. */
    struct window *beside;
    /** Borrowed for the scan, may be NULL: once it is true, nobody wants the answer any more, whatever it is. */
    const atomic_bool *stop;
};

/** A scan gives up what begins at byte `place` of the block's bytes: too hard, so it is not counted. */
static inline void survey_block_hard(const struct survey_block *block, size_t place)
{
    if (block->hard && block->offset + place < *block->hard)
        *block->hard = block->offset + place;
}

/** What a scan says of its block: how many things it counted (at most SURVEY_BLOCK), and seven flag bits. */
struct survey_tally {
    uint32_t count;
    uint8_t flags;
};

/**
 * A kind of knowledge. A *free* kind's scan depends on nothing but its bytes, and blocks are scanned in any order. A
 * *chained* kind's scan depends on the block before: it begins in the block that holds the origin given to
 * survey_chain and goes on block by block until it says that the chain ends; what is kept of a block is its entry.
 */
struct summary_kind {
    const char *name;
    /** Bytes needed around the block, at most SURVEY_MARGIN. */
    size_t margin;
    /** Keep the flags (one byte a block)? */
    bool flagged;
    /** Keep no counts, which take twice as much as flags? All counts are 0 then. Not chained. */
    bool uncounted;
    /** Flagged and uncounted: flags of every 1 << `grain` (at most 5) blocks are one: those of the first in no hole. */
    unsigned grain;
    /** Bytes kept per block beside them, at most SURVEY_DETAIL_MAX; read with summary_detail. */
    size_t detail;
    /**
     * Bytes kept per chunk: its *total*, what its blocks' details come to one behind the other, read with summary_chunk.
     * 0: none is kept. Not chained; neither counts nor flags are kept beside it, so that it is aligned.
     */
    size_t total;
    /** Put the detail of the chunk's block number `index` behind what its blocks before came to. Worker threads. */
    void (*fold)(void *total, const void *detail, unsigned index);
    bool chained;
    /** Chained: go over `length` bytes of hole at `offset`, which are zeros and never scanned. */
    void (*skip)(const void *knowledge, void *detail, uint64_t offset, uint64_t length);
    /** The flags of a block that lies in a hole of the file, which is never scanned; its count is 0. */
    uint8_t hole;
    /** Work outward from survey_focus, forward first; otherwise focus, start, end, then the rest in order. */
    bool from_focus;
    /** A worker's own scratch memory for `knowledge`; both may be NULL. */
    void *(*scratch_open)(const void *knowledge, struct error *error);
    void (*scratch_close)(void *scratch);
    /** Worker threads, under the guard: own loops and pcre2_jit_match only, no lock, no allocation. */
    struct survey_tally (*scan)(const void *knowledge, void *scratch, const struct survey_block *block);
};

/** Add a summary; `knowledge` is borrowed until survey_drop. NULL and `error` when out of memory. */
struct summary *survey_add(struct survey *survey, const struct summary_kind *kind, const void *knowledge,
                           struct error *error);

/**
 * Add a chained summary. `entry` (kind->detail bytes) holds at `origin`, which may lie inside a block: the first scan
 * gets that block with `begin` at the origin. Nothing before the origin's chunk is ever known of it.
 */
struct summary *survey_chain(struct survey *survey, const struct summary_kind *kind, const void *knowledge,
                             uint64_t origin, const void *entry, struct error *error);

/**
 * Let the workers leave the summary alone soon (block->stop), whatever is still to be done, or go on with it. What is
 * done stays known; what is complete is not halted. A chained one is not to be.
 */
void survey_halt(struct survey *survey, struct summary *summary, bool halt);

/**
 * Take a summary out. `release(knowledge)` (may be NULL) is called once no worker uses it: at once or, by the last
 * worker, a little later. NULL is fine.
 */
void survey_drop(struct survey *survey, struct summary *summary, void (*release)(void *knowledge));

#endif
