/* SPDX-License-Identifier: MIT */
/* model: which document of a JSON file a byte is in (see the header). View thread. */
#include "folio/model/json/documents.h"

#include "bytes.h"

#include <string.h>

static enum nesting_answer lines_answer(enum lines_result result)
{
    static const enum nesting_answer answer[] = {
        [LINES_FOUND] = NESTING_FOUND,
        [LINES_NONE] = NESTING_NONE,
        [LINES_UNKNOWN] = NESTING_UNKNOWN,
        [LINES_FAILED] = NESTING_FAILED,
    };
    return answer[result];
}

/** Where the file's text begins: behind a byte order mark of UTF-8. False: the bytes cannot be had now. */
static bool documents_begin(struct reader *reader, uint64_t *begin)
{
    struct span span = {0};
    enum reader_result result = reader_span(reader, 0, 3, &span);
    bool marked = result == READER_OK && span.length == 3 && memcmp(span.data, "\xef\xbb\xbf", 3) == 0;
    *begin = marked ? 3 : 0;
    return result != READER_GIVEN_UP;
}

/** Where the value ends that begins at `at`; of a number or word, where it begins. NONE: it does not end. */
static enum nesting_answer value_end(struct nesting *nesting, struct reader *reader, uint64_t at, char byte,
                                     uint64_t *end)
{
    struct brackets_state state;
    *end = at;
    if (byte == '"')
        return nesting_quote(nesting, reader, at + 1, true, end);
    if (byte != '{' && byte != '[')
        return NESTING_FOUND;
    enum nesting_answer answer = nesting_state(nesting, reader, at, &state);
    return answer == NESTING_FOUND ? nesting_down(nesting, reader, at + 1, state.depth, end) : answer;
}

/** Is each line a document, where the first value begins at `first` with `byte`? FOUND: yes; NONE: no. */
static enum nesting_answer documents_are_lines(struct nesting *nesting, struct reader *reader,
                                               const struct summary *lines, uint64_t first, char byte)
{
    uint64_t end, line;
    enum nesting_answer answer = value_end(nesting, reader, first, byte, &end);
    if (answer != NESTING_FOUND)
        return answer;
    answer = lines_answer(lines_end(lines, reader, first, LINES_LONG, &line));
    if (answer != NESTING_FOUND || line < end)
        return answer == NESTING_FOUND ? NESTING_NONE : answer;
    if (!json_behind_blanks(reader, &end, &byte))
        return NESTING_FAILED;
    bool alone =
        byte == '\0' || end > line || (end == first && line > first); /* of a word the end is not known */
    line++;
    if (!json_behind_blanks(reader, &line, &byte))
        return NESTING_FAILED;
    return alone && json_begins_value(byte) ? NESTING_FOUND : NESTING_NONE;
}

enum nesting_answer json_document(struct nesting *nesting, struct reader *reader, const struct summary *lines,
                                  uint64_t at, uint64_t *begin, bool *json)
{
    uint64_t first, line;
    char byte;
    *json = false;
    if (!documents_begin(reader, begin))
        return NESTING_FAILED;
    first = *begin;
    if (!json_behind_blanks(reader, &first, &byte))
        return NESTING_FAILED;
    *json = json_begins_value(byte);
    if (!*json)
        return NESTING_FOUND;
    enum nesting_answer answer = documents_are_lines(nesting, reader, lines, first, byte);
    if (answer == NESTING_FOUND) {
        answer = lines_answer(lines_begin(lines, reader, at, LINES_LONG, &line));
        *begin = line > *begin ? line : *begin;
    }
    return answer == NESTING_NONE ? NESTING_FOUND : answer;
}
