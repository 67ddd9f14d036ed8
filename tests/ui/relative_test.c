/* SPDX-License-Identifier: MIT */
/** tests: ui/terminal/relative: what a terminal that is not known is like. */
#include "folio/ui/terminal/relative.h"

#include "test.h"

#include <stdio.h>
#include <string.h>

static void each_has_its_nearest(void **state)
{
    (void)state;
    static const struct {
        const char *type, *all;
    } row[] = {
        {"xterm-kitty", "xterm-256color xterm vt220 vt100 xterm "},
        {"xterm-ghostty", "xterm-256color xterm vt220 vt100 xterm "},
        {"foot", "xterm-256color xterm vt220 vt100 "},
        {"foot-extra", "xterm-256color xterm vt220 vt100 foot "},
        {"alacritty", "xterm-256color xterm vt220 vt100 "},
        {"iterm2", "xterm-256color xterm vt220 vt100 "},
        {"st-256color", "xterm-256color xterm vt220 vt100 st "},
        {"tmux-256color", "tmux-256color screen-256color tmux screen vt100 tmux "},
        {"screen.xterm-kitty", "screen-256color screen tmux-256color vt100 screen.xterm screen "},
        {"rxvt-unicode-256color", "rxvt-256color rxvt-unicode rxvt xterm vt100 rxvt-unicode rxvt "},
        {"linux-c", "linux-16color linux vt220 vt100 linux "},
        {"vt420", "vt220 vt100 "},
        {"never-heard-256color", "xterm-256color xterm vt220 vt100 never-heard never "},
        {"wy60-25", "wy60 "},
        {"stv52", ""},
        {"bogus", ""},
        {"-", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char all[256] = "", room[64];
        const char *type = relative_type(row[i].type, 0, room, sizeof room);
        for (unsigned number = 0; type; type = relative_type(row[i].type, ++number, room, sizeof room)) {
            strcat(all, type);
            strcat(all, " ");
        }
        assert_string_equal(all, row[i].all);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_has_its_nearest)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
