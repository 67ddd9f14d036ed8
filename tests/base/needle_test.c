/* SPDX-License-Identifier: MIT */
/* tests: base/scan/needle: every way against a loop that cannot be wrong, with fences around the data. */
#include "folio/base/scan/needle.h"

#include "fence.h"
#include "test.h"

#include "folio/base/scan/scan.h"

#include <string.h>

#define ALIGNMENT_COUNT 131

static int lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? byte + 32 : byte;
}

static size_t naive_find(const char *text, size_t text_length, bool caseless, const char *data, size_t length)
{
    for (size_t start = 0; start + text_length <= length; start++) {
        size_t same = 0;
        while (same < text_length &&
               (caseless ? lower(data[start + same]) == lower(text[same]) : data[start + same] == text[same]))
            same++;
        if (same == text_length)
            return start;
    }
    return length;
}

static void check_find(const char *text, size_t text_length, bool caseless, const char *data, size_t length)
{
    struct needle needle;
    assert_true(needle_init(&needle, text, text_length, caseless));
    size_t expected = naive_find(text, text_length, caseless, data, length);
    size_t found = needle_find(&needle, data, length);
    if (found != expected)
        fail_msg("\"%.*s\" in %zu bytes: %zu, not %zu", (int)text_length, text, length, found, expected);
}

/* Needles and data of so few letters that there are hits, near misses and overlaps everywhere. */
static void every_alignment(void)
{
    static const char letters[] = "abAB[{@`\n\xc3";
    struct fence fence = fence_open(1024);
    uint64_t seed = 99;
    for (size_t variety = 1; variety < sizeof letters; variety++) {
        for (size_t i = 0; i < fence.length; i++)
            fence.data[i] = letters[(random_next(&seed) >> 30) % variety];
        for (size_t shift = 0; shift < ALIGNMENT_COUNT; shift++) {
            for (size_t length = 0; length<200; length += length> 140 ? 8 : 1) {
                char text[20];
                size_t text_length = 1 + (random_next(&seed) >> 30) % sizeof text;
                for (size_t i = 0; i < text_length; i++)
                    text[i] = letters[(random_next(&seed) >> 30) % variety];
                bool caseless = variety < sizeof letters - 1 && shift % 2;
                check_find(text, text_length, caseless, fence.data + shift, length);
                check_find(text, text_length, caseless, fence.data + fence.length - shift - length, length);
            }
        }
    }
    fence_close(&fence);
}

/* One hit, at every place up to the last, for needles from one byte to the longest. */
static void every_place(void)
{
    struct fence fence = fence_open(2048);
    char text[NEEDLE_LENGTH_MAX];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('a' + i * i % 23);
    const size_t sizes[] = {1, 2, 3, 8, 31, 32, 33, 63, 64, 65, 200, NEEDLE_LENGTH_MAX};
    for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
        size_t length = sizes[k] + 300;
        char *data = fence.data + fence.length - length;
        for (size_t place = 0; place + sizes[k] <= length; place++) {
            memset(data, 'z', length);
            memcpy(data + place, text, sizes[k]);
            struct needle needle;
            assert_true(needle_init(&needle, text, sizes[k], false));
            assert_int_equal(needle_find(&needle, data, length), place);
            assert_int_equal(needle_find(&needle, data, place + sizes[k] - 1), place + sizes[k] - 1);
            data[place] = 'A';
            assert_true(needle_init(&needle, text, sizes[k], true));
            assert_int_equal(needle_find(&needle, data, length), place);
        }
    }
    fence_close(&fence);
}

/* Bytes that differ from a letter or from each other by 0x20 only, and no letters. */
static void case_is_of_letters_only(void)
{
    for (int byte = 0; byte < 256; byte++) {
        char data[80];
        memset(data, byte, sizeof data);
        for (int text = 0; text < 128; text++)
            check_find((char[]){(char)text, (char)text}, 2, true, data, sizeof data);
    }
}

/* What a way fills its vectors up with must not be taken for data: the search would run into the fence. */
static void nothing_is_found_past_the_end(void)
{
    struct fence fence = fence_open(1);
    memset(fence.data, 'x', fence.length);
    for (size_t length = 1; length < 300; length++) {
        for (size_t text_length = 1; text_length <= 3; text_length++) {
            check_find("\0\0\0", text_length, false, fence.data + fence.length - length, length);
            check_find("   ", text_length, true, fence.data + fence.length - length, length);
        }
    }
    fence_close(&fence);
}

/* --- Several at once ------------------------------------------------------------------------------------------ */

#define LENGTH_MAX 20

/* Needles made of random letters, as text that lives as long as they do. */
struct several {
    char text[NEEDLES_MAX][LENGTH_MAX];
    struct span span[NEEDLES_MAX];
    unsigned count;
};

static void several_make(struct several *several, const char *letters, size_t variety, uint64_t *seed)
{
    several->count = 1 + (random_next(seed) >> 30) % NEEDLES_MAX;
    for (unsigned k = 0; k < several->count; k++) {
        size_t length = 1 + (random_next(seed) >> 30) % LENGTH_MAX;
        /* Every other set has a short one, or hardly any would ever be found. */
        if ((random_next(seed) >> 30) % 2)
            length = 1 + length % 3;
        for (size_t i = 0; i < length; i++)
            several->text[k][i] = letters[(random_next(seed) >> 30) % variety];
        several->span[k] = (struct span){several->text[k], length};
    }
}

static void check_several(const struct several *several, bool caseless, const char *data, size_t length)
{
    struct needles needles;
    unsigned which = 99, expected_which = 99;
    size_t expected = length;
    assert_true(needles_init(&needles, several->span, several->count, caseless));
    for (size_t start = 0; start < length && expected == length; start++) {
        for (unsigned k = 0; k < several->count && expected == length; k++) {
            const struct span *text = &several->span[k];
            if (start + text->length <= length &&
                naive_find(text->data, text->length, caseless, data + start, text->length) == 0) {
                expected = start;
                expected_which = k;
            }
        }
    }
    size_t found = needles_find(&needles, data, length, &which);
    if (found != expected || (found < length && which != expected_which))
        fail_msg("%u needles in %zu bytes: %u at %zu, not %u at %zu", several->count, length, which, found,
                 expected_which, expected);
}

static void several_at_every_alignment(void)
{
    static const char letters[] = "abAB[{@`\n\xc3";
    struct fence fence = fence_open(1024);
    struct several several;
    uint64_t seed = 5;
    for (size_t variety = 2; variety < sizeof letters; variety++) {
        for (size_t i = 0; i < fence.length; i++)
            fence.data[i] = letters[(random_next(&seed) >> 30) % variety];
        for (size_t shift = 0; shift < ALIGNMENT_COUNT; shift++) {
            for (size_t length = 0; length<200; length += length> 140 ? 8 : 1) {
                several_make(&several, letters, variety, &seed);
                bool caseless = variety < sizeof letters - 1 && shift % 2;
                check_several(&several, caseless, fence.data + shift, length);
                check_several(&several, caseless, fence.data + fence.length - shift - length, length);
            }
        }
    }
    fence_close(&fence);
}

/* One hit at every place, of each of eight needles, in bytes that are near misses of them. */
static void several_at_every_place(void)
{
    static const char *const text[NEEDLES_MAX] = {"error", "warning", "fatal", "erg",
                                                  "panic", "oops",    "Crash", "segmentation fault"};
    struct span span[NEEDLES_MAX];
    struct needles needles;
    struct fence fence = fence_open(512);
    const size_t length = 300;
    char *data = fence.data + fence.length - length;
    for (unsigned k = 0; k < NEEDLES_MAX; k++)
        span[k] = (struct span){text[k], strlen(text[k])};
    assert_true(needles_init(&needles, span, NEEDLES_MAX, false));
    for (unsigned k = 0; k < NEEDLES_MAX; k++) {
        for (size_t place = 0; place + span[k].length <= length; place++) {
            for (size_t i = 0; i < length; i++)
                data[i] = "erfpocsw"[i % 8];
            memcpy(data + place, text[k], span[k].length);
            unsigned which = 99;
            assert_int_equal(needles_find(&needles, data, length, &which), place);
            assert_int_equal(which, k);
            data[place] = '!';
            assert_int_equal(needles_find(&needles, data, length, &which), length);
        }
    }
    fence_close(&fence);
}

/* Bits that do not matter, in all lengths and alignments: whole bytes, halves, single bits, all of them. */
static void masks(void)
{
    static const unsigned char masks[] = {0xff, 0xff, 0xf0, 0x0f, 0, 0x81};
    uint64_t seed = 77;
    struct needle needle;
    struct fence fence = fence_open(4096);
    for (unsigned round = 0; round < 4000; round++) {
        unsigned char value[12], mask[12];
        size_t size = random_next(&seed) % sizeof value + 1, length = random_next(&seed) % 300, expected = 0;
        char *data = fence.data + fence.length - length;
        for (size_t i = 0; i < length; i++)
            data[i] = (char)(random_next(&seed) % 3 * 0x41);
        for (size_t i = 0; i < size; i++) {
            mask[i] = masks[random_next(&seed) % sizeof masks];
            value[i] = (unsigned char)(random_next(&seed) % 3 * 0x41);
        }
        for (; expected + size <= length; expected++) {
            size_t same = 0;
            while (same < size && (((unsigned char)data[expected + same] ^ value[same]) & mask[same]) == 0)
                same++;
            if (same == size)
                break;
        }
        assert_true(needle_init_masked(&needle, value, mask, size));
        assert_int_equal(needle_find(&needle, data, length), expected + size <= length ? expected : length);
    }
    fence_close(&fence);
}

static void check_way(enum scan_way way)
{
    if (!scan_use(way))
        skip();
    case_is_of_letters_only();
    nothing_is_found_past_the_end();
    every_place();
    every_alignment();
    several_at_every_place();
    several_at_every_alignment();
    masks();
    struct needle needle;
    assert_true(needle_init(&needle, "x", 1, false));
    assert_int_equal(needle_find(&needle, NULL, 0), 0);
}

static void portable(void **state)
{
    (void)state;
    check_way(SCAN_PORTABLE);
}

static void avx2(void **state)
{
    (void)state;
    check_way(SCAN_AVX2);
}

static void avx512(void **state)
{
    (void)state;
    check_way(SCAN_AVX512);
}

static void init_refuses_what_it_cannot_find(void **state)
{
    (void)state;
    struct needle needle;
    char text[NEEDLE_LENGTH_MAX + 1];
    memset(text, 'a', sizeof text);
    assert_false(needle_init(&needle, text, 0, false));
    assert_false(needle_init(&needle, text, NEEDLE_LENGTH_MAX + 1, false));
    assert_true(needle_init(&needle, text, NEEDLE_LENGTH_MAX, true));
    assert_false(needle_init(&needle, "na\xc3\xafve", 6, true));
    assert_true(needle_init(&needle, "na\xc3\xafve", 6, false));
    assert_int_equal(needle.length, 6);
}

static void init_takes_the_rarest_bytes(void **state)
{
    (void)state;
    struct needle needle;
    assert_true(needle_init(&needle, "e", 1, false));
    assert_int_equal(needle.first, 0);
    assert_int_equal(needle.second, 0);
    assert_true(needle_init(&needle, "these quiz", 10, false));
    assert_int_equal(needle.byte[needle.first], 'q');
    assert_int_equal(needle.byte[needle.second], 'z');
    assert_true(needle_init(&needle, "JAne", 4, true));
    assert_memory_equal(needle.byte, "jane", 4);
    assert_int_equal(needle.first, 0);
    assert_true(needle_init(&needle, "aaaa", 4, false));
    assert_true(needle.first < needle.second);
    assert_true(needle_init(&needle, "eeeQ", 4, false));
    assert_int_equal(needle.second, 3);
    assert_true(needle.first < 3);
}

/* What matters little is worth little. */
static void masked_takes_what_matters(void **state)
{
    (void)state;
    struct needle needle;
    unsigned char value[NEEDLE_LENGTH_MAX + 1] = "qzeQ", mask[NEEDLE_LENGTH_MAX + 1] = {0, 0x0f, 0xff, 0xff};
    assert_false(needle_init_masked(&needle, value, mask, 0));
    assert_false(needle_init_masked(&needle, value, mask, NEEDLE_LENGTH_MAX + 1));
    assert_true(needle_init_masked(&needle, value, mask, 4));
    assert_int_equal(needle.first, 2);
    assert_int_equal(needle.second, 3);
    assert_int_equal(needle.third, 1);
}

static void several_are_refused_as_one_is(void **state)
{
    (void)state;
    struct needles needles;
    struct span span[NEEDLES_MAX + 1];
    unsigned which;
    for (unsigned k = 0; k <= NEEDLES_MAX; k++)
        span[k] = (struct span){&"abcdefghi"[k], 1};
    assert_false(needles_init(&needles, span, 0, false));
    assert_false(needles_init(&needles, span, NEEDLES_MAX + 1, false));
    assert_true(needles_init(&needles, span, NEEDLES_MAX, false));
    assert_int_equal(needles_find(&needles, NULL, 0, &which), 0);
    assert_int_equal(needles_find(&needles, "xxhag", 5, &which), 2);
    assert_int_equal(which, 7);
    span[1].data = "\xc3";
    assert_true(needles_init(&needles, span, 2, false));
    assert_false(needles_init(&needles, span, 2, true));
    span[1].length = 0;
    assert_false(needles_init(&needles, span, 2, false));
}

/* The same places in all of them, within the shortest, where they are rarest. */
static void several_share_the_rarest_places(void **state)
{
    (void)state;
    struct needles needles;
    struct span span[2] = {{"these quiz e", 12}, {"three jazz", 10}};
    assert_true(needles_init(&needles, span, 2, false));
    assert_int_equal(needles.shortest, 10);
    bool rare = false;
    for (unsigned i = 0; i < NEEDLES_PLACE; i++) {
        assert_true(needles.place[i] < 10);
        rare = rare || needles.place[i] == 9;
    }
    assert_true(rare);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(init_refuses_what_it_cannot_find),
        cmocka_unit_test(init_takes_the_rarest_bytes),
        cmocka_unit_test(masked_takes_what_matters),
        cmocka_unit_test(several_are_refused_as_one_is),
        cmocka_unit_test(several_share_the_rarest_places),
        cmocka_unit_test(portable),
        cmocka_unit_test(avx2),
        cmocka_unit_test(avx512),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
