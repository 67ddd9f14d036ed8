/* SPDX-License-Identifier: MIT */
/*
 * base: scanning eight bytes at a time in an ordinary register. Any thread.
 *
 * The yardstick of the other ways and what runs where they do not. All masks are of one form: bit 7 of a byte says
 * yes, all other bits are 0. The sums never carry from one byte into the next, so every mask is exact, and nothing
 * depends on the byte order: where a place inside the eight bytes is wanted, they are looked at one by one.
 */
#include "way.h"

#include <string.h>

#define WORD sizeof(uint64_t)
/* One bit, or one value, in each of the eight bytes. */
#define LOW        0x0101010101010101U
#define HIGH       0x8080808080808080U
#define EACH(byte) ((uint64_t)(unsigned char)(byte)*LOW)

const uint8_t scan_control_flag[32] = {
    [0x00] = SCAN_NUL, [0x01 ... 0x07] = SCAN_CONTROL, [0x08] = SCAN_BS, [0x09] = SCAN_TAB,
    [0x0a] = 0,        [0x0b ... 0x0c] = SCAN_CONTROL, [0x0d] = SCAN_CR, [0x0e ... 0x1a] = SCAN_CONTROL,
    [0x1b] = SCAN_ESC, [0x1c ... 0x1f] = SCAN_CONTROL,
};

/* Eight bytes from any address: the compiler makes one load of it, aligned or not. */
static uint64_t word_load(const char *data)
{
    uint64_t word;
    memcpy(&word, data, sizeof word);
    return word;
}

/* The bytes that are 0: adding 7f to the low seven bits sets bit 7 unless they are all clear. */
static uint64_t word_zero(uint64_t word)
{
    return ~(((word & ~HIGH) + ~HIGH) | word) & HIGH;
}

/* The bytes that are the same in both. */
static uint64_t word_equal(uint64_t word, uint64_t pattern)
{
    return word_zero(word ^ pattern);
}

/* The bytes 20-7e: adding 60 carries into bit 7 from 20 up, adding 01 only at 7f; bytes from 80 up are masked out. */
static uint64_t word_printable(uint64_t word)
{
    uint64_t seven = word & ~HIGH;
    return (seven + EACH(0x60)) & ~(seven + LOW) & ~word & HIGH;
}

/* Without a popcnt instruction the builtin is a call; a product adds up eight bits as well. */
static unsigned word_sum(uint64_t mask)
{
    return (unsigned)(((mask >> 7) * LOW) >> 56);
}

/* A char may be signed: then bytes from 80 up are below 20 as well. */
static bool byte_is_printable(char byte)
{
    return byte >= 0x20 && (unsigned char)byte < 0x7f;
}

static uint8_t byte_flag(unsigned char byte)
{
    if (byte < 0x20)
        return scan_control_flag[byte];
    if (byte >= 0x80)
        return SCAN_HIGH;
    return byte == 0x7f ? SCAN_CONTROL : 0;
}

/* The second pass, for stretches that are not plain: plain words, the most of nearly every one, are skipped. */
static uint8_t portable_flags(const char *data, size_t length)
{
    uint8_t flags = 0;
    size_t offset = 0;
    for (; length - offset >= WORD; offset += WORD) {
        uint64_t word = word_load(data + offset);
        if (word_printable(word) == HIGH)
            continue;
        /* Words of high bytes only are the rule in much of the world's text: no need to take them apart. */
        if ((word & HIGH) == HIGH) {
            flags |= SCAN_HIGH;
            continue;
        }
        for (size_t i = 0; i < WORD; i++)
            flags |= byte_flag((unsigned char)data[offset + i]);
    }
    for (; offset < length; offset++)
        flags |= byte_flag((unsigned char)data[offset]);
    return flags;
}

static struct scan_tally portable_tally(const char *data, size_t length)
{
    uint64_t newline_count = 0;
    uint64_t printable_count = 0;
    size_t offset = 0;
    for (; length - offset >= WORD; offset += WORD) {
        uint64_t word = word_load(data + offset);
        newline_count += word_sum(word_equal(word, EACH('\n')));
        printable_count += word_sum(word_printable(word));
    }
    for (; offset < length; offset++) {
        newline_count += data[offset] == '\n';
        printable_count += byte_is_printable(data[offset]);
    }
    bool plain = newline_count + printable_count == length;
    return (struct scan_tally){newline_count, plain ? 0 : portable_flags(data, length)};
}

static uint64_t portable_count(const char *data, size_t length, char byte)
{
    uint64_t count = 0;
    size_t offset = 0;
    for (; length - offset >= WORD; offset += WORD)
        count += word_sum(word_equal(word_load(data + offset), EACH(byte)));
    for (; offset < length; offset++)
        count += data[offset] == byte;
    return count;
}

static size_t portable_select(const char *data, size_t length, char byte, uint64_t nth)
{
    size_t offset = 0;
    for (; length - offset >= WORD; offset += WORD) {
        unsigned sum = word_sum(word_equal(word_load(data + offset), EACH(byte)));
        /* In these eight: the loop below finds which. */
        if (sum > nth)
            break;
        nth -= sum;
    }
    for (; offset < length; offset++)
        if (data[offset] == byte && nth-- == 0)
            return offset;
    return length;
}

static size_t portable_printable(const char *data, size_t length)
{
    size_t offset = 0;
    while (length - offset >= WORD && word_printable(word_load(data + offset)) == HIGH)
        offset += WORD;
    while (offset < length && byte_is_printable(data[offset]))
        offset++;
    return offset;
}

static size_t portable_either(const char *data, size_t length, char one, char other)
{
    size_t offset = 0;
    for (; length - offset >= WORD; offset += WORD) {
        uint64_t word = word_load(data + offset);
        /* In these eight: the loop below finds which. */
        if (word_equal(word, EACH(one)) | word_equal(word, EACH(other)))
            break;
    }
    while (offset < length && data[offset] != one && data[offset] != other)
        offset++;
    return offset;
}

/* Seven comparisons a word would be no faster than a look at each byte: words of plain ASCII are passed. */
static size_t portable_special(const char *data, size_t length)
{
    size_t offset = 0;
    for (;;) {
        while (length - offset >= WORD && word_printable(word_load(data + offset)) == HIGH)
            offset += WORD;
        size_t end = length - offset < WORD ? length : offset + WORD;
        for (; offset < end; offset++)
            if (scan_is_special(data[offset]))
                return offset;
        if (offset == length)
            return length;
    }
}

/* Eight starts at a time, by the two rarest bytes; the last few starts are compared one by one. */
static size_t portable_find(const struct needle *needle, const char *data, size_t length)
{
    const char *first = data + needle->first;
    const char *second = data + needle->second;
    uint64_t first_byte = EACH(needle->byte[needle->first]);
    uint64_t second_byte = EACH(needle->byte[needle->second]);
    uint64_t first_fold = EACH(needle_fold(needle, needle->first));
    uint64_t second_fold = EACH(needle_fold(needle, needle->second));
    size_t start_count = length - needle->length + 1;
    size_t offset = 0;
    for (; start_count - offset >= WORD; offset += WORD) {
        uint64_t both = word_equal(word_load(first + offset) | first_fold, first_byte);
        both &= word_equal(word_load(second + offset) | second_fold, second_byte);
        /* Any of the eight may be the one; the whole is compared anyway. */
        for (size_t i = 0; both && i < WORD; i++)
            if (needle_stands(needle, data + offset + i))
                return offset + i;
    }
    for (; offset < start_count; offset++)
        if (needle_stands(needle, data + offset))
            return offset;
    return length;
}

/* Byte by byte, with a table for each place: there is no shuffle in an ordinary register. */
static size_t portable_find_any(const struct needles *needles, const char *data, size_t length,
                                unsigned *which)
{
    size_t start_count = length - needles->shortest + 1;
    for (size_t start = 0; start < start_count; start++) {
        if (!needles_bits(needles, data + start))
            continue;
        int number = needles_stand(needles, data + start, length - start);
        if (number >= 0) {
            *which = (unsigned)number;
            return start;
        }
    }
    return length;
}

const struct scan_table scan_portable = {
    .tally = portable_tally,
    .count = portable_count,
    .select = portable_select,
    .printable = portable_printable,
    .either = portable_either,
    .special = portable_special,
    .find = portable_find,
    .find_any = portable_find_any,
    .brackets = &brackets_portable,
};
