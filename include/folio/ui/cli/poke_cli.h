/* SPDX-License-Identifier: MIT */
/**
 * ui: changing bytes from the command line, without a screen: --poke, --undo, --redo, --pokes.
 *
 * The words are those of model/poke/words. Main thread; poke_cli_run waits for the disk.
 */
#ifndef FOLIO_UI_CLI_POKE_CLI_H
#define FOLIO_UI_CLI_POKE_CLI_H

#include "folio/base/bytes/error.h"
#include "folio/ui/option/options.h"

#include <stdbool.h>

/** Does the command line ask for any of it? */
bool poke_cli_wanted(const struct options *options);

/** Do it. Returns the exit status; 2 with `error` when it was asked for wrongly, all else is printed. */
int poke_cli_run(const struct options *options, struct error *error);

#endif
