/* SPDX-License-Identifier: MIT */
/**
 * model, private: the inside of the search, for matches.c (the view thread's questions) and matches_walk.c (the units
 * of one block, the same for workers and view thread).
 *
 * A *search* is what is looked for in what; all threads read it. A *searcher* is one thread's scratch memory for it.
 */
#ifndef FOLIO_MODEL_MATCHES_BODY_H
#define FOLIO_MODEL_MATCHES_BODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "folio/base/error.h"
#include "folio/base/span.h"
#include "folio/model/matches.h"
#include "folio/model/pattern.h"
#include "folio/model/shown.h"
#include "folio/model/survey.h"

struct search {
    struct pattern *pattern;
    struct matches_text text;
};

struct searcher {
    const struct search *search;
    struct matcher *matcher;
    /** NULL where what is shown never differs from the bytes. */
    struct shown *shown;
};

/** Some bytes as they are searched: `text` is borrowed from the bytes, or (`shown`) from the searcher. */
struct sight {
    struct span text;
    const struct shown *shown;
    size_t length; /**< of the bytes */
};

/** NULL and `error` when out of memory. */
struct searcher *searcher_open(const struct search *search, struct error *error);

/** NULL is fine. */
void searcher_close(struct searcher *searcher);

/** What is searched of `bytes`, which stand at `offset` of the file. Until the next call with this searcher. */
struct sight searcher_look(struct searcher *searcher, struct span bytes, uint64_t offset);

/** The byte that the text at `at` comes from; that behind what text up to `at` comes from. */
size_t sight_byte(const struct sight *sight, size_t at);
size_t sight_end(const struct sight *sight, size_t at);

/** The first text that comes from `byte` or from behind it. */
size_t sight_text(const struct sight *sight, size_t byte);

/**
 * Visit each unit that begins in the block, as offsets of the file, ascending. False when a visit returned false, which
 * ends it. No lock, no allocation, no system call but the clock.
 */
bool searcher_walk(struct searcher *searcher, const struct survey_block *block,
                   bool (*visit)(void *context, uint64_t unit), void *context);

#endif
