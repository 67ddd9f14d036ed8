/* SPDX-License-Identifier: MIT */
/*
 * base: scanning 64 bytes at a time with AVX-512 (BW, VBMI). Any thread; called only where the processor has it.
 *
 * Comparisons give a mask of 64 bits in a register, which popcnt adds up: no byte counters as in avx2.c. The
 * last bytes are loaded under a mask; what the mask leaves out is not read, be it in an unmapped page.
 */
#include "way.h"

#if SCAN_X86

#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi,popcnt")))
#define VECTOR sizeof(__m512i)

AVX512 static inline __m512i vector_load(const char *data)
{
    return _mm512_loadu_si512((const void *)data);
}

/* A bit for each of the last `length` bytes, 0 to 64. */
static inline uint64_t tail_mask(size_t length)
{
    return length >= VECTOR ? ~(uint64_t)0 : ((uint64_t)1 << length) - 1;
}

/* The bytes that `mask` has a bit for; NUL in the places of the others. */
AVX512 static inline __m512i vector_tail(const char *data, uint64_t mask)
{
    return _mm512_maskz_loadu_epi8(mask, (const void *)data);
}

/* A bit for each byte that equals `byte`. */
AVX512 static inline uint64_t vector_equal(__m512i vector, char byte)
{
    return _mm512_cmpeq_epi8_mask(vector, _mm512_set1_epi8(byte));
}

/* The bytes 20-7e: 20 taken away, they are below 5f, and everything else is not. */
AVX512 static inline uint64_t vector_printable(__m512i vector)
{
    return _mm512_cmplt_epu8_mask(_mm512_sub_epi8(vector, _mm512_set1_epi8(0x20)), _mm512_set1_epi8(0x5f));
}

AVX512 static inline uint64_t bit_count(uint64_t mask)
{
    return (uint64_t)__builtin_popcountll(mask);
}

/* The flags of each byte but SCAN_HIGH, looked up: the shuffle gives the entry of the low four bits, and 0 where
 * bit 7 is set; adding 70 with saturation sets bit 7 unless the byte is below 10. */
AVX512 static inline __m512i vector_flags(__m512i vector)
{
    const __m128i *row = (const __m128i *)scan_control_flag;
    const __m512i row0 = _mm512_broadcast_i32x4(_mm_loadu_si128(row));
    const __m512i row1 = _mm512_broadcast_i32x4(_mm_loadu_si128(row + 1));
    const __m512i lift = _mm512_set1_epi8(0x70);
    __m512i below10 = _mm512_shuffle_epi8(row0, _mm512_adds_epu8(vector, lift));
    __m512i turned = _mm512_xor_si512(vector, _mm512_set1_epi8(0x10));
    __m512i below20 = _mm512_shuffle_epi8(row1, _mm512_adds_epu8(turned, lift));
    __m512i rubout = _mm512_maskz_set1_epi8(vector_equal(vector, 0x7f), SCAN_CONTROL);
    return _mm512_or_si512(_mm512_or_si512(below10, below20), rubout);
}

/* The second pass, for stretches that are not plain: bits are gathered place by place and put together at the end. */
AVX512 static uint8_t avx512_flags(const char *data, size_t length)
{
    __m512i flags = _mm512_setzero_si512();
    __m512i high = _mm512_setzero_si512();
    size_t offset = 0;
    for (; length - offset >= VECTOR; offset += VECTOR) {
        __m512i vector = vector_load(data + offset);
        flags = _mm512_or_si512(flags, vector_flags(vector));
        high = _mm512_or_si512(high, vector);
    }
    uint64_t mask = tail_mask(length - offset);
    __m512i tail = vector_tail(data + offset, mask);
    /* The fillers would count as NULs of the data. */
    flags = _mm512_or_si512(flags, _mm512_maskz_mov_epi8(mask, vector_flags(tail)));
    high = _mm512_or_si512(high, tail);

    uint8_t each[VECTOR];
    uint8_t result = _mm512_movepi8_mask(high) ? SCAN_HIGH : 0;
    _mm512_storeu_si512(each, flags);
    for (size_t i = 0; i < VECTOR; i++)
        result |= each[i];
    return result;
}

/* Two masks per vector and their bits: as fast as the data comes out of the second-level cache. */
AVX512 static struct scan_tally avx512_tally(const char *data, size_t length)
{
    uint64_t newline_count = 0;
    uint64_t printable_count = 0;
    size_t offset = 0;
    for (; length - offset >= VECTOR; offset += VECTOR) {
        __m512i vector = vector_load(data + offset);
        newline_count += bit_count(vector_equal(vector, '\n'));
        printable_count += bit_count(vector_printable(vector));
    }
    /* NUL, which fills the tail, is neither of the two. */
    __m512i tail = vector_tail(data + offset, tail_mask(length - offset));
    newline_count += bit_count(vector_equal(tail, '\n'));
    printable_count += bit_count(vector_printable(tail));
    bool plain = newline_count + printable_count == length;
    return (struct scan_tally){newline_count, plain ? 0 : avx512_flags(data, length)};
}

/* The fillers of the tail may equal `byte`, if that is NUL: hence the mask, here and in select. */
AVX512 static uint64_t avx512_count(const char *data, size_t length, char byte)
{
    uint64_t count = 0;
    size_t offset = 0;
    for (; length - offset >= VECTOR; offset += VECTOR)
        count += bit_count(vector_equal(vector_load(data + offset), byte));
    uint64_t mask = tail_mask(length - offset);
    return count + bit_count(vector_equal(vector_tail(data + offset, mask), byte) & mask);
}

/* Whole vectors are counted by their masks until the one that holds the nth is reached. */
AVX512 static size_t avx512_select(const char *data, size_t length, char byte, uint64_t nth)
{
    size_t offset = 0;
    for (; length - offset >= VECTOR; offset += VECTOR) {
        uint64_t mask = vector_equal(vector_load(data + offset), byte);
        uint64_t sum = bit_count(mask);
        if (sum > nth)
            return offset + scan_bit(mask, nth);
        nth -= sum;
    }
    uint64_t tail = tail_mask(length - offset);
    uint64_t mask = vector_equal(vector_tail(data + offset, tail), byte) & tail;
    return bit_count(mask) > nth ? offset + scan_bit(mask, nth) : length;
}

AVX512 static size_t avx512_printable(const char *data, size_t length)
{
    size_t offset = 0;
    for (; length - offset >= VECTOR; offset += VECTOR) {
        uint64_t other = ~vector_printable(vector_load(data + offset));
        if (other)
            return offset + scan_bit(other, 0);
    }
    uint64_t mask = tail_mask(length - offset);
    uint64_t other = ~vector_printable(vector_tail(data + offset, mask)) & mask;
    return other ? offset + scan_bit(other, 0) : length;
}

/* Which of 64 bytes are one of the two. */
AVX512 static inline uint64_t vector_either(__m512i vector, char one, char other)
{
    return vector_equal(vector, one) | vector_equal(vector, other);
}

/* Which of 64 bytes are those of scan_special. */
AVX512 static inline uint64_t vector_special(__m512i vector)
{
    return vector_either(vector, '\b', '\r') | vector_either(vector, '\033', '\xe1') |
           vector_either(vector, '\xe2', '\xef') | vector_equal(vector, '\xf3');
}

AVX512 static size_t avx512_special(const char *data, size_t length)
{
    size_t offset = 0;
    for (; length - offset >= VECTOR; offset += VECTOR) {
        uint64_t found = vector_special(vector_load(data + offset));
        if (found)
            return offset + scan_bit(found, 0);
    }
    if (offset == length)
        return length;
    uint64_t mask = tail_mask(length - offset);
    uint64_t found = vector_special(vector_tail(data + offset, mask)) & mask;
    return found ? offset + scan_bit(found, 0) : length;
}

/* Up to the first address that is a multiple of the vector, under a mask; from there no load lies across two lines. */
AVX512 static size_t avx512_either(const char *data, size_t length, char one, char other)
{
    size_t offset = -(uintptr_t)data % VECTOR;
    offset = offset < length ? offset : length;
    uint64_t head = tail_mask(offset);
    uint64_t early = vector_either(vector_tail(data, head), one, other) & head;
    if (early)
        return scan_bit(early, 0);
    for (; length - offset >= 2 * VECTOR; offset += 2 * VECTOR) {
        uint64_t low = vector_either(vector_load(data + offset), one, other);
        uint64_t high = vector_either(vector_load(data + offset + VECTOR), one, other);
        if (low | high)
            return offset + (low ? scan_bit(low, 0) : VECTOR + scan_bit(high, 0));
    }
    while (offset < length) {
        uint64_t mask = tail_mask(length - offset);
        uint64_t found = vector_either(vector_tail(data + offset, mask), one, other) & mask;
        if (found)
            return offset + scan_bit(found, 0);
        offset += length - offset < VECTOR ? length - offset : VECTOR;
    }
    return length;
}

/* Three unaligned vectors for each step: of 64 bytes they all lie across two cache lines, and half as wide ones are
 * loaded just as fast and compared while the next are on their way. Measured: 50 against 35 GB/s, in the cache. */
static size_t avx512_find(const struct needle *needle, const char *data, size_t length)
{
    return scan_avx2.find(needle, data, length);
}

/* The tables of several needles by seven bits, the lower and the upper half of each. */
struct sieve {
    __m512i lower[NEEDLES_PLACE], upper[NEEDLES_PLACE];
    size_t place[NEEDLES_PLACE];
};

AVX512 static inline struct sieve sieve_make(const struct needles *needles)
{
    struct sieve sieve;
    for (unsigned i = 0; i < NEEDLES_PLACE; i++) {
        sieve.lower[i] = _mm512_loadu_si512(needles->seven[i]);
        sieve.upper[i] = _mm512_loadu_si512(needles->seven[i] + VECTOR);
        sieve.place[i] = needles->place[i];
    }
    return sieve;
}

/* A bit for each needle that has the byte at the place with this index, or that byte but for its highest bit. */
AVX512 static inline __m512i sieve_bits(const struct sieve *sieve, unsigned index, __m512i vector)
{
    return _mm512_permutex2var_epi8(sieve->lower[index], vector, sieve->upper[index]);
}

/* Which of the 64 starts have the right bytes for some needle, given what stands at the places for each of them. */
AVX512 static inline uint64_t sieve_look(const struct sieve *sieve, __m512i first, __m512i second,
                                         __m512i third)
{
    __m512i bits = _mm512_and_si512(sieve_bits(sieve, 0, first), sieve_bits(sieve, 1, second));
    return _mm512_test_epi8_mask(bits, sieve_bits(sieve, 2, third));
}

/* A start before start_count has all the bytes of the shortest within the data, so all places of 64 such starts have,
 * too. Whole vectors are loaded without a mask, which would cost half of the speed. */
AVX512 static size_t avx512_find_any(const struct needles *needles, const char *data, size_t length,
                                     unsigned *which)
{
    const struct sieve sieve = sieve_make(needles);
    const char *first = data + sieve.place[0], *second = data + sieve.place[1],
               *third = data + sieve.place[2];
    size_t start_count = length - needles->shortest + 1;
    size_t offset = 0;
    for (; start_count - offset >= 2 * VECTOR; offset += 2 * VECTOR) {
        size_t next = offset + VECTOR;
        uint64_t low = sieve_look(&sieve, vector_load(first + offset), vector_load(second + offset),
                                  vector_load(third + offset));
        uint64_t high = sieve_look(&sieve, vector_load(first + next), vector_load(second + next),
                                   vector_load(third + next));
        if (!(low | high))
            continue;
        size_t found = needles_check(needles, data, length, offset, low, which);
        if (found == length)
            found = needles_check(needles, data, length, next, high, which);
        if (found < length)
            return found;
    }
    for (; start_count - offset >= VECTOR; offset += VECTOR) {
        uint64_t mask = sieve_look(&sieve, vector_load(first + offset), vector_load(second + offset),
                                   vector_load(third + offset));
        if (!mask)
            continue;
        size_t found = needles_check(needles, data, length, offset, mask, which);
        if (found < length)
            return found;
    }
    uint64_t mask = tail_mask(start_count - offset);
    uint64_t some = sieve_look(&sieve, vector_tail(first + offset, mask), vector_tail(second + offset, mask),
                               vector_tail(third + offset, mask));
    return needles_check(needles, data, length, offset, some & mask, which);
}

const struct scan_table scan_avx512 = {
    .tally = avx512_tally,
    .count = avx512_count,
    .select = avx512_select,
    .printable = avx512_printable,
    .either = avx512_either,
    .special = avx512_special,
    .find = avx512_find,
    .find_any = avx512_find_any,
    .brackets = &brackets_avx512,
};

#endif
