/* SPDX-License-Identifier: MIT */
/**
 * model: is it JSON, byte for byte, and if not, where not and what would have been right?
 *
 * RFC 8259 without mercy: no comments, no comma too many, no bytes in strings that are no UTF-8. Only several documents are
 * allowed in a file: each in a line of its own, or one behind the other, from a bracket to its close. Where the first line
 * is a whole document and another begins in a line behind it, each has to end with its line (JSON lines). Half of a pair
 * of surrogates as an escape is allowed, as the grammar has it.
 *
 * The bytes come piece by piece; what is kept is a bit for each container that is open, of JSON_CHECK_DEPTH at most.
 * Opaque, one thread.
 */
#ifndef FOLIO_MODEL_JSON_CHECK_H
#define FOLIO_MODEL_JSON_CHECK_H

#include "folio/base/bytes/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Containers inside of one another: what is deeper is not looked at. */
#define JSON_CHECK_DEPTH (1u << 26)

struct json_check;

/** The first byte that is wrong. */
struct json_flaw {
    uint64_t offset;
    uint64_t line, column; /**< from 1; a column is a character */
    const char *expected;  /**< in words, static; NULL: nothing is wrong */
    int found;             /**< the byte; -1: the file ends there */
};

/** Begin; `utf8`: bytes above 7f have to be UTF-8. NULL when out of memory. */
struct json_check *json_check_open(bool utf8);

/** NULL is fine. */
void json_check_close(struct json_check *check);

/** The next piece. False: something in it, or before, is wrong, and no more is to be seen. */
bool json_check_feed(struct json_check *check, struct span piece);

/** Nothing more comes. */
void json_check_end(struct json_check *check);

/** What was found so far. */
struct json_flaw json_check_flaw(const struct json_check *check);

/** Documents that ended so far. */
uint64_t json_check_documents(const struct json_check *check);

/** Containers that were open at once, at most. */
uint64_t json_check_deepest(const struct json_check *check);

#endif
