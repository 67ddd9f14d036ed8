/* SPDX-License-Identifier: MIT */
/** tests: ui/terminal/look: words for looks, and looks as words. */
#include "folio/ui/terminal/look.h"

#include "test.h"

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
        /* The word for a level says it itself, and so do the digits of a byte and the words of the inspector. */
        bool word = look >= STYLE_LEVEL_DEBUG && look <= STYLE_LEVEL_ERROR;
        word = word || (look >= STYLE_BYTE_ZERO && look <= STYLE_BYTE_HIGH) || look == STYLE_PANEL;
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(looks_are_read_and_spelled),
        cmocka_unit_test(what_is_wrong_is_said),
        cmocka_unit_test(looks_do_not_need_colours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
