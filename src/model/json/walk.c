/* SPDX-License-Identifier: MIT */
/* model: the brackets and commas of one document of a JSON file, from one to the next (see walk.h). View thread. */
#include "walk.h"

#include "bytes.h"

#include "folio/model/known/lines.h"

enum nesting_answer walk_begin(struct walk *walk, const struct json_rows *rows, uint64_t at)
{
    static const enum nesting_answer said[] = {[LINES_FOUND] = NESTING_FOUND,
                                               [LINES_NONE] = NESTING_FOUND,
                                               [LINES_UNKNOWN] = NESTING_UNKNOWN,
                                               [LINES_FAILED] = NESTING_FAILED};
    uint64_t size = reader_size(rows->reader);
    *walk = (struct walk){rows, {0, size}};
    if (!rows->by_line)
        return NESTING_FOUND;
    enum lines_result result = lines_begin(rows->lines, rows->reader, at, LINES_LONG, &walk->document.begin);
    if (result == LINES_FOUND)
        result = lines_end(rows->lines, rows->reader, at, LINES_LONG, &walk->document.end);
    if (walk->document.end < size)
        walk->document.end++;
    return said[result];
}

enum nesting_answer walk_blanks(const struct walk *walk, uint64_t *at, char *byte)
{
    uint64_t before;
    do {
        before = *at;
        if (before < walk->document.end && !json_behind_blanks(walk->rows->reader, at, byte))
            return NESTING_FAILED;
    } while (before < walk->document.end && *byte == '\0' && *at - before == BLANKS_MAX);
    if (*at < walk->document.end)
        return NESTING_FOUND;
    *at = walk->document.end;
    *byte = '\0';
    return NESTING_FOUND;
}

enum nesting_answer walk_token(const struct walk *walk, uint64_t at, bool forward, uint64_t *token)
{
    enum nesting_answer answer = nesting_token(walk->rows->nesting, walk->rows->reader, at, forward, token);
    bool other = answer == NESTING_FOUND && (*token < walk->document.begin || *token >= walk->document.end);
    return other ? NESTING_NONE : answer;
}

enum nesting_answer walk_look(const struct walk *walk, uint64_t token, char *byte, uint64_t *behind,
                              char *next)
{
    *behind = token + 1;
    return json_byte(walk->rows->reader, token, byte) ? walk_blanks(walk, behind, next) : NESTING_FAILED;
}

enum nesting_answer walk_behind(const struct walk *walk, uint64_t token, uint64_t *begin)
{
    char byte = '\0', next = '\0';
    for (;; token = *begin) {
        enum nesting_answer answer = walk_look(walk, token, &byte, begin, &next);
        bool empty = json_opens(byte) && json_closes(next), comma = json_closes(byte) && next == ',';
        if (answer != NESTING_FOUND || (!empty && !comma))
            return answer;
    }
}
