/* SPDX-License-Identifier: MIT */
/*
 * base: the literal string to be found. The search itself is in the ways of scan (scan_way.h). Any thread.
 *
 * Why two bytes, and the rarest: one comparison more per vector makes false alarms rarer by the square, and a search
 * that is never alarmed runs as fast as memory. Better-known searches that skip ahead (Boyer and Moore's family)
 * look at less but branch on every look; on text they are left behind by this. What is not done: a guard against
 * needles made to be slow. The needle is short, so the worst is bounded by its length.
 */
#include "folio/base/needle.h"

#include "scan_way.h"

#include <string.h>

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

/* ASCII only, whatever the locale: what is searched are bytes. */
static unsigned char byte_lower(unsigned char byte)
{
    return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
}

/* Letters in either case stand for both, and the small one is the commoner: its rank will do. */
static bool needle_rarer(const struct needle *needle, size_t place, size_t than)
{
    return needle_rank[needle->byte[place]] < needle_rank[needle->byte[than]];
}

/* The rarest place and the rarest of the others. The same byte twice is no loss: "zz" is rarer than "z" and "e". */
static void needle_choose(struct needle *needle)
{
    size_t rarest = 0;
    for (size_t place = 1; place < needle->length; place++) {
        if (needle_rarer(needle, place, rarest))
            rarest = place;
    }
    size_t next = rarest == 0 && needle->length > 1 ? 1 : 0;
    for (size_t place = next + 1; place < needle->length; place++) {
        if (place != rarest && needle_rarer(needle, place, next))
            next = place;
    }
    needle->first = rarest < next ? rarest : next;
    needle->second = rarest < next ? next : rarest;
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

bool needle_stands(const struct needle *needle, const char *data)
{
    if (!needle->caseless)
        return memcmp(data, needle->byte, needle->length) == 0;
    for (size_t place = 0; place < needle->length; place++) {
        if (byte_lower((unsigned char)data[place]) != needle->byte[place])
            return false;
    }
    return true;
}

size_t needle_find(const struct needle *needle, const char *data, size_t length)
{
    /* The ways count the places where the needle may start; there must be one. */
    if (length < needle->length)
        return length;
    return scan_table()->find(needle, data, length);
}
