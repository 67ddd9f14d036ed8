/* SPDX-License-Identifier: MIT */
/** tests: ui/terminal/pen, and with it what an ink is on a terminal (tint, direct), in the strings that are sent. */
#include "folio/ui/terminal/pen.h"

#include "test.h"

#include "folio/ui/terminal/screen.h"

#include <stdlib.h>
#include <string.h>

/** How a cell of this ink is begun on a terminal of this type. */
static void begun(const char *type, struct ink ink, struct buf *out)
{
    struct looks looks = looks_default();
    struct screen_standout standout;
    struct error error;
    struct cell cell = {.rune = {'x'}, .rune_count = 1, .style = STYLE_TEXT, .ink = ink};
    setenv("TERM", type, 1);
    assert_true(screen_able(1, &standout, &error));
    struct pen *pen = pen_open(true, &looks);
    assert_non_null(pen);
    buf_clear(out);
    pen_turn(pen, &cell, out);
    pen_close(pen);
}

static void inks_are_what_the_terminal_has(void **state)
{
    (void)state;
    static const struct {
        const char *type;
        struct ink ink;
        const char *sent;
    } row[] = {
        {"xterm-256color", {INK_PALETTE(1), INK_DEFAULT, INK_BOLD}, "\033[1m\033[31m"},
        {"xterm-256color", {INK_RGB(0x00d700), INK_DEFAULT, 0}, "\033[38;5;40m"},
        {"xterm-256color", {INK_DEFAULT, INK_RGB(0x00d700), INK_ITALIC}, "\033[3m\033[48;5;40m"},
        {"xterm-256color", {INK_DEFAULT, INK_DEFAULT, INK_REVERSE}, "\033[2m\033[7m"},
        {"xterm", {INK_PALETTE(9), INK_PALETTE(9), 0}, "\033[1m\033[31m"},
        {"vt100", {INK_PALETTE(1), INK_DEFAULT, INK_DIM}, "\033[4m"},
    };
    struct buf out = {0};
    unsetenv("COLORTERM");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        begun(row[i].type, row[i].ink, &out);
        assert_string_equal(buf_string(&out), row[i].sent);
    }
    buf_release(&out);
}

/** What COLORTERM says is believed; what terminfo says of all else stays. */
static void true_colour_is_kept(void **state)
{
    (void)state;
    static const struct {
        const char *type, *said;
        struct ink ink;
        const char *sent;
    } row[] = {
        {"xterm-256color", "truecolor", {INK_RGB(0x002800), INK_DEFAULT, 0}, "\033[38;2;0;40;0m"},
        {"xterm-256color",
         "24bit",
         {INK_RGB(0xffffff), INK_RGB(0x0000ff), 0},
         "\033[38;2;255;255;255m\033[48;2;0;0;255m"},
        {"xterm-256color", "truecolor", {INK_RGB(0), INK_DEFAULT, INK_BOLD}, "\033[1m\033[38;2;0;0;0m"},
        {"xterm-256color", "truecolor", {INK_PALETTE(200), INK_PALETTE(3), 0}, "\033[38;5;200m\033[43m"},
        {"xterm-256color", "truecolor", {INK_PALETTE(9), INK_DEFAULT, 0}, "\033[91m"},
        {"xterm", "truecolor", {INK_PALETTE(3), INK_PALETTE(196), 0}, "\033[33m\033[48;2;255;0;0m"},
        {"vt100", "truecolor", {INK_RGB(0x002800), INK_DEFAULT, INK_BOLD}, "\033[1m"},
        {"xterm-256color", "yes", {INK_RGB(0x00d700), INK_DEFAULT, 0}, "\033[38;5;40m"},
    };
    struct buf out = {0};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        unsetenv("TERMINFO"); /* no screen is opened here, which would do that */
        setenv("COLORTERM", row[i].said, 1);
        begun(row[i].type, row[i].ink, &out);
        assert_string_equal(buf_string(&out), row[i].sent);
    }
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inks_are_what_the_terminal_has),
        cmocka_unit_test(true_colour_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
