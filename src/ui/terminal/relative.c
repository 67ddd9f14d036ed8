/* SPDX-License-Identifier: MIT */
/** ui: a table of families, and names without what stands behind their last hyphen. Pure. */
#include "folio/ui/terminal/relative.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { RELATIVE_MEMBERS = 6 };

/** Terminals that are like those behind them; the first family that a name begins with counts. */
static const struct {
    const char *name;
    const char *member[RELATIVE_MEMBERS];
} relative_family[] = {
    {"tmux", {"tmux-256color", "screen-256color", "tmux", "screen", "vt100"}},
    {"screen", {"screen-256color", "screen", "tmux-256color", "vt100"}},
    {"rxvt", {"rxvt-256color", "rxvt-unicode", "rxvt", "xterm", "vt100"}},
    {"urxvt", {"rxvt-unicode-256color", "rxvt-256color", "rxvt", "xterm", "vt100"}},
    {"putty", {"putty-256color", "putty", "xterm-256color", "xterm", "vt100"}},
    {"linux", {"linux-16color", "linux", "vt220", "vt100"}},
    {"jfbterm", {"linux", "vt220", "vt100"}},
    {"cygwin", {"cygwin", "xterm-256color", "xterm", "linux", "vt100"}},
    {"vt", {"vt220", "vt100"}},
    {"ansi", {"ansi", "linux", "vt100"}},
};

/** Those that say of themselves that they are like xterm, under names of their own. */
static const char *const relative_like_xterm[] = {
    "xterm",  "kitty",     "ghostty",    "foot",    "alacritty", "wezterm",     "contour", "konsole",
    "gnome",  "vte",       "st",         "stterm",  "iterm",     "iTerm",       "mintty",  "mlterm",
    "rio",    "warp",      "wayst",      "Eterm",   "nsterm",    "tabby",       "hyper",   "ms-terminal",
    "vscode", "zellij",    "terminator", "termite", "domterm",   "terminology", "zutty",   "nxterm",
    "mterm",  "black-box", "ptyxis",     "vwmterm",
};

static const char *const relative_xterm[] = {"xterm-256color", "xterm", "vt220", "vt100"};

/** Is it this one, or one of several of that name (xterm-kitty, iterm2, screen.linux)? */
static int relative_begins(const char *type, const char *name)
{
    size_t length = strlen(name);
    return strncmp(type, name, length) == 0 && !isalpha((unsigned char)type[length]);
}

/** Does the name say that it has many colours, as those do that are like xterm? */
static int relative_colorful(const char *type)
{
    const char *last = strrchr(type, '-');
    return last && (strcmp(last, "-256color") == 0 || strcmp(last, "-direct") == 0 ||
                    strcmp(last, "-truecolor") == 0 || strcmp(last, "-24bit") == 0);
}

/** The members of its family; `*count` of them, 0: it has none. */
static const char *const *relative_members(const char *type, size_t *count)
{
    *count = sizeof relative_xterm / sizeof relative_xterm[0];
    for (size_t i = 0; i < sizeof relative_family / sizeof relative_family[0]; i++)
        if (relative_begins(type, relative_family[i].name)) {
            *count = RELATIVE_MEMBERS;
            return relative_family[i].member;
        }
    for (size_t i = 0; i < sizeof relative_like_xterm / sizeof relative_like_xterm[0]; i++)
        if (relative_begins(type, relative_like_xterm[i]))
            return relative_xterm;
    *count = relative_colorful(type) ? *count : 0;
    return relative_xterm;
}

const char *relative_type(const char *type, unsigned number, char *room, size_t room_size)
{
    size_t count;
    const char *const *member = relative_members(type, &count);
    for (size_t i = 0; i < count && member[i]; i++, number--)
        if (number == 0)
            return member[i];
    snprintf(room, room_size, "%s", type);
    for (;; number--) {
        char *last = strpbrk(room, "-.+") ? room + strlen(room) : NULL;
        while (last && !strchr("-.+", *--last))
            continue;
        if (!last || last == room)
            return NULL;
        *last = '\0';
        if (number == 0)
            return room;
    }
}
