/* SPDX-License-Identifier: MIT */
/* model: the text of a JSON string (see the header). Pure. */
#include "folio/model/json/string.h"

#include <string.h>

/** A code unit of UTF-16 as an escape: `\u` and four digits. */
#define UNIT_LENGTH 6u

static bool is_high(unsigned unit)
{
    return unit >= 0xd800 && unit < 0xdc00;
}

static bool is_low(unsigned unit)
{
    return unit >= 0xdc00 && unit < 0xe000;
}

/** What a digit is worth, 16 where it is none. */
static unsigned digit_of(char byte)
{
    if (byte >= '0' && byte <= '9')
        return (unsigned)(byte - '0');
    char small = (char)(byte | 0x20);
    return small >= 'a' && small <= 'f' ? (unsigned)(small - 'a') + 10 : 16;
}

/** The bytes of `\uXXXX` that are there and right: UNIT_LENGTH when all are, with the unit; `*wrong`: a byte is not. */
static size_t unit_read(const char *data, size_t length, unsigned *unit, bool *wrong)
{
    size_t i = 0;
    *unit = 0;
    *wrong = false;
    for (; i < length && i < UNIT_LENGTH && !*wrong; i++) {
        unsigned digit = i < 2 ? 0 : digit_of(data[i]);
        *wrong = (i == 0 && data[i] != '\\') || (i == 1 && data[i] != 'u') || digit == 16;
        *unit = *unit * 16 + digit;
    }
    return i;
}

/** It stands for itself: `length` bytes, 0 where more must be seen. */
static struct json_escape escape_itself(size_t length)
{
    return (struct json_escape){.length = length};
}

static struct json_escape escape_rune(size_t length, uint32_t rune)
{
    struct json_escape escape = {.length = length};
    escape.count = utf8_encode(rune, escape.text);
    return escape;
}

/** The escape `\u...`, whose second half may follow. */
static struct json_escape escape_unit(const char *data, size_t length, bool whole)
{
    unsigned unit, low;
    bool wrong;
    size_t there = unit_read(data, length, &unit, &wrong);
    if (wrong || there < UNIT_LENGTH)
        return escape_itself(wrong || whole ? 1 : 0);
    if (!is_high(unit))
        return escape_rune(UNIT_LENGTH, unit); /* half a pair is no character: it stands for itself */
    there = unit_read(data + UNIT_LENGTH, length - UNIT_LENGTH, &low, &wrong);
    if (!wrong && there == UNIT_LENGTH && is_low(low))
        return escape_rune(2 * UNIT_LENGTH, 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
    bool cut = !wrong && there < UNIT_LENGTH && !whole;
    return escape_itself(cut ? 0 : UNIT_LENGTH);
}

struct json_escape json_escape_decode(const char *data, size_t length, bool whole)
{
    static const char letters[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
    if (length < 2)
        return escape_itself(whole ? 1 : 0);
    if (data[1] == 'u')
        return escape_unit(data, length, whole);
    const char *found = data[1] ? strchr(letters, data[1]) : NULL;
    return found ? escape_rune(2, (unsigned char)means[found - letters]) : escape_itself(1);
}

/** What is held begins with an escape, or, behind one that is none, with another byte. */
static struct json_escape held_decode(const char *held, size_t length, bool whole)
{
    return *held == '\\' ? json_escape_decode(held, length, whole) : escape_itself(1);
}

/** Append what the escape at `data` means. */
static void escape_append(const struct json_escape *escape, const char *data, struct buf *text)
{
    if (escape->count)
        buf_append(text, escape->text, escape->count);
    else
        buf_append(text, data, escape->length);
}

static struct span span_behind(struct span span, size_t length)
{
    return (struct span){span.data + length, span.length - length};
}

/**
 * What is held, with as much of the piece as it needs. Bytes of the piece are held only where it is at its end: with
 * JSON_ESCAPE_MAX of them every escape can be told.
 */
static struct span held_append(struct json_unescape *unescape, struct span piece, bool last, struct buf *text)
{
    while (unescape->count) {
        size_t room = sizeof unescape->held - unescape->count;
        size_t taken = room < piece.length ? room : piece.length;
        if (taken)
            memcpy(unescape->held + unescape->count, piece.data, taken);
        struct json_escape escape =
            held_decode(unescape->held, unescape->count + taken, last && taken == piece.length);
        if (escape.length == 0) {
            unescape->count += taken;
            return (struct span){NULL, 0};
        }
        escape_append(&escape, unescape->held, text);
        size_t held = escape.length < unescape->count ? escape.length : unescape->count;
        unescape->count -= held;
        memmove(unescape->held, unescape->held + held, unescape->count);
        if (escape.length > held)
            piece = span_behind(piece, escape.length - held);
    }
    return piece;
}

void json_unescape(struct json_unescape *unescape, struct span piece, bool last, struct buf *text)
{
    piece = held_append(unescape, piece, last, text);
    while (piece.length) {
        const char *backslash = memchr(piece.data, '\\', piece.length);
        size_t plain = backslash ? (size_t)(backslash - piece.data) : piece.length;
        buf_append(text, piece.data, plain);
        piece = span_behind(piece, plain);
        if (!backslash)
            return;
        struct json_escape escape = json_escape_decode(piece.data, piece.length, last);
        if (escape.length == 0) {
            memcpy(unescape->held, piece.data, piece.length);
            unescape->count = piece.length;
            return;
        }
        escape_append(&escape, piece.data, text);
        piece = span_behind(piece, escape.length);
    }
}

static bool needs_escape(char byte)
{
    return byte == '"' || byte == '\\' || (unsigned char)byte < 0x20;
}

void json_escape(struct span text, struct buf *string)
{
    static const char means[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    for (size_t begin = 0, at = 0; at <= text.length; at++) {
        if (at < text.length && !needs_escape(text.data[at]))
            continue;
        if (at > begin)
            buf_append(string, text.data + begin, at - begin);
        begin = at + 1;
        if (at == text.length)
            continue;
        const char *found = text.data[at] ? strchr(means, text.data[at]) : NULL;
        if (found)
            buf_format(string, "\\%c", letters[found - means]);
        else
            buf_format(string, "\\u%04x", text.data[at]);
    }
}
