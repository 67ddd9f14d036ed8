/* SPDX-License-Identifier: MIT */
/*
 * base: places as expressions (see the header). Pure; any thread.
 *
 *     sum      product { (+ | -) product }
 *     product  signed { (* | /) signed }
 *     signed   { + | - } atom
 *     atom     number | . | end | 'LETTER | @TYPE | ( sum )
 *
 * One pass, from the left, computing as it reads. Values are 128 bits wide and kept within 64 bits and a sign, so neither
 * a negative difference nor a large unsigned number in the file is an overflow by itself. The first thing wrong ends it:
 * everything after that returns 0 and reads on no further.
 */
#include "folio/base/words/reckon.h"

#include "folio/base/words/type.h"

#include <ctype.h>
#include <string.h>

/** Parentheses and signs within each other; more are a mistake, and would only use up the stack. */
#define RECKON_DEPTH 64

typedef __int128 reckon_value;

/** Where it is read, and what it has come to. */
struct reckon {
    const char *text;
    size_t at;
    unsigned depth;
    const struct reckon_scene *scene; /**< NULL: nothing is computed */
    enum reckon_result result;
    struct error *error;
};

/** Everything that can be wrong, each with the place where. */
static const char *const reckon_sentence[] = {
    "A number is missing at character %zu",
    "An operator is missing at character %zu",
    "The parenthesis at character %zu is not closed",
    "Too many parentheses and signs at character %zu",
    "Division by zero at character %zu",
    "The number becomes too large at character %zu",
    "There is no number with the name at character %zu",
    "No type behind the @ at character %zu; there are u8, u16le, i32be, ...",
    "The mark at character %zu is not set",
};

enum reckon_mistake {
    MISTAKE_NUMBER,
    MISTAKE_OPERATOR,
    MISTAKE_OPEN,
    MISTAKE_DEEP,
    MISTAKE_ZERO,
    MISTAKE_LARGE,
    MISTAKE_NAME,
    MISTAKE_TYPE,
    MISTAKE_MARK,
};

/** It is wrong, at byte `at` of the text. Returns 0 as a value, so that callers can return it. */
static reckon_value reckon_fail(struct reckon *reckon, enum reckon_mistake mistake, size_t at)
{
    if (reckon->result != RECKON_OK)
        return 0;
    reckon->result = mistake == MISTAKE_NAME ? RECKON_UNKNOWN : RECKON_FAILED;
    error_set(reckon->error, 0, reckon_sentence[mistake], at + 1);
    return 0;
}

/** The next character that is no blank, which is not taken. */
static char reckon_peek(struct reckon *reckon)
{
    if (reckon->result != RECKON_OK)
        return '\0';
    reckon->at += strspn(reckon->text + reckon->at, " ");
    return reckon->text[reckon->at];
}

/** The value, if it is in bounds. */
static reckon_value reckon_bound(struct reckon *reckon, reckon_value value, size_t at)
{
    const reckon_value most = UINT64_MAX;
    return value > most || value < -most ? reckon_fail(reckon, MISTAKE_LARGE, at) : value;
}

/** Digits of `base` at `*at`, which moves behind them; the number began at reckon->at. */
static reckon_value reckon_digits(struct reckon *reckon, unsigned base, size_t *at)
{
    reckon_value value = 0;
    for (; isxdigit((unsigned char)reckon->text[*at]); ++*at) {
        unsigned char digit = (unsigned char)reckon->text[*at];
        unsigned number = isdigit(digit) ? (unsigned)digit - '0' : (unsigned)tolower(digit) - 'a' + 10;
        if (number >= base)
            break;
        value = reckon_bound(reckon, value * base + number, reckon->at);
    }
    return value;
}

/** 4096, 0x1000, 4K */
static reckon_value reckon_number(struct reckon *reckon)
{
    static const char suffix[] = "bKMGT";
    const char *text = reckon->text;
    size_t begin = reckon->at, at = begin;
    bool hex = text[at] == '0' && tolower((unsigned char)text[at + 1]) == 'x' &&
               isxdigit((unsigned char)text[at + 2]);
    at += hex ? 2 : 0;
    reckon_value value = reckon_digits(reckon, hex ? 16 : 10, &at);
    const char *power = text[at] != '\0' ? strchr(suffix, text[at]) : NULL;
    if (power) {
        value <<= 10 * (power - suffix);
        at++;
    }
    if (isalnum((unsigned char)text[at]) || text[at] == '_')
        return reckon_fail(reckon, MISTAKE_NAME, begin);
    reckon->at = at;
    return reckon_bound(reckon, value, begin);
}

/** What @ reads: a whole number of a fixed size. */
static bool reckon_type(const char *text, size_t length, struct type *type)
{
    return type_read(text, length, type, NULL) == TYPE_KNOWN &&
           (type->form == TYPE_UNSIGNED || type->form == TYPE_SIGNED);
}

/** `bytes` as the type says. */
static reckon_value reckon_stored(const unsigned char *bytes, const struct type *type)
{
    const size_t length = type->bits / 8;
    uint64_t value = 0;
    for (size_t i = 0; i < length; i++)
        value = value << 8 | bytes[type->big ? i : length - 1 - i];
    if (type->form == TYPE_UNSIGNED)
        return value;
    unsigned unused = 64 - type->bits;
    return (int64_t)(value << unused) >> unused;
}

/** The length of the word at `text`. */
static size_t reckon_word(const char *text)
{
    size_t length = 0;
    while (isalnum((unsigned char)text[length]) || text[length] == '_')
        length++;
    return length;
}

/** @u32le */
static reckon_value reckon_at(struct reckon *reckon)
{
    unsigned char bytes[RECKON_BYTES] = {0};
    struct type type;
    size_t begin = reckon->at, length = reckon_word(reckon->text + begin + 1);
    if (!reckon_type(reckon->text + begin + 1, length, &type))
        return reckon_fail(reckon, MISTAKE_TYPE, begin);
    reckon->at += 1 + length;
    const struct reckon_scene *scene = reckon->scene;
    if (!scene)
        return 1;
    reckon->result = scene->read(scene->context, scene->cursor, bytes, type.bits / 8, reckon->error);
    return reckon->result == RECKON_OK ? reckon_stored(bytes, &type) : 0;
}

/** 'a */
static reckon_value reckon_mark(struct reckon *reckon)
{
    const struct reckon_scene *scene = reckon->scene;
    size_t begin = reckon->at;
    char letter = reckon->text[begin + 1];
    uint64_t offset = 1;
    if (!isalpha((unsigned char)letter))
        return reckon_fail(reckon, MISTAKE_NUMBER, begin);
    if (scene && !(scene->mark && scene->mark(scene->context, letter, &offset)))
        return reckon_fail(reckon, MISTAKE_MARK, begin);
    reckon->at += 2;
    return offset;
}

/** end, and whatever is no name at all */
static reckon_value reckon_name(struct reckon *reckon)
{
    size_t begin = reckon->at, length = reckon_word(reckon->text + begin);
    if (length == 0)
        return reckon_fail(reckon, MISTAKE_NUMBER, begin);
    if (length != 3 || memcmp(reckon->text + begin, "end", 3) != 0)
        return reckon_fail(reckon, MISTAKE_NAME, begin);
    reckon->at += length;
    return reckon->scene ? (reckon_value)reckon->scene->size : 1;
}

static reckon_value reckon_sum(struct reckon *reckon, reckon_value value);
static reckon_value reckon_product(struct reckon *reckon);

/** What is in parentheses. */
static reckon_value reckon_inside(struct reckon *reckon)
{
    size_t begin = reckon->at++;
    reckon_value value = reckon_sum(reckon, reckon_product(reckon));
    if (reckon_peek(reckon) != ')')
        return reckon_fail(reckon, MISTAKE_OPEN, begin);
    reckon->at++;
    return value;
}

static reckon_value reckon_atom(struct reckon *reckon)
{
    char next = reckon_peek(reckon);
    if (isdigit((unsigned char)next))
        return reckon_number(reckon);
    switch (next) {
    case '(':
        return reckon_inside(reckon);
    case '@':
        return reckon_at(reckon);
    case '\'':
        return reckon_mark(reckon);
    case '.':
        reckon->at++;
        return reckon->scene ? (reckon_value)reckon->scene->cursor : 1;
    default:
        return reckon_name(reckon);
    }
}

static reckon_value reckon_signed(struct reckon *reckon)
{
    reckon_value value;
    char next = reckon_peek(reckon);
    if (++reckon->depth > RECKON_DEPTH)
        return reckon_fail(reckon, MISTAKE_DEEP, reckon->at);
    if (next == '-' || next == '+') {
        reckon->at++;
        value = reckon_signed(reckon);
        value = next == '-' ? -value : value;
    } else {
        value = reckon_atom(reckon);
    }
    reckon->depth--;
    return value;
}

static reckon_value reckon_product(struct reckon *reckon)
{
    reckon_value value = reckon_signed(reckon);
    for (char next; (next = reckon_peek(reckon)) == '*' || next == '/';) {
        size_t at = reckon->at++;
        reckon_value other = reckon_signed(reckon), product;
        if (reckon->result != RECKON_OK || !reckon->scene)
            continue;
        if (next == '/')
            value = other ? value / other : reckon_fail(reckon, MISTAKE_ZERO, at);
        else if (__builtin_mul_overflow(value, other, &product))
            reckon_fail(reckon, MISTAKE_LARGE, at);
        else
            value = reckon_bound(reckon, product, at);
    }
    return value;
}

/** What is added to and taken from `value`. */
static reckon_value reckon_sum(struct reckon *reckon, reckon_value value)
{
    for (char next; (next = reckon_peek(reckon)) == '+' || next == '-';) {
        size_t at = reckon->at++;
        reckon_value other = reckon_product(reckon);
        if (reckon->scene)
            value = reckon_bound(reckon, next == '+' ? value + other : value - other, at);
    }
    return value;
}

/** All of the text. */
static reckon_value reckon_run(struct reckon *reckon)
{
    char first = reckon_peek(reckon);
    bool from_cursor = first == '+' || first == '-';
    reckon_value cursor = reckon->scene ? (reckon_value)reckon->scene->cursor : 1;
    reckon_value value = reckon_sum(reckon, from_cursor ? cursor : reckon_product(reckon));
    if (reckon_peek(reckon) != '\0')
        reckon_fail(reckon, MISTAKE_OPERATOR, reckon->at);
    return value;
}

enum reckon_result reckon_place(const char *text, const struct reckon_scene *scene, uint64_t *offset,
                                struct error *error)
{
    struct reckon reckon = {.text = text, .scene = scene, .error = error};
    reckon_value value = reckon_run(&reckon);
    if (reckon.result != RECKON_OK)
        return reckon.result;
    if (value < 0) {
        error_set(error, 0, "That lies before the first byte, by %llu", (unsigned long long)-value);
        return RECKON_FAILED;
    }
    if (value > INT64_MAX) {
        error_set(error, 0, "No file has a byte %llu", (unsigned long long)value);
        return RECKON_FAILED;
    }
    *offset = (uint64_t)value;
    return RECKON_OK;
}

enum reckon_result reckon_check(const char *text, struct error *error)
{
    struct reckon reckon = {.text = text, .error = error};
    reckon_run(&reckon);
    return reckon.result;
}
