/* SPDX-License-Identifier: MIT */
/* model: single bytes of a JSON file (see bytes.h). View thread. */
#include "bytes.h"

#include <string.h>

/** Blanks that are looked at first. */
#define BLANKS_FEW 64u

bool json_byte(struct reader *reader, uint64_t at, char *byte)
{
    struct span span;
    enum reader_result result = reader_span(reader, at, 1, &span);
    *byte = result == READER_OK ? span.data[0] : '\0';
    return result != READER_GIVEN_UP;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' ||
           byte == '\x1e'; /* which separates documents (RFC 7464) */
}

/** The first byte of `want` at `*at` that is no blank; '\0': all are, or there is none. False: they cannot be had now. */
static bool behind_blanks(struct reader *reader, size_t want, uint64_t *at, char *byte)
{
    struct span span;
    enum reader_result result = reader_span(reader, *at, want, &span);
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

/* Mostly there are few: asking for many each time would have the reader copy as many anew for each. */
bool json_behind_blanks(struct reader *reader, uint64_t *at, char *byte)
{
    uint64_t begin = *at;
    if (!behind_blanks(reader, BLANKS_FEW, at, byte))
        return false;
    return *byte || *at == begin || behind_blanks(reader, BLANKS_MAX - BLANKS_FEW, at, byte);
}

bool json_begins_value(char byte)
{
    return byte && strchr("{[\"-0123456789tfnNI", byte);
}
