/* SPDX-License-Identifier: MIT */
/*
 * base: does a needle stand here? Asked by every way to scan, of the few starts where its rarest bytes are. Any thread.
 */
#include "way.h"

#include <string.h>

/* With the bits set that do not matter, all bytes are as in the needle. */
static bool masked_stands(const struct needle *needle, const char *data)
{
    for (size_t place = 0; place < needle->length; place++)
        if (((unsigned char)data[place] | needle->fold[place]) != needle->byte[place])
            return false;
    return true;
}

bool needle_stands(const struct needle *needle, const char *data)
{
    if (needle->masked)
        return masked_stands(needle, data);
    if (!needle->caseless)
        return memcmp(data, needle->byte, needle->length) == 0;
    for (size_t place = 0; place < needle->length; place++)
        if (byte_lower((unsigned char)data[place]) != needle->byte[place])
            return false;
    return true;
}

int needles_stand(const struct needles *needles, const char *data, size_t length)
{
    unsigned bits = needles_bits(needles, data);
    for (; bits; bits &= bits - 1) {
        int number = __builtin_ctz(bits);
        const struct needle *needle = &needles->needle[number];
        if (needle->length <= length && needle_stands(needle, data))
            return number;
    }
    return -1;
}

size_t needles_check(const struct needles *needles, const char *data, size_t length, size_t offset,
                     uint64_t mask, unsigned *which)
{
    for (; mask; mask &= mask - 1) {
        size_t start = offset + scan_bit(mask, 0);
        int number = needles_stand(needles, data + start, length - start);
        if (number >= 0) {
            *which = (unsigned)number;
            return start;
        }
    }
    return length;
}
