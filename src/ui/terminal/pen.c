/* SPDX-License-Identifier: MIT */
/** ui: inks as strings of terminfo; ink.c does the same for curses. Main thread. */
#include "folio/ui/terminal/pen.h"

#include "inside.h"
#include "tint.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
/* term.h makes macros of words like these. */
#undef columns
#undef lines

struct pen {
    struct tints tints;
    struct looks looks;
    struct ink ink; /**< how the terminal writes now, */
    bool own;       /**< and whether it is a look */
};

void screen_string(char *out, size_t capacity, const char *string)
{
    size_t length = strlen(out);
    if (!string || string == (char *)-1)
        return;
    while (*string != '\0' && length + 1 < capacity) {
        const char *delay = string[0] == '$' && string[1] == '<' ? strchr(string, '>') : NULL;
        if (delay)
            string = delay + 1;
        else
            out[length++] = *string++;
    }
    out[length] = '\0';
}

struct pen *pen_open(bool color, const struct looks *looks)
{
    struct pen *pen = calloc(1, sizeof *pen);
    if (!pen)
        return NULL;
    pen->tints = tints_of_terminal(color);
    pen->looks = *looks;
    return pen;
}

void pen_close(struct pen *pen)
{
    free(pen);
}

/** Append a string of the terminal, where it has it. */
static void pen_string(struct buf *out, const char *string)
{
    char text[128] = "";
    screen_string(text, sizeof text, string);
    buf_text(out, text);
}

/** Attributes as terminfo has them. */
static const struct {
    unsigned flag;
    const char *capability;
} pen_attribute[] = {
    {INK_BOLD, "bold"},   {INK_DIM, "dim"},     {INK_ITALIC, "sitm"}, {INK_UNDERLINE, "smul"},
    {INK_BLINK, "blink"}, {INK_STRIKE, "smxx"}, {INK_REVERSE, "rev"}, {TINT_STANDOUT, "smso"},
};

static void pen_attributes(struct buf *out, unsigned flags)
{
    for (size_t i = 0; i < sizeof pen_attribute / sizeof pen_attribute[0]; i++)
        if ((flags & pen_attribute[i].flag) != 0)
            pen_string(out, tigetstr(pen_attribute[i].capability));
}

static void pen_color(struct buf *out, const char *capability, int color)
{
    char *format = color == PALETTE_OWN ? NULL : tigetstr(capability);
    if (format && format != (char *)-1)
        pen_string(out, tparm(format, (long)color, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L));
}

void pen_turn(struct pen *pen, const struct cell *cell, struct buf *out)
{
    static const struct ink none;
    bool own = cell && cell->style != STYLE_TEXT;
    struct ink ink = !cell ? none : own ? pen->looks.ink[cell->style] : cell->ink;
    if (own == pen->own && ink_same(ink, pen->ink))
        return;
    if (!ink_same(pen->ink, none))
        pen_string(out, tigetstr("sgr0"));
    struct tint tint = tint_make(&pen->tints, &ink, own);
    pen_attributes(out, tint.flags);
    pen_color(out, "setaf", tint.foreground);
    pen_color(out, "setab", tint.background);
    pen->ink = ink;
    pen->own = own;
}
