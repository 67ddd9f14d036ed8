/* SPDX-License-Identifier: MIT */
/** ui: inks as strings of terminfo; ink.c does the same for curses. Main thread. */
#include "folio/ui/terminal/pen.h"

#include "inside.h"

#include "folio/ui/terminal/palette.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
/* term.h makes macros of words like these. */
#undef columns
#undef lines

struct pen {
    struct palette palette;
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
    int colors = color ? tigetnum("colors") : 0;
    if (!pen)
        return NULL;
    pen->palette.colors = colors >= 1 << 24 ? 1 << 24 : colors >= 256 ? 256 : colors > 0 ? colors : 0;
    pen->palette.indexed = pen->palette.colors >= 1 << 24 ? screen_ink_indexed() : 0;
    pen->looks = *looks;
    return pen;
}

void pen_close(struct pen *pen)
{
    free(pen);
}

/** Append a string of the terminal. False: it has none. */
static bool pen_string(struct buf *out, const char *string)
{
    char text[128] = "";
    screen_string(text, sizeof text, string);
    buf_text(out, text);
    return text[0] != '\0';
}

static bool pen_capability(struct buf *out, const char *name)
{
    return pen_string(out, tigetstr(name));
}

/** Dim, or what stands for it. */
static void pen_dim(struct buf *out)
{
    if (!pen_capability(out, "dim"))
        (void)pen_capability(out, "smul");
}

static void pen_attributes(struct buf *out, unsigned flags, bool own)
{
    if ((flags & INK_BOLD) != 0)
        (void)pen_capability(out, "bold");
    if ((flags & INK_DIM) != 0)
        (void)pen_capability(out, "dim");
    if ((flags & INK_ITALIC) != 0 && !pen_capability(out, "sitm"))
        (void)pen_capability(out, "smul");
    if ((flags & (INK_UNDERLINE | INK_LINK)) != 0)
        (void)pen_capability(out, "smul");
    if ((flags & INK_BLINK) != 0)
        (void)pen_capability(out, "blink");
    if ((flags & INK_STRIKE) != 0 && !pen_capability(out, "smxx"))
        pen_dim(out);
    if ((flags & INK_REVERSE) != 0 && !pen_capability(out, "rev"))
        (void)pen_capability(out, "smso");
    /* No text may look like a control. */
    if ((flags & INK_REVERSE) != 0 && !own)
        pen_dim(out);
}

static void pen_color(struct buf *out, const char *capability, int color)
{
    char *format = color == PALETTE_OWN ? NULL : tigetstr(capability);
    if (format && format != (char *)-1)
        (void)pen_string(out, tparm(format, (long)color, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L));
}

/** The same choice as on the screen. */
static void pen_colors(const struct pen *pen, const struct ink *ink, struct buf *out)
{
    int foreground = palette_color(&pen->palette, ink->foreground);
    int background = palette_color(&pen->palette, ink->background);
    bool bright = ink->foreground >= INK_PALETTE(8) && ink->foreground < INK_PALETTE(16);
    if (bright && pen->palette.colors == 8) {
        foreground = (int)(ink->foreground & 7);
        (void)pen_capability(out, "bold");
    }
    background = foreground == background ? PALETTE_OWN : background;
    pen_color(out, "setaf", foreground);
    pen_color(out, "setab", background);
}

void pen_turn(struct pen *pen, const struct cell *cell, struct buf *out)
{
    static const struct ink none;
    bool own = cell && cell->style != STYLE_TEXT;
    struct ink ink = !cell ? none : own ? pen->looks.ink[cell->style] : cell->ink;
    if (own == pen->own && ink_same(ink, pen->ink))
        return;
    if (!ink_same(pen->ink, none))
        (void)pen_capability(out, "sgr0");
    pen_attributes(out, ink.flags, own);
    pen_colors(pen, &ink, out);
    pen->ink = ink;
    pen->own = own;
}
