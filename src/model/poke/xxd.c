/* SPDX-License-Identifier: MIT */
/* model: which of its dumps xxd wrote (see the header). Pure; any thread. */
#include "xxd.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/** From here on more characters speak for words than chance, or a person who swaps a few bytes, brings about. */
#define XXD_TURNED 4

/** A row taken apart; the parts are borrowed from the line. */
struct xxd_row {
    const char *offset;
    size_t before;      /**< blanks before the digits */
    const char *digits; /**< with single blanks between them */
    size_t length;      /**< of them, blanks included */
    size_t count;       /**< of them, without */
    const char *text;   /**< the characters, where they are known to begin; NULL: not known */
    const char *rest;   /**< what stands behind the digits and blanks */
};

static size_t xxd_digits(const char *text)
{
    return strspn(text, "0123456789abcdefABCDEF");
}

/** The digits at `row->digits`: groups with one blank between them. */
static void xxd_groups(struct xxd_row *row)
{
    size_t group;
    while ((group = xxd_digits(row->digits + row->length)) > 0) {
        row->count += group;
        row->length += group;
        if (row->digits[row->length] != ' ' || !xxd_digits(row->digits + row->length + 1))
            return;
        row->length++;
    }
}

/** Where the characters begin: behind two blanks, or further on, where the last row is shorter than the others. */
static void xxd_text(struct xxd_row *row)
{
    const char *behind = row->digits + row->length;
    size_t bytes = row->count / 2, blanks = strspn(behind, " ");
    row->rest = behind + blanks;
    if (blanks < 2)
        return;
    if (blanks == 2 || strlen(behind + 2) == bytes)
        row->text = behind + 2;
    else if (strlen(row->rest) == bytes)
        row->text = row->rest;
}

/** False: the line is no row with characters behind it. */
static bool xxd_take(struct xxd_row *row, const char *line)
{
    size_t digits = xxd_digits(line);
    *row = (struct xxd_row){.offset = line};
    if (digits == 0 || digits > 16 || line[digits] != ':')
        return false;
    row->before = strspn(line + digits + 1, " ");
    row->digits = line + digits + 1 + row->before;
    xxd_groups(row);
    xxd_text(row);
    return row->count > 0 && *row->rest != '\0' && row->rest - row->digits >= (ptrdiff_t)row->length + 2;
}

/** Binary digits, and no more characters than bytes of them. */
static bool xxd_bits(const struct xxd_row *row)
{
    size_t group = strspn(row->digits, "01");
    return strspn(row->digits, "01 ") >= row->length && group % 8 == 0 && row->count % 8 == 0 &&
           strlen(row->rest) <= row->count / 8;
}

/**
 * Words are as wide as those of a full row, so that a short one leaves a gap in front, and more characters than fit the
 * digits before it. (Behind it xxd may leave out the blanks.)
 */
static bool xxd_torn(const struct xxd_row *row)
{
    size_t bytes = row->count / 2, characters = strlen(row->rest);
    bool within = xxd_digits(row->rest) >= 2 && characters > bytes;
    return within || (row->before > 1 && bytes > 1 && characters <= bytes);
}

static char xxd_character(const char *pair)
{
    char digits[3] = {pair[0], pair[1], '\0'};
    int byte = (int)strtoul(digits, NULL, 16);
    return byte >= ' ' && byte < 0x7f ? (char)byte : '.';
}

/** Does a character stand for its byte, or for the one at the same place from the other end of the group? */
static void xxd_compare(struct xxd_signs *signs, const struct xxd_row *row)
{
    const char *text = row->text, *digits = row->digits, *end = row->digits + row->length;
    for (size_t group; digits < end && *text != '\0'; digits += group + 1) {
        group = xxd_digits(digits);
        for (size_t at = 0; at + 2 <= group && *text != '\0'; at += 2, text++) {
            char here = xxd_character(digits + at), there = xxd_character(digits + group - 2 - at);
            signs->straight += here != there && *text == here;
            signs->turned += here != there && *text == there;
        }
    }
}

/** Where the row is, and where the one before said that it would be. */
static void xxd_step(struct xxd_signs *signs, const struct xxd_row *row)
{
    char *end;
    uint64_t offset = strtoull(row->offset, NULL, 16), decimal = strtoull(row->offset, &end, 10);
    bool first = signs->rows == 0, digits = *end == ':';
    bool onward = !first && offset == signs->next,
         counted = !first && digits && decimal == signs->next_decimal;
    signs->onward += onward && !counted;
    signs->decimal += counted && !onward;
    signs->next = offset + row->count / 2;
    signs->next_decimal = digits ? decimal + row->count / 2 : UINT64_MAX;
}

void xxd_look(struct xxd_signs *signs, const char *line)
{
    struct xxd_row row;
    if (!xxd_take(&row, line))
        return;
    xxd_step(signs, &row);
    signs->rows++;
    signs->bits += xxd_bits(&row);
    signs->torn += xxd_torn(&row);
    if (row.text)
        xxd_compare(signs, &row);
}

const char *xxd_against(const struct xxd_signs *signs)
{
    if (signs->rows > 0 && signs->bits == signs->rows)
        return "its digits are bits, as xxd -b writes them; without -b it can be read";
    if (signs->torn > 0 || (signs->turned >= XXD_TURNED && signs->turned > 2 * signs->straight))
        return "its bytes are in the order of words, as xxd -e writes them; without -e it can be read";
    if (signs->decimal > 0 && signs->onward == 0)
        return "its offsets are decimal, as xxd -d writes them; without -d it can be read, and with 0x "
               "before "
               "hexadecimal ones";
    return NULL;
}

const char *xxd_without_offset(const char *line)
{
    size_t digits = xxd_digits(line);
    if (digits > 1 && line[digits] == '\0')
        return "bytes without an offset, as xxd -p writes them; without -p they can be read";
    if (strncmp(line, "unsigned ", 9) == 0 ||
        (strncmp(line, "0x", 2) == 0 && xxd_digits(line + 2) == 2 && (line[4] == ',' || line[4] == '\0')))
        return "a program's text, as xxd -i writes it; without -i it can be read";
    return NULL;
}
