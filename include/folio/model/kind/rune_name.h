/* SPDX-License-Identifier: MIT */
/**
 * model: what characters are called, as Unicode names them. The names are those of libunistring, which is loaded when
 * somebody first asks, on a helper thread; without it only the controls of ASCII have names.
 *
 * Opaque; one owner's thread.
 */
#ifndef FOLIO_MODEL_KIND_RUNE_NAME_H
#define FOLIO_MODEL_KIND_RUNE_NAME_H

#include "folio/io/thread/wake.h"

#include <stdbool.h>
#include <stdint.h>

/** Room for any name, with its NUL. */
#define RUNE_NAME_TEXT 256

struct rune_names;

/** Begin to load the names; `wake` is rung when that is done, and must live as long as the process. NULL: no memory. */
struct rune_names *rune_names_open(struct wake *wake);

/** Have the names been loaded, as far as they can be? */
bool rune_names_loaded(const struct rune_names *names);

/** Let go of the names; never waits. NULL is fine. */
void rune_names_close(struct rune_names *names);

/** What `rune` is called, or "" where it has no name or none is known yet. `names` may be NULL. Returns `out`. */
const char *rune_name(const struct rune_names *names, uint32_t rune, char out[RUNE_NAME_TEXT]);

#endif
