/* SPDX-License-Identifier: MIT */
/**
 * base: the name that somebody may have meant. Pure; any thread.
 *
 * Start with a `struct nearest` that is all zero but for `typed` and `length`, offer it every name there is, then look at
 * `best`.
 */
#ifndef FOLIO_BASE_WORDS_NEAREST_H
#define FOLIO_BASE_WORDS_NEAREST_H

#include <stddef.h>

struct nearest {
    const char *typed; /**< what was typed, borrowed */
    size_t length;
    const char *best; /**< the nearest so far that is near enough; borrowed from who offered it, NULL: none */
    unsigned distance;
};

/** Offer one more name. Of several names that are equally near the first one stays. */
void nearest_offer(struct nearest *nearest, const char *name);

#endif
