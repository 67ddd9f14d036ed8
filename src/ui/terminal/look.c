/* SPDX-License-Identifier: MIT */
/**
 * ui: looks, and the words for them. Pure; main thread.
 */
#include "folio/ui/terminal/look.h"

#include "folio/base/glyph/glyph.h"
#include "folio/base/words/nearest.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LOOK_RED    INK_PALETTE(1)
#define LOOK_YELLOW INK_PALETTE(3)

/** An ink on a background of its own. */
#define LOOK_ON(color, ground, attributes)                                                                   \
    {                                                                                                        \
        .foreground = INK_PALETTE(color), .background = INK_PALETTE(ground), .flags = (attributes)           \
    }

/** A word of a look, and where it is cut off. */
#define LOOK_WORD 32

static const struct {
    const char *name;
    struct ink ink;
} look_table[LOOK_COUNT] = {
    [STYLE_TEXT] = {NULL, {0}},
    [STYLE_CONTROL] = {"control", {.flags = INK_REVERSE}},
    [STYLE_WARNING] = {"warning", {.foreground = LOOK_RED, .flags = INK_REVERSE | INK_BOLD}},
    [STYLE_HIT] = {"hit", {.foreground = LOOK_YELLOW, .flags = INK_REVERSE}},
    [STYLE_CURRENT] = {"current",
                       {.foreground = LOOK_YELLOW, .flags = INK_REVERSE | INK_BOLD | INK_UNDERLINE}},
    [STYLE_NUMBER] = {"number", {.flags = INK_DIM}},
    [STYLE_EDGE] = {"edge", {.flags = INK_BOLD}},
    [STYLE_OVERVIEW] = {"overview", {.foreground = LOOK_YELLOW, .flags = INK_BOLD}},
    [STYLE_OVERVIEW_SHOWN] = {"viewport", {.foreground = LOOK_YELLOW, .flags = INK_REVERSE}},
    /* No two of the same attributes, and none with those of a hit, of a control or of what a file reverses. */
    [STYLE_HIGHLIGHT] = {"highlight1", LOOK_ON(0, 6, INK_UNDERLINE)},
    [STYLE_HIGHLIGHT + 1] = {"highlight2", LOOK_ON(0, 2, INK_BOLD)},
    [STYLE_HIGHLIGHT + 2] = {"highlight3", LOOK_ON(7, 5, INK_BOLD | INK_UNDERLINE)},
    [STYLE_HIGHLIGHT + 3] = {"highlight4", LOOK_ON(7, 4, INK_ITALIC)},
    [STYLE_HIGHLIGHT + 4] = {"highlight5", LOOK_ON(7, 1, INK_UNDERLINE | INK_REVERSE)},
    [STYLE_HIGHLIGHT + 5] = {"highlight6", LOOK_ON(0, 7, INK_ITALIC | INK_BOLD)},
    [STYLE_HIGHLIGHT + 6] = {"highlight7", LOOK_ON(0, 14, INK_ITALIC | INK_UNDERLINE)},
    [STYLE_HIGHLIGHT_LAST] = {"highlight8", LOOK_ON(0, 10, INK_ITALIC | INK_BOLD | INK_UNDERLINE)},
    [STYLE_LEVEL_DEBUG] = {"level-debug", {.foreground = INK_PALETTE(6)}},
    [STYLE_LEVEL_INFO] = {"level-info", {.foreground = INK_PALETTE(2)}},
    [STYLE_LEVEL_WARNING] = {"level-warning", {.foreground = LOOK_YELLOW}},
    [STYLE_LEVEL_ERROR] = {"level-error", {.foreground = LOOK_RED}},
    /* Bytes say what they are by their digits; the looks only help the eye. */
    [STYLE_BYTE_ZERO] = {"byte-zero", {.flags = INK_DIM}},
    [STYLE_BYTE_SPACE] = {"byte-space", {.foreground = INK_PALETTE(2)}},
    [STYLE_BYTE_CONTROL] = {"byte-control", {.foreground = INK_PALETTE(5)}},
    [STYLE_BYTE_HIGH] = {"byte-high", {.foreground = LOOK_YELLOW}},
    /* The same of values of JSON: a string has quotes. */
    [STYLE_KEY] = {"json-key", {.foreground = INK_PALETTE(4), .flags = INK_BOLD}},
    [STYLE_STRING] = {"json-string", {.foreground = INK_PALETTE(2)}},
    [STYLE_DIGITS] = {"json-number", {.foreground = INK_PALETTE(6)}},
    [STYLE_CONSTANT] = {"json-constant", {.foreground = INK_PALETTE(5)}},
    [STYLE_FLAW] = {"json-flaw", {.foreground = LOOK_RED, .flags = INK_UNDERLINE}},
    [STYLE_HOLE] = {"hole", {.flags = INK_DIM | INK_ITALIC}},
    [STYLE_CURSOR] = {"cursor", {.flags = INK_REVERSE}},
    [STYLE_MIRROR] = {"mirror", {.flags = INK_UNDERLINE | INK_BOLD}},
    [STYLE_EDIT] = {"edit", LOOK_ON(0, 6, INK_BOLD)},
    [STYLE_POKED] = {"poked", LOOK_ON(0, 2, INK_UNDERLINE)},
    [STYLE_FAILED] = {"failed", LOOK_ON(7, 1, INK_BOLD | INK_REVERSE)},
    [STYLE_PENDING] = {"pending", LOOK_ON(0, 3, INK_BOLD | INK_ITALIC)},
    [STYLE_SELECTED] = {"selected", LOOK_ON(4, 7, INK_REVERSE | INK_ITALIC)},
    [STYLE_DIFFERENT] = {"different", {.foreground = LOOK_RED, .flags = INK_BOLD | INK_UNDERLINE}},
    [STYLE_PANEL] = {"panel", {0}},
    [LOOK_STATUS] = {"status", {.flags = INK_REVERSE}},
};

static const struct {
    const char *name;
    uint16_t flag;
} look_attribute[] = {
    {"bold", INK_BOLD},   {"dim", INK_DIM},         {"italic", INK_ITALIC}, {"underline", INK_UNDERLINE},
    {"blink", INK_BLINK}, {"reverse", INK_REVERSE}, {"strike", INK_STRIKE},
};

static const char *const look_color[] = {
    "black",        "red",           "green",       "yellow",         "blue",
    "magenta",      "cyan",          "white",       "bright-black",   "bright-red",
    "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
    "bright-white",
};

#define LOOK_ATTRIBUTES (sizeof look_attribute / sizeof look_attribute[0])
#define LOOK_COLORS     (sizeof look_color / sizeof look_color[0])

struct looks looks_default(void)
{
    struct looks looks;
    for (unsigned look = 0; look < LOOK_COUNT; look++)
        looks.ink[look] = look_table[look].ink;
    return looks;
}

const char *look_name(unsigned look)
{
    return look_table[look].name;
}

/** A colour by name, number or #rrggbb. */
static bool look_parse_color(const char *word, uint32_t *color)
{
    char *end;
    if (strcmp(word, "default") == 0) {
        *color = INK_DEFAULT;
        return true;
    }
    for (uint32_t i = 0; i < LOOK_COLORS; i++) {
        if (strcmp(word, look_color[i]) == 0) {
            *color = INK_PALETTE(i);
            return true;
        }
    }
    bool rgb = word[0] == '#' && strlen(word) == 7;
    if (!rgb && (strlen(word) > 3 || !isdigit((unsigned char)word[0])))
        return false;
    unsigned long value = strtoul(word + rgb, &end, rgb ? 16 : 10);
    *color = rgb ? INK_RGB((uint32_t)value) : INK_PALETTE((uint32_t)value);
    return *end == '\0' && isxdigit((unsigned char)word[rgb]) && (rgb || value < 256);
}

/** The sentence for a word that is neither a colour nor an attribute. */
static bool look_unknown(const char *word, struct error *error)
{
    char harmless[4 * LOOK_WORD];
    struct nearest nearest = {.typed = word, .length = strlen(word)};
    for (size_t i = 0; i < LOOK_COLORS; i++)
        nearest_offer(&nearest, look_color[i]);
    for (size_t i = 0; i < LOOK_ATTRIBUTES; i++)
        nearest_offer(&nearest, look_attribute[i].name);
    glyph_text(word, strlen(word), harmless, sizeof harmless);
    if (nearest.best)
        return error_set(error, 0, "%s is no colour or attribute; did you mean %s?", harmless, nearest.best);
    return error_set(error, 0,
                     "%s is no colour (red, bright-red, 0 to 255, #rrggbb, default) or attribute "
                     "(bold, dim, italic, underline, blink, reverse, strike)",
                     harmless);
}

/** One word; `*ground` says that "on" stood before it, `*colored` that there is a foreground already. */
static bool look_parse_word(const char *word, struct ink *ink, bool *ground, bool *colored,
                            struct error *error)
{
    uint32_t color;
    for (size_t i = 0; i < LOOK_ATTRIBUTES && !*ground; i++) {
        if (strcmp(word, look_attribute[i].name) == 0) {
            ink->flags |= look_attribute[i].flag;
            return true;
        }
    }
    if (strcmp(word, "on") == 0 && !*ground) {
        *ground = true;
        return true;
    }
    if (!look_parse_color(word, &color))
        return look_unknown(word, error);
    if (*ground) {
        ink->background = color;
        *ground = false;
    } else if (*colored) {
        return error_set(error, 0, "%s is a second colour; write \"on %s\" for the background", word, word);
    } else {
        ink->foreground = color;
        *colored = true;
    }
    return true;
}

bool look_parse(const char *text, struct ink *ink, struct error *error)
{
    struct ink made = {0};
    bool ground = false;
    bool colored = false;
    size_t words = 0;
    for (text += strspn(text, " \t"); *text != '\0'; text += strspn(text, " \t")) {
        char word[LOOK_WORD] = "";
        size_t length = strcspn(text, " \t");
        memcpy(word, text, length < LOOK_WORD - 1 ? length : LOOK_WORD - 1);
        text += length;
        words++;
        if (strcmp(word, "plain") != 0 && !look_parse_word(word, &made, &ground, &colored, error))
            return false;
    }
    if (words == 0 || ground) {
        return error_set(error, 0,
                         ground ? "a colour is missing behind \"on\""
                                : "a colour or an attribute is missing, such as \"black on yellow\"");
    }
    *ink = made;
    return true;
}

static void look_spell_color(uint32_t color, struct buf *out)
{
    uint32_t value = color & 0xffffff;
    if (color == INK_DEFAULT)
        buf_text(out, "default");
    else if (color >> 24 != 1)
        buf_format(out, "#%06x", value);
    else if (value < LOOK_COLORS)
        buf_text(out, look_color[value]);
    else
        buf_format(out, "%u", value);
}

void look_spell(const struct ink *ink, struct buf *out)
{
    size_t begin = out->length;
    if (ink->foreground != INK_DEFAULT)
        look_spell_color(ink->foreground, out);
    if (ink->background != INK_DEFAULT) {
        buf_text(out, out->length > begin ? " on " : "on ");
        look_spell_color(ink->background, out);
    }
    for (size_t i = 0; i < LOOK_ATTRIBUTES; i++)
        if ((ink->flags & look_attribute[i].flag) != 0)
            buf_format(out, "%s%s", out->length > begin ? " " : "", look_attribute[i].name);
    buf_text(out, out->length > begin ? "" : "plain");
}
