/* SPDX-License-Identifier: MIT */
/*
 * model: the list of edits over a file (see the header). View thread.
 *
 * An array in order of the offsets, looked through by halving: it is asked at each copy of bytes and at each cell that is
 * drawn, and changed at the speed of typing. A hash would be asked byte by byte for what one halving and a short walk
 * answer for a whole stretch.
 */
#include "folio/model/reader/edits.h"

#include <stdlib.h>
#include <string.h>

/** Room at the first edit. */
#define EDITS_FIRST 64u

struct edits {
    struct edit *edit; /**< ascending, no offset twice, `mine` never `base` */
    size_t count, capacity;
};

struct edits *edits_open(void)
{
    return calloc(1, sizeof(struct edits));
}

void edits_close(struct edits *edits)
{
    if (!edits)
        return;
    free(edits->edit);
    free(edits);
}

/** The place of the first edit at or after `offset`; the count where there is none. */
static size_t edits_place(const struct edits *edits, uint64_t offset)
{
    size_t low = 0, high = edits->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (edits->edit[middle].offset < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void edits_take_out(struct edits *edits, size_t place)
{
    edits->count--;
    memmove(&edits->edit[place], &edits->edit[place + 1], (edits->count - place) * sizeof *edits->edit);
}

/** Have room for one more. */
static bool edits_reserve(struct edits *edits, struct error *error)
{
    if (edits->count == EDITS_MAX)
        return error_set(error, 0, "There are %u edits in the sandbox, and it holds no more", EDITS_MAX);
    if (edits->count < edits->capacity)
        return true;
    size_t capacity = edits->capacity ? edits->capacity * 2 : EDITS_FIRST;
    struct edit *edit = realloc(edits->edit, capacity * sizeof *edit);
    if (!edit)
        return error_set(error, 0, "Out of memory for the sandbox");
    edits->edit = edit;
    edits->capacity = capacity;
    return true;
}

bool edits_set(struct edits *edits, uint64_t offset, uint8_t base, uint8_t mine, struct error *error)
{
    size_t place = edits_place(edits, offset);
    if (place < edits->count && edits->edit[place].offset == offset) {
        edits->edit[place].mine = mine;
        if (edits->edit[place].base == mine)
            edits_take_out(edits, place);
        return true;
    }
    if (base == mine)
        return true;
    if (!edits_reserve(edits, error))
        return false;
    struct edit *here = &edits->edit[place];
    memmove(here + 1, here, (edits->count - place) * sizeof *here);
    *here = (struct edit){offset, base, mine};
    edits->count++;
    return true;
}

const struct edit *edits_find(const struct edits *edits, uint64_t offset)
{
    size_t place = edits ? edits_place(edits, offset) : 0;
    if (!edits || place == edits->count || edits->edit[place].offset != offset)
        return NULL;
    return &edits->edit[place];
}

size_t edits_in(const struct edits *edits, struct range range, const struct edit **first)
{
    if (first)
        *first = NULL;
    if (!edits || edits->count == 0 || range.begin >= range.end)
        return 0;
    size_t begin = edits_place(edits, range.begin), end = edits_place(edits, range.end);
    if (begin >= end)
        return 0;
    if (first)
        *first = &edits->edit[begin];
    return end - begin;
}

void edits_apply(const struct edits *edits, uint64_t offset, void *bytes, size_t length)
{
    const struct edit *edit;
    uint64_t end = length < UINT64_MAX - offset ? offset + length : UINT64_MAX;
    size_t count = edits_in(edits, (struct range){offset, end}, &edit);
    for (; count > 0; count--, edit++)
        ((uint8_t *)bytes)[edit->offset - offset] = edit->mine;
}

void edits_clear(struct edits *edits)
{
    edits->count = 0;
}
