/* SPDX-License-Identifier: MIT */
/* model: numbers in patterns of bytes (see the header). Pure; any thread. */
#include "number.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/** The longest word, and the longest digits with their NUL. */
#define NUMBER_WORD   5u
#define NUMBER_DIGITS 64u

/** A type: `u`, `i` or `f`, so many bits, and the byte order. */
struct number_type {
    char kind;
    unsigned bits;
    bool big;
};

/** The type whose word `text` begins with; the length of that, 0: none. A blank must follow. */
static size_t number_type(struct span text, struct number_type *type)
{
    static const char *const bits[] = {"8", "16", "32", "64"};
    size_t word = 0;
    while (word < text.length && text.data[word] != ' ' && text.data[word] != '\t')
        word++;
    if (word < 2 || word > NUMBER_WORD || word == text.length ||
        (text.data[0] != 'u' && text.data[0] != 'i' && text.data[0] != 'f'))
        return 0;
    *type = (struct number_type){.kind = text.data[0]};
    for (size_t i = type->kind == 'f' ? 2 : 0; i < 4; i++) {
        size_t length = strlen(bits[i]), rest = word - 1 - length;
        if (word < 1 + length || memcmp(text.data + 1, bits[i], length) != 0)
            continue;
        type->bits = 8u << i;
        type->big = rest == 2 && memcmp(text.data + word - 2, "be", 2) == 0;
        bool little = rest == 2 && memcmp(text.data + word - 2, "le", 2) == 0;
        bool alone = rest == 0 && (i == 0 || type->kind == 'f');
        return alone || (i > 0 && (little || type->big)) ? word : 0;
    }
    return 0;
}

bool number_begins(struct span text)
{
    struct number_type type;
    return number_type(text, &type) > 0;
}

/** A whole number of the type, as its bits. */
static bool number_whole(const struct number_type *type, const char *digits, uint64_t *bits,
                         struct error *error)
{
    bool minus = digits[0] == '-', hex = strncmp(digits + minus, "0x", 2) == 0;
    const char *first = digits + minus + (hex ? 2 : 0);
    char *end;
    errno = 0;
    uint64_t value = strtoull(first, &end, hex ? 16 : 10), most = UINT64_MAX >> (64 - type->bits);
    if (!strchr("0123456789abcdefABCDEF", first[0]) || first[0] == '\0' || *end != '\0')
        return error_set(error, 0, "no whole number");
    most = type->kind == 'i' ? (most >> 1) + minus : minus ? 0 : most;
    *bits = minus ? 0 - value : value;
    if (errno == 0 && value <= most)
        return true;
    uint64_t all = UINT64_MAX >> (64 - type->bits);
    if (type->kind == 'u')
        return error_set(error, 0, "%u bits are 0 to %llu", type->bits, (unsigned long long)all);
    return error_set(error, 0, "%u bits with a sign are -%llu to %llu", type->bits,
                     (unsigned long long)(all >> 1) + 1, (unsigned long long)(all >> 1));
}

/** A number with a fraction. What is none (nan) has many spellings and is not looked for. */
static bool number_real(const struct number_type *type, const char *digits, uint64_t *bits,
                        struct error *error)
{
    char *end;
    double wide = strtod(digits, &end);
    float narrow = strtof(digits, NULL);
    uint32_t half;
    if (end == digits || *end != '\0' || wide != wide)
        return error_set(error, 0, "no number");
    memcpy(bits, &wide, sizeof wide);
    memcpy(&half, &narrow, sizeof half);
    if (type->bits == 32)
        *bits = half;
    return true;
}

bool number_read(struct span text, struct number *number, struct error *error)
{
    struct number_type type = {.bits = 8};
    char digits[NUMBER_DIGITS] = "";
    uint64_t bits = 0;
    size_t at = number_type(text, &type), length = 0;
    while (at < text.length && (text.data[at] == ' ' || text.data[at] == '\t'))
        at++;
    for (; at < text.length && text.data[at] != ' ' && text.data[at] != '\t'; at++)
        if (length < NUMBER_DIGITS - 1)
            digits[length++] = text.data[at];
    digits[length] = '\0';
    *number = (struct number){.length = at, .size = type.bits / 8};
    if (length == NUMBER_DIGITS - 1)
        return error_set(error, 0, "too many digits");
    if (!(type.kind == 'f' ? number_real : number_whole)(&type, digits, &bits, error))
        return false;
    for (size_t i = 0; i < number->size; i++)
        number->byte[type.big ? number->size - 1 - i : i] = (uint8_t)(bits >> (8 * i));
    return true;
}
