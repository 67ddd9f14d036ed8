/* SPDX-License-Identifier: MIT */
/** model: numbers in patterns of bytes: `u32le 1234`, `i8 -1`, `f64be 0.1`. Pure; any thread. */
#ifndef FOLIO_MODEL_PATTERN_NUMBER_H
#define FOLIO_MODEL_PATTERN_NUMBER_H

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The most bytes of a number. */
#define NUMBER_BYTES 8

/** A number as it is typed. */
struct number {
    size_t length; /**< of its text, type and all */
    size_t size;   /**< of its bytes */
    uint8_t byte[NUMBER_BYTES];
};

/**
 * Does the word of a type, and a blank, begin at the first of these characters? One byte: u8 i8; more of them, with le or
 * be behind: u16 i16 u32 i32 u64 i64 f32 f64, where f32 and f64 alone are le.
 */
bool number_begins(struct span text);

/** Read the number, which begins so. False and a reason, a few words, where its digits are none of that type. */
bool number_read(struct span text, struct number *number, struct error *error);

#endif
