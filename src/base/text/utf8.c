/* SPDX-License-Identifier: MIT */
/*
 * base: UTF-8, forwards and backwards. Pure; any thread.
 *
 * What makes going backwards safe: a lead byte (C2-F4) is never part of another sequence, and a continuation byte
 * (80-BF) never starts one. So a well-formed sequence found anywhere, at whatever distance from a known start, is a
 * character of every forward walk that begins at or before it, and all bytes outside such sequences stand alone.
 */
#include "folio/base/text/utf8.h"

/* The well-formed sequences by lead byte: how long, and what the second byte may be. All further bytes are 80-BF.
 * The narrowed second bytes are what keeps out overlong forms (E0, F0), surrogates (ED) and the end (F4). */
struct utf8_lead {
    uint8_t length, second_min, second_max;
};

/* The row of table 3-7 for a lead byte; length 0 for a byte that begins nothing (80-C1, F5-FF). */
static struct utf8_lead utf8_lead(unsigned char byte)
{
    if (byte >= 0xc2 && byte <= 0xdf)
        return (struct utf8_lead){2, 0x80, 0xbf};
    switch (byte) {
    case 0xe0:
        return (struct utf8_lead){3, 0xa0, 0xbf};
    case 0xed:
        return (struct utf8_lead){3, 0x80, 0x9f};
    case 0xf0:
        return (struct utf8_lead){4, 0x90, 0xbf};
    case 0xf4:
        return (struct utf8_lead){4, 0x80, 0x8f};
    default:
        break;
    }
    if (byte >= 0xe1 && byte <= 0xef)
        return (struct utf8_lead){3, 0x80, 0xbf};
    if (byte >= 0xf1 && byte <= 0xf3)
        return (struct utf8_lead){4, 0x80, 0xbf};
    return (struct utf8_lead){0, 0, 0};
}

/* A byte that may follow another in a sequence, and never begins one. */
static bool utf8_is_continuation(unsigned char byte)
{
    return (byte & 0xc0) == 0x80;
}

struct utf8 utf8_decode(const char *data, size_t length)
{
    if (length == 0)
        return (struct utf8){0};
    const unsigned char *byte = (const unsigned char *)data;
    if (byte[0] < 0x80)
        return (struct utf8){.rune = byte[0], .length = 1, .valid = true};

    struct utf8 broken = {.rune = byte[0], .length = 1, .valid = false};
    struct utf8_lead lead = utf8_lead(byte[0]);
    if (lead.length == 0 || lead.length > length)
        return broken;
    if (byte[1] < lead.second_min || byte[1] > lead.second_max)
        return broken;
    /* The lead byte keeps 5, 4 or 3 bits, each other byte 6. */
    uint32_t rune = byte[0] & (0xffU >> (lead.length + 1));
    for (size_t i = 1; i < lead.length; i++) {
        if (!utf8_is_continuation(byte[i]))
            return broken;
        rune = rune << 6 | (byte[i] & 0x3fU);
    }
    return (struct utf8){.rune = rune, .length = lead.length, .valid = true};
}

size_t utf8_before(const char *data, size_t offset)
{
    if (offset == 0)
        return 0;
    /* All bytes behind the lead must be continuations, so the first that is none ends the search. */
    for (size_t back = 2; back <= UTF8_LENGTH_MAX && back <= offset; back++) {
        if (!utf8_is_continuation((unsigned char)data[offset - back + 1]))
            break;
        struct utf8 character = utf8_decode(data + offset - back, back);
        if (character.valid && character.length == back)
            return offset - back;
    }
    return offset - 1;
}

size_t utf8_start(const char *data, size_t length, size_t offset)
{
    if (offset >= length || !utf8_is_continuation((unsigned char)data[offset]))
        return offset;
    /* `data` may begin inside a character: then no lead is found, and the byte stands alone in this span. */
    for (size_t back = 1; back < UTF8_LENGTH_MAX && back <= offset; back++) {
        struct utf8 character = utf8_decode(data + offset - back, length - (offset - back));
        if (character.valid)
            return character.length > back ? offset - back : offset;
        if (!utf8_is_continuation((unsigned char)data[offset - back]))
            break;
    }
    return offset;
}

size_t utf8_encode(uint32_t rune, char out[UTF8_LENGTH_MAX])
{
    if (rune < 0x80) {
        out[0] = (char)rune;
        return 1;
    }
    if (rune > 0x10ffff || (rune >= 0xd800 && rune <= 0xdfff))
        return 0;
    size_t length = rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
    /* The bits that tell the length, by length. */
    static const unsigned char mark[UTF8_LENGTH_MAX + 1] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80U | (rune & 0x3fU));
        rune >>= 6;
    }
    out[0] = (char)(mark[length] | rune);
    return length;
}
