/* SPDX-License-Identifier: MIT */
/**
 * base: numbers as people read them. Pure; any thread.
 */
#ifndef FOLIO_BASE_WORDS_NUMBER_H
#define FOLIO_BASE_WORDS_NUMBER_H

#include <stddef.h>
#include <stdint.h>

/** Room for the largest number with its commas, "18,446,744,073,709,551,615", and the NUL. */
#define NUMBER_ROOM 27u

/**
 * Write `number` into `out` with a comma between each three digits: "1,234,567". Returns `out`, which is cut where
 * `capacity` (at least 1) is less than NUMBER_ROOM, and always NUL-terminated.
 */
const char *number_group(uint64_t number, char *out, size_t capacity);

#endif
