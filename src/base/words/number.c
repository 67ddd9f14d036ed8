/* SPDX-License-Identifier: MIT */
/**
 * base: a number in groups of three digits.
 */
#include "folio/base/words/number.h"

#include <inttypes.h>
#include <stdio.h>

const char *number_group(uint64_t number, char *out, size_t capacity)
{
    char digits[24], grouped[NUMBER_ROOM];
    size_t length = (size_t)snprintf(digits, sizeof digits, "%" PRIu64, number), at = 0;
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            grouped[at++] = ',';
        grouped[at++] = digits[i];
    }
    grouped[at] = '\0';
    snprintf(out, capacity, "%s", grouped);
    return out;
}
