/* SPDX-License-Identifier: MIT */
/*
 * model: the grammar of JSON, a byte at a time (see the header).
 *
 * What may come next is a phase; a function for each says what a byte makes of it. Most bytes are in strings, and are
 * gone over without one.
 */
#include "folio/model/json/check.h"

#include <stdlib.h>
#include <string.h>

enum phase {
    PHASE_BEGIN, /**< of the file: a byte order mark may come */
    PHASE_BOM,
    PHASE_BOM_END,
    PHASE_TOP,   /**< another document, or the end */
    PHASE_VALUE, /**< a value */
    PHASE_FIRST, /**< the same, or the end of the array */
    PHASE_KEY,
    PHASE_FIRST_KEY, /**< the same, or the end of the object */
    PHASE_COLON,
    PHASE_NEXT, /**< behind a value */
    PHASE_STRING,
    PHASE_ESCAPE,
    PHASE_HEX,
    PHASE_CHARACTER, /**< in one of several bytes, in a string */
    PHASE_MINUS,
    PHASE_ZERO,
    PHASE_WHOLE,
    PHASE_POINT,
    PHASE_FRACTION,
    PHASE_E,
    PHASE_SIGN,
    PHASE_EXPONENT,
    PHASE_WORD,
    PHASE_COUNT
};

/** What a byte comes to. */
enum step { STEP_ON, STEP_AGAIN /**< it is looked at once more, in the next phase */, STEP_WRONG };

struct json_check {
    enum phase phase;
    bool utf8, key;   /**< the string is a key */
    bool lines;       /**< each line is a document */
    const char *word; /**< what is left of it, while it is read */
    const char *whole_word;
    unsigned need, low, high; /**< bytes of a character that are still to come; bounds of the next */
    uint64_t offset, line, line_begin, extra; /**< bytes of the line that begin no character */
    uint64_t documents, document_line,
        first_line;        /**< lines where a document begins, and where the first one ended */
    bool one_line, closed; /**< the first document is in one line; the last one ended with a bracket */
    /** A bit for each container that is open: is it an object? */
    uint64_t depth, deepest;
    unsigned char *object;
    size_t room;
    struct json_flaw flaw;
};

struct json_check *json_check_open(bool utf8)
{
    struct json_check *check = calloc(1, sizeof *check);
    if (!check)
        return NULL;
    check->utf8 = utf8;
    check->line = 1;
    return check;
}

void json_check_close(struct json_check *check)
{
    if (check)
        free(check->object);
    free(check);
}

static bool in_object(const struct json_check *check)
{
    return check->depth > 0 && (check->object[(check->depth - 1) / 8] >> (check->depth - 1) % 8 & 1) != 0;
}

/* What is said of a byte that is wrong. */

/** Words for each phase; NULL: they depend on where it is. */
static const char *const phase_expected[PHASE_COUNT] = {
    [PHASE_BEGIN] = "a value",
    [PHASE_BOM] = "a byte order mark",
    [PHASE_BOM_END] = "a byte order mark",
    [PHASE_TOP] = "another document in a new line, or the end",
    [PHASE_VALUE] = "a value",
    [PHASE_FIRST] = "a value or ]",
    [PHASE_KEY] = "a key in double quotes",
    [PHASE_FIRST_KEY] = "a key in double quotes, or }",
    [PHASE_COLON] = "a colon",
    [PHASE_ESCAPE] = "one of \" \\ / b f n r t u behind the backslash",
    [PHASE_HEX] = "four hexadecimal digits behind \\u",
    [PHASE_CHARACTER] = "the rest of a character in UTF-8",
    [PHASE_MINUS] = "a digit",
    [PHASE_POINT] = "a digit",
    [PHASE_E] = "a digit, + or -",
    [PHASE_SIGN] = "a digit",
};

static const char *flaw_expected(const struct json_check *check, int found)
{
    switch (check->phase) {
    case PHASE_STRING:
        return found >= 0x80                ? "a character in UTF-8"
               : found < 0 || found == '\n' ? "the end of the string"
                                            : "no control character in a string but as an escape";
    case PHASE_WORD:
        return check->whole_word;
    case PHASE_NEXT:
        return in_object(check) ? "a comma or }" : "a comma or ]";
    default:
        return phase_expected[check->phase];
    }
}

/** It is wrong here; `expected` NULL: as the phase says. */
static enum step check_wrong(struct json_check *check, int found, const char *expected)
{
    struct json_flaw *flaw = &check->flaw;
    flaw->offset = check->offset;
    flaw->line = check->line;
    flaw->column = check->offset - check->line_begin - check->extra + 1;
    flaw->expected = expected ? expected : flaw_expected(check, found);
    flaw->found = found;
    return STEP_WRONG;
}

/* Containers and documents. */

/** One more is open. */
static enum step check_opens(struct json_check *check, bool object)
{
    if (check->depth == JSON_CHECK_DEPTH)
        return check_wrong(check, object ? '{' : '[',
                           "no more than 67,108,864 containers inside of one another");
    if (check->depth / 8 == check->room) {
        size_t room = check->room ? 2 * check->room : 64;
        unsigned char *grown = realloc(check->object, room);
        if (!grown)
            return check_wrong(check, object ? '{' : '[',
                               "memory for so many containers inside of one another");
        check->object = grown;
        check->room = room;
    }
    unsigned char bit = (unsigned char)(1u << check->depth % 8), *byte = &check->object[check->depth / 8];
    *byte = (unsigned char)(object ? *byte | bit : *byte & ~bit);
    check->depth++;
    if (check->depth > check->deepest)
        check->deepest = check->depth;
    check->phase = object ? PHASE_FIRST_KEY : PHASE_FIRST;
    return STEP_ON;
}

/** A value has ended: what comes behind it? */
static void check_value_ended(struct json_check *check, bool closed)
{
    check->phase = check->depth ? PHASE_NEXT : PHASE_TOP;
    if (check->depth)
        return;
    if (check->documents++ == 0) {
        check->one_line = check->line == check->document_line;
        check->first_line = check->line;
    }
    check->closed = closed;
    check->document_line = check->line;
}

static enum step check_closes(struct json_check *check, bool object)
{
    if (check->depth == 0 || in_object(check) != object)
        return check_wrong(check, object ? '}' : ']', NULL);
    check->depth--;
    check_value_ended(check, true);
    return STEP_ON;
}

static bool is_digit(unsigned char byte)
{
    return byte >= '0' && byte <= '9';
}

static enum step check_word(struct json_check *check, const char *word)
{
    check->whole_word = word;
    check->word = word + 1;
    check->phase = PHASE_WORD;
    return STEP_ON;
}

static enum step check_string(struct json_check *check, bool key)
{
    check->key = key;
    check->phase = PHASE_STRING;
    return STEP_ON;
}

/** A byte that stands between values and means nothing. */
static bool check_blank(struct json_check *check, unsigned char byte)
{
    if (byte == '\n') {
        if (check->lines && check->depth)
            return false;
        check->line++;
        check->line_begin = check->offset + 1;
        check->extra = 0;
    }
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/** A value begins, or nothing that is right. */
static enum step step_value(struct json_check *check, unsigned char byte)
{
    if (check_blank(check, byte))
        return STEP_ON;
    switch (byte) {
    case '{':
    case '[':
        return check_opens(check, byte == '{');
    case '"':
        return check_string(check, false);
    case 't':
        return check_word(check, "true");
    case 'f':
        return check_word(check, "false");
    case 'n':
        return check_word(check, "null");
    case '-':
    case '0':
        check->phase = byte == '-' ? PHASE_MINUS : PHASE_ZERO;
        return STEP_ON;
    default:
        if (!is_digit(byte))
            return check_wrong(check, byte, NULL);
        check->phase = PHASE_WHOLE;
        return STEP_ON;
    }
}

/** Between documents. RS begins one in sequences of JSON texts (RFC 7464). */
static enum step step_top(struct json_check *check, unsigned char byte)
{
    if (check_blank(check, byte) || byte == 0x1e)
        return STEP_ON;
    bool behind = check->closed && (byte == '{' || byte == '[');
    if (check->documents && check->line == check->document_line && !behind)
        return check_wrong(check, byte, NULL);
    if (check->documents == 1)
        check->lines = check->one_line && check->line > check->first_line;
    check->document_line = check->line;
    if (check->documents == 0)
        check->phase = PHASE_VALUE;
    return step_value(check, byte);
}

static enum step step_begin(struct json_check *check, unsigned char byte)
{
    check->phase = byte == 0xef ? PHASE_BOM : PHASE_TOP;
    return byte == 0xef ? STEP_ON : STEP_AGAIN;
}

static enum step step_bom(struct json_check *check, unsigned char byte)
{
    if (byte != 0xbb)
        return check_wrong(check, byte, NULL);
    check->phase = PHASE_BOM_END;
    return STEP_ON;
}

/** The mark is no character of the first line. */
static enum step step_bom_end(struct json_check *check, unsigned char byte)
{
    if (byte != 0xbf)
        return check_wrong(check, byte, NULL);
    check->extra = 3;
    check->phase = PHASE_TOP;
    return STEP_ON;
}

static enum step step_first(struct json_check *check, unsigned char byte)
{
    return byte == ']' ? check_closes(check, false) : step_value(check, byte);
}

static enum step step_key(struct json_check *check, unsigned char byte)
{
    if (check_blank(check, byte))
        return STEP_ON;
    return byte == '"' ? check_string(check, true) : check_wrong(check, byte, NULL);
}

static enum step step_first_key(struct json_check *check, unsigned char byte)
{
    return byte == '}' ? check_closes(check, true) : step_key(check, byte);
}

static enum step step_colon(struct json_check *check, unsigned char byte)
{
    if (check_blank(check, byte))
        return STEP_ON;
    if (byte != ':')
        return check_wrong(check, byte, NULL);
    check->phase = PHASE_VALUE;
    return STEP_ON;
}

static enum step step_next(struct json_check *check, unsigned char byte)
{
    if (check_blank(check, byte))
        return STEP_ON;
    if (byte == '}' || byte == ']')
        return check_closes(check, byte == '}');
    if (byte != ',')
        return check_wrong(check, byte, NULL);
    check->phase = in_object(check) ? PHASE_KEY : PHASE_VALUE;
    return STEP_ON;
}

/* Strings. */

/** A character begins that is no ASCII: how many bytes follow, and between which bounds is the next? */
static enum step check_character(struct json_check *check, unsigned char byte)
{
    if (byte < 0xc2 || byte > 0xf4)
        return check_wrong(check, byte, NULL);
    check->need = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    check->low = byte == 0xe0 ? 0xa0 : byte == 0xf0 ? 0x90 : 0x80;
    check->high = byte == 0xed ? 0x9f : byte == 0xf4 ? 0x8f : 0xbf;
    check->phase = PHASE_CHARACTER;
    return STEP_ON;
}

static enum step step_character(struct json_check *check, unsigned char byte)
{
    if (byte < check->low || byte > check->high)
        return check_wrong(check, byte, NULL);
    check->low = 0x80;
    check->high = 0xbf;
    check->extra++;
    if (--check->need == 0)
        check->phase = PHASE_STRING;
    return STEP_ON;
}

static enum step step_string(struct json_check *check, unsigned char byte)
{
    if (byte == '\\')
        check->phase = PHASE_ESCAPE;
    else if (byte == '"' && check->key)
        check->phase = PHASE_COLON;
    else if (byte == '"')
        check_value_ended(check, false);
    else if (byte < 0x20)
        return check_wrong(check, byte, NULL);
    else if (byte >= 0x80 && check->utf8)
        return check_character(check, byte);
    return STEP_ON;
}

static enum step step_escape(struct json_check *check, unsigned char byte)
{
    if (byte == '\0' || !strchr("\"\\/bfnrtu", byte))
        return check_wrong(check, byte, NULL);
    check->need = 4;
    check->phase = byte == 'u' ? PHASE_HEX : PHASE_STRING;
    return STEP_ON;
}

static enum step step_hex(struct json_check *check, unsigned char byte)
{
    unsigned char small = byte | 0x20;
    if (!is_digit(byte) && (small < 'a' || small > 'f'))
        return check_wrong(check, byte, NULL);
    if (--check->need == 0)
        check->phase = PHASE_STRING;
    return STEP_ON;
}

/* Numbers and words. A number ends where something else begins. */

/** A digit has to come, behind which it is `phase`. */
static enum step check_digit(struct json_check *check, unsigned char byte, enum phase phase)
{
    if (!is_digit(byte))
        return check_wrong(check, byte, NULL);
    check->phase = phase;
    return STEP_ON;
}

/** The number may go on with a point or an e, or it has ended. */
static enum step check_number(struct json_check *check, unsigned char byte, bool point)
{
    if (byte == '.' && point) {
        check->phase = PHASE_POINT;
        return STEP_ON;
    }
    if (byte == 'e' || byte == 'E') {
        check->phase = PHASE_E;
        return STEP_ON;
    }
    check_value_ended(check, false);
    return STEP_AGAIN;
}

static enum step step_minus(struct json_check *check, unsigned char byte)
{
    return check_digit(check, byte, byte == '0' ? PHASE_ZERO : PHASE_WHOLE);
}

static enum step step_zero(struct json_check *check, unsigned char byte)
{
    return check_number(check, byte, true);
}

static enum step step_whole(struct json_check *check, unsigned char byte)
{
    return is_digit(byte) ? STEP_ON : check_number(check, byte, true);
}

static enum step step_point(struct json_check *check, unsigned char byte)
{
    return check_digit(check, byte, PHASE_FRACTION);
}

static enum step step_fraction(struct json_check *check, unsigned char byte)
{
    return is_digit(byte) ? STEP_ON : check_number(check, byte, false);
}

static enum step step_e(struct json_check *check, unsigned char byte)
{
    if (byte != '+' && byte != '-')
        return check_digit(check, byte, PHASE_EXPONENT);
    check->phase = PHASE_SIGN;
    return STEP_ON;
}

static enum step step_sign(struct json_check *check, unsigned char byte)
{
    return check_digit(check, byte, PHASE_EXPONENT);
}

static enum step step_exponent(struct json_check *check, unsigned char byte)
{
    if (is_digit(byte))
        return STEP_ON;
    check_value_ended(check, false);
    return STEP_AGAIN;
}

static enum step step_word(struct json_check *check, unsigned char byte)
{
    if (byte != (unsigned char)*check->word)
        return check_wrong(check, byte, NULL);
    if (*++check->word == '\0')
        check_value_ended(check, false);
    return STEP_ON;
}

static enum step (*const phase_step[PHASE_COUNT])(struct json_check *check, unsigned char byte) = {
    [PHASE_BEGIN] = step_begin,       [PHASE_BOM] = step_bom,
    [PHASE_BOM_END] = step_bom_end,   [PHASE_TOP] = step_top,
    [PHASE_VALUE] = step_value,       [PHASE_FIRST] = step_first,
    [PHASE_KEY] = step_key,           [PHASE_FIRST_KEY] = step_first_key,
    [PHASE_COLON] = step_colon,       [PHASE_NEXT] = step_next,
    [PHASE_STRING] = step_string,     [PHASE_ESCAPE] = step_escape,
    [PHASE_HEX] = step_hex,           [PHASE_CHARACTER] = step_character,
    [PHASE_MINUS] = step_minus,       [PHASE_ZERO] = step_zero,
    [PHASE_WHOLE] = step_whole,       [PHASE_POINT] = step_point,
    [PHASE_FRACTION] = step_fraction, [PHASE_E] = step_e,
    [PHASE_SIGN] = step_sign,         [PHASE_EXPONENT] = step_exponent,
    [PHASE_WORD] = step_word,
};

/** Bytes at the beginning of the piece that are nothing but text of a string. */
static size_t plain_length(struct span piece)
{
    size_t length = 0;
    while (length < piece.length) {
        unsigned char byte = (unsigned char)piece.data[length];
        if (byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\')
            break;
        length++;
    }
    return length;
}

bool json_check_feed(struct json_check *check, struct span piece)
{
    while (piece.length && !check->flaw.expected) {
        size_t length = check->phase == PHASE_STRING ? plain_length(piece) : 0;
        if (length == 0) {
            enum step step = phase_step[check->phase](check, (unsigned char)*piece.data);
            length = step == STEP_ON;
        }
        piece.data += length;
        piece.length -= length;
        check->offset += length;
    }
    return !check->flaw.expected;
}

void json_check_end(struct json_check *check)
{
    bool number = check->phase == PHASE_ZERO || check->phase == PHASE_WHOLE ||
                  check->phase == PHASE_FRACTION || check->phase == PHASE_EXPONENT;
    if (check->flaw.expected)
        return;
    if (number)
        check_value_ended(check, false);
    bool empty = check->documents == 0 && (check->phase == PHASE_BEGIN || check->phase == PHASE_TOP);
    if (check->phase != PHASE_TOP || empty)
        check_wrong(check, -1, empty ? "a value" : NULL);
}

struct json_flaw json_check_flaw(const struct json_check *check)
{
    return check->flaw;
}

uint64_t json_check_documents(const struct json_check *check)
{
    return check->documents;
}

uint64_t json_check_deepest(const struct json_check *check)
{
    return check->deepest;
}
