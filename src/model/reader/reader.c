/* SPDX-License-Identifier: MIT */
/* model: a stretch of the file kept at hand for the view thread (see the header). One thread. */
#include "folio/model/reader/reader.h"

#include "inside.h"

#include <stdlib.h>
#include <string.h>

struct reader *reader_open(struct mapping *mapping)
{
    struct reader *reader = calloc(1, sizeof *reader);
    if (reader)
        reader->mapping = mapping;
    return reader;
}

void reader_close(struct reader *reader)
{
    if (!reader)
        return;
    reader_close(reader->beneath);
    free(reader);
}

void reader_patience(struct reader *reader, struct patience patience)
{
    reader->patience = patience;
    reader->gave_up = false;
    if (reader->beneath)
        reader_patience(reader->beneath, patience);
}

bool reader_hurry(struct reader *reader, bool hurried)
{
    bool before = reader->hurried;
    reader->hurried = hurried;
    if (reader->beneath)
        reader_hurry(reader->beneath, hurried);
    return before;
}

void reader_forget(struct reader *reader)
{
    reader->length = 0;
    reader->bad_count = 0;
    reader->stretch = (struct range){0};
    if (reader->beneath)
        reader_forget(reader->beneath);
}

uint64_t reader_size(const struct reader *reader)
{
    return mapping_size(reader->mapping);
}

const struct error *reader_error(const struct reader *reader)
{
    return &reader->error;
}

bool reader_gave_up(const struct reader *reader)
{
    return reader->gave_up || (reader->beneath && reader->beneath->gave_up);
}

static bool reader_is_bad(const struct reader *reader, uint64_t offset)
{
    unsigned count = reader->bad_count < READER_BAD_MAX ? reader->bad_count : READER_BAD_MAX;
    for (unsigned i = 0; i < count; i++)
        if (reader->bad[i] == offset / READER_PAGE)
            return true;
    return false;
}

/** Copy what follows the kept bytes. OK also when it comes to the end or to something unreadable after some bytes. */
static enum reader_result reader_more(struct reader *reader, size_t length)
{
    uint64_t offset = reader->base + reader->length;
    size_t copied = 0;
    if (reader_is_bad(reader, offset))
        return READER_UNREADABLE;
    /* To the end of the page, which comes as a whole: rows are short, and each copy costs four system calls. */
    length += (size_t)(READER_PAGE - (offset + length) % READER_PAGE) % READER_PAGE;
    if (length > READER_KEEP - reader->length)
        length = READER_KEEP - reader->length;
    if (length > MAPPING_COPY_MAX)
        length = MAPPING_COPY_MAX;
    switch (mapping_copy(reader->mapping, offset, reader->data + reader->length, length, &copied,
                         reader->hurried ? patience_none : reader->patience, &reader->error)) {
    case MAPPING_GIVEN_UP:
        reader->gave_up = reader->gave_up || !reader->hurried;
        return READER_GIVEN_UP;
    case MAPPING_UNREADABLE:
        reader->bad[reader->bad_count++ % READER_BAD_MAX] = offset / READER_PAGE;
        return READER_UNREADABLE;
    case MAPPING_OK:
        break;
    }
    edits_apply(reader->edits, offset, reader->data + reader->length, copied);
    reader->length += copied;
    return copied ? READER_OK : READER_END;
}

/** Move the kept stretch so that it begins at or a little before `offset` and has room for `want` bytes after it. */
static void reader_aim(struct reader *reader, uint64_t offset, size_t want)
{
    uint64_t end = reader->base + reader->length;
    bool inside = offset >= reader->base && offset <= end && reader->length > 0;
    if (inside && offset + want <= reader->base + READER_KEEP)
        return;
    uint64_t base = offset - offset % READER_PAGE;
    if (inside && base < reader->base)
        base = reader->base;
    if (inside && base < end) {
        size_t keep = (size_t)(end - base);
        memmove(reader->data, reader->data + (base - reader->base), keep);
        reader->length = keep;
    } else {
        reader->length = 0;
    }
    reader->base = base;
}

enum reader_result reader_span(struct reader *reader, uint64_t offset, size_t want, struct span *span)
{
    enum reader_result result = READER_OK;
    uint64_t size = reader_size(reader);
    *span = (struct span){"", 0};
    if (offset >= size)
        return READER_END;
    if (want > READER_SPAN_MAX)
        want = READER_SPAN_MAX;
    if (want > size - offset)
        want = (size_t)(size - offset);
    reader_aim(reader, offset, want);
    while (result == READER_OK && reader->base + reader->length < offset + want)
        result = reader_more(reader, (size_t)(offset + want - reader->base) - reader->length);
    uint64_t end = reader->base + reader->length;
    if (end <= offset) {
        /* A bad page in front of a good one: ask for the good one itself. */
        if (result == READER_UNREADABLE && reader->base < offset && !reader_is_bad(reader, offset)) {
            reader->base = offset;
            reader->length = 0;
            return reader_span(reader, offset, want, span);
        }
        return result;
    }
    size_t here = (size_t)(end - offset);
    if (result == READER_GIVEN_UP) /* fewer would say that no more can be had */
        return result;
    *span = (struct span){reader->data + (offset - reader->base), here < want ? here : want};
    return READER_OK;
}

enum reader_result reader_peek(struct reader *reader, uint64_t offset, size_t want, struct span *span)
{
    bool before = reader_hurry(reader, true);
    enum reader_result result = reader_span(reader, offset, want, span);
    reader_hurry(reader, before);
    return result;
}
