/* SPDX-License-Identifier: MIT */
/**
 * ui: looks in the words that less has for them (-D, --color): a letter for what is shown, a colour, attributes.
 *
 * "Sky" is black on yellow for what was found, "N103*" colour 103 and bold for line numbers. Values,
 * pure; main thread.
 */
#ifndef FOLIO_UI_TERMINAL_LOOK_LESS_H
#define FOLIO_UI_TERMINAL_LOOK_LESS_H

#include "folio/ui/terminal/look.h"

#include <stdbool.h>

/**
 * Put the look that `text` says into `looks` (NULL: only read it). What less colours and folio has no look for, such as
 * bold text, changes nothing. False: `text` is no such thing, and nothing changed.
 */
bool look_less(const char *text, struct looks *looks);

#endif
