/* SPDX-License-Identifier: MIT */
/**
 * ui: inks become what the terminal has.
 *
 * No text may look like a control: those are reversed, so text that a file reverses is dim as well (or, where the
 * terminal knows no dim, underlined). Two colours of a file that are one here would hide its text: then the background is
 * the terminal's own. Of the 16 colours, terminals with 8 have the brighter half as bold. Main thread.
 */
#include "tint.h"

#include "direct.h"

#include <curses.h>
#include <string.h>
#include <term.h>
/* term.h makes macros of words like these. */
#undef columns
#undef lines

static bool tint_has(const char *capability)
{
    const char *string = tigetstr(capability);
    return string && string != (char *)-1;
}

/** From which number on a terminal with direct colour takes RGB. */
static int tint_indexed(void)
{
    char *string = tigetstr("setaf");
    int number = 8;
    while (number < 256 && tint_has("setaf")) {
        const char *made = tparm(string, (long)number);
        if (!made || strstr(made, "38:2") || strstr(made, "38;2"))
            return number;
        number = number == 8 ? 16 : 256;
    }
    return number;
}

struct tints tints_of_terminal(bool color)
{
    int colors = color ? tigetnum("colors") : 0;
    struct tints tints = {.dim = tint_has("dim"),
                          .italic = tint_has("sitm"),
                          .strike = tint_has("smxx"),
                          .reverse = tint_has("rev")};
    tints.palette.colors = colors >= 1 << 24 ? 1 << 24 : colors >= 256 ? 256 : colors > 0 ? colors : 0;
    tints.palette.indexed = colors >= 1 << 24 ? tint_indexed() : 0;
    tints.palette.base = colors == DIRECT_COLORS ? DIRECT_BASE : 0;
    return tints;
}

static unsigned tint_flags(const struct tints *tints, unsigned wanted, bool own)
{
    unsigned flags = wanted & (INK_BOLD | INK_UNDERLINE | INK_BLINK);
    unsigned dim = tints->dim ? INK_DIM : INK_UNDERLINE;
    flags |= (wanted & INK_LINK) != 0 ? INK_UNDERLINE : 0;
    flags |= (wanted & INK_DIM) != 0 ? dim : 0;
    if ((wanted & INK_ITALIC) != 0)
        flags |= tints->italic ? INK_ITALIC : INK_UNDERLINE;
    if ((wanted & INK_STRIKE) != 0)
        flags |= tints->strike ? INK_STRIKE : dim | INK_UNDERLINE;
    if ((wanted & INK_REVERSE) != 0)
        flags |= (tints->reverse ? INK_REVERSE : TINT_STANDOUT) | (own ? 0 : dim);
    return flags;
}

struct tint tint_make(const struct tints *tints, const struct ink *ink, bool own)
{
    struct tint tint = {.flags = tint_flags(tints, ink->flags, own),
                        .foreground = palette_color(&tints->palette, ink->foreground),
                        .background = palette_color(&tints->palette, ink->background)};
    bool bright = ink->foreground >= INK_PALETTE(8) && ink->foreground < INK_PALETTE(16);
    if (bright && tints->palette.colors == 8) {
        tint.foreground = (int)(ink->foreground & 7);
        tint.flags |= INK_BOLD;
    }
    if (tint.foreground == tint.background)
        tint.background = PALETTE_OWN;
    return tint;
}
