/* SPDX-License-Identifier: MIT */
/**
 * io: for how long somebody waits for bytes that are not in memory. Plain value; asked on the thread that waits.
 */
#ifndef FOLIO_IO_PAGE_PATIENCE_H
#define FOLIO_IO_PAGE_PATIENCE_H

#include <stdbool.h>

/** What to do while bytes are on their way. */
struct patience {
    /** Called every few milliseconds while waiting, with the time waited so far. False: give up. NULL: for ever. */
    bool (*go_on)(void *context, unsigned waited_ms);
    void *context;
};

/** Gives up at the first look, so that only what is in memory already is had; the kernel is asked for the rest. */
extern const struct patience patience_none;

#endif
