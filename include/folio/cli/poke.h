/* SPDX-License-Identifier: MIT */
/**
 * cli: changing bytes from the command line, without a screen: --poke, --patch, --undo, --redo, --pokes.
 *
 * The words are those of model/poke/words. Main thread; cli_poke_run waits for the disk.
 */
#ifndef FOLIO_CLI_POKE_H
#define FOLIO_CLI_POKE_H

#include "folio/base/bytes/buf.h"
#include "folio/base/bytes/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What --pokes prints. */
enum cli_pokes { CLI_POKES_NOT, CLI_POKES_LIST, CLI_POKES_XXD, CLI_POKES_BACK };

/** What was asked for. Borrowed while it is done. */
struct cli_poke {
    const struct buf *poke;   /**< the texts of --poke, each with its NUL; empty: not given */
    const struct buf *expect; /**< that of --expect, in the same way */
    const char *patch;        /**< a list of pokes; "-": what comes on standard input; NULL: not given */
    bool undo, redo;
    uint64_t id; /**< of --undo or --redo; 0: the last */
    bool force;  /**< undo and redo also where the bytes around are not what they were */
    enum cli_pokes pokes;
    bool write_setuid, write_devices; /**< what else than ordinary files may be changed */
    bool secure;                      /**< nothing may be */
    char *const *path;
    size_t path_count;
};

/** Is any of it asked for? */
bool cli_poke_wanted(const struct cli_poke *wanted);

/** Do it. Returns the exit status; 2 with `error` when it was asked for wrongly, all else is printed. */
int cli_poke_run(const struct cli_poke *wanted, struct error *error);

#endif
