/* SPDX-License-Identifier: MIT */
/* model: bytes that were poked (see the header). View thread. */
#include "folio/model/reader/poked.h"

#include "folio/base/bytes/sorted.h"

#include <stdlib.h>

struct poked {
    struct sorted list; /**< of struct poked_byte */
};

struct poked *poked_open(void)
{
    struct poked *poked = calloc(1, sizeof *poked);
    if (poked)
        poked->list.item_size = sizeof(struct poked_byte);
    return poked;
}

void poked_close(struct poked *poked)
{
    if (poked)
        sorted_release(&poked->list);
    free(poked);
}

void poked_note(struct poked *poked, uint64_t offset, bool failed)
{
    struct poked_byte *byte = sorted_find(&poked->list, offset);
    if (!byte)
        byte = sorted_insert(&poked->list, offset);
    if (byte)
        byte->failed = failed;
}

size_t poked_in(const struct poked *poked, struct range range, const struct poked_byte **first)
{
    const void *found = NULL;
    size_t count = poked ? sorted_in(&poked->list, range, &found) : 0;
    *first = found;
    return count;
}
