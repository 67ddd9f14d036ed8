/* SPDX-License-Identifier: MIT */
/* base: the brackets of JSON with AVX-512, a vector a word. Any thread; called only where the processor has it. */
#include "way.h"

#if SCAN_X86

#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi,popcnt,bmi,pclmul")))

AVX512 static inline uint64_t word_equal(__m512i word, char byte)
{
    return _mm512_cmpeq_epi8_mask(word, _mm512_set1_epi8(byte));
}

/** As half_junk of brackets_avx2.c. */
AVX512 static inline uint64_t word_junk(__m512i word)
{
    const __m512i rows = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)scan_json_low));
    const __m512i bits = _mm512_broadcast_i32x4(_mm_set_epi64x(0, (long long)0x8040201008040201U));
    const __m512i nibble = _mm512_set1_epi8(0x0f);
    __m512i row = _mm512_shuffle_epi8(rows, word);
    __m512i bit = _mm512_shuffle_epi8(bits, _mm512_and_si512(_mm512_srli_epi16(word, 4), nibble));
    return _mm512_testn_epi8_mask(row, bit);
}

AVX512 static inline struct scan_brackets avx512_classes(const char *data)
{
    __m512i word = _mm512_loadu_si512((const void *)data);
    /* Bit 5 tells a square bracket from a brace. */
    __m512i brace = _mm512_or_si512(word, _mm512_set1_epi8(0x20));
    return (struct scan_brackets){
        .quote = word_equal(word, '"'),
        .backslash = word_equal(word, '\\'),
        .open = word_equal(brace, '{'),
        .close = word_equal(brace, '}'),
        .comma = word_equal(word, ','),
        .newline = word_equal(word, '\n'),
        .junk = word_junk(word),
    };
}

/** A product without carries, by all bits set. */
AVX512 static inline uint64_t avx512_parity(uint64_t bits)
{
    __m128i product = _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)bits), _mm_set1_epi8(-1), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}

#define WALK(name)  avx512_##name
#define WALK_TARGET AVX512
#include "brackets_walk.h"

const struct brackets_table brackets_avx512 = {avx512_brackets, avx512_brackets_map};

#endif
