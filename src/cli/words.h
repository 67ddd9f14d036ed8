/* SPDX-License-Identifier: MIT */
/** cli: what --poke and --expect say, as bytes. Pure but for memory. */
#ifndef FOLIO_CLI_WORDS_H
#define FOLIO_CLI_WORDS_H

#include "folio/base/words/reckon.h"
#include "folio/cli/poke.h"
#include "folio/model/poke/words.h"

/**
 * The texts that --poke and --expect were given, as bytes. `scene` NULL: the file is not known yet, and offsets that depend
 * on it may be any.
 */
bool cli_poke_words(const struct cli_poke *wanted, const struct reckon_scene *scene, struct poke_words *words,
                    struct error *error);

#endif
