/* SPDX-License-Identifier: MIT */
/* model: JSON in a line of something else (see line.h). View thread. */
#include "line.h"

#include <string.h>

/** Brackets of a line that are asked about at most: each costs a look at how it stands there. */
#define LINE_BRACKETS 64u

/** `bytes` without the blanks before them. */
static struct span behind_blanks(struct span bytes)
{
    while (bytes.length > 0 && bytes.data[0] && strchr(" \t\r\n", bytes.data[0]))
        bytes = (struct span){bytes.data + 1, bytes.length - 1};
    return bytes;
}

/** May it be of a number, or of a word that JSON has? */
static bool opens_byte(char byte)
{
    return byte && strchr("+-.0123456789aefIilnNrstuyE", byte);
}

/** Do they begin with a number, or a word, that an element may be? */
static bool opens_element(struct span bytes)
{
    size_t length = 0;
    while (length < bytes.length && opens_byte(bytes.data[length]))
        length++;
    struct span behind = behind_blanks((struct span){bytes.data + length, bytes.length - length});
    return length > 0 && (behind.length == 0 || behind.data[0] == ',' || behind.data[0] == ']');
}

bool json_opens(struct span bytes)
{
    bool object = bytes.length > 0 && bytes.data[0] == '{';
    if (bytes.length == 0 || (bytes.data[0] != '{' && bytes.data[0] != '['))
        return false;
    bytes = behind_blanks((struct span){bytes.data + 1, bytes.length - 1});
    char first = bytes.length > 0 ? bytes.data[0] : '"';
    if (object)
        return first == '"' || first == '}';
    return (first && strchr("\"{[]", first)) || opens_element(bytes);
}

bool json_is_line(struct span bytes)
{
    size_t length = 0;
    if (bytes.length > 0 && (bytes.data[0] == '"' || bytes.data[0] == '{'))
        return true;
    if (json_opens(bytes))
        return true;
    while (length < bytes.length && opens_byte(bytes.data[length]))
        length++;
    while (length > 0 && length < bytes.length && bytes.data[length] && strchr(" \t\r", bytes.data[length]))
        length++;
    return length > 0 && (length == bytes.length || bytes.data[length] == '\n');
}

enum nesting_answer json_in_line(struct nesting *nesting, struct reader *reader, uint64_t line,
                                 uint64_t *begin)
{
    struct span span = {0};
    unsigned asked = 0;
    if (reader_span(reader, line, LINE_LOOK, &span) == READER_GIVEN_UP)
        return NESTING_FAILED;
    uint64_t candidate[LINE_BRACKETS];
    for (size_t at = 0; at < span.length && span.data[at] != '\n' && asked < LINE_BRACKETS; at++)
        if (json_opens((struct span){span.data + at, span.length - at}))
            candidate[asked++] = line + at;
    for (unsigned i = 0; i < asked; i++) {
        struct brackets_state state;
        enum nesting_answer answer = nesting_state(nesting, reader, candidate[i], &state);
        *begin = candidate[i];
        if (answer != NESTING_FOUND || !state.inside)
            return answer;
    }
    return NESTING_NONE;
}
