/* SPDX-License-Identifier: MIT */
/**
 * model: patterns of bytes: `41 ?? 4? "JFIF" 00`, `u32le 1234`.
 *
 * Two hex digits are a byte, whatever their case; `?` in place of one is any digit. Text between two `"` or two `'` is
 * its bytes. A number stands behind its type (model/pattern/number). Blanks may stand between bytes, and need not: `deadbeef`. What is compiled is a pattern like any other
 * (model/pattern), but letters match as they are, and a newline is a byte: only matcher_line knows lines, and finds no
 * match that has one in it.
 */
#ifndef FOLIO_MODEL_PATTERN_BYTES_H
#define FOLIO_MODEL_PATTERN_BYTES_H

#include "folio/base/bytes/error.h"
#include "folio/model/pattern/pattern.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The most bytes of a pattern. */
#define PATTERN_BYTES_MAX 4096u

/** The bytes of such a pattern: each a value, and the bits of it that are told; the others are 0. */
struct pattern_values {
    uint8_t value[PATTERN_BYTES_MAX], mask[PATTERN_BYTES_MAX];
    size_t length;
};

/** Read `length` bytes of text. False and `error` when they are no such pattern. */
bool pattern_bytes_values(const char *text, size_t length, struct pattern_values *values,
                          struct error *error);

/** Compile `length` bytes of text. NULL and `error` (`Invalid bytes: "4g" at 3: ...`) when they are no such pattern. */
struct pattern *pattern_compile_bytes(const char *text, size_t length, struct error *error);

/** Would pattern_compile_bytes take this text, which ends with a NUL? */
bool pattern_is_bytes(const char *text);

/** Would pattern_compile_bytes take this text, and is there text between quotes in it, or a number with its type? */
bool pattern_is_quoted(const char *text);

/** Does this text begin with the type of a number, or what looks like one, and a blank? */
bool pattern_is_number(const char *text);

/** Why pattern_compile_bytes would not take this text, in `error`; false when it would. */
bool pattern_bytes_wrong(const char *text, struct error *error);

/** The most bytes that a match takes, where the pattern is one of bytes or a literal; 0 for an expression. */
size_t pattern_reach(const struct pattern *pattern);

#endif
