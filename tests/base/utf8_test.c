/* SPDX-License-Identifier: MIT */
/*
 * tests: base/text/utf8: every code point there and back, every string of up to three bytes against a second decoder that
 * was written the other way round (by value instead of by byte), and walking backwards against walking forwards.
 */
#include "folio/base/text/utf8.h"

#include "fence.h"
#include "test.h"

#include <string.h>

static struct utf8 reference(const unsigned char *data, size_t length)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    struct utf8 broken = {.rune = data[0], .length = 1, .valid = data[0] < 0x80};
    size_t count = (data[0] & 0xe0) == 0xc0   ? 2
                   : (data[0] & 0xf0) == 0xe0 ? 3
                   : (data[0] & 0xf8) == 0xf0 ? 4
                                              : 1;
    if (count == 1 || count > length)
        return broken;
    uint32_t rune = data[0] & ((1U << (7 - count)) - 1);
    for (size_t i = 1; i < count; i++) {
        if ((data[i] & 0xc0) != 0x80)
            return broken;
        rune = rune << 6 | (data[i] & 0x3f);
    }
    if (rune < smallest[count] || rune > 0x10ffff || (rune & 0xfffff800) == 0xd800)
        return broken;
    return (struct utf8){.rune = rune, .length = (uint8_t)count, .valid = true};
}

/* Plain comparisons: assert_int_equal for each of 16 million strings would take a minute. */
static void check_decode(const unsigned char *data, size_t length)
{
    struct utf8 expected = reference(data, length);
    struct utf8 found = utf8_decode((const char *)data, length);
    if (found.rune != expected.rune || found.length != expected.length || found.valid != expected.valid)
        fail_msg("%zu bytes %02x %02x %02x %02x: U+%04X length %d", length, data[0], data[1], data[2],
                 data[3], (unsigned)found.rune, found.length);
}

static void code_points_round_trip(void **state)
{
    (void)state;
    for (uint32_t rune = 0; rune <= 0x110010; rune++) {
        char text[UTF8_LENGTH_MAX] = {0};
        size_t length = utf8_encode(rune, text);
        bool encodable = rune <= 0x10ffff && (rune < 0xd800 || rune > 0xdfff);
        if ((length > 0) != encodable)
            fail_msg("U+%04X: length %zu", (unsigned)rune, length);
        if (!encodable)
            continue;
        struct utf8 found = utf8_decode(text, length);
        if (found.rune != rune || found.length != length || !found.valid)
            fail_msg("U+%04X does not come back", (unsigned)rune);
        if (length > 1 && utf8_decode(text, length - 1).valid)
            fail_msg("U+%04X is valid when cut", (unsigned)rune);
    }
    char text[UTF8_LENGTH_MAX];
    assert_int_equal(utf8_encode(UINT32_MAX, text), 0);
}

static void short_strings_agree_with_the_reference(void **state)
{
    (void)state;
    unsigned char data[4] = {0};
    for (uint32_t value = 0; value < 1U << 24; value++) {
        data[0] = (unsigned char)(value >> 16);
        data[1] = (unsigned char)(value >> 8);
        data[2] = (unsigned char)value;
        check_decode(data, 3);
        if (data[2] == 0)
            check_decode(data, 2);
        if (data[2] == 0 && data[1] == 0)
            check_decode(data, 1);
    }
}

static void four_bytes_agree_with_the_reference(void **state)
{
    (void)state;
    static const unsigned char edge[16] = {0x00, 0x41, 0x7f, 0x80, 0x81, 0x8f, 0x90, 0x9f,
                                           0xa0, 0xbf, 0xc0, 0xc2, 0xe0, 0xf0, 0xf4, 0xff};
    for (unsigned lead = 0xe0; lead < 0x100; lead++) {
        for (unsigned second = 0; second < 0x100; second++) {
            for (size_t k = 0; k < 16 * 16; k++) {
                const unsigned char data[4] = {(unsigned char)lead, (unsigned char)second, edge[k / 16],
                                               edge[k % 16]};
                check_decode(data, 4);
            }
        }
    }
}

static void nothing_has_no_length(void **state)
{
    (void)state;
    struct utf8 found = utf8_decode(NULL, 0);
    assert_int_equal(found.length, 0);
    assert_false(found.valid);
    assert_int_equal(utf8_before(NULL, 0), 0);
    assert_int_equal(utf8_start(NULL, 0, 0), 0);
}

/* A string of whole and broken characters. Returns its length, at most `capacity`. */
static size_t torture(char *data, size_t capacity, uint64_t *seed)
{
    size_t length = 0;
    while (length + UTF8_LENGTH_MAX < capacity) {
        uint64_t random = random_next(seed) >> 16;
        char text[UTF8_LENGTH_MAX];
        size_t count = utf8_encode((uint32_t)(random % 0x110000) >> (random >> 40) % 20, text);
        /* One in four is cut at one end or the other. */
        size_t skip_count = count > 1 && random % 8 == 0 ? 1 : 0;
        count = count > 1 && random % 8 == 1 ? count - 1 : count;
        memcpy(data + length, text + skip_count, count - skip_count);
        length += count - skip_count;
        if (random % 16 == 2)
            data[length++] = (char)(random >> 8);
    }
    return length;
}

static void backwards_agrees_with_forwards(void **state)
{
    (void)state;
    struct fence fence = fence_open(1);
    uint64_t seed = 12345;
    for (int round = 0; round < 20000; round++) {
        char text[40];
        size_t length = torture(text, sizeof text, &seed);
        /* Against the front fence for going back, against the other for going on. */
        char *data = round % 2 ? fence.data : fence.data + fence.length - length;
        memcpy(data, text, length);
        size_t start = 0;
        for (size_t next; start < length; start = next) {
            next = start + utf8_decode(data + start, length - start).length;
            assert_int_equal(utf8_before(data, next), start);
            for (size_t inside = start; inside < next; inside++)
                assert_int_equal(utf8_start(data, length, inside), start);
        }
        assert_int_equal(utf8_start(data, length, length), length);
    }
    fence_close(&fence);
}

static void start_needs_a_character_that_covers(void **state)
{
    (void)state;
    /* The span begins inside a character: its rest stands alone. */
    assert_int_equal(utf8_start("\x82\xac"
                                "a",
                                3, 1),
                     1);
    assert_int_equal(utf8_start("\xe2\x82", 2, 1), 1);
    assert_int_equal(utf8_start("\xe2\x82\xac\xac", 4, 3), 3);
    assert_int_equal(utf8_start("\xe2\x82\xac\xac", 4, 2), 0);
    assert_int_equal(utf8_start("\xf0\x9f\x98\x80", 4, 3), 0);
    assert_int_equal(utf8_start("\xed\xa0\x80", 3, 2), 2);
    assert_int_equal(utf8_before("\xed\xa0\x80", 3), 2);
    assert_int_equal(utf8_before("\xf0\x9f\x98\x80", 4), 0);
    assert_int_equal(utf8_before("\x80\x80\x80\x80\x80", 5), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_points_round_trip),
        cmocka_unit_test(short_strings_agree_with_the_reference),
        cmocka_unit_test(four_bytes_agree_with_the_reference),
        cmocka_unit_test(nothing_has_no_length),
        cmocka_unit_test(backwards_agrees_with_forwards),
        cmocka_unit_test(start_needs_a_character_that_covers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
