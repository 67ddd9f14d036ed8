/* SPDX-License-Identifier: MIT */
/** tests: ui/terminal/look: words for looks, and looks as words. */
#include "folio/ui/terminal/look.h"

#include "test.h"

#include "folio/ui/terminal/look_less.h"

static void looks_are_read_and_spelled(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        struct ink ink;
        const char *spelled;
    } row[] = {
        {"red", {INK_PALETTE(1), INK_DEFAULT, 0}, "red"},
        {"black on yellow bold", {INK_PALETTE(0), INK_PALETTE(3), INK_BOLD}, "black on yellow bold"},
        {"bold on bright-blue", {INK_DEFAULT, INK_PALETTE(12), INK_BOLD}, "on bright-blue bold"},
        {"#ff8000 on 17", {INK_RGB(0xff8000), INK_PALETTE(17), 0}, "#ff8000 on 17"},
        {"  default   on  default dim ", {INK_DEFAULT, INK_DEFAULT, INK_DIM}, "dim"},
        {"plain", {INK_DEFAULT, INK_DEFAULT, 0}, "plain"},
        {"strike italic underline blink reverse",
         {0, 0, INK_STRIKE | INK_ITALIC | INK_UNDERLINE | INK_BLINK | INK_REVERSE},
         "italic underline blink reverse strike"},
        {"7", {INK_PALETTE(7), 0, 0}, "white"},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct ink ink;
        struct error error = {0};
        struct buf spelled = {0};
        assert_true(look_parse(row[i].text, &ink, &error));
        assert_int_equal(ink.foreground, row[i].ink.foreground);
        assert_int_equal(ink.background, row[i].ink.background);
        assert_int_equal(ink.flags, row[i].ink.flags);
        look_spell(&ink, &spelled);
        assert_string_equal(buf_string(&spelled), row[i].spelled);
        buf_release(&spelled);
    }
}

static void what_is_wrong_is_said(void **state)
{
    (void)state;
    static const char *const row[][2] = {
        {"", "a colour or an attribute is missing, such as \"black on yellow\""},
        {"red on", "a colour is missing behind \"on\""},
        {"red blue", "blue is a second colour; write \"on blue\" for the background"},
        {"yelow", "yelow is no colour or attribute; did you mean yellow?"},
        {"red on bodl", "bodl is no colour or attribute; did you mean bold?"},
        {"256",
         "256 is no colour (red, bright-red, 0 to 255, #rrggbb, default) or attribute (bold, dim, italic, "
         "underline, blink, reverse, strike)"},
        {"#12345g",
         "#12345g is no colour (red, bright-red, 0 to 255, #rrggbb, default) or attribute (bold, dim, "
         "italic, underline, blink, reverse, strike)"},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct ink ink = {1, 2, 3};
        struct error error = {0};
        assert_false(look_parse(row[i][0], &ink, &error));
        assert_string_equal(error.message, row[i][1]);
        assert_int_equal(ink.flags, 3);
    }
}

/** Every look but that of text has a name, and each differs from the others in more than its colours. */
static void looks_do_not_need_colours(void **state)
{
    (void)state;
    struct looks looks = looks_default();
    assert_null(look_name(STYLE_TEXT));
    for (unsigned look = 1; look < LOOK_COUNT; look++) {
        assert_non_null(look_name(look));
        /* The word for a level says it itself, and so do the digits of a byte, the quotes of a string and the words of the inspector. */
        bool word = look >= STYLE_LEVEL_DEBUG && look <= STYLE_LEVEL_ERROR;
        word = word || (look >= STYLE_BYTE_ZERO && look <= STYLE_BYTE_HIGH) || look == STYLE_PANEL;
        word = word || (look >= STYLE_STRING && look <= STYLE_CONSTANT);
        assert_true(word || looks.ink[look].flags != 0);
    }
    for (unsigned look = STYLE_HIGHLIGHT; look <= STYLE_HIGHLIGHT_LAST; look++) {
        for (unsigned other = STYLE_HIGHLIGHT; other < look; other++)
            assert_int_not_equal(looks.ink[look].flags, looks.ink[other].flags);
        assert_int_not_equal(looks.ink[look].flags, looks.ink[STYLE_HIT].flags);
        assert_int_not_equal(looks.ink[look].flags, looks.ink[STYLE_CONTROL].flags);
    }
    assert_int_not_equal(looks.ink[STYLE_HIT].flags, looks.ink[STYLE_CURRENT].flags);
    assert_int_not_equal(looks.ink[STYLE_CONTROL].flags, looks.ink[STYLE_WARNING].flags);
}

static void looks_are_read_as_less_has_them(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned look;
        struct ink ink;
    } row[] = {
        {"Sky", STYLE_HIT, {INK_PALETTE(0), INK_PALETTE(3), 0}},
        {"NGk", STYLE_NUMBER, {INK_PALETTE(10), INK_PALETTE(0), 0}},
        {"N103*", STYLE_NUMBER, {INK_PALETTE(103), 0, INK_BOLD}},
        {"E-R", LOOK_STATUS, {0, INK_PALETTE(9), 0}},
        {"P60.38u~", LOOK_STATUS, {INK_PALETTE(60), INK_PALETTE(38), INK_UNDERLINE | INK_REVERSE}},
        {"T-.7", STYLE_EDGE, {0, INK_PALETTE(7), 0}},
        {"C.7d", STYLE_CONTROL, {0, INK_PALETTE(7), INK_BOLD}},
        {"R7.-", STYLE_EDGE, {INK_PALETTE(7), 0, 0}},
        {"Cl", STYLE_CONTROL, {0, 0, INK_BLINK}},
    };
    static const char *const wrong[] = {"", "x", "auto", "Sky!", "N256", "N1.256", "S#ff0000"};
    static const char *const idle[] = {"d+r", "u+b", "1ky", "Hr", "s60.38"};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct looks looks = looks_default();
        assert_true(look_less(row[i].text, &looks));
        assert_true(ink_same(looks.ink[row[i].look], row[i].ink));
    }
    struct looks looks = looks_default();
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(look_less(wrong[i], &looks));
    for (size_t i = 0; i < sizeof idle / sizeof idle[0]; i++)
        assert_true(look_less(idle[i], &looks));
    for (unsigned look = 0; look < LOOK_COUNT; look++)
        assert_true(ink_same(looks.ink[look], looks_default().ink[look]));
    /* Which of the hits is the current one is still seen. */
    assert_true(look_less("Sky", &looks));
    assert_false(ink_same(looks.ink[STYLE_CURRENT], looks.ink[STYLE_HIT]));
    assert_int_equal(looks.ink[STYLE_CURRENT].background, INK_PALETTE(3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(looks_are_read_and_spelled),
        cmocka_unit_test(looks_are_read_as_less_has_them),
        cmocka_unit_test(what_is_wrong_is_said),
        cmocka_unit_test(looks_do_not_need_colours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
