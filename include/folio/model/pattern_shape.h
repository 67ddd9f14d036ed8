/* SPDX-License-Identifier: MIT */
/**
 * model: what can be told of a regular expression by reading it.
 *
 * A cautious reader of PCRE2's syntax: it follows what is common and gives up at the rest, and giving up only costs
 * speed. Pure; any thread; a value that borrows nothing.
 */
#ifndef FOLIO_MODEL_PATTERN_SHAPE_H
#define FOLIO_MODEL_PATTERN_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "folio/base/needle.h"

/** What is sure of a pattern. All false and 0: nothing is, except `utf`, which is true when in doubt. */
struct pattern_shape {
    bool literal; /**< it matches `required` and nothing else */
    bool utf;     /**< matching bytes and matching characters could differ */
    bool blind;   /**< no attempt to match can tell a newline from the end of the subject, nor consume one */
    bool steady;  /**< a search that begins later in the subject finds the same matches from there on */
    size_t required_length; /**< 0: none found */
    char
        required[NEEDLE_LENGTH_MAX]; /**< every match contains these bytes (in either case, where caseless) */
};

/** Read `length` bytes of pattern; `caseless` says how it will be matched. */
struct pattern_shape pattern_shape_of(const char *text, size_t length, bool caseless);

/** The same for text in which no character is special. */
struct pattern_shape pattern_shape_literal(const char *text, size_t length, bool caseless);

#endif
