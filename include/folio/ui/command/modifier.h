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

/** Is this the key behind which the number of a group of the pattern is typed? */
bool modifier_asks(uint32_t stroke);

/**
 * Switch the modifier that `stroke` stands for on or off, if it is one of `allowed`. False: `stroke` stands for none
 * of them.
 */
bool modifier_type(unsigned *modifiers, unsigned allowed, uint32_t stroke);

/**
 * Take the key behind modifier_asks for the number of a group, from 1 to 9. The number that is set already takes it
 * back. False: `stroke` is no such number.
 */
bool modifier_number(unsigned *modifiers, uint32_t stroke);

/** What stands before the pattern in the prompt: the names of all modifiers, then `sign`: "Non-match Wrap /". */
void modifier_label(unsigned modifiers, const char *sign, char *out, size_t capacity);

#endif
