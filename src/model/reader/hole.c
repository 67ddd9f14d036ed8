/* SPDX-License-Identifier: MIT */
/* model: where the file has holes (see the header). View thread. */
#include "folio/model/reader/hole.h"

#include "inside.h"

#include <string.h>

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

/** What reader_copy does, one stretch after the other; `*length` is what is there already. */
static enum reader_result copy_on(struct reader *reader, struct range rest, unsigned char *out,
                                  size_t *length)
{
    struct range stretch;
    struct span span;
    enum reader_result result = READER_OK;
    while (rest.begin < rest.end && result == READER_OK) {
        bool hole = reader_hole(reader, rest.begin, &stretch);
        uint64_t end = stretch.end < rest.end ? stretch.end : rest.end;
        size_t count = (size_t)(end - rest.begin);
        if (hole) {
            memset(out + *length, 0, count);
        } else {
            count = count < READER_SPAN_MAX ? count : READER_SPAN_MAX;
            result = reader_span(reader, rest.begin, count, &span);
            if (result != READER_OK)
                break;
            count = span.length;
            memcpy(out + *length, span.data, count);
        }
        *length += count;
        rest.begin += count;
    }
    return result;
}

enum reader_result reader_copy(struct reader *reader, uint64_t offset, size_t want, unsigned char *out,
                               size_t *length)
{
    uint64_t size = reader_size(reader);
    *length = 0;
    if (offset >= size)
        return READER_END;
    uint64_t end = want < size - offset ? offset + want : size;
    enum reader_result result = copy_on(reader, (struct range){offset, end}, out, length);
    bool some = *length > 0 && result != READER_GIVEN_UP;
    return some ? READER_OK : result;
}
