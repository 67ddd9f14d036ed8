/* SPDX-License-Identifier: MIT */
/* model: single bytes of a JSON file (see bytes.h). View thread. */
#include "bytes.h"

#include <string.h>

bool json_byte(struct reader *reader, uint64_t at, char *byte)
{
    struct span span;
    enum reader_result result = reader_span(reader, at, 1, &span);
    *byte = result == READER_OK ? span.data[0] : '\0';
    return result != READER_GIVEN_UP;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

bool json_behind_blanks(struct reader *reader, uint64_t *at, char *byte)
{
    struct span span;
    enum reader_result result = reader_span(reader, *at, BLANKS_MAX, &span);
    size_t blank = 0;
    *byte = '\0';
    if (result != READER_OK)
        return result != READER_GIVEN_UP;
    while (blank < span.length && is_blank(span.data[blank]))
        blank++;
    *at += blank;
    if (blank < span.length)
        *byte = span.data[blank];
    return true;
}

bool json_begins_value(char byte)
{
    return byte && strchr("{[\"-0123456789tfnNI", byte);
}
