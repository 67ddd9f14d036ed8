/* SPDX-License-Identifier: MIT */
/*
 * base: what a few bytes would be (see the header). Pure; any thread.
 *
 * One table: how many bytes a kind takes, and what makes text of them. Numbers of several bytes come to it as an integer,
 * put together in the byte order that was asked for.
 */
#include "folio/base/words/inspect.h"

#include "folio/base/text/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Beyond these, 64 bits are no seconds, milliseconds, microseconds that anybody means, but may be those of the next. */
#define SECONDS_MOST      INT64_C(100000000000)
#define MILLISECONDS_MOST INT64_C(100000000000000)
#define MICROSECONDS_MOST INT64_C(100000000000000000)
/** Seconds from 1970 to 2100: dates between are near our time. */
#define NEAR INT64_C(4102444800)

#define DAY  86400
/** Seconds from 1601 to 1970, and tenths of microseconds in a second. */
#define FILETIME_EPOCH INT64_C(11644473600)
#define FILETIME_UNIT  10000000
/** The first second of the year 1, and the first behind the year 9999. */
#define YEAR_1     INT64_C(-62135596800)
#define YEAR_10000 INT64_C(253402300800)

/** What is asked: the bytes, and the number they make where the kind has a size. */
struct inspected {
    const unsigned char *data;
    size_t length;
    uint64_t number;
    unsigned bits;
};

static int inspect_none(char *out)
{
    return snprintf(out, INSPECT_TEXT, "-");
}

/** The number with its sign. */
static int64_t inspect_signed(const struct inspected *inspected)
{
    unsigned unused = 64 - inspected->bits;
    return (int64_t)(inspected->number << unused) >> unused;
}

static int inspect_unsigned_text(const struct inspected *inspected, char *out)
{
    return snprintf(out, INSPECT_TEXT, "%llu", (unsigned long long)inspected->number);
}

static int inspect_signed_text(const struct inspected *inspected, char *out)
{
    return snprintf(out, INSPECT_TEXT, "%lld", (long long)inspect_signed(inspected));
}

static int inspect_bits(const struct inspected *inspected, char *out)
{
    char text[10];
    for (unsigned bit = 0; bit < 8; bit++)
        text[bit + (bit >= 4)] = (char)('0' + (inspected->number >> (7 - bit) & 1));
    text[4] = ' ';
    text[9] = '\0';
    return snprintf(out, INSPECT_TEXT, "%s", text);
}

/** The shortest text that reads back as the same number; `digits` are always enough. */
static int inspect_real(double value, bool single, int digits, char *out)
{
    int length = 0;
    for (int precision = digits > 6 ? 6 : 1; precision <= digits; precision++) {
        length = snprintf(out, INSPECT_TEXT, "%.*g", precision, value);
        bool same = single ? strtof(out, NULL) == (float)value : strtod(out, NULL) == value;
        if (same || value != value)
            break;
    }
    return length;
}

static int inspect_f64(const struct inspected *inspected, char *out)
{
    double value;
    memcpy(&value, &inspected->number, sizeof value);
    return inspect_real(value, false, 17, out);
}

static int inspect_f32(const struct inspected *inspected, char *out)
{
    uint32_t bits = (uint32_t)inspected->number;
    float value;
    memcpy(&value, &bits, sizeof value);
    return inspect_real((double)value, true, 9, out);
}

/** In at most ten characters: its exponent has one digit, and in front of small numbers no zeros stand. */
static int inspect_half_text(double value, char *out)
{
    bool small = value != 0 && value < 0.001 && value > -0.001;
    int length = snprintf(out, INSPECT_TEXT, small ? "%.4e" : "%.5g", value);
    if (small) {
        out[length - 2] = out[length - 1];
        out[--length] = '\0';
    }
    return length;
}

/** A sign, 5 bits of exponent, 10 of fraction. Widened to what the machine knows; five digits tell any two apart. */
static int inspect_f16(const struct inspected *inspected, char *out)
{
    uint32_t number = (uint32_t)inspected->number, fraction = number & 0x3ff, exponent = number >> 10 & 0x1f;
    double value = exponent ? (double)(fraction | 0x400) : (double)fraction;
    for (int power = (exponent ? (int)exponent : 1) - 25; power; power += power < 0 ? 1 : -1)
        value = power < 0 ? value / 2 : value * 2;
    if (exponent == 0x1f)
        return snprintf(out, INSPECT_TEXT, "%s%s", number >> 15 ? "-" : "", fraction ? "nan" : "inf");
    return inspect_half_text(number >> 15 ? -value : value, out);
}

/** A LEB128 of 64 bits; what stands in bits beyond them must be the sign, or nothing. */
static int inspect_leb(const struct inspected *inspected, bool sign, char *out)
{
    uint64_t value = 0;
    for (size_t i = 0; i < inspected->length && i < INSPECT_BYTES; i++) {
        unsigned part = inspected->data[i] & 0x7f;
        unsigned shift = 7 * (unsigned)i;
        if (i == 9 && part > 1 && !(sign && part == 0x7f))
            break;
        value |= (uint64_t)part << shift;
        if (inspected->data[i] & 0x80)
            continue;
        if (!sign)
            return snprintf(out, INSPECT_TEXT, "%llu (%zu)", (unsigned long long)value, i + 1);
        if (i == 9 && part == 1)
            break; /* positive, but too large */
        if (part & 0x40 && shift + 7 < 64)
            value |= UINT64_MAX << (shift + 7);
        return snprintf(out, INSPECT_TEXT, "%lld (%zu)", (long long)value, i + 1);
    }
    return inspect_none(out);
}

static int inspect_uleb(const struct inspected *inspected, char *out)
{
    return inspect_leb(inspected, false, out);
}

static int inspect_sleb(const struct inspected *inspected, char *out)
{
    return inspect_leb(inspected, true, out);
}

static int inspect_rune_text(const struct inspected *inspected, char *out)
{
    uint32_t rune;
    if (!inspect_rune(inspected->data, inspected->length, &rune))
        return inspect_none(out);
    return snprintf(out, INSPECT_TEXT, "U+%04X", (unsigned)rune);
}

/** Year, month and day of a day since 1970. The year begins in March, so that the leap day is its last. */
static void inspect_day(int64_t days, long long *year, unsigned *month, unsigned *day)
{
    int64_t shifted = days + 719468; /* since 0000-03-01 */
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    unsigned of_era = (unsigned)(shifted - era * 146097);
    unsigned years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    unsigned of_year = of_era - (365 * years + years / 4 - years / 100);
    unsigned march = (5 * of_year + 2) / 153;
    *day = of_year - (153 * march + 2) / 5 + 1;
    *month = march < 10 ? march + 3 : march - 9;
    *year = (long long)(years + era * 400) + (*month <= 2);
}

/** A date with `digits` of a fraction, which is shown where it is not 0. */
static int inspect_time(int64_t seconds, unsigned fraction, int digits, char *out)
{
    long long year;
    unsigned month, day;
    if (seconds < YEAR_1 || seconds >= YEAR_10000)
        return inspect_none(out);
    int64_t days = (seconds >= 0 ? seconds : seconds - (DAY - 1)) / DAY;
    unsigned clock = (unsigned)(seconds - days * DAY);
    inspect_day(days, &year, &month, &day);
    int length = snprintf(out, INSPECT_TEXT, "%04lld-%02u-%02uT%02u:%02u:%02u", year, month, day,
                          clock / 3600, clock / 60 % 60, clock % 60);
    if (fraction)
        length += snprintf(out + length, INSPECT_TEXT - (size_t)length, ".%0*u", digits, fraction);
    return length + snprintf(out + length, INSPECT_TEXT - (size_t)length, "Z");
}

static int inspect_unix(const struct inspected *inspected, char *out)
{
    return inspect_time(inspect_signed(inspected), 0, 0, out);
}

/** A number of parts of a second, of which there are `unit`, told with `digits`. */
static int inspect_parts(int64_t value, int64_t unit, int digits, char *out)
{
    int64_t seconds = value / unit - (value % unit < 0);
    return inspect_time(seconds, (unsigned)(value - seconds * unit), digits, out);
}

static int inspect_unix_ms(const struct inspected *inspected, char *out)
{
    return inspect_parts(inspect_signed(inspected), 1000, 3, out);
}

static int inspect_unix_us(const struct inspected *inspected, char *out)
{
    return inspect_parts(inspect_signed(inspected), 1000000, 6, out);
}

static int inspect_unix_ns(const struct inspected *inspected, char *out)
{
    return inspect_parts(inspect_signed(inspected), 1000000000, 9, out);
}

/** From the lowest bit on: two seconds, minutes, hours, day, month, years since 1980. */
static int inspect_dos(const struct inspected *inspected, char *out)
{
    unsigned number = (unsigned)inspected->number, second = number % 32 * 2, minute = number >> 5 & 0x3f;
    unsigned hour = number >> 11 & 0x1f, day = number >> 16 & 0x1f, month = number >> 21 & 0xf;
    if (second > 58 || minute > 59 || hour > 23 || day < 1 || month < 1 || month > 12)
        return inspect_none(out);
    return snprintf(out, INSPECT_TEXT, "%04u-%02u-%02uT%02u:%02u:%02u", 1980 + (number >> 25), month, day,
                    hour, minute, second);
}

static int inspect_filetime(const struct inspected *inspected, char *out)
{
    int64_t seconds = (int64_t)(inspected->number / FILETIME_UNIT) - FILETIME_EPOCH;
    return inspect_time(seconds, (unsigned)(inspected->number % FILETIME_UNIT), 7, out);
}

static const struct {
    const char *label;
    size_t size; /**< bytes that are put together as a number; 0: it takes what it needs */
    int (*text)(const struct inspected *inspected, char *out);
} inspect_table[INSPECT_COUNT] = {
    [INSPECT_BITS] = {"bits", 1, inspect_bits},
    [INSPECT_U8] = {"u8", 1, inspect_unsigned_text},
    [INSPECT_I8] = {"i8", 1, inspect_signed_text},
    [INSPECT_ULEB] = {"uleb", 0, inspect_uleb},
    [INSPECT_SLEB] = {"sleb", 0, inspect_sleb},
    [INSPECT_RUNE] = {"utf-8", 0, inspect_rune_text},
    [INSPECT_U16] = {"u16", 2, inspect_unsigned_text},
    [INSPECT_I16] = {"i16", 2, inspect_signed_text},
    [INSPECT_F16] = {"f16", 2, inspect_f16},
    [INSPECT_U32] = {"u32", 4, inspect_unsigned_text},
    [INSPECT_I32] = {"i32", 4, inspect_signed_text},
    [INSPECT_F32] = {"f32", 4, inspect_f32},
    [INSPECT_U64] = {"u64", 8, inspect_unsigned_text},
    [INSPECT_I64] = {"i64", 8, inspect_signed_text},
    [INSPECT_F64] = {"f64", 8, inspect_f64},
    [INSPECT_UNIX32] = {"unix", 4, inspect_unix},
    [INSPECT_UNIX64] = {"unix64", 8, inspect_unix},
    [INSPECT_UNIX_MS] = {"unix ms", 8, inspect_unix_ms},
    [INSPECT_UNIX_US] = {"unix us", 8, inspect_unix_us},
    [INSPECT_UNIX_NS] = {"unix ns", 8, inspect_unix_ns},
    [INSPECT_FILETIME] = {"filetime", 8, inspect_filetime},
    [INSPECT_DOS] = {"dos", 4, inspect_dos},
};

const char *inspect_label(enum inspect_kind kind)
{
    return inspect_table[kind].label;
}

static uint64_t inspect_number(const unsigned char *data, size_t size, bool big)
{
    uint64_t number = 0;
    for (size_t i = 0; i < size; i++)
        number = number << 8 | data[big ? i : size - 1 - i];
    return number;
}

size_t inspect_value(enum inspect_kind kind, const unsigned char *data, size_t length, bool big,
                     char out[INSPECT_TEXT])
{
    size_t size = inspect_table[kind].size;
    struct inspected inspected = {.data = data, .length = length, .bits = 8 * (unsigned)size};
    if (length == 0 || length < size)
        return (size_t)inspect_none(out);
    inspected.number = inspect_number(data, size, big);
    return (size_t)inspect_table[kind].text(&inspected, out);
}

/** Going by how large the number is; `*near` tells whether that makes it a date near our time. */
static enum inspect_kind inspect_size(uint64_t number, bool *near)
{
    int64_t value = (int64_t)number, most = value < 0 ? value == INT64_MIN ? INT64_MAX : -value : value;
    *near = most < SECONDS_MOST;
    if (most < SECONDS_MOST)
        return INSPECT_UNIX64;
    *near = value > 0 && value / 1000 < NEAR;
    if (most < MILLISECONDS_MOST)
        return INSPECT_UNIX_MS;
    *near = value > 0 && value / 1000000 < NEAR;
    if (most < MICROSECONDS_MOST)
        return INSPECT_UNIX_US;
    /* A FILETIME of our time as nanoseconds is before 1975. */
    bool filetime = number / FILETIME_UNIT < (uint64_t)(FILETIME_EPOCH + NEAR);
    *near = value > 0 && value / 1000000000 < NEAR;
    return filetime || !*near ? INSPECT_FILETIME : INSPECT_UNIX_NS;
}

enum inspect_kind inspect_date(const unsigned char *data, size_t length, bool big)
{
    char text[INSPECT_TEXT];
    bool near = false;
    enum inspect_kind kind = length < 8 ? INSPECT_UNIX64 : inspect_size(inspect_number(data, 8, big), &near);
    inspect_value(INSPECT_DOS, data, length, big, text);
    return near || text[0] == '-' ? kind : INSPECT_DOS;
}

bool inspect_rune(const unsigned char *data, size_t length, uint32_t *rune)
{
    struct utf8 first = utf8_decode((const char *)data, length);
    *rune = first.rune;
    return first.length > 0 && first.valid;
}
