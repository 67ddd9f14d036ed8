/* SPDX-License-Identifier: MIT */
/*
 * model: patterns of bytes, read and found (see the header). Any thread.
 *
 * A byte of the pattern is a value and a mask, the bits that matter; so two digits, one digit and none are the same
 * thing. base/scan/needle finds that at the speed of memory by the three places that are rarest, whether they are next to
 * each other or not. A needle is shorter than a pattern may be: then the needle is a part of it, and the rest is
 * compared where the needle stands.
 */
#include "folio/model/pattern/bytes.h"

#include "inside.h"

#include "folio/base/text/utf8.h"
#include "folio/model/pattern/number.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct pattern_bytes {
    struct pattern_values of;
    /** What of it is looked for first, and where that begins. */
    struct needle needle;
    size_t needle_at;
};

/** Reading a pattern. `bytes` NULL: only to see whether it is one. */
struct bytes_reader {
    const char *text;
    size_t length, at;
    struct pattern_values *bytes;
    size_t count;
    bool quoted;
};

static bool blank(char character)
{
    return character == ' ' || character == '\t';
}

/** The value of a digit; 16 for `?`, -1 for anything else. */
static int digit_value(char character)
{
    if (character >= '0' && character <= '9')
        return character - '0';
    if (character >= 'a' && character <= 'f')
        return character - 'a' + 10;
    if (character >= 'A' && character <= 'F')
        return character - 'A' + 10;
    return character == '?' ? 16 : -1;
}

/** Complain of the two characters at reader->at, or of those before a blank. */
static bool bytes_complain(const struct bytes_reader *reader, const char *reason, struct error *error)
{
    size_t end = reader->at;
    for (unsigned i = 0; i < 2 && end < reader->length && !blank(reader->text[end]); i++)
        end += utf8_decode(reader->text + end, reader->length - end).length;
    return error_set(error, 0, "Invalid bytes: \"%.*s\" at %zu: %s", (int)(end - reader->at),
                     reader->text + reader->at, reader->at, reason);
}

/** One more byte. */
static bool bytes_put(struct bytes_reader *reader, unsigned value, unsigned mask, struct error *error)
{
    if (reader->count == PATTERN_BYTES_MAX)
        return error_set(error, 0, "Invalid bytes: more than %u", PATTERN_BYTES_MAX);
    if (reader->bytes) {
        reader->bytes->value[reader->count] = (unsigned char)value;
        reader->bytes->mask[reader->count] = (unsigned char)mask;
    }
    reader->count++;
    return true;
}

/** Two digits. */
static bool bytes_pair(struct bytes_reader *reader, struct error *error)
{
    const char *text = reader->text + reader->at;
    int high = digit_value(text[0]), low = reader->length - reader->at > 1 ? digit_value(text[1]) : -1;
    if (high < 0 || low < 0)
        return bytes_complain(reader, "two hex digits are a byte, or ? for any", error);
    unsigned mask = (high < 16 ? 0xf0u : 0u) | (low < 16 ? 0x0fu : 0u);
    unsigned value = ((unsigned)high << 4 | (unsigned)(low & 15)) & mask;
    reader->at += 2;
    return bytes_put(reader, value, mask, error);
}

/** Text up to the quote that it begins with. */
static bool bytes_quote(struct bytes_reader *reader, struct error *error)
{
    const char *begin = reader->text + reader->at + 1;
    const char *end = memchr(begin, begin[-1], reader->length - reader->at - 1);
    if (!end)
        return bytes_complain(reader, "the quote is not closed", error);
    reader->quoted = true;
    reader->at += (size_t)(end - begin) + 2;
    for (; begin < end; begin++)
        if (!bytes_put(reader, (unsigned char)*begin, 0xff, error))
            return false;
    return true;
}

/** A number with its type in front. */
static bool bytes_number(struct bytes_reader *reader, struct error *error)
{
    struct span text = {reader->text + reader->at, reader->length - reader->at};
    struct number number;
    struct error why;
    reader->quoted = true;
    if (!number_read(text, &number, &why))
        return error_set(error, 0, "Invalid bytes: \"%.*s\" at %zu: %s", (int)number.length, text.data,
                         reader->at, why.message);
    reader->at += number.length;
    for (size_t i = 0; i < number.size; i++)
        if (!bytes_put(reader, number.byte[i], 0xff, error))
            return false;
    return true;
}

/** The byte, the text or the number at reader->at, where no blank is. */
static bool bytes_next(struct bytes_reader *reader, struct error *error)
{
    const char *next = reader->text + reader->at;
    if (*next == '"' || *next == '\'')
        return bytes_quote(reader, error);
    if (number_begins((struct span){next, reader->length - reader->at}))
        return bytes_number(reader, error);
    return bytes_pair(reader, error);
}

/** All of it. */
static bool bytes_read(struct bytes_reader *reader, struct error *error)
{
    while (reader->at < reader->length)
        if (blank(reader->text[reader->at]))
            reader->at++;
        else if (!bytes_next(reader, error))
            return false;
    return reader->count > 0 || error_set(error, 0, "Invalid bytes: there are none");
}

/** Make what is looked for first ready: the first part as long as a needle can be of which something matters. */
static void bytes_sharpen(struct pattern_bytes *bytes)
{
    size_t at = 0;
    while (at + 1 < bytes->of.length && bytes->of.mask[at] == 0)
        at++;
    size_t length = bytes->of.length - at;
    bytes->needle_at = at;
    needle_init_masked(&bytes->needle, bytes->of.value + at, bytes->of.mask + at,
                       length < NEEDLE_LENGTH_MAX ? length : NEEDLE_LENGTH_MAX);
}

bool pattern_bytes_values(const char *text, size_t length, struct pattern_values *values, struct error *error)
{
    struct bytes_reader reader = {.text = text, .length = length, .bytes = values};
    bool fine = bytes_read(&reader, error);
    values->length = reader.count;
    return fine;
}

struct pattern *pattern_compile_bytes(const char *text, size_t length, struct error *error)
{
    struct pattern *pattern = calloc(1, sizeof *pattern);
    struct pattern_bytes *bytes = calloc(1, sizeof *bytes);
    char *copy = malloc(length + 1);
    if (!pattern || !bytes || !copy) {
        error_system(error, ENOMEM, "Cannot compile the pattern");
        goto fail;
    }
    if (!pattern_bytes_values(text, length, &bytes->of, error))
        goto fail;
    memcpy(copy, text, length);
    copy[length] = '\0';
    bytes_sharpen(bytes);
    *pattern = (struct pattern){.text = copy, .length = length, .bytes = bytes};
    return pattern;
fail:
    free(copy);
    free(bytes);
    free(pattern);
    return NULL;
}

bool pattern_bytes_wrong(const char *text, struct error *error)
{
    struct bytes_reader reader = {.text = text, .length = strlen(text)};
    return !bytes_read(&reader, error);
}

bool pattern_is_bytes(const char *text)
{
    return !pattern_bytes_wrong(text, NULL);
}

bool pattern_is_quoted(const char *text)
{
    struct bytes_reader reader = {.text = text, .length = strlen(text)};
    return bytes_read(&reader, NULL) && reader.quoted;
}

bool pattern_is_number(const char *text)
{
    return number_begins((struct span){text, strlen(text)});
}

size_t pattern_reach(const struct pattern *pattern)
{
    size_t reach = 0;
    if (pattern->bytes)
        return pattern->bytes->of.length;
    for (unsigned i = 0; pattern->literal && i < pattern->needles.count; i++)
        if (pattern->needles.needle[i].length > reach)
            reach = pattern->needles.needle[i].length;
    return reach;
}

/** Does the pattern stand at `data`, if what is before its byte `at` does? */
static bool bytes_stand(const struct pattern_bytes *bytes, const char *data, size_t at)
{
    while (at < bytes->of.length && ((unsigned char)data[at] & bytes->of.mask[at]) == bytes->of.value[at])
        at++;
    return at == bytes->of.length;
}

/** A match that begins behind `from`, or at it, which is looked for by its needle. */
static bool bytes_find(const struct pattern_bytes *bytes, struct span span, size_t *from)
{
    for (; span.length - *from >= bytes->of.length; ++*from) {
        /* Only where the needle leaves room for what stands before and behind it. */
        size_t begin = *from + bytes->needle_at;
        size_t length = span.length - *from - bytes->of.length + bytes->needle.length;
        size_t found = needle_find(&bytes->needle, span.data + begin, length);
        if (found == length)
            return false;
        *from += found;
        if (bytes_stand(bytes, span.data + *from, bytes->needle_at + bytes->needle.length))
            return true;
    }
    return false;
}

enum pattern_result matcher_bytes(const struct pattern_bytes *bytes, struct span span, size_t from,
                                  struct hit *hit)
{
    if (span.length - from < bytes->of.length)
        return PATTERN_NONE;
    /* One match follows another at once where bytes are all the same: zeros. */
    if (!bytes_stand(bytes, span.data + from, 0) && !bytes_find(bytes, span, &from))
        return PATTERN_NONE;
    hit->begin = from;
    hit->end = from + bytes->of.length;
    return PATTERN_FOUND;
}
