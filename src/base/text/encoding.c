/* SPDX-License-Identifier: MIT */
/*
 * base: characters and newlines in all encodings; finding an encoding is in find.c. Pure; any thread.
 *
 * Newlines of one byte go through base/scan. Those of two and four are counted with the compiler's vectors of 16
 * bytes, which every processor of today has registers for: no second set of hand-written loops for files
 * that are rare. Units are loaded in the processor's own order and compared with a newline as it looks in that order.
 */
#include "folio/base/text/encoding.h"

#include "tree.h"

#include "folio/base/scan/scan.h"

#include <string.h>

/** Bytes that a search steps by: counted as a whole, and looked at unit by unit only where the count says so. */
#define STRIDE 512

const struct encoding encoding_utf8 = {.name = "UTF-8", .form = ENCODING_UTF8, .unit = 1};

static uint32_t unit_load(const struct encoding *encoding, const char *data)
{
    const unsigned char *byte = (const unsigned char *)data;
    uint32_t value = 0;
    for (unsigned i = 0; i < encoding->unit; i++)
        value |= (uint32_t)byte[i] << 8 * (encoding->big_endian ? encoding->unit - 1 - i : i);
    return value;
}

/* --- characters --------------------------------------------------------------------------------------------------- */

static struct utf8 decode_bytes(const struct encoding *encoding, unsigned char byte)
{
    uint32_t rune = ((const uint32_t *)encoding->table)[byte];
    return (struct utf8){rune == UINT32_MAX ? byte : rune, 1, rune != UINT32_MAX};
}

/** GB18030: 90 30 81 30 is U+10000, and the bytes count on from there like the digits of a number. */
static struct utf8 decode_linear(const unsigned char *byte, size_t length)
{
    struct utf8 broken = {byte[0], 1, false};
    if (length < 4 || byte[1] < 0x30 || byte[1] > 0x39 || byte[2] < 0x81 || byte[2] > 0xfe ||
        byte[3] < 0x30 || byte[3] > 0x39)
        return broken;
    uint32_t rune = (((byte[0] - 0x90u) * 10 + (byte[1] - 0x30u)) * 126 + (byte[2] - 0x81u)) * 10;
    rune += byte[3] - 0x30u + 0x10000;
    return rune > 0x10ffff ? broken : (struct utf8){rune, 4, true};
}

static struct utf8 decode_multi(const struct encoding_multi *multi, const unsigned char *byte, size_t length)
{
    uint32_t number = 0;
    for (size_t i = 0; i < length && i < ENCODING_LENGTH_MAX; i++) {
        const struct multi_node *node = &multi->node[number];
        if (byte[i] < node->first || byte[i] > node->last)
            break;
        uint32_t entry = multi->entry[node->entry + byte[i] - node->first];
        if (entry == MULTI_NONE)
            break;
        if (entry == MULTI_LINEAR)
            return decode_linear(byte, length);
        if (!(entry & MULTI_NODE))
            return (struct utf8){entry, (uint8_t)(i + 1), true};
        number = entry & ~MULTI_NODE;
    }
    return (struct utf8){byte[0], 1, false};
}

static struct utf8 decode_utf16(const struct encoding *encoding, const char *data, size_t length)
{
    uint32_t first = unit_load(encoding, data);
    if ((first & 0xf800) != 0xd800)
        return (struct utf8){first, 2, true};
    struct utf8 broken = {first, 2, false};
    if (first >= 0xdc00 || length < 4)
        return broken;
    uint32_t second = unit_load(encoding, data + 2);
    if ((second & 0xfc00) != 0xdc00)
        return broken;
    return (struct utf8){0x10000 + ((first & 0x3ff) << 10 | (second & 0x3ff)), 4, true};
}

struct utf8 encoding_decode(const struct encoding *encoding, const char *data, size_t length)
{
    if (!encoding || encoding->form == ENCODING_UTF8)
        return utf8_decode(data, length);
    if (length == 0)
        return (struct utf8){0};
    const unsigned char *byte = (const unsigned char *)data;
    if (encoding->form == ENCODING_BYTES)
        return decode_bytes(encoding, byte[0]);
    if (encoding->form == ENCODING_MULTI)
        return decode_multi(encoding->table, byte, length);
    if (length < encoding->unit) /* the file ends inside a unit */
        return (struct utf8){byte[0], (uint8_t)length, false};
    if (encoding->form == ENCODING_UTF16)
        return decode_utf16(encoding, data, length);
    uint32_t rune = unit_load(encoding, data);
    return (struct utf8){rune, 4, rune <= 0x10ffff && (rune & 0xfffff800) != 0xd800};
}

static unsigned encode_bytes(const struct encoding *encoding, uint32_t rune, char *out)
{
    const uint32_t *table = encoding->table;
    for (unsigned value = 0; value < 256; value++)
        if (table[value] == rune) {
            *out = (char)value;
            return 1;
        }
    return 0;
}

static unsigned encode_unit(const struct encoding *encoding, uint32_t rune, char *out)
{
    if (rune > (encoding->unit == 2 ? 0xffffu : 0x10ffffu) || (rune & 0xfffff800) == 0xd800)
        return 0;
    for (unsigned i = 0; i < encoding->unit; i++)
        out[i] = (char)(rune >> 8 * (encoding->big_endian ? encoding->unit - 1 - i : i));
    return encoding->unit;
}

unsigned encoding_encode(const struct encoding *encoding, uint32_t rune, char *out)
{
    if (encoding && encoding->form == ENCODING_BYTES)
        return rune == UINT32_MAX ? 0 : encode_bytes(encoding, rune, out);
    if (encoding && encoding->unit > 1)
        return encode_unit(encoding, rune, out);
    *out = (char)rune;
    return rune < 0x80;
}

/**
 * Back to a byte that follows no other inside a character, which any walk forward comes to; then forward again. What
 * is broken on the way is a byte each, in every walk.
 */
static size_t start_multi(const struct encoding *encoding, const char *data, size_t length, size_t offset)
{
    const struct encoding_multi *multi = encoding->table;
    size_t at = offset;
    while (at > 0 && multi->trail[(unsigned char)data[at]])
        at--;
    for (;;) {
        size_t next = at + encoding_decode(encoding, data + at, length - at).length;
        if (next > offset)
            return at;
        at = next;
    }
}

/** Bytes at the front of a stretch that belong to a unit which began before it. */
static size_t unit_skip(const struct encoding *encoding, unsigned phase)
{
    return (encoding->unit - phase % encoding->unit) % encoding->unit;
}

size_t encoding_start(const struct encoding *encoding, const char *data, size_t length, size_t offset,
                      unsigned phase)
{
    if (!encoding || encoding->form == ENCODING_UTF8)
        return utf8_start(data, length, offset);
    if (offset >= length || encoding->form == ENCODING_BYTES)
        return offset;
    if (encoding->form == ENCODING_MULTI)
        return start_multi(encoding, data, length, offset);
    size_t skip = unit_skip(encoding, phase);
    if (offset < skip)
        return 0;
    size_t unit = offset - (offset - skip) % encoding->unit;
    if (encoding->form == ENCODING_UTF32 || unit < skip + 2)
        return unit;
    return encoding_decode(encoding, data + unit - 2, length - unit + 2).length == 4 ? unit - 2 : unit;
}

/* --- newlines ----------------------------------------------------------------------------------------------------- */

typedef uint16_t vector16 __attribute__((vector_size(16)));
typedef uint32_t vector32 __attribute__((vector_size(16)));

/** A newline as it looks when loaded in the processor's own order. */
static uint32_t newline_pattern(const struct encoding *encoding)
{
    const char byte[4] = {encoding->big_endian ? 0 : '\n', 0, 0, 0};
    char unit[4];
    uint32_t pattern = 0;
    uint16_t pattern16 = 0;
    memcpy(unit, byte, sizeof unit);
    if (encoding->big_endian)
        unit[encoding->unit - 1] = '\n';
    if (encoding->unit == 4) {
        memcpy(&pattern, unit, sizeof pattern);
        return pattern;
    }
    memcpy(&pattern16, unit, sizeof pattern16);
    return pattern16;
}

/** Newlines in `length` bytes, a multiple of two, which begin with a unit. */
static uint64_t count16(const char *data, size_t length, uint16_t pattern)
{
    const vector16 wanted = (vector16){0} + pattern;
    uint64_t count = 0;
    size_t offset = 0;
    while (length - offset >= sizeof(vector16)) {
        vector16 sum = {0};
        /* A lane counts to 65535 at most, one a round. */
        for (unsigned round = 0; round < UINT16_MAX && length - offset >= sizeof sum; round++) {
            vector16 unit;
            memcpy(&unit, data + offset, sizeof unit);
            sum -= (vector16)(unit == wanted);
            offset += sizeof unit;
        }
        for (size_t lane = 0; lane < sizeof sum / 2; lane++)
            count += sum[lane];
    }
    for (; offset < length; offset += 2) {
        uint16_t unit;
        memcpy(&unit, data + offset, sizeof unit);
        count += unit == pattern;
    }
    return count;
}

/** The same for units of four bytes; a stretch of less than 128 GiB. */
static uint64_t count32(const char *data, size_t length, uint32_t pattern)
{
    const vector32 wanted = (vector32){0} + pattern;
    vector32 sum = {0};
    uint64_t count = 0;
    size_t offset = 0;
    for (; length - offset >= sizeof sum; offset += sizeof sum) {
        vector32 unit;
        memcpy(&unit, data + offset, sizeof unit);
        sum -= (vector32)(unit == wanted);
    }
    for (size_t lane = 0; lane < sizeof sum / 4; lane++)
        count += sum[lane];
    for (; offset < length; offset += 4) {
        uint32_t unit;
        memcpy(&unit, data + offset, sizeof unit);
        count += unit == pattern;
    }
    return count;
}

/** Newlines in whole units. */
static uint64_t count_units(const struct encoding *encoding, const char *data, size_t length)
{
    uint32_t pattern = newline_pattern(encoding);
    return encoding->unit == 2 ? count16(data, length, (uint16_t)pattern) : count32(data, length, pattern);
}

/** Make `[*begin, *end)` the whole units of a stretch; false when there are none. */
static bool whole_units(const struct encoding *encoding, size_t length, unsigned phase, size_t *begin,
                        size_t *end)
{
    *begin = unit_skip(encoding, phase);
    if (length < *begin + encoding->unit)
        return false;
    *end = length - (length - *begin) % encoding->unit;
    return true;
}

static bool is_wide(const struct encoding *encoding)
{
    return encoding && encoding->unit > 1;
}

size_t encoding_newline(const struct encoding *encoding, const char *data, size_t length, unsigned phase,
                        uint64_t nth)
{
    size_t at, end;
    if (!is_wide(encoding))
        return scan_select(data, length, '\n', nth);
    if (!whole_units(encoding, length, phase, &at, &end))
        return length;
    while (end - at > STRIDE) {
        uint64_t here = count_units(encoding, data + at, STRIDE);
        if (here > nth)
            break;
        nth -= here;
        at += STRIDE;
    }
    for (; at < end; at += encoding->unit)
        if (unit_load(encoding, data + at) == '\n' && nth-- == 0)
            return at;
    return length;
}

size_t encoding_last_newline(const struct encoding *encoding, const char *data, size_t length, unsigned phase)
{
    size_t begin, at;
    if (!is_wide(encoding))
        return scan_last(data, length, '\n');
    if (!whole_units(encoding, length, phase, &begin, &at))
        return length;
    while (at - begin > STRIDE && count_units(encoding, data + at - STRIDE, STRIDE) == 0)
        at -= STRIDE;
    while (at > begin) {
        at -= encoding->unit;
        if (unit_load(encoding, data + at) == '\n')
            return at;
    }
    return length;
}

uint64_t encoding_count_newlines(const struct encoding *encoding, const char *data, size_t length,
                                 unsigned phase)
{
    size_t begin, end;
    if (!is_wide(encoding))
        return scan_count(data, length, '\n');
    if (!whole_units(encoding, length, phase, &begin, &end))
        return 0;
    return count_units(encoding, data + begin, end - begin);
}
