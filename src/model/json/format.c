/* SPDX-License-Identifier: MIT */
/*
 * model: JSON written anew (see the header). Pure.
 *
 * A byte at a time, but for what stands in strings: a byte that is to be written may want a newline and blanks before it,
 * and a blank behind. That is noted, and goes out as there is room, so that a level 100,000 deep needs no memory.
 */
#include "folio/model/json/format.h"

#include <string.h>

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/** The next byte goes into a line of its own, at this depth. */
static void format_break(struct json_format *format, uint64_t depth)
{
    format->newline = true;
    format->blanks = depth * format->indent;
}

/** What comes before the first byte of a value or a key. */
static void format_before(struct json_format *format)
{
    switch (format->last) {
    case JSON_WRITTEN_OPENER:
    case JSON_WRITTEN_COMMA:
        if (format->indent)
            format_break(format, format->depth);
        break;
    case JSON_WRITTEN_VALUE:
    case JSON_WRITTEN_WORD:
        if (format->depth == 0)
            format_break(format, 0); /* the next document */
        else if (format->blank)
            format->blanks = 1; /* none is wanted, but what stands apart stays apart */
        break;
    case JSON_WRITTEN_NOTHING:
    case JSON_WRITTEN_COLON:
        break;
    }
}

static void format_close(struct json_format *format)
{
    format->depth -= format->depth > 0;
    if (format->indent && format->last != JSON_WRITTEN_OPENER && format->last != JSON_WRITTEN_NOTHING)
        format_break(format, format->depth);
    format->last = JSON_WRITTEN_VALUE;
}

/** A byte outside of strings that is no blank. */
static void format_step(struct json_format *format, char byte)
{
    bool joined = format->last == JSON_WRITTEN_WORD && !format->blank;
    switch (byte) {
    case '{':
    case '[':
        format_before(format);
        format->depth++;
        format->last = JSON_WRITTEN_OPENER;
        break;
    case '}':
    case ']':
        format_close(format);
        break;
    case ',':
        format->last = JSON_WRITTEN_COMMA;
        break;
    case ':':
        format->behind = format->indent > 0;
        format->last = JSON_WRITTEN_COLON;
        break;
    case '"':
        format_before(format);
        format->inside = true;
        format->last = JSON_WRITTEN_VALUE;
        break;
    default:
        if (!joined)
            format_before(format);
        format->last = JSON_WRITTEN_WORD;
    }
    format->blank = false;
    format->byte = (unsigned char)byte;
    format->nul = byte == '\0';
}

/** Is there something still to go out? */
static bool format_owes(const struct json_format *format)
{
    return format->newline || format->blanks || format->byte || format->nul || format->behind;
}

/** As much of that as there is room for. */
static size_t format_pay(struct json_format *format, char *out, size_t room)
{
    size_t length = 0;
    if (format->newline && room > 0) {
        out[length++] = '\n';
        format->newline = false;
    }
    size_t blanks = format->blanks < room - length ? (size_t)format->blanks : room - length;
    memset(out + length, ' ', blanks);
    length += blanks;
    format->blanks -= blanks;
    if ((format->byte || format->nul) && !format->newline && length < room) {
        out[length++] = (char)format->byte;
        format->byte = 0;
        format->nul = false;
    }
    if (format->behind && !format->byte && !format->newline && length < room) {
        out[length++] = ' ';
        format->behind = false;
    }
    return length;
}

/** The bytes of a string from here on, up to its end or a newline, which ends it too: as many as there is room for. */
static size_t format_string(struct json_format *format, struct span in, char *out, size_t room)
{
    size_t length = 0;
    while (length < in.length && length < room && format->inside) {
        char byte = in.data[length];
        out[length++] = byte;
        format->inside = (byte != '"' || format->escaped) && byte != '\n';
        format->escaped = byte == '\\' && !format->escaped;
    }
    format->escaped = format->escaped && format->inside;
    return length;
}

/** One step with what is at the beginning of `*in`. Returns the bytes written. */
static size_t format_some(struct json_format *format, struct span *in, char *out, size_t room)
{
    size_t used = 1, written = 0;
    if (format->inside)
        used = written = format_string(format, *in, out, room);
    else if (is_blank(*in->data))
        format->blank = true;
    else
        format_step(format, *in->data);
    in->data += used;
    in->length -= used;
    return written;
}

size_t json_format(struct json_format *format, struct span *in, bool last, char *out, size_t room)
{
    size_t length = format_pay(format, out, room);
    while (in->length > 0 && length < room && !format_owes(format)) {
        length += format_some(format, in, out + length, room - length);
        length += format_pay(format, out + length, room - length);
    }
    if (last && in->length == 0 && !format_owes(format) && format->last != JSON_WRITTEN_NOTHING) {
        format_break(format, 0); /* the last line ends too */
        format->last = JSON_WRITTEN_NOTHING;
        length += format_pay(format, out + length, room - length);
    }
    return length;
}
