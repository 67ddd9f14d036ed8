/* SPDX-License-Identifier: MIT */
/*
 * model: numbers with their type (see the header). Pure; any thread.
 *
 * A number is what is written or it is refused: nothing becomes infinite, zero or another one because a type is too small
 * for it. A fraction is rounded to what the type has, as everywhere.
 */
#include "folio/model/pattern/number.h"

#include "folio/base/words/date.h"
#include "folio/base/words/type.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/** The longest digits with their NUL. */
#define NUMBER_DIGITS 64u

static bool number_blank(char character)
{
    return character == ' ' || character == '\t';
}

/** The length of the word at the start. */
static size_t number_word(struct span text)
{
    size_t length = 0;
    while (length < text.length && !number_blank(text.data[length]))
        length++;
    return length;
}

bool number_begins(struct span text)
{
    struct type type;
    size_t word = number_word(text);
    return word < text.length && type_read(text.data, word, &type, NULL) != TYPE_NONE;
}

/** The digits of a whole number, all of them, and its sign. `*most`: it does not fit 64 bits. */
static bool whole_read(const char *text, bool *minus, uint64_t *value, bool *most)
{
    *minus = text[0] == '-';
    text += *minus;
    bool hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    text += hex ? 2 : 0;
    const char *digits = hex ? "0123456789abcdefABCDEF" : "0123456789";
    if (text[0] == '\0' || text[strspn(text, digits)] != '\0')
        return false;
    errno = 0;
    *value = strtoull(text, NULL, hex ? 16 : 10);
    *most = errno != 0;
    return true;
}

/** A whole number of so many bits, with or without a sign. */
static bool number_whole(const char *digits, unsigned bits, bool sign, uint64_t *out, struct error *error)
{
    const uint64_t all = UINT64_MAX >> (64 - bits);
    bool minus, large;
    uint64_t value;
    if (!whole_read(digits, &minus, &value, &large))
        return error_set(error, 0, "no whole number");
    uint64_t most = sign ? (all >> 1) + minus : minus ? 0 : all;
    *out = minus ? 0 - value : value;
    if (!large && value <= most)
        return true;
    if (!sign)
        return error_set(error, 0, "%u bits are 0 to %llu", bits, (unsigned long long)all);
    return error_set(error, 0, "%u bits with a sign are -%llu to %llu", bits,
                     (unsigned long long)(all >> 1) + 1, (unsigned long long)(all >> 1));
}

/** The bits of half a float, which is at least 0; 0x7c00 where that is more than there is. */
static uint64_t half_bits(double value)
{
    int power = 0;
    if (value >= 65520)
        return 0x7c00;
    while (value >= 2) {
        value /= 2;
        power++;
    }
    while (value < 1 && power > -14) {
        value *= 2;
        power--;
    }
    value *= 1024;
    uint64_t fraction = (uint64_t)value;
    double rest = value - (double)fraction;
    fraction += rest > 0.5 || (rest == 0.5 && fraction % 2); /* to even, as hardware does */
    return ((uint64_t)(power + 14) << 10) + fraction;
}

/** The bits of a number with a fraction; `*none`: the type has nothing but 0 for it, `*large`: nothing but infinity. */
static uint64_t real_bits(double wide, const char *digits, unsigned bits, bool *none, bool *large)
{
    const bool minus = wide < 0 || (wide == 0 && digits[0] == '-'), zero = wide == 0;
    double size = minus ? -wide : wide;
    bool infinite = size > 1.7976931348623157e308;
    uint64_t value, infinity = bits == 16 ? 0x7c00 : bits == 32 ? 0x7f800000 : UINT64_C(0x7ff) << 52;
    if (bits == 16) {
        value = half_bits(size);
    } else if (bits == 32) {
        float narrow = strtof(digits + (digits[0] == '-'), NULL);
        uint32_t narrow_bits;
        memcpy(&narrow_bits, &narrow, sizeof narrow_bits);
        value = narrow_bits;
    } else {
        memcpy(&value, &size, sizeof value);
    }
    *none = value == 0 && !zero;
    *large = value == infinity && !infinite;
    return value | (uint64_t)minus << (bits - 1);
}

/** A number with a fraction. What is none (nan) has many spellings and is not taken. */
static bool number_real(const char *digits, unsigned bits, uint64_t *out, struct error *error)
{
    bool none, large;
    char *end;
    errno = 0;
    double wide = strtod(digits, &end);
    bool beyond = errno == ERANGE;
    if (end == digits || *end != '\0' || wide != wide)
        return error_set(error, 0, "no number");
    *out = real_bits(wide, digits, bits, &none, &large);
    bool infinite = wide - wide != 0;
    if (large || (beyond && infinite))
        return error_set(error, 0, "%u bits hold no number as large as that", bits);
    if (none || (beyond && wide == 0))
        return error_set(error, 0, "%u bits hold no number as near to 0 as that, but 0", bits);
    return true;
}

/** LEB128: seven bits a byte, the lowest first, as long as there are more. */
static bool number_leb(const char *digits, bool sign, struct number *number, struct error *error)
{
    uint64_t bits = 0;
    bool more = true;
    if (!number_whole(digits, 64, sign, &bits, error))
        return false;
    for (number->size = 0; more; number->size++) {
        uint8_t part = bits & 0x7f;
        bits = sign ? (uint64_t)((int64_t)bits >> 7) : bits >> 7;
        more = sign ? bits != (part & 0x40 ? UINT64_MAX : 0) : bits != 0;
        number->byte[number->size] = (uint8_t)(part | (more ? 0x80 : 0));
    }
    return true;
}

/** A date as parts of a second, from where the type counts on. */
static bool number_time(const struct date *date, const struct type *type, uint64_t *bits, struct error *error)
{
    const uint32_t grain = 1000000000 / type->parts;
    __int128 value = (__int128)(date_seconds(date) + type->epoch) * type->parts + date->nanosecond / grain;
    bool wall = type->bits == 32 ? value != (int32_t)value : value != (int64_t)value;
    if (date->nanosecond % grain != 0)
        return error_set(error, 0, "the type counts no such part of a second");
    if (wall || (type->epoch != 0 && value < 0))
        return error_set(error, 0, "the type does not reach that date");
    *bits = (uint64_t)value;
    return true;
}

/** From the lowest bit on: two seconds, minutes, hours, day, month, years since 1980. */
static bool number_dos(const struct date *date, uint64_t *bits, struct error *error)
{
    if (date->year < 1980 || date->year > 2107)
        return error_set(error, 0, "DOS has the years 1980 to 2107");
    if (date->second % 2 != 0 || date->nanosecond != 0)
        return error_set(error, 0, "DOS has even seconds only");
    *bits = date->second / 2 | date->minute << 5 | date->hour << 11 | date->day << 16 | date->month << 21 |
            (uint64_t)(date->year - 1980) << 25;
    return true;
}

/** A date, for the types that are one. */
static bool number_date(const char *digits, const struct type *type, uint64_t *bits, struct error *error)
{
    struct date date;
    if (!date_read(digits, &date))
        return error_set(error, 0, "no date, such as 2026-11-20T13:45:12Z");
    return type->form == TYPE_DOS ? number_dos(&date, bits, error) : number_time(&date, type, bits, error);
}

/** What stands behind the type. */
static bool number_value(const struct type *type, const char *digits, struct number *number,
                         struct error *error)
{
    uint64_t bits = 0;
    bool fine = true;
    switch (type->form) {
    case TYPE_UNSIGNED:
    case TYPE_SIGNED:
        fine = number_whole(digits, type->bits, type->form == TYPE_SIGNED, &bits, error);
        break;
    case TYPE_REAL:
        fine = number_real(digits, type->bits, &bits, error);
        break;
    case TYPE_LEB:
    case TYPE_SIGNED_LEB:
        return number_leb(digits, type->form == TYPE_SIGNED_LEB, number, error);
    case TYPE_TIME:
    case TYPE_DOS:
        fine = number_date(digits, type, &bits, error);
        break;
    }
    for (size_t i = 0; i < number->size; i++)
        number->byte[type->big ? number->size - 1 - i : i] = (uint8_t)(bits >> (8 * i));
    return fine;
}

bool number_read(struct span text, struct number *number, struct error *error)
{
    struct type type = {0};
    char digits[NUMBER_DIGITS] = "";
    size_t word = number_word(text), at = word, length = 0;
    enum type_answer answer = type_read(text.data, word, &type, error);
    while (at < text.length && number_blank(text.data[at]))
        at++;
    for (; at < text.length && !number_blank(text.data[at]); at++)
        if (length < NUMBER_DIGITS - 1)
            digits[length++] = text.data[at];
    digits[length] = '\0';
    *number = (struct number){.length = at, .size = type.bits / 8};
    if (answer == TYPE_NONE)
        return error_set(error, 0, "%.*s is no type of a number", (int)(word < 16 ? word : 16), text.data);
    if (answer == TYPE_WRONG)
        return false;
    if (length == NUMBER_DIGITS - 1)
        return error_set(error, 0, "too many digits");
    return number_value(&type, digits, number, error);
}
