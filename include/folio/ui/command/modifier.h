/* SPDX-License-Identifier: MIT */
/**
 * ui: the keys that say how to search, typed before the pattern, and how the prompt shows them. Pure; UI thread.
 *
 * Modifiers are those of a request: enum search_modifier and SEARCH_GROUP.
 */
#ifndef FOLIO_UI_COMMAND_MODIFIER_H
#define FOLIO_UI_COMMAND_MODIFIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The key behind which the number of a group is expected. */
bool modifier_asks(uint32_t stroke);

/** Switch what `stroke` stands for, if that is among `allowed`. False: it stands for none of those. */
bool modifier_type(unsigned *modifiers, unsigned allowed, uint32_t stroke);

/** The number behind modifier_asks. The group that is set is taken back. False: `stroke` is no number from 1 to 9. */
bool modifier_number(unsigned *modifiers, uint32_t stroke);

/** What stands before the text: "Non-match Wrap /". `sign` is the last of it. */
void modifier_label(unsigned modifiers, const char *sign, char *out, size_t capacity);

#endif
