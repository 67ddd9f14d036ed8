/* SPDX-License-Identifier: MIT */
/** ui: what is said of keys that mean nothing. Pure; UI thread. */
#ifndef FOLIO_UI_COMMAND_UNKNOWN_H
#define FOLIO_UI_COMMAND_UNKNOWN_H

#include "folio/ui/command/keymap.h"

/**
 * A sentence about keys that are bound to nothing where `views` are shown: which they are, what the same letter does as a
 * capital or a small one, and which key shows all that there are.
 */
void unknown_keys(const struct keymap *keymap, unsigned views, const uint32_t *stroke, unsigned length,
                  char *out, size_t capacity);

#endif
