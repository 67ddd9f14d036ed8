/* SPDX-License-Identifier: MIT */
/* model: where the file has holes (see the header). View thread. */
#include "folio/model/reader/hole.h"

#include "inside.h"

/** A byte of a hole that is edited is in no hole: cut `stretch` before the first one, or behind it if it begins there. */
static bool reader_edited(const struct reader *reader, struct range *stretch)
{
    const struct edit *edit;
    if (edits_in(reader->edits, *stretch, &edit) == 0)
        return false;
    bool here = edit->offset == stretch->begin;
    stretch->end = edit->offset + here;
    return here;
}

bool reader_hole(struct reader *reader, uint64_t offset, struct range *stretch)
{
    struct range data, *known = &reader->stretch;
    if (offset < known->begin || offset >= known->end) {
        uint64_t size = reader_size(reader);
        bool any = mapping_data(reader->mapping, offset, &data) && data.begin < size;
        reader->hole = !any || data.begin > offset;
        *known = (struct range){offset, reader->hole ? (any ? data.begin : size) : data.end};
    }
    *stretch = (struct range){offset, known->end};
    return reader->hole && !reader_edited(reader, stretch);
}
