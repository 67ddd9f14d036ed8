/* SPDX-License-Identifier: MIT */
/**
 * model: numbers as a person types them, behind their type (base/words/type): `u32le 1234`, `i8 -1`, `f64be 0.1`,
 * `unix32 2026-11-20T13:45:12Z`. What is searched for and what is typed over bytes is read here. Pure; any thread.
 */
#ifndef FOLIO_MODEL_PATTERN_NUMBER_H
#define FOLIO_MODEL_PATTERN_NUMBER_H

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The most bytes of a number: a LEB128 of 64 bits. */
#define NUMBER_BYTES 10

/** A number as it is typed. */
struct number {
    size_t length; /**< of its text, type and all */
    size_t size;   /**< of its bytes */
    uint8_t byte[NUMBER_BYTES];
};

/** Does a word that is a type, or looks like one, begin at the first of these characters, with a blank behind it? */
bool number_begins(struct span text);

/**
 * Read the number at the start of the text. False and a reason, a few words: there is no such type, it needs a byte order,
 * or what stands behind it is none of that type, which also is what the type cannot hold as it is written.
 */
bool number_read(struct span text, struct number *number, struct error *error);

#endif
