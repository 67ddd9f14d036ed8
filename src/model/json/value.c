/* SPDX-License-Identifier: MIT */
/* model: one member of a JSON container (see the header). View thread. */
#include "folio/model/json/value.h"

#include "bytes.h"
#include "token.h"

#include <string.h>

const char *json_mark_text(enum json_mark mark)
{
    static const char *const text[JSON_MARK_COUNT] = {
        [JSON_FINE] = "",
        [JSON_EXPECTED] = "value expected",
        [JSON_NOT_JSON] = "not JSON",
        [JSON_UNCLOSED] = "string does not end",
        [JSON_CONTROL] = "control character in a string",
        [JSON_ESCAPE] = "no such escape",
        [JSON_NO_COLON] = "key and colon expected",
        [JSON_KEY] = "key outside of an object",
        [JSON_MORE] = "comma or bracket expected",
        [JSON_UNOPENED] = "nothing to close",
        [JSON_OTHER_KIND] = "bracket of the other kind",
        [JSON_OPEN] = "brackets still open at the end",
    };
    return text[mark];
}

/** A member that is being read. */
struct reading {
    struct nesting *nesting;
    struct reader *reader;
    struct json_value *value;
};

/** Note what is wrong, unless something was before. */
static void reading_mark(struct reading *reading, enum json_mark mark, uint64_t at)
{
    if (reading->value->mark != JSON_FINE || mark == JSON_FINE)
        return;
    reading->value->mark = mark;
    reading->value->marked = at;
}

/** Step over blanks, however many they are. False: bytes cannot be had now. */
static bool reading_blanks(struct reading *reading, uint64_t *at, char *byte)
{
    uint64_t before;
    do {
        before = *at;
        if (!json_behind_blanks(reading->reader, at, byte))
            return false;
    } while (*byte == '\0' && *at - before == BLANKS_MAX);
    return true;
}

/* ---- strings ---- */

/** The newline that ends a string which goes on at `at`, before `limit`; it is `limit` if there is none. */
static enum nesting_answer newline_find(struct reader *reader, uint64_t at, uint64_t limit, uint64_t *end)
{
    struct span span;
    for (; at < limit; at += span.length) {
        size_t want = limit - at < BLANKS_MAX ? (size_t)(limit - at) : BLANKS_MAX;
        enum reader_result result = reader_span(reader, at, want, &span);
        if (result == READER_GIVEN_UP)
            return NESTING_FAILED;
        const char *newline = result == READER_OK ? memchr(span.data, '\n', span.length) : NULL;
        *end = newline ? at + (uint64_t)(newline - span.data) : at;
        if (newline || result != READER_OK)
            return NESTING_NONE;
    }
    *end = limit;
    return NESTING_NONE;
}

/**
 * The end of a string that is longer than a block, and goes on at `at`. If the next quote is outside of strings, a newline
 * ended it before. NONE: that did, or the end of the file.
 */
static enum nesting_answer long_end(struct nesting *nesting, struct reader *reader, uint64_t at,
                                    uint64_t *end)
{
    struct brackets_state state = {0};
    uint64_t quote;
    enum nesting_answer answer = nesting_quote(nesting, reader, at, true, &quote);
    if (answer == NESTING_FOUND)
        answer = nesting_state(nesting, reader, quote, &state);
    if (answer == NESTING_UNKNOWN || answer == NESTING_FAILED)
        return answer;
    if (!state.inside)
        return newline_find(reader, at, answer == NESTING_FOUND ? quote : reader_size(reader), end);
    *end = quote + 1;
    return NESTING_FOUND;
}

/** The string that begins at `string->begin`. False: its bytes cannot be had now. */
static bool reading_string(struct reading *reading, struct range *string, bool *ended)
{
    struct span span = {0};
    if (reader_span(reading->reader, string->begin, BLANKS_MAX, &span) == READER_GIVEN_UP)
        return false;
    struct token token = token_string(span);
    enum nesting_answer answer = token.mark == JSON_UNCLOSED ? NESTING_NONE : NESTING_FOUND;
    string->end = string->begin + token.length;
    if (!token.whole && token.length < BLANKS_MAX)
        answer = NESTING_NONE;
    else if (!token.whole)
        answer = long_end(reading->nesting, reading->reader, string->end, &string->end);
    if (answer == NESTING_NONE)
        reading_mark(reading, JSON_UNCLOSED, string->end);
    else
        reading_mark(reading, token.mark, string->begin + token.marked);
    *ended = answer == NESTING_FOUND || answer == NESTING_NONE;
    return answer != NESTING_FAILED;
}

/* ---- values ---- */

/** A key, if there is one and a colon behind it: then `*at` and `*byte` are where the value begins. */
static bool reading_key(struct reading *reading, uint64_t *at, char *byte)
{
    struct json_value *value = reading->value;
    struct json_value before = *value;
    uint64_t behind;
    char colon;
    bool ended;
    if (*byte != '"')
        return true;
    value->key = (struct range){*at, *at};
    if (!reading_string(reading, &value->key, &ended))
        return false;
    behind = value->key.end;
    if (ended && !reading_blanks(reading, &behind, &colon))
        return false;
    value->keyed = ended && colon == ':';
    if (!value->keyed) {
        *value = before;
        return true;
    }
    *at = behind + 1;
    return reading_blanks(reading, at, byte);
}

/** A number or word. */
static bool reading_word(struct reading *reading, struct range *word)
{
    struct json_value *value = reading->value;
    struct span span = {0};
    if (reader_span(reading->reader, word->begin, BLANKS_MAX, &span) == READER_GIVEN_UP)
        return false;
    struct token token = token_word(span);
    word->end = word->begin + token.length;
    value->kind = token.kind;
    value->ended = token.length < BLANKS_MAX;
    reading_mark(reading, token.mark, word->begin + token.marked);
    return true;
}

/** What stands where a value is to begin. */
static bool reading_value(struct reading *reading, uint64_t at, char byte)
{
    struct json_value *value = reading->value;
    value->value = (struct range){at, at};
    if (at >= reader_size(reading->reader) || (byte && strchr(",]}", byte))) {
        value->ended = true;
        return true;
    }
    if (byte == '"') {
        value->kind = JSON_STRING;
        return reading_string(reading, &value->value, &value->ended);
    }
    if (byte != '{' && byte != '[')
        return reading_word(reading, &value->value);
    value->kind = byte == '{' ? JSON_OBJECT : JSON_ARRAY;
    value->value.end++;
    return true;
}

/** Mark what must not stand behind a value. */
static bool reading_behind(struct reading *reading)
{
    const struct json_value *value = reading->value;
    uint64_t at = value->value.end;
    char byte;
    if (!value->ended || value->kind == JSON_ABSENT)
        return true;
    if (!reading_blanks(reading, &at, &byte))
        return false;
    if (at < reader_size(reading->reader) && (!byte || !strchr(",]}", byte)))
        reading_mark(reading, JSON_MORE, at);
    return true;
}

/** Mark what does not belong into a container that `bracket` opens, behind the boundary `at`. */
static bool reading_place(struct reading *reading, uint64_t at, char bracket, char byte)
{
    struct json_value *value = reading->value;
    char before = '\0';
    if (value->kind == JSON_ABSENT && at > 0 && !json_byte(reading->reader, at - 1, &before))
        return false;
    if (value->kind == JSON_ABSENT && (value->keyed || byte == ',' || before == ','))
        reading_mark(reading, JSON_EXPECTED, value->value.begin);
    if (value->keyed && bracket != '{')
        reading_mark(reading, JSON_KEY, value->key.begin);
    if (!value->keyed && bracket == '{' && value->kind != JSON_ABSENT)
        reading_mark(reading, JSON_NO_COLON, value->begin);
    return true;
}

enum nesting_answer json_value_read(struct nesting *nesting, struct reader *reader, uint64_t at, char bracket,
                                    struct json_value *value)
{
    struct reading reading = {nesting, reader, value};
    uint64_t begin = at;
    char byte;
    *value = (struct json_value){0};
    if (!reading_blanks(&reading, &begin, &byte))
        return NESTING_FAILED;
    value->begin = begin;
    bool had = reading_key(&reading, &begin, &byte) && reading_value(&reading, begin, byte) &&
               reading_place(&reading, at, bracket, byte) && reading_behind(&reading);
    return had ? NESTING_FOUND : NESTING_FAILED;
}

enum nesting_answer json_value_end(struct nesting *nesting, struct reader *reader,
                                   const struct json_value *value, uint64_t *end)
{
    struct brackets_state state;
    *end = value->value.end;
    if (value->ended)
        return NESTING_FOUND;
    if (value->kind == JSON_STRING)
        return long_end(nesting, reader, value->value.end, end);
    enum nesting_answer answer = nesting_state(nesting, reader, value->value.begin, &state);
    if (answer == NESTING_FOUND && json_kind_contains(value->kind))
        answer = nesting_down(nesting, reader, value->value.end, state.depth, end);
    else if (answer == NESTING_FOUND)
        answer = nesting_token(nesting, reader, value->value.end, true, end);
    if (answer == NESTING_NONE)
        *end = reader_size(reader);
    return answer;
}

/* ---- around a byte ---- */

/** How deep the container is that the byte is in; a closing bracket is in the one outside. */
static enum nesting_answer depth_find(struct nesting *nesting, struct reader *reader, uint64_t at,
                                      int64_t *depth, bool *closes)
{
    struct brackets_state state;
    char byte;
    enum nesting_answer answer = nesting_state(nesting, reader, at, &state);
    if (!json_byte(reader, at, &byte))
        return NESTING_FAILED;
    *closes = !state.inside && (byte == ']' || byte == '}');
    *depth = state.depth - *closes;
    return answer;
}

/** What opens the container whose content is `depth` deep around `at`. */
static enum nesting_answer opener_find(struct nesting *nesting, struct reader *reader, uint64_t from,
                                       uint64_t at, struct json_around *around)
{
    enum nesting_answer answer = nesting_up(nesting, reader, at, around->depth - 1, &around->opener);
    if (answer == NESTING_NONE || (answer == NESTING_FOUND && around->opener < from))
        return NESTING_FOUND;
    if (answer == NESTING_FOUND && !json_byte(reader, around->opener, &around->bracket))
        return NESTING_FAILED;
    return answer;
}

enum nesting_answer json_around(struct nesting *nesting, struct reader *reader, uint64_t from, uint64_t at,
                                struct json_around *around)
{
    bool closes;
    *around = (struct json_around){0};
    enum nesting_answer answer = depth_find(nesting, reader, at, &around->depth, &closes);
    return answer == NESTING_FOUND ? opener_find(nesting, reader, from, at, around) : answer;
}

/** The token before `at`, if there is one in the document. */
static enum nesting_answer token_before(struct nesting *nesting, struct reader *reader, uint64_t from,
                                        uint64_t at, uint64_t *token)
{
    enum nesting_answer answer = nesting_token(nesting, reader, at, false, token);
    return answer == NESTING_FOUND && *token < from ? NESTING_NONE : answer;
}

/** Does the bracket at `token` close a value behind which nothing more stands in its member? False also: bytes lack. */
static bool token_closes(struct reader *reader, uint64_t token, bool *had)
{
    uint64_t behind = token + 1;
    char closing, byte = '\0';
    *had = json_byte(reader, token, &closing);
    if (!*had || (closing != ']' && closing != '}'))
        return false;
    *had = json_behind_blanks(reader, &behind, &byte);
    return *had && (behind >= reader_size(reader) || (byte && strchr(",]}", byte)));
}

/**
 * The beginning of the value of the member that `*at` stands in, if that is a container which it closes or stands behind:
 * then it becomes `*at`.
 */
static enum nesting_answer opener_back(struct nesting *nesting, struct reader *reader, uint64_t from,
                                       int64_t depth, bool closes, uint64_t *at)
{
    uint64_t token = *at, opener;
    bool had = true;
    enum nesting_answer answer = closes ? NESTING_FOUND : token_before(nesting, reader, from, *at, &token);
    if (answer != NESTING_FOUND)
        return answer == NESTING_NONE ? NESTING_FOUND : answer;
    if (!closes && !token_closes(reader, token, &had))
        return had ? NESTING_FOUND : NESTING_FAILED;
    answer = nesting_up(nesting, reader, token, depth, &opener);
    if (answer == NESTING_FOUND && opener >= from)
        *at = opener;
    return answer == NESTING_NONE ? NESTING_FOUND : answer;
}

enum nesting_answer json_value_holding(struct nesting *nesting, struct reader *reader, uint64_t from,
                                       uint64_t at, struct json_value *value)
{
    struct json_around around = {0};
    uint64_t token;
    bool closes;
    enum nesting_answer answer = depth_find(nesting, reader, at, &around.depth, &closes);
    if (answer == NESTING_FOUND)
        answer = opener_back(nesting, reader, from, around.depth, closes, &at);
    if (answer == NESTING_FOUND)
        answer = opener_find(nesting, reader, from, at, &around);
    if (answer == NESTING_FOUND)
        answer = token_before(nesting, reader, from, at, &token);
    if (answer != NESTING_FOUND && answer != NESTING_NONE)
        return answer;
    return json_value_read(nesting, reader, answer == NESTING_FOUND ? token + 1 : from, around.bracket,
                           value);
}
