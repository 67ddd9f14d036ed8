/* SPDX-License-Identifier: MIT */
/*
 * model: the pages that cannot be read, as all workers know them (see inside.h for the structure).
 *
 * A device may try for seconds before it gives a page up, so what one worker has learned is asked by no other, whatever
 * the summary, until the file is rewritten or read anew. Neighbours are one range: a dead disk is one entry.
 */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

/** The first range that ends behind `offset`. (lock) */
static size_t bad_place(const struct survey *survey, uint64_t offset)
{
    size_t low = 0, high = atomic_load(&survey->bad_count);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (survey->bad[middle].end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct range survey_bad_next(struct survey *survey, uint64_t offset)
{
    struct range found = {UINT64_MAX, UINT64_MAX};
    if (atomic_load(&survey->bad_count) == 0)
        return found;
    pthread_mutex_lock(&survey->lock);
    size_t place = bad_place(survey, offset);
    if (place < atomic_load(&survey->bad_count))
        found = survey->bad[place];
    pthread_mutex_unlock(&survey->lock);
    return found;
}

/** Make room for one more at `place`. (lock) False when out of memory. */
static bool bad_insert(struct survey *survey, size_t place)
{
    size_t count = atomic_load(&survey->bad_count);
    if (count == survey->bad_room) {
        size_t room = count * 2 + 16;
        struct range *bad = realloc(survey->bad, room * sizeof *bad);
        if (!bad)
            return false;
        survey->bad = bad;
        survey->bad_room = room;
    }
    memmove(survey->bad + place + 1, survey->bad + place, (count - place) * sizeof *survey->bad);
    atomic_store(&survey->bad_count, count + 1);
    return true;
}

/** Put a page in that is not there. (lock) False when out of memory. */
static bool bad_put(struct survey *survey, size_t place, struct range page)
{
    size_t count = atomic_load(&survey->bad_count);
    bool joins = place > 0 && survey->bad[place - 1].end == page.begin;
    if (joins)
        survey->bad[place - 1].end = page.end;
    if (place < count && survey->bad[place].begin == page.end) {
        survey->bad[place].begin = joins ? survey->bad[place - 1].begin : page.begin;
        if (joins) {
            memmove(survey->bad + place - 1, survey->bad + place, (count - place) * sizeof *survey->bad);
            atomic_store(&survey->bad_count, count - 1);
        }
        return true;
    }
    if (!joins && !bad_insert(survey, place))
        return false;
    if (!joins)
        survey->bad[place] = page;
    return true;
}

bool survey_bad_add(struct survey *survey, unsigned generation, uint64_t offset)
{
    struct range page = {offset - offset % SURVEY_PAGE, offset - offset % SURVEY_PAGE + SURVEY_PAGE};
    pthread_mutex_lock(&survey->lock);
    bool known = survey->generation == generation;
    size_t place = bad_place(survey, page.begin), count = atomic_load(&survey->bad_count);
    if (known && !(place < count && survey->bad[place].begin <= page.begin))
        known = bad_put(survey, place, page);
    pthread_mutex_unlock(&survey->lock);
    return known;
}
