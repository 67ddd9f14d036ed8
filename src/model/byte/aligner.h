/* SPDX-License-Identifier: MIT */
/**
 * model, private: what aligning two files works with.
 *
 *     align.c    the pass over both files, and the table of shifts that comes of it
 *     anchor.c   the nearest place from which two files go on alike
 *     peek.c     bytes of either file, forward and backward, through a few buffers
 */
#ifndef FOLIO_MODEL_BYTE_ALIGNER_H
#define FOLIO_MODEL_BYTE_ALIGNER_H

#include "folio/model/byte/align.h"

/** Bytes of one buffer. */
#define PEEK_ROOM 65536u

/** Blocks that are known by their hashes at a time, and slots for them. */
#define ANCHOR_BLOCKS 4096u
#define ANCHOR_SLOTS  (4 * ANCHOR_BLOCKS)

/** Some bytes of a file. */
struct peek {
    unsigned file;
    uint64_t begin;
    size_t length;
    char data[PEEK_ROOM];
};

/** What the buffers are for: walking over both files, looking whether two places go on alike, what enters and leaves a hash. */
enum { PEEK_FIRST, PEEK_OTHER, PEEK_ONE, PEEK_TWO, PEEK_IN, PEEK_OUT, PEEK_COUNT };

/** A block of the other file: its hash, and its number plus 1; 0: the slot is empty. */
struct anchor_slot {
    uint64_t hash;
    uint32_t block;
};

struct aligner {
    const struct align_source *source;
    struct shifts *shifts;
    struct peek peek[PEEK_COUNT];
    struct anchor_slot slot[ANCHOR_SLOTS];
    /** One bit for the top bits of each hash in the table: most are not in it. */
    uint64_t filter[1024];
};

/** Places in both files, in the order of align_source. */
struct places {
    uint64_t at[2];
};

/** The bytes from `offset` on, as many as are at hand (at least one) into `*data`; 0: there are none, or they cannot be had. */
size_t peek_forward(struct aligner *aligner, struct peek *peek, uint64_t offset, const char **data);

/** The bytes before `offset`, `*data` behind the last of them. */
size_t peek_backward(struct aligner *aligner, struct peek *peek, uint64_t offset, const char **data);

/** How many bytes, at most `most`, are the same from these places on; and before them. */
uint64_t peek_alike(struct aligner *aligner, struct places places, uint64_t most);
uint64_t peek_alike_before(struct aligner *aligner, struct places places, uint64_t most);

/** From these places on, where the files part, the nearest ones from which both go on alike. False: there are none. */
bool anchor_find(struct aligner *aligner, struct places from, struct places *found);

/** `found` are such places. Are there nearer ones, before both of them? Then they take their place. */
void anchor_nearer(struct aligner *aligner, struct places from, struct places *found);

#endif
