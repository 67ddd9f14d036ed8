/* SPDX-License-Identifier: MIT */
/** ui: those rows of a help text that are about a word (see the header). */
#include "folio/ui/command/lookup.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/** A row is indented by so much, what goes on with it by more. */
#define LOOKUP_INDENT 2

/** The end of a row: of its last line, without the newline. */
static const char *lookup_end(const char *row)
{
    const char *end = row + strcspn(row, "\n");
    while (end[0] == '\n' && strspn(end + 1, " ") > LOOKUP_INDENT && end[1 + strspn(end + 1, " ")] != '\n')
        end += 1 + strcspn(end + 1, "\n");
    return end;
}

/** Is `word` one of the keys or names with which the row begins? They end with two blanks or the line. */
static bool lookup_named(const char *row, const char *end, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = row + LOOKUP_INDENT; at < end && *at != ' ' && *at != '\n';) {
        size_t token = strcspn(at, " ,=\n[");
        token = token > 0 ? token : 1;
        if (token == length && memcmp(at, word, length) == 0)
            return true;
        at += strcspn(at + token, " \n") + token;
        at += *at == ' ';
    }
    return false;
}

static bool lookup_within(const char *row, const char *end, const char *word)
{
    size_t length = strlen(word);
    for (; row + length <= end; row++)
        if (strncasecmp(row, word, length) == 0)
            return true;
    return false;
}

/** Is a word the name of a key or the like, and no word of a sentence? */
static bool lookup_exact(const char *word)
{
    return strlen(word) <= 2 || !isalnum((unsigned char)word[0]);
}

size_t lookup(const char *text, const char *word, struct buf *out)
{
    const char *title = text;
    size_t title_length = 0, found = 0;
    while (*text != '\0') {
        bool row = strspn(text, " ") == LOOKUP_INDENT;
        const char *end = row ? lookup_end(text) : text + strcspn(text, "\n");
        if (!row && end > text) {
            title = text;
            title_length = (size_t)(end - text);
        }
        if (row &&
            (lookup_named(text, end, word) || (!lookup_exact(word) && lookup_within(text, end, word)))) {
            if (title_length > 0)
                buf_format(out, "\n%.*s\n\n", (int)title_length, title);
            buf_format(out, "%.*s\n", (int)(end - text), text);
            title_length = 0;
            found++;
        }
        text = end + (*end == '\n');
    }
    return found;
}
