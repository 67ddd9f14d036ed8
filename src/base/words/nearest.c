/* SPDX-License-Identifier: MIT */
/**
 * base: the distance between words. Pure; any thread.
 */
#include "folio/base/words/nearest.h"

#include <string.h>

/** Longer words are not compared. */
#define NEAREST_LENGTH 32

/** Insertions, deletions and replacements that make `name` of `typed`; both are shorter than NEAREST_LENGTH. */
static unsigned nearest_distance(const char *typed, size_t length, const char *name)
{
    unsigned row[NEAREST_LENGTH + 1];
    size_t columns = strlen(name);
    for (size_t j = 0; j <= columns; j++)
        row[j] = (unsigned)j;
    for (size_t i = 0; i < length; i++) {
        unsigned corner = row[0]++;
        for (size_t j = 0; j < columns; j++) {
            unsigned replace = corner + (typed[i] != name[j]);
            unsigned insert = row[j] + 1;
            corner = row[j + 1];
            unsigned best = replace < insert ? replace : insert;
            row[j + 1] = best < corner + 1 ? best : corner + 1;
        }
    }
    return row[columns];
}

void nearest_offer(struct nearest *nearest, const char *name)
{
    if (nearest->length >= NEAREST_LENGTH || name[0] == '\0' || strlen(name) >= NEAREST_LENGTH)
        return;
    unsigned distance = nearest_distance(nearest->typed, nearest->length, name);
    unsigned least = nearest->best ? nearest->distance - 1 : 1 + (unsigned)nearest->length / 3;
    if ((!nearest->best || nearest->distance > 0) && distance <= least) {
        nearest->best = name;
        nearest->distance = distance;
    }
}
