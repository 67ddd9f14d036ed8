/* SPDX-License-Identifier: MIT */
/*
 * model: the nearest places from which two files go on alike (see aligner.h).
 *
 * Blocks of the other file, ANCHOR_BLOCKS of them one behind the other, are put into a table by their hashes; then a
 * hash of as many bytes is rolled over the first file, a byte at a time. What is in the table is compared byte by byte:
 *
 *     first   . . . . A B C D E F G . . .         a block is found wherever it begins in the first file
 *     other   | . . . | A B C | D E F | G . .     blocks, from where the files part
 *
 * So a run of twice a block's length, less a byte, is found for sure. Small blocks find short runs, but reach only as far
 * as the table: where nothing is found the blocks become BLOCK_GROWTH times as long, until they reach the end of both
 * files. In most files short runs come again and again: the further away one is, the longer it must be. Of those that are
 * long enough the longest is taken, but what is longer than RUN_ENOUGH is no better, and the nearer the better. Then
 * what lies before it in both files is searched in the same way, for there may be a shorter run, after which they part
 * again. A block that repeats itself (zeros, a filled field) is nowhere in particular and is left out.
 */
#include "aligner.h"

#include <string.h>

/** Bytes of the smallest blocks, and how much longer the next ones are. */
#define BLOCK_SMALLEST 8u
#define BLOCK_GROWTH   16u
/** So many bytes alike are as good as more of them, and each is worth so many bytes of the way. */
#define RUN_ENOUGH 256u
#define RUN_BYTE   16u
/** Fewer bytes are no run, but at the very end of both files; so many are one however far away. */
#define RUN_LEAST 32u
#define RUN_MOST  4096u
/** Where nothing is found but this, the files end alike: at least so many bytes. */
#define END_LEAST 4u
/** The factor of the hash. */
#define HASH_FACTOR UINT64_C(0x9e3779b97f4a7c15)

/** One search, with blocks of one length. */
struct hunt {
    struct aligner *aligner;
    struct places from, end, best;
    uint64_t block; /**< bytes */
    uint64_t leave; /**< the factor of the byte that leaves the hash */
    bool found;     /**< there is a best, and what that is worth */
    int64_t worth;
    /** The run looked at last: how far it goes in the first file, and how it is shifted. */
    uint64_t seen;
    uint64_t shifted;
};

static uint64_t hash_spread(uint64_t hash)
{
    return (hash ^ hash >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
}

/** The slot of a hash: where it is, or where it would be. */
static struct anchor_slot *table_slot(struct aligner *aligner, uint64_t hash)
{
    size_t number = (size_t)(hash_spread(hash) >> 20) % ANCHOR_SLOTS;
    while (aligner->slot[number].block && aligner->slot[number].hash != hash)
        number = (number + 1) % ANCHOR_SLOTS;
    return &aligner->slot[number];
}

/** The bit of the filter for a hash, and the word it is in. */
static uint64_t filter_bit(uint64_t hash, size_t *word)
{
    uint64_t top = hash_spread(hash) >> 48;
    *word = top >> 6;
    return UINT64_C(1) << (top & 63);
}

static bool filter_passes(const struct aligner *aligner, uint64_t hash)
{
    size_t word;
    uint64_t bit = filter_bit(hash, &word);
    return aligner->filter[word] & bit;
}

/** Put a block in, unless one like it is nearer. */
static void table_put(struct aligner *aligner, uint64_t hash, uint32_t number)
{
    struct anchor_slot *slot = table_slot(aligner, hash);
    size_t word;
    uint64_t bit = filter_bit(hash, &word);
    if (slot->block)
        return;
    *slot = (struct anchor_slot){hash, number + 1};
    aligner->filter[word] |= bit;
}

/** Bytes hashed one by one, and whether they are all what came one, two or four bytes before. */
struct hashing {
    uint64_t hash, tail;
    bool same[3];
};

static void hashing_add(struct hashing *hashing, const char *data, size_t length, uint64_t before)
{
    static const unsigned step[] = {8, 16, 32};
    for (size_t i = 0; i < length; i++, before++) {
        uint64_t byte = (unsigned char)data[i];
        hashing->hash = hashing->hash * HASH_FACTOR + byte;
        for (unsigned k = 0; k < 3; k++)
            if (before >= step[k] / 8 && ((hashing->tail >> (step[k] - 8)) & 0xff) != byte)
                hashing->same[k] = false;
        hashing->tail = hashing->tail << 8 | byte;
    }
}

/** Hash the bytes of a block. False: they cannot be had, or repeat themselves. */
static bool block_hash(struct aligner *aligner, struct peek *peek, struct range range, uint64_t *hash,
                       bool *plain)
{
    struct hashing hashing = {.same = {true, true, true}};
    const char *data;
    for (uint64_t at = range.begin; at < range.end;) {
        size_t length = peek_forward(aligner, peek, at, &data);
        if (length == 0)
            return false;
        if (length > range.end - at)
            length = (size_t)(range.end - at);
        hashing_add(&hashing, data, length, at - range.begin);
        at += length;
    }
    *hash = hashing.hash;
    *plain = hashing.same[0] || (range.end - range.begin > 8 && (hashing.same[1] || hashing.same[2]));
    return true;
}

/** The table of the other file's blocks. False: there is not one. */
static bool hunt_blocks(const struct hunt *hunt)
{
    struct aligner *aligner = hunt->aligner;
    uint64_t at = hunt->from.at[1], size = hunt->end.at[1];
    bool some = false;
    memset(aligner->slot, 0, sizeof aligner->slot);
    memset(aligner->filter, 0, sizeof aligner->filter);
    for (uint32_t number = 0; number < ANCHOR_BLOCKS && size - at >= hunt->block; number++) {
        uint64_t hash;
        bool plain;
        if (!block_hash(aligner, &aligner->peek[PEEK_TWO], (struct range){at, at + hunt->block}, &hash,
                        &plain))
            break;
        if (!plain)
            table_put(aligner, hash, number);
        some = some || !plain;
        at += hunt->block;
    }
    return some;
}

/** Are so many bytes that are the same from these places on more than an accident? And what are they worth? */
static bool hunt_counts(const struct hunt *hunt, struct places places, uint64_t alike, int64_t *worth)
{
    const uint64_t *size = hunt->aligner->source->size;
    uint64_t away = (places.at[0] - hunt->from.at[0]) + (places.at[1] - hunt->from.at[1]);
    uint64_t least = RUN_LEAST + away / RUN_BYTE;
    bool ends = places.at[0] + alike == size[0] && places.at[1] + alike == size[1];
    *worth = (int64_t)((ends || alike > RUN_ENOUGH ? RUN_ENOUGH : alike) * RUN_BYTE) - (int64_t)away;
    return alike >= hunt->block && (ends || alike >= (least < RUN_MOST ? least : RUN_MOST));
}

/** The block of the first file that begins at `offset` has a hash that is in the table. */
static void hunt_hit(struct hunt *hunt, uint64_t offset, uint64_t hash)
{
    const struct anchor_slot *slot = table_slot(hunt->aligner, hash);
    if (!slot->block)
        return;
    struct places places = {{offset, hunt->from.at[1] + (slot->block - 1) * hunt->block}};
    uint64_t shifted = places.at[1] - offset;
    if (offset < hunt->seen && shifted == hunt->shifted)
        return;
    uint64_t alike, most = hunt->block > RUN_MOST ? hunt->block : RUN_MOST;
    int64_t worth;
    for (unsigned file = 0; file < 2; file++)
        if (hunt->end.at[file] - places.at[file] < most)
            most = hunt->end.at[file] - places.at[file];
    alike = peek_alike(hunt->aligner, places, most);
    bool counts = hunt_counts(hunt, places, alike, &worth);
    hunt->seen = offset + alike;
    hunt->shifted = shifted;
    if (counts && (!hunt->found || worth > hunt->worth)) {
        hunt->found = true;
        hunt->worth = worth;
        hunt->best = places;
    }
}

/** Can nothing that begins at `offset` be worth more than the best? */
static bool hunt_settled(const struct hunt *hunt, uint64_t offset)
{
    return hunt->found &&
           hunt->worth >= (int64_t)(RUN_ENOUGH * RUN_BYTE) - (int64_t)(offset - hunt->from.at[0]);
}

/** Roll the hash over so many bytes, of which `in` enter and `out` leave it. */
static uint64_t hunt_roll(struct hunt *hunt, uint64_t hash, uint64_t offset, const char *in, const char *out,
                          size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (filter_passes(hunt->aligner, hash))
            hunt_hit(hunt, offset + i, hash);
        hash = hash * HASH_FACTOR + (unsigned char)in[i] - hunt->leave * (unsigned char)out[i];
    }
    return hash;
}

/** Go over the first file, as far as the blocks of the other one reach. */
static void hunt_first(struct hunt *hunt)
{
    struct aligner *aligner = hunt->aligner;
    uint64_t at = hunt->from.at[0], end = at + ANCHOR_BLOCKS * hunt->block, hash;
    bool plain;
    if (hunt->end.at[0] - at < hunt->block ||
        !block_hash(aligner, &aligner->peek[PEEK_IN], (struct range){at, at + hunt->block}, &hash, &plain))
        return;
    while (at < end && !hunt_settled(hunt, at)) {
        const char *in, *out;
        size_t enters = peek_forward(aligner, &aligner->peek[PEEK_IN], at + hunt->block, &in);
        size_t leaves = peek_forward(aligner, &aligner->peek[PEEK_OUT], at, &out);
        size_t length = enters < leaves ? enters : leaves;
        uint64_t left = hunt->end.at[0] - at - hunt->block;
        length = length < left ? length : (size_t)left;
        length = length < 1024 ? length : 1024; /* now and then it is looked whether it is settled */
        if (length == 0)
            break;
        hash = hunt_roll(hunt, hash, at, in, out, length);
        at += length;
    }
    if (filter_passes(aligner, hash)) /* the last block of the file */
        hunt_hit(hunt, at, hash);
}

/** `factor` to the power of `times`. */
static uint64_t power(uint64_t factor, uint64_t times)
{
    uint64_t result = 1;
    for (; times; times >>= 1, factor *= factor)
        result *= times & 1 ? factor : 1;
    return result;
}

/** The files end alike, with fewer bytes than a block is sure to be found in. */
static bool anchor_end(struct aligner *aligner, struct places from, struct places *found)
{
    const uint64_t *size = aligner->source->size;
    uint64_t first = size[0] - from.at[0], other = size[1] - from.at[1];
    uint64_t alike =
        peek_alike_before(aligner, (struct places){{size[0], size[1]}}, first < other ? first : other);
    *found = (struct places){{size[0] - alike, size[1] - alike}};
    return alike >= END_LEAST;
}

/** Search between these places, with blocks of this length. */
static bool anchor_hunt(struct aligner *aligner, struct places from, struct places end, uint64_t block,
                        struct places *found)
{
    struct hunt hunt = {.aligner = aligner, .from = from, .end = end, .block = block};
    hunt.leave = power(HASH_FACTOR, block);
    if (hunt_blocks(&hunt))
        hunt_first(&hunt);
    if (hunt.found)
        *found = hunt.best;
    return hunt.found;
}

void anchor_nearer(struct aligner *aligner, struct places from, struct places *found)
{
    do {
        uint64_t first = found->at[0] - from.at[0], other = found->at[1] - from.at[1];
        uint64_t before = peek_alike_before(aligner, *found, first < other ? first : other);
        found->at[0] -= before;
        found->at[1] -= before;
    } while (anchor_hunt(aligner, from, *found, BLOCK_SMALLEST, found));
}

bool anchor_find(struct aligner *aligner, struct places from, struct places *found)
{
    const struct places end = {{aligner->source->size[0], aligner->source->size[1]}};
    uint64_t first = end.at[0] - from.at[0], other = end.at[1] - from.at[1];
    for (uint64_t block = BLOCK_SMALLEST, reach = 0; reach < (first > other ? first : other);
         block *= BLOCK_GROWTH) {
        if (anchor_hunt(aligner, from, end, block, found)) {
            anchor_nearer(aligner, from, found);
            return true;
        }
        if (aligner->source->stopped(aligner->source->context))
            return false;
        reach = block * ANCHOR_BLOCKS;
    }
    return anchor_end(aligner, from, found);
}
