/* SPDX-License-Identifier: MIT */
/** ui: what is said of keys that mean nothing (see the header). */
#include "folio/ui/command/unknown.h"

#include <ctype.h>
#include <stdio.h>

/** Do the keys of a binding mean something else where `views` are shown? */
static bool unknown_taken(const struct keymap *keymap, unsigned views, const struct binding *binding)
{
    struct invocation invocation;
    return !keymap_find(keymap, views, binding->stroke, binding->length, &invocation) ||
           invocation.id != binding->id;
}

/**
 * The first key that shows the help. Where that letter means something else the last one, as the status row has it: its
 * capital would be taken for it.
 */
static void unknown_help(const struct keymap *keymap, unsigned views, char *out, size_t capacity)
{
    bool taken = false;
    snprintf(out, capacity, ":help");
    for (size_t i = 0; i < keymap->count; i++) {
        const struct binding *binding = &keymap->binding[i];
        if (binding->id != COMMAND_HELP)
            continue;
        if (unknown_taken(keymap, views, binding)) {
            taken = true;
            continue;
        }
        keymap_spell(binding, out, capacity);
        if (!taken)
            return;
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

void unknown_keys(const struct keymap *keymap, unsigned views, const uint32_t *stroke, unsigned length,
                  char *out, size_t capacity)
{
    struct binding keys = {.length = length < KEYMAP_LENGTH ? length : KEYMAP_LENGTH, .views = views};
    char typed[64], other[64], help[64];
    for (unsigned i = 0; i < keys.length; i++)
        keys.stroke[i] = stroke[i];
    keymap_spell(&keys, typed, sizeof typed);
    unknown_help(keymap, views, help, sizeof help);
    const struct command *command = keys.length > 0 ? unknown_other(keymap, &keys) : NULL;
    keymap_spell(&keys, other, sizeof other);
    if (command)
        snprintf(out, capacity, "%s means nothing here, but %s does: %s (%s lists the keys)", typed, other,
                 command->help, help);
    else
        snprintf(out, capacity, "%s means nothing here; %s lists the keys", typed, help);
}
