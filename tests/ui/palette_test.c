/* SPDX-License-Identifier: MIT */
/** tests: ui/terminal/palette: nearest colours, and pairs that are given out, used again and given up. */
#include "folio/ui/terminal/palette.h"

#include "test.h"

#include "folio/base/glyph/ink.h"

#include <stdlib.h>

static void the_nearest_of_256(void **state)
{
    (void)state;
    static const struct {
        uint32_t rgb;
        int number;
    } row[] = {
        {0x000000, 16},  {0xffffff, 231}, {0xff0000, 196}, {0x00ff00, 46},  {0x0000ff, 21},
        {0x5f87af, 67},  {0x808080, 244}, {0x080808, 232}, {0xeeeeee, 255}, {0x121212, 233},
        {0x767676, 243}, {0x010101, 16},  {0xfefefe, 231}, {0x30005f, 53},  {0x8a8a8a, 245},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
        assert_int_equal(palette_nearest(row[i].rgb, 256), row[i].number);
}

/** Red, green and blue of 16 to 255, as xterm has them. */
static uint32_t rgb_of(int number)
{
    static const uint32_t level[] = {0, 95, 135, 175, 215, 255};
    if (number >= 232)
        return (uint32_t)(8 + 10 * (number - 232)) * 0x010101;
    number -= 16;
    return level[number / 36] << 16 | level[number / 6 % 6] << 8 | level[number % 6];
}

static unsigned apart(uint32_t left, uint32_t right)
{
    unsigned sum = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        int difference = (int)(left >> shift & 0xff) - (int)(right >> shift & 0xff);
        sum += (unsigned)(difference * difference);
    }
    return sum;
}

static void no_other_of_256_is_nearer(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        seed = seed * 1664525 + 1013904223;
        uint32_t rgb = i < 256 ? (uint32_t)i * 0x010101 : seed >> 8;
        unsigned found = apart(rgb, rgb_of(palette_nearest(rgb, 256)));
        unsigned least = UINT32_MAX;
        for (int number = 16; number < 256; number++) {
            unsigned distance = apart(rgb, rgb_of(number));
            least = distance < least ? distance : least;
        }
        assert_int_equal(found, least);
    }
}

static void colors_fit_the_terminal(void **state)
{
    (void)state;
    static const struct {
        struct palette palette;
        uint32_t color;
        int expected;
    } row[] = {
        {{0, 0, 0}, INK_PALETTE(1), PALETTE_OWN},
        {{0, 0, 0}, INK_RGB(0xff0000), PALETTE_OWN},
        {{256, 0, 0}, INK_DEFAULT, PALETTE_OWN},
        {{256, 0, 0}, INK_PALETTE(0), 0},
        {{256, 0, 0}, INK_PALETTE(255), 255},
        {{256, 0, 0}, INK_RGB(0xff0000), 196},
        {{16, 0, 0}, INK_PALETTE(9), 9},
        {{16, 0, 0}, INK_PALETTE(196), 9},
        {{16, 0, 0}, INK_RGB(0x00cc00), 2},
        {{88, 0, 0}, INK_PALETTE(196), 9},
        {{8, 0, 0}, INK_PALETTE(3), 3},
        {{8, 0, 0}, INK_RGB(0xffffff), 7},
        {{8, 0, 0}, INK_PALETTE(232), 0},
        {{1 << 24, 8, 0}, INK_RGB(0x123456), 0x123456},
        {{1 << 24, 8, 0}, INK_RGB(0xffffff), 0xffffff},
        {{1 << 24, 8, 0}, INK_PALETTE(7), 7},
        {{1 << 24, 8, 0}, INK_PALETTE(8), 0x7f7f7f},
        {{1 << 24, 8, 0}, INK_PALETTE(196), 0xff0000},
        {{1 << 24, 8, 0}, INK_RGB(0x000000), 8},
        {{1 << 24, 256, 0}, INK_PALETTE(196), 196},
        {{1 << 24, 256, 256}, INK_PALETTE(196), 196},
        {{1 << 24, 256, 256}, INK_RGB(0x000000), 256},
        {{1 << 24, 256, 256}, INK_RGB(0x0000ff), 256 + 0xff},
        {{1 << 24, 8, 256}, INK_PALETTE(196), 256 + 0xff0000},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
        assert_int_equal(palette_color(&row[i].palette, row[i].color), row[i].expected);
}

static void pairs_are_used_again(void **state)
{
    (void)state;
    struct pairs pairs;
    enum pairs_found found;
    pairs_init(&pairs, 1000);
    assert_int_equal(pairs_find(&pairs, PALETTE_OWN, PALETTE_OWN, &found), 0);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(pairs_find(&pairs, i, -1, &found), i + 1);
        assert_int_equal(found, PAIRS_NEW);
    }
    for (int i = 999; i >= 0; i--) {
        assert_int_equal(pairs_find(&pairs, i, -1, &found), i + 1);
        assert_int_equal(found, PAIRS_KNOWN);
    }
    pairs_clear(&pairs);
    assert_int_equal(pairs_find(&pairs, 5, 6, &found), 1);
    pairs_clear(&pairs);
}

static void the_one_not_used_for_longest_is_given_up(void **state)
{
    (void)state;
    struct pairs pairs;
    enum pairs_found found;
    pairs_init(&pairs, 3);
    for (int i = 0; i < 3; i++) {
        pairs_begin(&pairs);
        assert_int_equal(pairs_find(&pairs, i, i, &found), i + 1);
    }
    pairs_begin(&pairs);
    assert_int_equal(pairs_find(&pairs, 0, 0, &found), 1);
    pairs_begin(&pairs);
    assert_int_equal(pairs_find(&pairs, 7, 7, &found), 2);
    assert_int_equal(found, PAIRS_TAKEN);
    assert_int_equal(pairs_find(&pairs, 8, 8, &found), 3);
    assert_int_equal(pairs_find(&pairs, 1, 1, &found), 1);
    assert_int_equal(found, PAIRS_TAKEN);
    pairs_clear(&pairs);
}

static void what_is_on_the_screen_is_never_given_up(void **state)
{
    (void)state;
    struct pairs pairs;
    enum pairs_found found;
    pairs_init(&pairs, 2);
    assert_int_equal(pairs_find(&pairs, 1, 1, &found), 1);
    assert_int_equal(pairs_find(&pairs, 2, 2, &found), 2);
    assert_int_equal(pairs_find(&pairs, 3, 3, &found), 0);
    pairs_begin(&pairs);
    pairs_keep(&pairs, 1);
    assert_int_equal(pairs_find(&pairs, 3, 3, &found), 2);
    assert_int_equal(pairs_find(&pairs, 4, 4, &found), 0);
    assert_int_equal(pairs_find(&pairs, 1, 1, &found), 1);
    assert_int_equal(found, PAIRS_KNOWN);
    pairs_clear(&pairs);
}

/** Many pictures of random colours: in none do two pairs of colours have one number. */
static void numbers_are_never_mixed_up(void **state)
{
    (void)state;
    enum { NUMBERS = 63, CELLS = 40 };
    struct pairs pairs;
    int colors[NUMBERS + 1][2] = {{0}};
    pairs_init(&pairs, NUMBERS);
    srand(1);
    for (int picture = 0; picture < 2000; picture++) {
        int fixed[NUMBERS + 1] = {0};
        pairs_begin(&pairs);
        for (int cell = 0; cell < CELLS; cell++) {
            enum pairs_found found;
            int foreground = rand() % 9 - 1;
            int background = rand() % 8;
            unsigned number = pairs_find(&pairs, foreground, background, &found);
            assert_in_range(number, 1, NUMBERS);
            if (found == PAIRS_KNOWN) {
                assert_int_equal(colors[number][0], foreground);
                assert_int_equal(colors[number][1], background);
            } else {
                assert_int_equal(fixed[number], 0);
            }
            colors[number][0] = foreground;
            colors[number][1] = background;
            fixed[number] = 1;
        }
    }
    pairs_clear(&pairs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_of_256),
        cmocka_unit_test(no_other_of_256_is_nearer),
        cmocka_unit_test(colors_fit_the_terminal),
        cmocka_unit_test(pairs_are_used_again),
        cmocka_unit_test(the_one_not_used_for_longest_is_given_up),
        cmocka_unit_test(what_is_on_the_screen_is_never_given_up),
        cmocka_unit_test(numbers_are_never_mixed_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
