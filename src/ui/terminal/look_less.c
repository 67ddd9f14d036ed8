/* SPDX-License-Identifier: MIT */
/** ui: less's words for looks. Pure; main thread. */
#include "folio/ui/terminal/look_less.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/** A letter of less that no look of ours stands for. */
#define LOOK_NONE LOOK_COUNT

/** What a letter is about. Those of the letters that are not in the table are unknown to less as well. */
static const struct {
    char letter;
    unsigned look;
} less_look[] = {
    {'B', STYLE_CONTROL}, {'C', STYLE_CONTROL}, {'E', LOOK_STATUS},  {'P', LOOK_STATUS}, {'M', STYLE_EDGE},
    {'R', STYLE_EDGE},    {'T', STYLE_EDGE},    {'N', STYLE_NUMBER}, {'S', STYLE_HIT},   {'H', LOOK_NONE},
    {'J', LOOK_NONE},     {'O', LOOK_NONE},     {'W', LOOK_NONE},    {'d', LOOK_NONE},   {'k', LOOK_NONE},
    {'s', LOOK_NONE},     {'u', LOOK_NONE},     {'1', LOOK_NONE},    {'2', LOOK_NONE},   {'3', LOOK_NONE},
    {'4', LOOK_NONE},     {'5', LOOK_NONE},
};

/** In the order of the palette; a capital is the brighter one. */
static const char less_color[] = "krgybmcw";

static const struct {
    char sign;
    uint16_t flag;
} less_attribute[] = {
    {'s', INK_REVERSE}, {'~', INK_REVERSE}, {'u', INK_UNDERLINE}, {'_', INK_UNDERLINE},
    {'d', INK_BOLD},    {'*', INK_BOLD},    {'l', INK_BLINK},     {'&', INK_BLINK},
};

/** A colour of one letter; `-` is the terminal's own. False: it is none. */
static bool less_letter(const char **text, uint32_t *color)
{
    const char *at = **text != '\0' ? strchr(less_color, tolower((unsigned char)**text)) : NULL;
    if (**text != '-' && !at)
        return false;
    if (at)
        *color = INK_PALETTE((uint32_t)(at - less_color) + (isupper((unsigned char)**text) ? 8 : 0));
    ++*text;
    return true;
}

/** A colour as a number up to 255, or `-`. False: it is none. */
static bool less_number(const char **text, uint32_t *color)
{
    char *end;
    if (**text == '-') {
        ++*text;
        return true;
    }
    unsigned long value = isdigit((unsigned char)**text) ? strtoul(*text, &end, 10) : 256;
    if (value > 255)
        return false;
    *color = INK_PALETTE((uint32_t)value);
    *text = end;
    return true;
}

/** Two letters, or two numbers with a point between them; the second may be missing, and so may both. */
static bool less_colors(const char **text, struct ink *ink)
{
    bool numbers =
        isdigit((unsigned char)(*text)[0]) || (*text)[0] == '.' || ((*text)[0] == '-' && (*text)[1] == '.');
    if (!numbers) {
        if (less_letter(text, &ink->foreground))
            (void)less_letter(text, &ink->background);
        return true;
    }
    if (**text != '.' && !less_number(text, &ink->foreground))
        return false;
    *text += **text == '.';
    return (*text)[-1] != '.' || !(isdigit((unsigned char)**text) || **text == '-') ||
           less_number(text, &ink->background);
}

static bool less_attributes(const char *text, struct ink *ink)
{
    for (; *text != '\0'; text++) {
        size_t i = 0;
        while (i < sizeof less_attribute / sizeof less_attribute[0] && less_attribute[i].sign != *text)
            i++;
        if (i == sizeof less_attribute / sizeof less_attribute[0])
            return false;
        ink->flags |= less_attribute[i].flag;
    }
    return true;
}

/** The hit that n counts from stays one of its own among the others. */
static void less_set(struct looks *looks, unsigned look, struct ink ink)
{
    if (look < LOOK_NONE)
        looks->ink[look] = ink;
    ink.flags |= INK_BOLD | INK_UNDERLINE;
    if (look == STYLE_HIT)
        looks->ink[STYLE_CURRENT] = ink;
}

bool look_less(const char *text, struct looks *looks)
{
    struct ink ink = {0};
    size_t row = 0;
    while (row < sizeof less_look / sizeof less_look[0] && less_look[row].letter != *text)
        row++;
    if (row == sizeof less_look / sizeof less_look[0])
        return false;
    /* As well as what it looks like anyway; only letters for which we have no look can say that. */
    text += 1 + (text[1] == '+');
    if (!less_colors(&text, &ink) || !less_attributes(text, &ink))
        return false;
    if (looks)
        less_set(looks, less_look[row].look, ink);
    return true;
}
