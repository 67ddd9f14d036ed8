/* SPDX-License-Identifier: MIT */
/**
 * model, private: single tokens of JSON in bytes at hand (token.c). Pure.
 */
#ifndef FOLIO_MODEL_JSON_TOKEN_H
#define FOLIO_MODEL_JSON_TOKEN_H

#include "folio/base/bytes/span.h"
#include "folio/model/json/value.h"

struct token {
    size_t length; /**< a string's with its quotes */
    bool whole;    /**< it ends before the bytes do, or with them by its own quote */
    enum json_kind kind;
    enum json_mark mark; /**< JSON_UNCLOSED only if a newline ends it */
    size_t marked;       /**< the byte that the mark is about */
};

/** The string that begins with the first byte, a quote. */
struct token token_string(struct span bytes);

/** The number or word that begins with the first byte; it ends at a blank, a quote, a comma, a colon or a bracket. */
struct token token_word(struct span bytes);

#endif
