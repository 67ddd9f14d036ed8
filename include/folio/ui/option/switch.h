/* SPDX-License-Identifier: MIT */
/**
 * ui: the options that `:set` switches without asking the session, because only ui looks at them. Pure; main thread.
 */
#ifndef FOLIO_UI_OPTION_SWITCH_H
#define FOLIO_UI_OPTION_SWITCH_H

#include "folio/ui/option/options.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * Carry out a word of `:set` about one of these options: NAME switches it on, noNAME off, NAME! the other way, NAME?
 * only asks. NAME is "incsearch" or "history". `said` gets a sentence that says how it is now. False: `word` is about
 * no such option.
 */
bool options_switch(struct options *options, const char *word, char *said, size_t said_size);

/** The `number`-th NAME or noNAME (from 0) that options_switch knows; NULL after the last. Static. */
const char *options_switch_name(size_t number);

/** Put each of them, as it is in `options`, or, where that is NULL, as it can be set: see settings_each. */
void options_switch_each(const struct options *options, settings_put *put, struct buf *out);

/** Append all that `:set` sets, for the help. */
void options_set_help(struct buf *out);

/** Append the same as rows of the man page (mdoc). */
void options_set_manual(struct buf *out);

#endif
