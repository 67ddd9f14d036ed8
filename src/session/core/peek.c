/* SPDX-License-Identifier: MIT */
/* session: bytes for whoever needs a few (see the header). View thread. */

#include "folio/session/core/peek.h"

#include "folio/model/reader/hole.h"

#include <string.h>

/** What peek_bytes does, one stretch after the other; `*length` is what is there already. */
static enum reader_result peek_on(struct reader *reader, struct range rest, unsigned char *out,
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

enum reader_result peek_bytes(const struct session *session, uint64_t offset, size_t want, bool patient,
                              unsigned char *out, size_t *length)
{
    struct reader *reader = session->stage->document->reader;
    uint64_t size = reader_size(reader), end = want < size - offset ? offset + want : size;
    *length = 0;
    if (offset >= size)
        return READER_END;
    bool before = reader_hurry(reader, !patient);
    enum reader_result result = peek_on(reader, (struct range){offset, end}, out, length);
    reader_hurry(reader, before);
    bool some = *length > 0 && result != READER_GIVEN_UP;
    return some ? READER_OK : result;
}
