/* SPDX-License-Identifier: MIT */
/** ui: what is said of keys that mean nothing (see the header). */
#include "folio/ui/command/unknown.h"

#include <ctype.h>
#include <stdio.h>

/** The first key that shows the help. */
static void unknown_help(const struct keymap *keymap, char *out, size_t capacity)
{
    snprintf(out, capacity, ":help");
    for (size_t i = 0; i < keymap->count; i++) {
        if (keymap->binding[i].id == COMMAND_HELP) {
            keymap_spell(&keymap->binding[i], out, capacity);
            return;
        }
    }
}

/** The last of the keys as a capital where it is a small letter, and the other way round: is that a command? */
static const struct command *unknown_other(const struct keymap *keymap, struct binding *keys)
{
    struct invocation invocation;
    uint32_t *last = &keys->stroke[keys->length - 1];
    if (*last >= 0x80 || !isalpha((int)*last))
        return NULL;
    *last = (uint32_t)(islower((int)*last) ? toupper((int)*last) : tolower((int)*last));
    return keymap_find(keymap, keys->views, keys->stroke, keys->length, &invocation)
               ? command_row(invocation.id)
               : NULL;
}

void unknown_keys(const struct keymap *keymap, const uint32_t *stroke, unsigned length, char *out,
                  size_t capacity)
{
    struct binding keys = {.length = length < KEYMAP_LENGTH ? length : KEYMAP_LENGTH};
    char typed[64], other[64], help[64];
    for (unsigned i = 0; i < keys.length; i++)
        keys.stroke[i] = stroke[i];
    keymap_spell(&keys, typed, sizeof typed);
    unknown_help(keymap, help, sizeof help);
    const struct command *command = keys.length > 0 ? unknown_other(keymap, &keys) : NULL;
    keymap_spell(&keys, other, sizeof other);
    if (command)
        snprintf(out, capacity, "%s means nothing here, but %s does: %s (%s lists the keys)", typed, other,
                 command->help, help);
    else
        snprintf(out, capacity, "%s means nothing here; %s lists the keys", typed, help);
}
