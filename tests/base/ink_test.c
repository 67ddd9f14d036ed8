/* SPDX-License-Identifier: MIT */
/*
 * tests: base/glyph/ink: what each SGR sequence does, in all spellings; that changes compose; that nothing is invisible.
 */
#include "folio/base/glyph/ink.h"

#include "fence.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

/* Parameters, and the change they make. */
struct row {
    const char *parameters;
    unsigned fields, flags;
    uint32_t foreground, background;
};

#define FG  INK_FOREGROUND
#define BG  INK_BACKGROUND
#define SGR (INK_ALL & ~INK_LINK)

static const struct row rows[] = {
    /* Nothing is 0, and so is an empty parameter. A hyperlink goes on. */
    {"", SGR, 0, 0, 0},
    {"0", SGR, 0, 0, 0},
    {"00", SGR, 0, 0, 0},
    {";", SGR, 0, 0, 0},
    {"1;", SGR, 0, 0, 0},
    {";1", SGR, INK_BOLD, 0, 0},
    {"0;1;31", SGR, INK_BOLD, INK_PALETTE(1), 0},
    /* On. */
    {"1", INK_BOLD, INK_BOLD, 0, 0},
    {"01", INK_BOLD, INK_BOLD, 0, 0},
    {"2", INK_DIM, INK_DIM, 0, 0},
    {"3", INK_ITALIC, INK_ITALIC, 0, 0},
    {"4", INK_UNDERLINE, INK_UNDERLINE, 0, 0},
    {"5", INK_BLINK, INK_BLINK, 0, 0},
    {"6", INK_BLINK, INK_BLINK, 0, 0},
    {"7", INK_REVERSE, INK_REVERSE, 0, 0},
    {"8", INK_HIDDEN, INK_HIDDEN, 0, 0},
    {"9", INK_STRIKE, INK_STRIKE, 0, 0},
    {"21", INK_UNDERLINE, INK_UNDERLINE, 0, 0},
    {"1;4", INK_BOLD | INK_UNDERLINE, INK_BOLD | INK_UNDERLINE, 0, 0},
    /* Off. */
    {"22", INK_BOLD | INK_DIM, 0, 0, 0},
    {"23", INK_ITALIC, 0, 0, 0},
    {"24", INK_UNDERLINE, 0, 0, 0},
    {"25", INK_BLINK, 0, 0, 0},
    {"27", INK_REVERSE, 0, 0, 0},
    {"28", INK_HIDDEN, 0, 0, 0},
    {"29", INK_STRIKE, 0, 0, 0},
    {"39", FG, 0, 0, 0},
    {"49", BG, 0, 0, 0},
    {"1;22", INK_BOLD | INK_DIM, 0, 0, 0},
    {"22;1", INK_BOLD | INK_DIM, INK_BOLD, 0, 0},
    {"31;39", FG, 0, 0, 0},
    /* The sixteen. */
    {"30", FG, 0, INK_PALETTE(0), 0},
    {"37", FG, 0, INK_PALETTE(7), 0},
    {"40", BG, 0, 0, INK_PALETTE(0)},
    {"47", BG, 0, 0, INK_PALETTE(7)},
    {"90", FG, 0, INK_PALETTE(8), 0},
    {"97", FG, 0, INK_PALETTE(15), 0},
    {"100", BG, 0, 0, INK_PALETTE(8)},
    {"107", BG, 0, 0, INK_PALETTE(15)},
    {"31;42", FG | BG, 0, INK_PALETTE(1), INK_PALETTE(2)},
    /* The 256. */
    {"38;5;208", FG, 0, INK_PALETTE(208), 0},
    {"48;5;255", BG, 0, 0, INK_PALETTE(255)},
    {"38;5;0", FG, 0, INK_PALETTE(0), 0},
    {"38;5;", FG, 0, INK_PALETTE(0), 0},
    {"38:5:208", FG, 0, INK_PALETTE(208), 0},
    {"48:5:9", BG, 0, 0, INK_PALETTE(9)},
    {"38:5:", FG, 0, INK_PALETTE(0), 0},
    {"38;5;1;1", FG | INK_BOLD, INK_BOLD, INK_PALETTE(1), 0},
    {"1;38;5;1", FG | INK_BOLD, INK_BOLD, INK_PALETTE(1), 0},
    /* True colour. */
    {"38;2;1;2;3", FG, 0, INK_RGB(0x010203), 0},
    {"48;2;255;254;253", BG, 0, 0, INK_RGB(0xfffefd)},
    {"38;2;;;", FG, 0, INK_RGB(0), 0},
    {"38;2;1;2;3;4", FG | INK_UNDERLINE, INK_UNDERLINE, INK_RGB(0x010203), 0},
    {"38:2:1:2:3", FG, 0, INK_RGB(0x010203), 0},
    {"38:2::1:2:3", FG, 0, INK_RGB(0x010203), 0},
    {"38:2:9:1:2:3", FG, 0, INK_RGB(0x010203), 0},
    {"38:2:9:1:2:3:4:5", FG, 0, INK_RGB(0x010203), 0},
    {"48:2::255:0:1;1", BG | INK_BOLD, INK_BOLD, 0, INK_RGB(0xff0001)},
    {"38;2;1;2;3;48;2;4;5;6", FG | BG, 0, INK_RGB(0x010203), INK_RGB(0x040506)},
    /* The colour of underlines is taken with all that is its own. */
    {"58;5;1", 0, 0, 0, 0},
    {"58;5;1;1", INK_BOLD, INK_BOLD, 0, 0},
    {"58;2;1;3;4", 0, 0, 0, 0},
    {"58;2;1;3;4;4", INK_UNDERLINE, INK_UNDERLINE, 0, 0},
    {"58:2::1:3:4", 0, 0, 0, 0},
    {"58:5:1;1", INK_BOLD, INK_BOLD, 0, 0},
    {"59", 0, 0, 0, 0},
    /* Kinds of underline. */
    {"4:0", INK_UNDERLINE, 0, 0, 0},
    {"4:", INK_UNDERLINE, 0, 0, 0},
    {"4:1", INK_UNDERLINE, INK_UNDERLINE, 0, 0},
    {"4:2", INK_UNDERLINE, INK_UNDERLINE, 0, 0},
    {"4:3", INK_UNDERLINE, INK_UNDERLINE, 0, 0},
    {"4:4", INK_UNDERLINE, INK_UNDERLINE, 0, 0},
    {"4:5", INK_UNDERLINE, INK_UNDERLINE, 0, 0},
    {"4:6", 0, 0, 0, 0},
    {"4:3;58:2::1:3:4;31", FG | INK_UNDERLINE, INK_UNDERLINE, INK_PALETTE(1), 0},
    /* Unknown, wrong or cut: nothing, and the rest all the same. */
    {"10", 0, 0, 0, 0},
    {"20", 0, 0, 0, 0},
    {"26", 0, 0, 0, 0},
    {"50", 0, 0, 0, 0},
    {"51;1", INK_BOLD, INK_BOLD, 0, 0},
    {"89", 0, 0, 0, 0},
    {"98;99;108;109;110;1", INK_BOLD, INK_BOLD, 0, 0},
    {"99999999999999999999;1", INK_BOLD, INK_BOLD, 0, 0},
    {"4294967297", 0, 0, 0, 0},
    {"38", 0, 0, 0, 0},
    {"38;", 0, 0, 0, 0},
    {"38;5", 0, 0, 0, 0},
    {"38;2;1;2", 0, 0, 0, 0},
    {"38;2;1", 0, 0, 0, 0},
    {"38;5;256;1", INK_BOLD, INK_BOLD, 0, 0},
    {"38;2;256;1;1;1", INK_BOLD, INK_BOLD, 0, 0},
    {"38;2;1;1;256;1", INK_BOLD, INK_BOLD, 0, 0},
    {"38;1;1", INK_BOLD, INK_BOLD, 0, 0},
    {"38;3;4;5;7;1", INK_BOLD, INK_BOLD, 0, 0},
    {"38;4;4;5;7;3;1", INK_BOLD, INK_BOLD, 0, 0},
    {"38;77;1", INK_BOLD, INK_BOLD, 0, 0},
    {"38:", 0, 0, 0, 0},
    {"38:5", 0, 0, 0, 0},
    {"38:5:256", 0, 0, 0, 0},
    {"38:2:1:2", 0, 0, 0, 0},
    {"38:2::1:2:256;1", INK_BOLD, INK_BOLD, 0, 0},
    {"38:9:1:2:3", 0, 0, 0, 0},
    {"38;5;1:2;1", INK_BOLD, INK_BOLD, 0, 0},
    {"1:2", 0, 0, 0, 0},
    {"0:0", 0, 0, 0, 0},
    {"?25;1", INK_BOLD, INK_BOLD, 0, 0},
    {"1x;4", INK_UNDERLINE, INK_UNDERLINE, 0, 0},
};

static void rows_are_as_written(void **state)
{
    (void)state;
    struct fence fence = fence_open(64);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct row *row = &rows[i];
        size_t length = strlen(row->parameters);
        char *data = fence.data + fence.length - length;
        memcpy(data, row->parameters, length);
        struct ink_change change = ink_parse(data, length);
        if (change.fields != row->fields || change.to.flags != row->flags ||
            change.to.foreground != row->foreground || change.to.background != row->background)
            fail_msg("\"%s\": fields %x, flags %x, %x on %x", row->parameters, change.fields, change.to.flags,
                     change.to.foreground, change.to.background);
    }
    fence_close(&fence);
}

/* Anything that may come; often what nearly makes sense. Returns the length. */
static size_t random_parameters(char *data, size_t capacity, uint64_t *seed)
{
    static const char *const piece[] = {"38", "48", "58", "4",   "5", "2", ";", ";", ":",
                                        "0",  "1",  "22", "255", "",  "7", "9", "31"};
    size_t length = 0;
    for (size_t count = random_next(seed) % 12; count > 0; count--) {
        uint64_t random = random_next(seed) >> 16;
        const char *text = piece[random % (sizeof piece / sizeof piece[0])];
        if (length + strlen(text) + 1 > capacity)
            break;
        memcpy(data + length, text, strlen(text));
        length += strlen(text);
        if (random >> 8 & 1)
            data[length++] = random >> 9 & 7 ? ';' : (char)(random >> 16);
    }
    return length;
}

static struct ink random_ink(uint64_t *seed)
{
    static const uint32_t colour[] = {INK_DEFAULT,         INK_PALETTE(0),    INK_PALETTE(16),
                                      INK_PALETTE(231),    INK_PALETTE(255),  INK_RGB(0),
                                      INK_RGB(0x00ffffff), INK_RGB(0xeeeeee), INK_PALETTE(15)};
    uint64_t random = random_next(seed) >> 8;
    return (struct ink){
        .foreground = colour[random % 9],
        .background = colour[random / 9 % 9],
        .flags = (uint16_t)(random >> 20) & (INK_FOREGROUND - 1),
    };
}

static void assert_ink(struct ink a, struct ink b)
{
    if (!ink_same(a, b))
        fail_msg("%x on %x, %x is not %x on %x, %x", a.foreground, a.background, a.flags, b.foreground,
                 b.background, b.flags);
}

static void changes_compose(void **state)
{
    (void)state;
    uint64_t seed = 88172645463325252U;
    struct ink_change sum = {0};
    for (int round = 0; round < 300000; round++) {
        char text[2][64];
        struct ink_change change[2];
        for (int i = 0; i < 2; i++)
            change[i] = ink_parse(text[i], random_parameters(text[i], sizeof text[i], &seed));
        struct ink ink = random_ink(&seed);
        assert_ink(ink_apply(ink, ink_then(change[0], change[1])),
                   ink_apply(ink_apply(ink, change[0]), change[1]));
        /* As long a chain as one likes, in whatever brackets. */
        struct ink_change left = ink_then(ink_then(sum, change[0]), change[1]);
        struct ink_change right = ink_then(sum, ink_then(change[0], change[1]));
        assert_ink(left.to, right.to);
        assert_int_equal(left.fields, right.fields);
        sum = left;
        /* Fields that are not touched stay as they were, and say nothing themselves. */
        assert_int_equal(change[0].to.flags & ~change[0].fields, 0);
        struct ink after = ink_apply(ink, change[0]);
        assert_int_equal((after.flags ^ ink.flags) & ~change[0].fields, 0);
        if (!(change[0].fields & INK_FOREGROUND))
            assert_true(after.foreground == ink.foreground && change[0].to.foreground == 0);
        if (!(change[0].fields & INK_BACKGROUND))
            assert_true(after.background == ink.background && change[0].to.background == 0);
        assert_int_equal(change[0].fields & (INK_LINK | ~INK_ALL), 0);
    }
}

/* One sequence with two parts does what two sequences do, except where the first part ends inside a colour. */
static void parameters_follow_each_other(void **state)
{
    (void)state;
    static const char *const part[] = {"",         "0",          "1",       "4:3",         "22",
                                       "38;5;208", "48;2;1;2;3", "38:5:1",  "38:2::1:2:3", "97",
                                       "49",       "58;5;3",     "58:2::1", "77",          "8"};
    size_t count = sizeof part / sizeof part[0];
    for (size_t i = 0; i < count * count; i++) {
        char both[64];
        const char *first = part[i / count], *second = part[i % count];
        int length = snprintf(both, sizeof both, "%s;%s", first, second);
        struct ink_change whole = ink_parse(both, (size_t)length);
        struct ink_change parts =
            ink_then(ink_parse(first, strlen(first)), ink_parse(second, strlen(second)));
        assert_int_equal(whole.fields, parts.fields);
        assert_ink(whole.to, parts.to);
    }
}

static void reset_resets_everything(void **state)
{
    (void)state;
    uint64_t seed = 1234567;
    for (int round = 0; round < 1000; round++)
        assert_ink(ink_apply(random_ink(&seed), ink_reset), (struct ink){0});
}

static void zero_keeps_the_link(void **state)
{
    (void)state;
    struct ink ink = {.foreground = INK_PALETTE(1), .flags = INK_LINK | INK_BOLD};
    assert_ink(ink_apply(ink, ink_parse("", 0)), (struct ink){.flags = INK_LINK});
}

static void every_field_makes_a_look(void **state)
{
    (void)state;
    struct ink ink = {INK_PALETTE(1), INK_PALETTE(2), INK_BOLD};
    struct ink other[] = {ink, ink, ink, ink};
    other[1].foreground = INK_RGB(1);
    other[2].background = INK_DEFAULT;
    other[3].flags = 0;
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(ink_same(ink, other[i]), i == 0);
}

static void nothing_is_invisible(void **state)
{
    (void)state;
    /* Foreground and background that are the same colour, however spelled: the cube, the greys, and the first sixteen. */
    static const uint32_t same[][2] = {
        {INK_PALETTE(1), INK_PALETTE(1)},      {INK_RGB(0x123456), INK_RGB(0x123456)},
        {INK_PALETTE(16), INK_RGB(0)},         {INK_PALETTE(231), INK_RGB(0xffffff)},
        {INK_PALETTE(196), INK_RGB(0xff0000)}, {INK_PALETTE(67), INK_RGB(0x5f87af)},
        {INK_PALETTE(232), INK_RGB(0x080808)}, {INK_PALETTE(255), INK_RGB(0xeeeeee)},
        {INK_PALETTE(0), INK_PALETTE(16)},     {INK_PALETTE(15), INK_PALETTE(231)},
        {INK_PALETTE(9), INK_PALETTE(196)},    {INK_PALETTE(244), INK_RGB(0x808080)},
    };
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        for (int turn = 0; turn < 2; turn++) {
            struct ink seen = ink_visible((struct ink){same[i][turn], same[i][!turn], INK_BOLD});
            assert_ink(seen, (struct ink){same[i][turn], INK_DEFAULT, INK_BOLD});
        }
    }
    struct ink hidden = {INK_PALETTE(1), INK_PALETTE(2), INK_HIDDEN | INK_UNDERLINE};
    assert_ink(ink_visible(hidden),
               (struct ink){INK_PALETTE(1), INK_PALETTE(2), INK_DIM | INK_REVERSE | INK_UNDERLINE});
    hidden = (struct ink){INK_RGB(1), INK_RGB(1), INK_HIDDEN | INK_REVERSE};
    assert_ink(ink_visible(hidden), (struct ink){INK_RGB(1), INK_DEFAULT, INK_DIM | INK_REVERSE});
}

static void what_is_visible_stays(void **state)
{
    (void)state;
    static const struct ink seen[] = {
        {0},
        {.flags = INK_REVERSE | INK_LINK | INK_DIM},
        {INK_PALETTE(1), INK_PALETTE(2), 0},
        {INK_DEFAULT, INK_PALETTE(0), 0},
        {INK_PALETTE(0), INK_DEFAULT, 0},
        {INK_RGB(0), INK_DEFAULT, 0},
        {INK_RGB(0x000001), INK_RGB(0), 0},
        {INK_PALETTE(17), INK_PALETTE(18), 0},
        {INK_PALETTE(254), INK_PALETTE(255), 0},
    };
    for (size_t i = 0; i < sizeof seen / sizeof seen[0]; i++)
        assert_ink(ink_visible(seen[i]), seen[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_as_written),          cmocka_unit_test(changes_compose),
        cmocka_unit_test(parameters_follow_each_other), cmocka_unit_test(reset_resets_everything),
        cmocka_unit_test(zero_keeps_the_link),          cmocka_unit_test(every_field_makes_a_look),
        cmocka_unit_test(nothing_is_invisible),         cmocka_unit_test(what_is_visible_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
