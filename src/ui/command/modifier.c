/* SPDX-License-Identifier: MIT */
/**
 * ui: the keys that say how to search. The words are less's. Pure.
 */
#include "folio/ui/command/modifier.h"

#include "folio/session/core/request.h"
#include "folio/ui/terminal/stroke.h"

#include <stdio.h>

/** In the order in which the prompt shows them. */
static const struct modifier {
    uint32_t stroke[2];
    unsigned bit;
    unsigned against; /**< what it takes back */
    const char *word;
} modifier_table[] = {
    {{STROKE_CONTROL('N'), '!'}, SEARCH_INVERT, 0, "Non-match "},
    {{STROKE_CONTROL('F'), '@'}, SEARCH_FIRST, 0, "First-file "},
    {{STROKE_CONTROL('E'), '*'}, SEARCH_FILES, SEARCH_WRAP, "EOF-ignore "},
    {{STROKE_CONTROL('K'), STROKE_NONE}, SEARCH_KEEP, 0, "Keep-pos "},
    {{STROKE_CONTROL('R'), STROKE_NONE}, SEARCH_LITERAL, 0, "Regex-off "},
    {{STROKE_CONTROL('W'), STROKE_NONE}, SEARCH_WRAP, SEARCH_FILES, "Wrap "},
};

#define MODIFIERS (sizeof modifier_table / sizeof modifier_table[0])

bool modifier_asks(uint32_t stroke)
{
    return stroke == STROKE_CONTROL('S');
}

bool modifier_type(unsigned *modifiers, unsigned allowed, uint32_t stroke)
{
    for (size_t i = 0; i < MODIFIERS; i++) {
        const struct modifier *row = &modifier_table[i];
        bool typed = stroke != STROKE_NONE && (row->stroke[0] == stroke || row->stroke[1] == stroke);
        if (typed && (row->bit & allowed) != 0) {
            *modifiers = (*modifiers ^ row->bit) & ~row->against;
            return true;
        }
    }
    return false;
}

bool modifier_number(unsigned *modifiers, uint32_t stroke)
{
    if (stroke < '1' || stroke > '9')
        return false;
    unsigned group = SEARCH_GROUP(stroke - '0');
    unsigned rest = *modifiers & (SEARCH_GROUP(1) - 1);
    *modifiers = *modifiers - rest == group ? rest : rest | group;
    return true;
}

void modifier_label(unsigned modifiers, const char *sign, char *out, size_t capacity)
{
    char group[16] = "";
    size_t length = 0;
    out[0] = '\0';
    for (size_t i = 0; i < MODIFIERS; i++)
        if ((modifiers & modifier_table[i].bit) != 0 && length < capacity)
            length += (size_t)snprintf(out + length, capacity - length, "%s", modifier_table[i].word);
    if (SEARCH_GROUP_OF(modifiers) > 0)
        snprintf(group, sizeof group, "Sub-%u ", SEARCH_GROUP_OF(modifiers));
    if (length < capacity)
        snprintf(out + length, capacity - length, "%s%s", group, sign);
}
