/* SPDX-License-Identifier: MIT */
/**
 * ui: options that `:set` switches while the program runs, and that the UI thread itself looks at. Pure; main thread.
 */
#ifndef FOLIO_UI_OPTION_SWITCH_H
#define FOLIO_UI_OPTION_SWITCH_H

#include "folio/ui/option/options.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * Carry out a word of `:set` that is no setting: NAME, noNAME, NAME! (the other way) or NAME? (only asks); a NAME is
 * "incsearch" or "history". `said` gets what it is then. False: `word` is none of these.
 */
bool options_switch(struct options *options, const char *word, char *said, size_t said_size);

/** The `number`-th NAME or noNAME (from 0) that options_switch knows; NULL after the last. Static. */
const char *options_switch_name(size_t number);

#endif
