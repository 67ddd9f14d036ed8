/* SPDX-License-Identifier: MIT */
/**
 * model: what a person searches for, and finding it in bytes.
 *
 * A pattern is compiled once (PCRE2 with JIT; a literal is searched by base/scan/needle instead) and then only read, so
 * workers share it. Each thread that searches has a matcher of its own (model/pattern/matcher). The unit of matching is the
 * line, as for grep: no match crosses a newline, `^` and `$` are the ends of the line, a CR before the newline belongs
 * to the line; `\<` and `\>` are the beginning and the end of a word. Broken UTF-8 never matches a character and never
 * stops a search. Where either case matches, a pattern that is all ASCII and names its characters (no dot, \w, [^x])
 * folds ASCII letters only.
 */
#ifndef FOLIO_MODEL_PATTERN_PATTERN_H
#define FOLIO_MODEL_PATTERN_PATTERN_H

#include "folio/base/bytes/error.h"
#include "folio/model/pattern/matcher.h"

#include <stdbool.h>
#include <stddef.h>

struct pattern;

enum pattern_case {
    PATTERN_EXACT,  /**< letters match as they are */
    PATTERN_SMART,  /**< either case, unless the pattern has a capital letter (less -i) */
    PATTERN_FOLDED, /**< either case (less -I) */
};

/**
 * Compile `text`; `literal` means that no character is special. A pattern without special characters is literal by
 * itself. NULL and `error` ("Invalid pattern: REASON at OFFSET") when PCRE2 refuses it.
 */
struct pattern *pattern_compile(const char *text, size_t length, enum pattern_case letter_case, bool literal,
                                struct error *error);

/** Has the text a capital letter, which makes PATTERN_SMART be PATTERN_EXACT? Those of escapes (\W, \p{Lu}) are none. */
bool pattern_has_capital(const char *text, size_t length, bool literal);

/** Free a pattern, of which no matcher is in use any more; NULL is fine. */
void pattern_free(struct pattern *pattern);

/** The text it was compiled from; borrowed, as long as the pattern. */
const char *pattern_text(const struct pattern *pattern);

#endif
