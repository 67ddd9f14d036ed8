/* SPDX-License-Identifier: MIT */
/* base: the brackets of JSON with AVX2, two vectors a word. Any thread; called only where the processor has it. */
#include "way.h"

#if SCAN_X86

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,popcnt,bmi,pclmul")))

/** A bit for each of 32 bytes that equals `byte`. */
AVX2 static inline uint64_t half_equal(__m256i half, char byte)
{
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(half, _mm256_set1_epi8(byte)));
}

/**
 * A bit for each of 32 bytes that may not stand outside strings: the low four bits choose a row of scan_json_low, the
 * high ones its bit. From 80 up the shuffles give 0.
 */
AVX2 static inline uint64_t half_junk(__m256i half)
{
    const __m256i rows = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)scan_json_low));
    const __m256i bits = _mm256_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8,
                                          16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
    const __m256i nibble = _mm256_set1_epi8(0x0f);
    __m256i row = _mm256_shuffle_epi8(rows, half);
    __m256i bit = _mm256_shuffle_epi8(bits, _mm256_and_si256(_mm256_srli_epi16(half, 4), nibble));
    return half_equal(_mm256_and_si256(row, bit), 0);
}

AVX2 static inline struct scan_brackets avx2_classes(const char *data)
{
    struct scan_brackets word = {0};
    for (unsigned at = 0; at < 64; at += 32) {
        __m256i half = _mm256_loadu_si256((const __m256i *)(data + at));
        /* Bit 5 tells a square bracket from a brace. */
        __m256i brace = _mm256_or_si256(half, _mm256_set1_epi8(0x20));
        word.quote |= half_equal(half, '"') << at;
        word.backslash |= half_equal(half, '\\') << at;
        word.open |= half_equal(brace, '{') << at;
        word.close |= half_equal(brace, '}') << at;
        word.comma |= half_equal(half, ',') << at;
        word.newline |= half_equal(half, '\n') << at;
        word.junk |= half_junk(half) << at;
    }
    return word;
}

/** A product without carries, by all bits set. */
AVX2 static inline uint64_t avx2_parity(uint64_t bits)
{
    __m128i product = _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)bits), _mm_set1_epi8(-1), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}

#define WALK(name)  avx2_##name
#define WALK_TARGET AVX2
#include "brackets_walk.h"

const struct brackets_table brackets_avx2 = {avx2_brackets, avx2_brackets_map};

#endif
