/* SPDX-License-Identifier: MIT */
/**
 * model: a list of pokes from a file, or what comes through a pipe, for the file that it is about. Any thread that may
 * wait.
 */
#ifndef FOLIO_MODEL_POKE_LOAD_H
#define FOLIO_MODEL_POKE_LOAD_H

#include "folio/model/poke/list.h"
#include "folio/model/reader/edits.h"

/** The file that a list is about. */
struct poke_target {
    int fd;                    /**< to be read; stays the caller's */
    const struct edits *edits; /**< laid over it; NULL: none */
};

/**
 * Read all of `fd`, which errors call `name`, and make a list of it, without what `target` holds already. False and one
 * sentence; the list is empty then.
 */
bool poke_list_load(int fd, const char *name, struct poke_target target, struct poke_list *list,
                    struct error *error);

#endif
