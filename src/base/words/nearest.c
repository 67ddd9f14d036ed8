/* SPDX-License-Identifier: MIT */
/**
 * base: the distance between words. Pure; any thread.
 */
#include "folio/base/words/nearest.h"

#include <string.h>

/** Longer words are not compared. */
#define NEAREST_LENGTH 32

static unsigned least_of(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/**
 * Insertions, deletions, replacements, and letters that changed places, that make `name` of `typed`; both are shorter than
 * NEAREST_LENGTH.
 */
static unsigned nearest_distance(const char *typed, size_t length, const char *name)
{
    /* For the letter at hand, the one before it, and the one before that. */
    unsigned row[3][NEAREST_LENGTH + 1];
    size_t columns = strlen(name);
    for (size_t j = 0; j <= columns; j++)
        row[0][j] = (unsigned)j;
    for (size_t i = 1; i <= length; i++) {
        unsigned *now = row[i % 3], *last = row[(i + 2) % 3], *older = row[(i + 1) % 3];
        now[0] = (unsigned)i;
        for (size_t j = 1; j <= columns; j++) {
            now[j] = least_of(least_of(last[j], now[j - 1]) + 1, last[j - 1] + (typed[i - 1] != name[j - 1]));
            if (i > 1 && j > 1 && typed[i - 1] == name[j - 2] && typed[i - 2] == name[j - 1])
                now[j] = least_of(now[j], older[j - 2] + 1);
        }
    }
    return row[length % 3][columns];
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
