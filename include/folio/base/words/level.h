/* SPDX-License-Identifier: MIT */
/**
 * base: how bad a log line is, by the word for it that stands in the line.
 *
 * A level is said in capitals (`ERROR`, `WARN`), in brackets (`[error]`, `<warning>`), before a colon (`error: `,
 * `Warning: `), or as the value of a field (`level=warn`, `"severity":"ERROR"`), within the first LEVEL_LOOK bytes. A
 * bare "error" in a sentence is no level. The first one in the line counts. Pure; any thread.
 */
#ifndef FOLIO_BASE_WORDS_LEVEL_H
#define FOLIO_BASE_WORDS_LEVEL_H

#include <stdbool.h>
#include <stddef.h>

/** How far into a line a level is looked for, in bytes. */
#define LEVEL_LOOK 512u

enum level { LEVEL_NONE, LEVEL_DEBUG, LEVEL_INFO, LEVEL_WARNING, LEVEL_ERROR, LEVEL_COUNT };

/** The level of a line, and where its word stands; LEVEL_NONE, and nothing is set, where it says none. */
enum level level_find(const char *line, size_t length, size_t *begin, size_t *end);

/** The level called `name` ("error", "warning", "info", "debug"), LEVEL_NONE if there is none. */
enum level level_named(const char *name);

/**
 * A regular expression (PCRE2's) that matches where a line says `level`. It finds the word anywhere in the line and not
 * only in its first LEVEL_LOOK bytes; in all else it agrees with level_find. Static.
 */
const char *level_pattern(enum level level);

#endif
