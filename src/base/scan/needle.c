/* SPDX-License-Identifier: MIT */
/*
 * base: the literal string to be found. The search itself is in the ways of scan (way.h). Any thread.
 *
 * Why three bytes, and the rarest: each comparison more per vector makes false alarms rarer by a factor, and a search
 * that is never alarmed runs as fast as memory; "usr/share/" by two of its bytes alarms 180 times in 64 KiB of a web
 * log. Better-known searches that skip ahead (Boyer and Moore's family) look at less but branch on every look; on text
 * they are left behind by this. What is not done: a guard against needles made to be slow. The needle is short, so the
 * worst is bounded by its length. (Eight bytes at a time in an ordinary register, two are enough.)
 *
 * Bits that do not matter, those of a letter's case or those that a mask leaves out, are set in the data and in the
 * needle before they are compared; so no way to scan knows of masks.
 *
 * Several needles. A byte is looked up by its low and by its high half in two tables of sixteen, which one shuffle does
 * for a whole vector; each entry is a bit for each needle, and the needle may stand only where its bit is set in both
 * tables of all three places. With one bit a needle, and a letter's two cases differing in the high half only, the
 * halves never conspire: what is left has just the bytes of some needle in these places. Where a processor can look up
 * seven bits at once (AVX-512 VBMI) that takes half as long, and bytes beyond ASCII are false alarms now and then. That
 * the places are the same in all needles keeps the order: what is found first begins first.
 */
#include "folio/base/scan/needle.h"

#include "way.h"

/* Ranks that the same byte at a second place is commoner by. */
#define NEEDLE_AGAIN 32u

/* How common each byte is: 255 is the commonest. Ranked over logs, JSON, C, Python, Perl, prose and programs, each
 * kind with the same weight (programs less); the bytes that start the letters of whole alphabets put up by hand. */
static const unsigned char needle_rank[256] = {
    233, 168, 153, 134, 144, 147, 132, 125, 154, 196, 245, 112, 107, 177, 141, 165, 142, 120, 135, 94,
    101, 111, 55,  44,  129, 19,  31,  52,  76,  51,  27,  131, 255, 136, 249, 191, 199, 159, 149, 197,
    220, 219, 212, 180, 228, 239, 243, 216, 232, 235, 234, 224, 225, 214, 223, 188, 198, 194, 241, 190,
    181, 202, 184, 130, 169, 215, 183, 206, 195, 218, 185, 182, 203, 210, 152, 163, 204, 189, 205, 200,
    201, 140, 208, 213, 222, 187, 167, 170, 171, 161, 172, 173, 178, 174, 146, 230, 158, 253, 226, 240,
    242, 254, 229, 227, 231, 250, 179, 211, 244, 236, 251, 247, 238, 166, 246, 248, 252, 237, 217, 209,
    207, 221, 176, 192, 156, 193, 151, 56,  128, 108, 17,  155, 143, 148, 67,  138, 102, 175, 59,  164,
    60,  160, 49,  22,  114, 0,   32,  1,   80,  34,  36,  4,   71,  65,  3,   11,  5,   24,  8,   139,
    84,  63,  15,  6,   78,  2,   33,  30,  69,  96,  48,  73,  58,  74,  12,  43,  92,  62,  70,  41,
    57,  39,  119, 64,  118, 89,  117, 20,  93,  68,  115, 113, 150, 110, 100, 205, 124, 103, 116, 133,
    87,  97,  40,  18,  37,  10,  28,  13,  205, 205, 98,  25,  16,  7,   21,  29,  83,  35,  42,  75,
    14,  9,   61,  106, 121, 47,  205, 205, 205, 205, 205, 205, 205, 205, 53,  122, 88,  77,  79,  105,
    205, 23,  91,  50,  45,  38,  109, 81,  126, 85,  72,  99,  90,  95,  127, 186,
};

/* How much of a text a byte makes up, roughly: twice as much for every sixteen ranks. */
static uint64_t byte_weight(unsigned char byte)
{
    return (uint64_t)1 << (needle_rank[byte] / 16);
}

/* The rank of all bytes together that are `byte` once the bits of `fold` are set; over 255 where many are. */
static unsigned masked_rank(unsigned char byte, unsigned char fold)
{
    uint64_t weight = 0;
    unsigned rank = 0;
    if (fold == 0)
        return needle_rank[byte];
    for (unsigned other = 0; other < 256; other++)
        weight += (other | fold) == byte ? byte_weight((unsigned char)other) : 0;
    for (; weight > 1; weight >>= 1)
        rank += 16;
    return rank + 16;
}

/* Letters in either case stand for both, and the small one is the commoner: its rank will do. A byte that stands at
 * the other place already is worth less, for what comes once in a text often comes again: the slashes of paths. */
static unsigned needle_worth(const struct needle *needle, size_t place, size_t other)
{
    bool again = place != other && needle->byte[place] == needle->byte[other];
    unsigned rank = needle->masked ? masked_rank(needle->byte[place], needle->fold[place])
                                   : needle_rank[needle->byte[place]];
    return rank + (again ? NEEDLE_AGAIN : 0u);
}

/* The best place beside two that are taken; the first of them where there is no other. */
static size_t needle_next(const struct needle *needle, size_t rarest, size_t taken)
{
    size_t next = rarest;
    for (size_t place = 0; place < needle->length; place++) {
        bool better =
            next == rarest || needle_worth(needle, place, rarest) < needle_worth(needle, next, rarest);
        if (place != rarest && place != taken && better)
            next = place;
    }
    return next;
}

/* The rarest place, and the best of the others. */
static void needle_choose(struct needle *needle)
{
    size_t rarest = 0;
    for (size_t place = 1; place < needle->length; place++)
        if (needle_worth(needle, place, place) < needle_worth(needle, rarest, rarest))
            rarest = place;
    size_t next = needle_next(needle, rarest, rarest);
    needle->first = rarest < next ? rarest : next;
    needle->second = rarest < next ? next : rarest;
    needle->third = needle_next(needle, rarest, next);
}

bool needle_init(struct needle *needle, const char *data, size_t length, bool caseless)
{
    if (length == 0 || length > NEEDLE_LENGTH_MAX)
        return false;
    *needle = (struct needle){.length = length, .caseless = caseless};
    for (size_t place = 0; place < length; place++) {
        unsigned char byte = (unsigned char)data[place];
        if (caseless && byte >= 0x80)
            return false;
        needle->byte[place] = caseless ? byte_lower(byte) : byte;
    }
    needle_choose(needle);
    return true;
}

bool needle_init_masked(struct needle *needle, const unsigned char *value, const unsigned char *mask,
                        size_t length)
{
    if (length == 0 || length > NEEDLE_LENGTH_MAX)
        return false;
    *needle = (struct needle){.length = length, .masked = true};
    for (size_t place = 0; place < length; place++) {
        needle->fold[place] = (unsigned char)~mask[place];
        needle->byte[place] = value[place] | needle->fold[place];
    }
    needle_choose(needle);
    return true;
}

size_t needle_find(const struct needle *needle, const char *data, size_t length)
{
    /* The ways count the places where the needle may start; there must be one. */
    if (length < needle->length)
        return length;
    return scan_table()->find(needle, data, length);
}

/* How many false alarms there will be with `place` beside the ones chosen before, whose alarms `before` has. */
static uint64_t needles_alarm(const struct needles *needles, const uint64_t *before, size_t place)
{
    uint64_t sum = 0;
    for (unsigned i = 0; i < needles->count; i++)
        sum += before[i] * byte_weight(needles->needle[i].byte[place]);
    return sum;
}

static bool place_is_new(const struct needles *needles, unsigned chosen, size_t place)
{
    for (unsigned i = 0; i < chosen; i++)
        if (needles->place[i] == place)
            return false;
    return true;
}

/* One place after the other, each the best beside those before it; a needle with too few has its first one again. */
static void needles_choose(struct needles *needles)
{
    uint64_t alarm[NEEDLES_MAX] = {1, 1, 1, 1, 1, 1, 1, 1};
    for (unsigned chosen = 0; chosen < NEEDLES_PLACE; chosen++) {
        uint64_t least = UINT64_MAX;
        needles->place[chosen] = needles->place[0];
        for (size_t place = 0; place < needles->shortest; place++) {
            uint64_t sum = needles_alarm(needles, alarm, place);
            if (sum < least && place_is_new(needles, chosen, place)) {
                least = sum;
                needles->place[chosen] = place;
            }
        }
        for (unsigned i = 0; i < needles->count; i++)
            alarm[i] *= byte_weight(needles->needle[i].byte[needles->place[chosen]]);
    }
}

/* Needle `number` has this byte at the place with this index. */
static void needles_note(struct needles *needles, unsigned index, unsigned number, unsigned char byte)
{
    uint8_t bit = (uint8_t)(1u << number);
    needles->whole[index][byte] |= bit;
    needles->low[index][byte % 16] |= bit;
    needles->high[index][byte / 16] |= bit;
    needles->seven[index][byte % 128] |= bit;
}

bool needles_init(struct needles *needles, const struct span *text, unsigned count, bool caseless)
{
    if (count == 0 || count > NEEDLES_MAX)
        return false;
    *needles = (struct needles){.count = count, .shortest = SIZE_MAX};
    for (unsigned i = 0; i < count; i++) {
        struct needle *needle = &needles->needle[i];
        if (!needle_init(needle, text[i].data, text[i].length, caseless))
            return false;
        if (needle->length < needles->shortest)
            needles->shortest = needle->length;
    }
    needles_choose(needles);
    for (unsigned i = 0; i < count * NEEDLES_PLACE; i++) {
        unsigned index = i % NEEDLES_PLACE, number = i / NEEDLES_PLACE;
        const struct needle *needle = &needles->needle[number];
        size_t place = needles->place[index];
        needles_note(needles, index, number, needle->byte[place]);
        if (needle_fold(needle, place))
            needles_note(needles, index, number, (unsigned char)(needle->byte[place] ^ 0x20));
    }
    return true;
}

size_t needles_find(const struct needles *needles, const char *data, size_t length, unsigned *which)
{
    if (length < needles->shortest)
        return length;
    if (needles->count == 1) {
        *which = 0;
        return scan_table()->find(&needles->needle[0], data, length);
    }
    return scan_table()->find_any(needles, data, length, which);
}
