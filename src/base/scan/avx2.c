/* SPDX-License-Identifier: MIT */
/*
 * base: scanning 32 bytes at a time with AVX2. Any thread; called only where the processor has it.
 *
 * Counting: a comparison gives -1 in each byte that matches, so subtracting the result adds up matches in 32 byte
 * counters at once; they are emptied before they can overflow, after 255 rounds. That is two instructions per
 * vector, less than taking masks out of the vector unit would be.
 *
 * Nothing outside the span is ever read: the last bytes, fewer than a vector, are copied beside a filler first.
 */
#include "way.h"

#if SCAN_X86

#include <immintrin.h>
#include <string.h>

#define AVX2   __attribute__((target("avx2,popcnt")))
#define VECTOR sizeof(__m256i)
/* Rounds after which byte counters may be full. */
#define ROUND_MAX 255

AVX2 static inline __m256i vector_load(const char *data)
{
    return _mm256_loadu_si256((const __m256i *)data);
}

/* The last `length` bytes, fewer than a vector, followed by fillers. */
AVX2 static inline __m256i vector_tail(const char *data, size_t length, char filler)
{
    char copy[VECTOR];
    memset(copy, filler, sizeof copy);
    if (length > 0)
        memcpy(copy, data, length);
    return vector_load(copy);
}

/* -1 in the bytes 20-7e. One added, they are 21-7f and everything else is 20 or less as a signed byte. */
AVX2 static inline __m256i vector_printable(__m256i vector)
{
    return _mm256_cmpgt_epi8(_mm256_add_epi8(vector, _mm256_set1_epi8(1)), _mm256_set1_epi8(0x20));
}

/* -1 in the bytes that equal `byte`. */
AVX2 static inline __m256i vector_equal(__m256i vector, char byte)
{
    return _mm256_cmpeq_epi8(vector, _mm256_set1_epi8(byte));
}

/* One bit for each byte. */
AVX2 static inline uint32_t vector_mask(__m256i vector)
{
    return (uint32_t)_mm256_movemask_epi8(vector);
}

/* The sum of 32 byte counters. */
AVX2 static inline uint64_t vector_sum(__m256i counter)
{
    __m256i sum = _mm256_sad_epu8(counter, _mm256_setzero_si256());
    return (uint64_t)_mm256_extract_epi64(sum, 0) + (uint64_t)_mm256_extract_epi64(sum, 1) +
           (uint64_t)_mm256_extract_epi64(sum, 2) + (uint64_t)_mm256_extract_epi64(sum, 3);
}

/* The flags of each byte but SCAN_HIGH, looked up: the shuffle gives the entry of the low four bits, and 0 where
 * bit 7 is set; adding 70 with saturation sets bit 7 unless the byte is below 10. */
AVX2 static inline __m256i vector_flags(__m256i vector)
{
    const __m128i *row = (const __m128i *)scan_control_flag;
    const __m256i row0 = _mm256_broadcastsi128_si256(_mm_loadu_si128(row));
    const __m256i row1 = _mm256_broadcastsi128_si256(_mm_loadu_si128(row + 1));
    const __m256i lift = _mm256_set1_epi8(0x70);
    __m256i below10 = _mm256_shuffle_epi8(row0, _mm256_adds_epu8(vector, lift));
    __m256i turned = _mm256_xor_si256(vector, _mm256_set1_epi8(0x10));
    __m256i below20 = _mm256_shuffle_epi8(row1, _mm256_adds_epu8(turned, lift));
    __m256i rubout = _mm256_and_si256(vector_equal(vector, 0x7f), _mm256_set1_epi8(SCAN_CONTROL));
    return _mm256_or_si256(_mm256_or_si256(below10, below20), rubout);
}

/* The second pass, for stretches that are not plain: bits are gathered place by place and put together at the end. */
AVX2 static uint8_t avx2_flags(const char *data, size_t length)
{
    __m256i flags = _mm256_setzero_si256();
    __m256i high = _mm256_setzero_si256();
    size_t offset = 0;
    for (; length - offset >= VECTOR; offset += VECTOR) {
        __m256i vector = vector_load(data + offset);
        flags = _mm256_or_si256(flags, vector_flags(vector));
        high = _mm256_or_si256(high, vector);
    }
    __m256i tail = vector_tail(data + offset, length - offset, ' ');
    flags = _mm256_or_si256(flags, vector_flags(tail));
    high = _mm256_or_si256(high, tail);

    uint8_t each[VECTOR];
    uint8_t result = vector_mask(high) ? SCAN_HIGH : 0;
    _mm256_storeu_si256((__m256i *)each, flags);
    for (size_t i = 0; i < VECTOR; i++)
        result |= each[i];
    return result;
}

AVX2 static struct scan_tally avx2_tally(const char *data, size_t length)
{
    const __m256i zero = _mm256_setzero_si256();
    uint64_t newline_count = 0;
    uint64_t printable_count = 0;
    size_t offset = 0;
    while (length - offset >= 2 * VECTOR) {
        /* Two counters each, so that no addition waits for the one before it. */
        __m256i newline[2] = {zero, zero};
        __m256i printable[2] = {zero, zero};
        for (int i = 0; i < ROUND_MAX && length - offset >= 2 * VECTOR; i++, offset += 2 * VECTOR) {
            __m256i vector[2] = {vector_load(data + offset), vector_load(data + offset + VECTOR)};
            newline[0] = _mm256_sub_epi8(newline[0], vector_equal(vector[0], '\n'));
            newline[1] = _mm256_sub_epi8(newline[1], vector_equal(vector[1], '\n'));
            printable[0] = _mm256_sub_epi8(printable[0], vector_printable(vector[0]));
            printable[1] = _mm256_sub_epi8(printable[1], vector_printable(vector[1]));
        }
        newline_count += vector_sum(newline[0]) + vector_sum(newline[1]);
        printable_count += vector_sum(printable[0]) + vector_sum(printable[1]);
    }
    for (size_t left = length - offset; left > 0; offset += left, left = length - offset) {
        left = left < VECTOR ? left : VECTOR;
        /* NUL is neither of the two. */
        __m256i vector = left < VECTOR ? vector_tail(data + offset, left, '\0') : vector_load(data + offset);
        newline_count += (uint64_t)__builtin_popcount(vector_mask(vector_equal(vector, '\n')));
        printable_count += (uint64_t)__builtin_popcount(vector_mask(vector_printable(vector)));
    }
    bool plain = newline_count + printable_count == length;
    return (struct scan_tally){newline_count, plain ? 0 : avx2_flags(data, length)};
}

/* As the newlines of avx2_tally, without the rest of it. */
AVX2 static uint64_t avx2_count(const char *data, size_t length, char byte)
{
    uint64_t count = 0;
    size_t offset = 0;
    while (length - offset >= 2 * VECTOR) {
        __m256i sum[2] = {_mm256_setzero_si256(), _mm256_setzero_si256()};
        for (int i = 0; i < ROUND_MAX && length - offset >= 2 * VECTOR; i++, offset += 2 * VECTOR) {
            sum[0] = _mm256_sub_epi8(sum[0], vector_equal(vector_load(data + offset), byte));
            sum[1] = _mm256_sub_epi8(sum[1], vector_equal(vector_load(data + offset + VECTOR), byte));
        }
        count += vector_sum(sum[0]) + vector_sum(sum[1]);
    }
    for (; offset < length; offset++)
        count += data[offset] == byte;
    return count;
}

/* Whole vectors are counted by their masks until the one that holds the nth is reached. */
AVX2 static size_t avx2_select(const char *data, size_t length, char byte, uint64_t nth)
{
    size_t offset = 0;
    for (; length - offset >= 2 * VECTOR; offset += 2 * VECTOR) {
        uint64_t mask = vector_mask(vector_equal(vector_load(data + offset), byte));
        mask |= (uint64_t)vector_mask(vector_equal(vector_load(data + offset + VECTOR), byte)) << VECTOR;
        uint64_t sum = (uint64_t)__builtin_popcountll(mask);
        if (sum > nth)
            return offset + scan_bit(mask, nth);
        nth -= sum;
    }
    for (; offset < length; offset++)
        if (data[offset] == byte && nth-- == 0)
            return offset;
    return length;
}

AVX2 static size_t avx2_printable(const char *data, size_t length)
{
    size_t offset = 0;
    for (; length - offset >= VECTOR; offset += VECTOR) {
        uint32_t other = ~vector_mask(vector_printable(vector_load(data + offset)));
        if (other)
            return offset + (size_t)__builtin_ctz(other);
    }
    /* The NULs behind the tail end the prefix at `length` at the latest. */
    return offset + (size_t)__builtin_ctz(
                        ~vector_mask(vector_printable(vector_tail(data + offset, length - offset, '\0'))));
}

/* Which of 32 bytes are one of the two: -1 in each. */
AVX2 static inline __m256i vector_either(__m256i vector, char one, char other)
{
    return _mm256_or_si256(vector_equal(vector, one), vector_equal(vector, other));
}

AVX2 static size_t avx2_either(const char *data, size_t length, char one, char other)
{
    size_t offset = 0;
    for (; length - offset >= 2 * VECTOR; offset += 2 * VECTOR) {
        __m256i low = vector_either(vector_load(data + offset), one, other);
        __m256i high = vector_either(vector_load(data + offset + VECTOR), one, other);
        __m256i any = _mm256_or_si256(low, high);
        if (_mm256_testz_si256(any, any))
            continue;
        uint64_t mask = vector_mask(low) | (uint64_t)vector_mask(high) << VECTOR;
        return offset + scan_bit(mask, 0);
    }
    while (offset < length && data[offset] != one && data[offset] != other)
        offset++;
    return offset;
}

/* Which of 32 bytes are those of scan_special: -1 in each. */
AVX2 static inline __m256i vector_special(__m256i vector)
{
    __m256i control = _mm256_or_si256(vector_either(vector, '\b', '\r'), vector_equal(vector, '\033'));
    __m256i high =
        _mm256_or_si256(vector_either(vector, '\xe1', '\xe2'), vector_either(vector, '\xef', '\xf3'));
    return _mm256_or_si256(control, high);
}

AVX2 static size_t avx2_special(const char *data, size_t length)
{
    size_t offset = 0;
    for (; length - offset >= 2 * VECTOR; offset += 2 * VECTOR) {
        __m256i low = vector_special(vector_load(data + offset));
        __m256i high = vector_special(vector_load(data + offset + VECTOR));
        __m256i any = _mm256_or_si256(low, high);
        if (_mm256_testz_si256(any, any))
            continue;
        uint64_t mask = vector_mask(low) | (uint64_t)vector_mask(high) << VECTOR;
        return offset + scan_bit(mask, 0);
    }
    while (offset < length && !scan_is_special(data[offset]))
        offset++;
    return offset;
}

/* The rarest bytes of a needle, spread over vectors. */
struct trio {
    __m256i first_byte, second_byte, third_byte, first_fold, second_fold, third_fold;
    size_t first, second, third;
};

/* Made once a call: some ten instructions, against thousands for the block that is searched. */
AVX2 static inline struct trio trio_make(const struct needle *needle)
{
    return (struct trio){
        .first_byte = _mm256_set1_epi8((char)needle->byte[needle->first]),
        .second_byte = _mm256_set1_epi8((char)needle->byte[needle->second]),
        .first_fold = _mm256_set1_epi8((char)needle_fold(needle, needle->first)),
        .second_fold = _mm256_set1_epi8((char)needle_fold(needle, needle->second)),
        .third_byte = _mm256_set1_epi8((char)needle->byte[needle->third]),
        .third_fold = _mm256_set1_epi8((char)needle_fold(needle, needle->third)),
        .first = needle->first,
        .second = needle->second,
        .third = needle->third,
    };
}

/* Which of the 32 starts at `data` have the three bytes in their places: -1 in each. */
AVX2 static inline __m256i trio_look(const struct trio *trio, const char *data)
{
    __m256i first = _mm256_or_si256(vector_load(data + trio->first), trio->first_fold);
    __m256i second = _mm256_or_si256(vector_load(data + trio->second), trio->second_fold);
    __m256i third = _mm256_or_si256(vector_load(data + trio->third), trio->third_fold);
    __m256i both = _mm256_and_si256(_mm256_cmpeq_epi8(first, trio->first_byte),
                                    _mm256_cmpeq_epi8(second, trio->second_byte));
    return _mm256_and_si256(both, _mm256_cmpeq_epi8(third, trio->third_byte));
}

/* The first start in `mask` where the whole needle stands, or `none`. */
static size_t trio_check(const struct needle *needle, const char *data, size_t offset, uint64_t mask,
                         size_t none)
{
    for (; mask; mask &= mask - 1) {
        size_t start = offset + (size_t)__builtin_ctzll(mask);
        if (needle_stands(needle, data + start))
            return start;
    }
    return none;
}

/* 64 starts at a time while nothing is found, which is nearly always: one test for all of them. */
AVX2 static size_t avx2_find(const struct needle *needle, const char *data, size_t length)
{
    const struct trio trio = trio_make(needle);
    size_t start_count = length - needle->length + 1;
    /* 32 starts read 32 bytes from each place, and the last start reads the last byte at most. */
    if (start_count < VECTOR)
        return scan_portable.find(needle, data, length);

    size_t offset = 0;
    for (; start_count - offset >= 2 * VECTOR; offset += 2 * VECTOR) {
        __m256i low = trio_look(&trio, data + offset);
        __m256i high = trio_look(&trio, data + offset + VECTOR);
        __m256i any = _mm256_or_si256(low, high);
        if (_mm256_testz_si256(any, any))
            continue;
        uint64_t mask = vector_mask(low) | (uint64_t)vector_mask(high) << VECTOR;
        size_t found = trio_check(needle, data, offset, mask, length);
        if (found < length)
            return found;
    }
    /* The last vector is moved back to end with the data; starts it sees twice had no needle the first time. */
    for (; offset < start_count; offset += VECTOR) {
        size_t at = offset <= start_count - VECTOR ? offset : start_count - VECTOR;
        size_t found = trio_check(needle, data, at, vector_mask(trio_look(&trio, data + at)), length);
        if (found < length)
            return found;
    }
    return length;
}

/* The tables of several needles, in both halves of vectors: the shuffle looks up within each. */
struct sieve {
    __m256i low[NEEDLES_PLACE], high[NEEDLES_PLACE];
    size_t place[NEEDLES_PLACE];
};

AVX2 static inline __m256i table_load(const uint8_t table[16])
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table));
}

AVX2 static inline struct sieve sieve_make(const struct needles *needles)
{
    struct sieve sieve;
    for (unsigned i = 0; i < NEEDLES_PLACE; i++) {
        sieve.low[i] = table_load(needles->low[i]);
        sieve.high[i] = table_load(needles->high[i]);
        sieve.place[i] = needles->place[i];
    }
    return sieve;
}

/* For each of the 32 starts at `data` a bit for each needle that has the right bytes at its places. */
AVX2 static inline __m256i sieve_look(const struct sieve *sieve, const char *data)
{
    const __m256i half = _mm256_set1_epi8(0x0f);
    __m256i bits = _mm256_set1_epi8(-1);
    for (unsigned i = 0; i < NEEDLES_PLACE; i++) {
        __m256i vector = vector_load(data + sieve->place[i]);
        __m256i low = _mm256_shuffle_epi8(sieve->low[i], _mm256_and_si256(vector, half));
        vector = _mm256_and_si256(_mm256_srli_epi16(vector, 4), half);
        bits = _mm256_and_si256(bits, low);
        bits = _mm256_and_si256(bits, _mm256_shuffle_epi8(sieve->high[i], vector));
    }
    return bits;
}

/* The bytes that are not 0. */
AVX2 static inline uint32_t vector_some(__m256i vector)
{
    return ~vector_mask(_mm256_cmpeq_epi8(vector, _mm256_setzero_si256()));
}

/* As avx2_find: 64 starts a test, the last vector moved back. */
AVX2 static size_t avx2_find_any(const struct needles *needles, const char *data, size_t length,
                                 unsigned *which)
{
    const struct sieve sieve = sieve_make(needles);
    size_t start_count = length - needles->shortest + 1;
    if (start_count < VECTOR)
        return scan_portable.find_any(needles, data, length, which);

    size_t offset = 0;
    for (; start_count - offset >= 2 * VECTOR; offset += 2 * VECTOR) {
        __m256i low = sieve_look(&sieve, data + offset);
        __m256i high = sieve_look(&sieve, data + offset + VECTOR);
        __m256i any = _mm256_or_si256(low, high);
        if (_mm256_testz_si256(any, any))
            continue;
        uint64_t mask = vector_some(low) | (uint64_t)vector_some(high) << VECTOR;
        size_t found = needles_check(needles, data, length, offset, mask, which);
        if (found < length)
            return found;
    }
    for (; offset < start_count; offset += VECTOR) {
        size_t at = offset <= start_count - VECTOR ? offset : start_count - VECTOR;
        uint32_t mask = vector_some(sieve_look(&sieve, data + at));
        size_t found = needles_check(needles, data, length, at, mask, which);
        if (found < length)
            return found;
    }
    return length;
}

const struct scan_table scan_avx2 = {
    .tally = avx2_tally,
    .count = avx2_count,
    .select = avx2_select,
    .printable = avx2_printable,
    .either = avx2_either,
    .special = avx2_special,
    .find = avx2_find,
    .find_any = avx2_find_any,
    .brackets = &brackets_avx2,
};

#endif
