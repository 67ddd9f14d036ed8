/* SPDX-License-Identifier: MIT */
/**
 * model: what can be told of a regular expression by reading it.
 *
 * A cautious reader of PCRE2's syntax: it follows what is common and gives up at the rest, and giving up only costs
 * speed. Pure; any thread; a value that borrows nothing.
 */
#ifndef FOLIO_MODEL_PATTERN_SHAPE_H
#define FOLIO_MODEL_PATTERN_SHAPE_H

#include "folio/base/bytes/span.h"
#include "folio/base/scan/needle.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Bytes that the literals of one pattern may take together; one that needs more is not seen through. */
#define PATTERN_SHAPE_ROOM 2048

/** A literal: a stretch of pattern_shape.room. */
struct shape_literal {
    uint16_t begin, length;
};

/** Literals one of which is needed; count 0: none is known to be. */
struct shape_need {
    unsigned count;
    struct shape_literal literal[NEEDLES_MAX];
};

/** What is sure of a pattern. All false and 0: nothing is, except `utf`, which is true when in doubt. */
struct pattern_shape {
    bool literal; /**< it matches what `need` has, the first that fits at a place, and nothing else */
    bool utf;     /**< matching bytes and matching characters could differ */
    bool blind;   /**< no attempt to match can tell a newline from the end of the subject, nor consume one */
    bool steady;  /**< a search that begins later in the subject finds the same matches from there on */
    /** Every match contains one of these (in either case, where caseless), in the order of the pattern. */
    struct shape_need need;
    char room[PATTERN_SHAPE_ROOM];
};

/** Read `length` bytes of pattern; `caseless` says how it will be matched. */
struct pattern_shape pattern_shape_of(const char *text, size_t length, bool caseless);

/** The same for text in which no character is special. */
struct pattern_shape pattern_shape_literal(const char *text, size_t length, bool caseless);

/** The literal `number` of shape->need; borrowed from the shape. */
struct span pattern_shape_needed(const struct pattern_shape *shape, unsigned number);

#endif
