/* SPDX-License-Identifier: MIT */
/* model: single tokens of JSON in bytes at hand (see token.h). Pure. */
#include "token.h"

#include <string.h>

/* ---- strings ---- */

static bool is_hex(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}

/** Does JSON have the escape whose backslash stands before `at`, as far as it is at hand? */
static bool escape_is_known(struct span bytes, size_t at)
{
    if (at >= bytes.length)
        return true;
    if (bytes.data[at] != 'u')
        return bytes.data[at] && strchr("\"\\/bfnrt", bytes.data[at]);
    for (size_t digit = 1; digit <= 4 && at + digit < bytes.length; digit++)
        if (!is_hex(bytes.data[at + digit]))
            return false;
    return true;
}

static void token_mark(struct token *token, enum json_mark mark, size_t at)
{
    if (token->mark != JSON_FINE)
        return;
    token->mark = mark;
    token->marked = at;
}

/** Take the byte at token->length. True: the string ends with it, or before it. */
static bool string_step(struct token *token, struct span bytes)
{
    size_t at = token->length;
    unsigned char byte = (unsigned char)bytes.data[at];
    if (byte == '\n') {
        token->mark = JSON_FINE;
        token_mark(token, JSON_UNCLOSED, at);
        return true;
    }
    token->length++;
    if (byte == '\\' && !escape_is_known(bytes, at + 1))
        token_mark(token, JSON_ESCAPE, at);
    if (byte == '\\' && at + 1 < bytes.length && bytes.data[at + 1] != '\n')
        token->length++;
    if (byte < ' ')
        token_mark(token, JSON_CONTROL, at);
    return byte == '"';
}

struct token token_string(struct span bytes)
{
    struct token token = {.length = 1, .kind = JSON_STRING};
    while (!token.whole && token.length < bytes.length)
        token.whole = string_step(&token, bytes);
    return token;
}

/* ---- numbers and words ---- */

/** Digits from `at` on. */
static size_t digits(struct span bytes, size_t at)
{
    size_t count = 0;
    while (at + count < bytes.length && bytes.data[at + count] >= '0' && bytes.data[at + count] <= '9')
        count++;
    return count;
}

static bool stands(struct span bytes, size_t at, const char *any)
{
    return at < bytes.length && bytes.data[at] && strchr(any, bytes.data[at]);
}

/** Is all of it a number as JSON has them? */
static bool is_number(struct span bytes)
{
    size_t at = stands(bytes, 0, "-"), whole = digits(bytes, at);
    if (whole == 0 || (whole > 1 && bytes.data[at] == '0'))
        return false;
    at += whole;
    if (stands(bytes, at, ".")) {
        size_t behind = digits(bytes, at + 1);
        at += 1 + behind;
        if (behind == 0)
            return false;
    }
    if (stands(bytes, at, "eE")) {
        at += 1 + stands(bytes, at + 1, "+-");
        size_t power = digits(bytes, at);
        at += power;
        if (power == 0)
            return false;
    }
    return at == bytes.length;
}

static enum json_kind word_kind(struct span word)
{
    static const struct {
        const char *text;
        enum json_kind kind;
    } known[] = {{"true", JSON_TRUE}, {"false", JSON_FALSE}, {"null", JSON_NULL}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (word.length == strlen(known[i].text) && memcmp(word.data, known[i].text, word.length) == 0)
            return known[i].kind;
    return is_number(word) ? JSON_NUMBER : JSON_WORD;
}

struct token token_word(struct span bytes)
{
    struct token token = {0};
    while (token.length < bytes.length &&
           (!bytes.data[token.length] || !strchr(" \t\r\n\",:[]{}", bytes.data[token.length])))
        token.length++;
    token.whole = token.length < bytes.length;
    token.kind = word_kind((struct span){bytes.data, token.length});
    token.mark = token.kind == JSON_WORD ? JSON_NOT_JSON : JSON_FINE;
    return token;
}
