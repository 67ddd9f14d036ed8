/* SPDX-License-Identifier: MIT */
/* model: which bytes are text (see prose.h). Pure; any thread. */
#include "prose.h"

#include "folio/base/glyph/glyph.h"
#include "folio/base/scan/scan.h"

const struct encoding *prose_encoding(const struct encoding *charset)
{
    bool known = charset && charset->form != ENCODING_UTF8 && charset->form != ENCODING_MULTI;
    return known ? charset : NULL;
}

static bool rune_text(uint32_t rune)
{
    return rune == '\t' || glyph_shown(rune);
}

void prose_init(struct prose *prose, const struct encoding *encoding, unsigned shortest)
{
    *prose =
        (struct prose){.encoding = encoding, .unit = encoding ? encoding->unit : 1, .shortest = shortest};
    for (unsigned value = 0; value < 256 && prose->unit == 1; value++) {
        const char byte = (char)value;
        struct utf8 character = encoding_decode(encoding, &byte, 1);
        prose->byte[value] = character.valid && rune_text(character.rune);
    }
}

/** The bytes of the character at the start of these, which are units of several bytes; 0: it is no text. */
static size_t wide_character(const struct prose *prose, const char *data, size_t length)
{
    struct utf8 character = encoding_decode(prose->encoding, data, length);
    return character.valid && rune_text(character.rune) ? character.length : 0;
}

/** Text of ASCII, by the processor's widest steps. */
static size_t ascii_length(struct span bytes)
{
    for (size_t at = 0;; at++) {
        at += scan_printable(bytes.data + at, bytes.length - at);
        if (at == bytes.length || bytes.data[at] != '\t')
            return at;
    }
}

size_t prose_length(const struct prose *prose, struct span bytes)
{
    size_t at = 0, length;
    if (!prose->encoding)
        return ascii_length(bytes);
    if (prose->unit == 1) {
        while (at < bytes.length && prose->byte[(unsigned char)bytes.data[at]])
            at++;
        return at;
    }
    while (at < bytes.length && (length = wide_character(prose, bytes.data + at, bytes.length - at)) > 0)
        at += length;
    return at;
}

/** Go back over the character that ends at `*at`, if it is text. */
static bool prose_back(const struct prose *prose, struct prose_bytes bytes, size_t *at)
{
    const char *data = bytes.span.data;
    if (prose->unit == 1) {
        bool text = *at > 0 && prose->byte[(unsigned char)data[*at - 1]];
        *at -= text;
        return text;
    }
    for (size_t length = prose->unit; length <= ENCODING_LENGTH_MAX && length <= *at; length += prose->unit)
        if (wide_character(prose, data + *at - length, length) == length) {
            *at -= length;
            return true;
        }
    return false;
}

size_t prose_start(const struct prose *prose, struct prose_bytes bytes, size_t at)
{
    const size_t unit = prose->unit, length = bytes.span.length;
    if (unit == 1)
        return at;
    at += unit - 1;
    at -= (size_t)((bytes.offset + at) % unit);
    if (at > length)
        return length;
    /* The second half of a pair belongs to the first. */
    bool pair = unit == 2 && at >= 2 && length - at >= 2 &&
                encoding_decode(prose->encoding, bytes.span.data + at - 2, 4).length == 4;
    return at + (pair ? 2 : 0);
}

size_t prose_begin(const struct prose *prose, struct prose_bytes bytes, size_t at)
{
    while (prose_back(prose, bytes, &at))
        continue;
    return at;
}

/** Each byte a character. The last one that a run would need is looked at first: where it is none, all is passed. */
static size_t find_bytes(const struct prose *prose, struct span bytes, size_t at)
{
    const size_t shortest = prose->shortest;
    while (at + shortest <= bytes.length) {
        size_t good = at + shortest;
        while (good > at && prose->byte[(unsigned char)bytes.data[good - 1]])
            good--;
        if (good == at)
            return at;
        at = good;
    }
    return bytes.length;
}

size_t prose_find(const struct prose *prose, struct span bytes, size_t at)
{
    size_t begin = at, characters = 0;
    if (prose->unit == 1)
        return find_bytes(prose, bytes, at);
    while (at < bytes.length) {
        size_t length = wide_character(prose, bytes.data + at, bytes.length - at);
        if (length > 0 && ++characters == prose->shortest)
            return begin;
        at += length > 0 ? length : prose->unit;
        if (length > 0)
            continue;
        begin = at;
        characters = 0;
    }
    return bytes.length;
}
