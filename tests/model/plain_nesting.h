/* SPDX-License-Identifier: MIT */
/**
 * tests: the depth of every boundary of a file in memory, and the six questions answered by going over all of it.
 *
 * One thread.
 */
#ifndef FOLIO_TESTS_MODEL_PLAIN_NESTING_H
#define FOLIO_TESTS_MODEL_PLAIN_NESTING_H

#include "test.h"

#include "folio/base/scan/brackets.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct plain_nesting {
    const char *data;
    size_t length;
    int32_t *depth; /**< of boundaries 0 to length */
    uint8_t *state; /**< PLAIN_ bits of boundaries 0 to length */
    bool *broken;   /**< pages that cannot be read, or NULL */
};

enum { PLAIN_INSIDE = 1, PLAIN_ESCAPED = 2 };

/** Is byte `at` on a page that cannot be read? */
static inline bool plain_is_broken(const struct plain_nesting *plain, size_t at)
{
    return plain->broken && plain->broken[at / 4096];
}

/** Is it a quote that begins or ends a string? */
static inline bool plain_is_quote(const struct plain_nesting *plain, size_t at)
{
    return plain->data[at] == '"' && !(plain->state[at] & PLAIN_ESCAPED) && !plain_is_broken(plain, at);
}

/** Is it a comma outside strings? */
static inline bool plain_is_comma(const struct plain_nesting *plain, size_t at)
{
    return plain->data[at] == ',' && !(plain->state[at] & PLAIN_INSIDE) && !plain_is_broken(plain, at);
}

/** Find out how it stands behind byte `at`. */
static inline void plain_step(struct plain_nesting *plain, size_t at, bool lines)
{
    char byte = plain->data[at];
    bool inside = plain->state[at] & PLAIN_INSIDE, escaped = plain->state[at] & PLAIN_ESCAPED;
    plain->depth[at + 1] = plain->depth[at];
    plain->state[at + 1] = 0;
    if (plain_is_broken(plain, at))
        return;
    if (!inside)
        plain->depth[at + 1] += (byte == '[' || byte == '{') - (byte == ']' || byte == '}');
    if (byte == '"' && !escaped)
        inside = !inside;
    if (byte == '\n' && lines)
        inside = false;
    plain->state[at + 1] =
        (uint8_t)((inside ? PLAIN_INSIDE : 0) | (byte == '\\' && !escaped ? PLAIN_ESCAPED : 0));
}

/** Go over `length` bytes. */
static inline void plain_make(struct plain_nesting *plain, const char *data, size_t length, bool lines)
{
    plain->data = data;
    plain->length = length;
    plain->depth = realloc(plain->depth, (length + 1) * sizeof *plain->depth);
    plain->state = realloc(plain->state, length + 1);
    assert_true(plain->depth && plain->state);
    plain->depth[0] = plain->state[0] = 0;
    for (size_t at = 0; at < length; at++)
        plain_step(plain, at, lines);
}

static inline void plain_release(struct plain_nesting *plain)
{
    free(plain->depth);
    free(plain->state);
}

#endif
