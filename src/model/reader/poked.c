/* SPDX-License-Identifier: MIT */
/* model: bytes that were poked (see the header). View thread. */
#include "folio/model/reader/poked.h"

#include <stdlib.h>
#include <string.h>

struct poked {
    struct poked_byte *byte;
    size_t count, room;
};

struct poked *poked_open(void)
{
    return calloc(1, sizeof(struct poked));
}

void poked_close(struct poked *poked)
{
    if (poked)
        free(poked->byte);
    free(poked);
}

/** The place of the first byte at or behind `offset`. */
static size_t poked_place(const struct poked *poked, uint64_t offset)
{
    size_t low = 0, high = poked->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (poked->byte[middle].offset < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void poked_note(struct poked *poked, uint64_t offset, bool failed)
{
    size_t place = poked_place(poked, offset);
    if (place < poked->count && poked->byte[place].offset == offset) {
        poked->byte[place].failed = failed;
        return;
    }
    if (poked->count == poked->room) {
        size_t room = poked->room * 2 + 16;
        struct poked_byte *byte = realloc(poked->byte, room * sizeof *byte);
        if (!byte)
            return;
        poked->byte = byte;
        poked->room = room;
    }
    memmove(&poked->byte[place + 1], &poked->byte[place], (poked->count - place) * sizeof *poked->byte);
    poked->byte[place] = (struct poked_byte){offset, failed};
    poked->count++;
}

size_t poked_in(const struct poked *poked, struct range range, const struct poked_byte **first)
{
    if (!poked || range.begin >= range.end)
        return 0;
    size_t place = poked_place(poked, range.begin);
    *first = poked->byte + place;
    return poked_place(poked, range.end) - place;
}
