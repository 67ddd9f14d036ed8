/* SPDX-License-Identifier: MIT */
/* model: which document of a JSON file a byte is in (see the header). View thread. */
#include "folio/model/json/documents.h"

#include "bytes.h"
#include "line.h"

#include <string.h>

/** Lines behind the first that may begin with no value, before one does: broken ones. */
#define LINES_BROKEN 8u

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

/**
 * Can the value that begins at `next` not go on what is before it, so that a line before was cut off? It can behind a
 * colon, and as an element of an array; nothing else may stand before it in one document.
 */
static enum nesting_answer cannot_go_on(struct nesting *nesting, struct reader *reader, uint64_t next,
                                        char byte)
{
    struct brackets_state state;
    struct span before = {0};
    uint64_t opener, from = next > BLANKS_MAX ? next - BLANKS_MAX : 0;
    char bracket;
    if (byte != '{' && byte != '[')
        return NESTING_NONE;
    if (reader_span(reader, from, (size_t)(next - from), &before) == READER_GIVEN_UP)
        return NESTING_FAILED;
    while (before.length > 0 && strchr(" \t\r\n", before.data[before.length - 1]))
        before.length--;
    char last = before.length > 0 ? before.data[before.length - 1] : '\0';
    if (last != ',' && last != '[' && last != '{' && last != ':')
        return NESTING_FOUND;
    enum nesting_answer answer = nesting_state(nesting, reader, next, &state);
    if (answer == NESTING_FOUND)
        answer = nesting_up(nesting, reader, next, state.depth - 1, &opener);
    if (answer != NESTING_FOUND || last == ':')
        return answer == NESTING_FOUND ? NESTING_NONE : answer;
    if (!json_byte(reader, opener, &bracket))
        return NESTING_FAILED;
    return bracket == '{' ? NESTING_FOUND : NESTING_NONE;
}

/** Does the container that begins at `first` go on in the next line? Known without having its end looked for. */
static enum nesting_answer goes_on(struct nesting *nesting, struct reader *reader, uint64_t first,
                                   uint64_t line)
{
    struct brackets_state begin, end;
    enum nesting_answer answer = nesting_state(nesting, reader, first, &begin);
    if (answer == NESTING_FOUND)
        answer = nesting_state(nesting, reader, line, &end);
    return answer == NESTING_FOUND && end.depth <= begin.depth ? NESTING_NONE : answer;
}

/** Is each line a document, where the first value begins at `first` with `byte`? FOUND: yes; NONE: no. */
static enum nesting_answer documents_are_lines(struct nesting *nesting, struct reader *reader,
                                               const struct summary *lines, uint64_t first, char byte)
{
    uint64_t end, line, next;
    char behind, begun = byte;
    enum nesting_answer answer = lines_answer(lines_end(lines, reader, first, LINES_LONG, &line));
    if (answer != NESTING_FOUND)
        return answer;
    next = line + 1;
    if (!json_behind_blanks(reader, &next, &byte))
        return NESTING_FAILED;
    bool bracket = begun == '{' || begun == '[';
    answer = bracket ? goes_on(nesting, reader, first, line) : NESTING_NONE;
    if (answer != NESTING_NONE)
        return answer == NESTING_FOUND ? cannot_go_on(nesting, reader, next, byte) : answer;
    answer = value_end(nesting, reader, first, begun, &end);
    if (answer != NESTING_FOUND && answer != NESTING_NONE)
        return answer;
    if (answer == NESTING_NONE || line < end)
        return cannot_go_on(nesting, reader, next, byte);
    if (!json_behind_blanks(reader, &end, &behind))
        return NESTING_FAILED;
    for (unsigned tries = 0; tries < LINES_BROKEN && byte && !json_begins_value(byte); tries++) {
        answer = lines_answer(lines_end(lines, reader, next, LINES_LONG, &next));
        if (answer != NESTING_FOUND)
            return answer;
        next++;
        if (!json_behind_blanks(reader, &next, &byte))
            return NESTING_FAILED;
    }
    bool alone =
        behind == '\0' || end > line || (end == first && line > first); /* of a word the end is not known */
    return alone && json_begins_value(byte) ? NESTING_FOUND : NESTING_NONE;
}

/** The last byte before `at` that is no blank is a closing bracket: where it is, to `*close`. NONE: it is something else. */
static enum nesting_answer close_before(struct reader *reader, uint64_t at, uint64_t *close)
{
    struct span before = {0};
    uint64_t from = at > BLANKS_MAX ? at - BLANKS_MAX : 0;
    if (at > from && reader_span(reader, from, (size_t)(at - from), &before) == READER_GIVEN_UP)
        return NESTING_FAILED;
    while (before.length > 0 && before.data[before.length - 1] &&
           strchr(" \t\r\n\x1e", before.data[before.length - 1]))
        before.length--;
    *close = from + before.length - 1;
    char last = before.length > 0 ? before.data[before.length - 1] : '\0';
    return last == ']' || last == '}' ? NESTING_FOUND : NESTING_NONE;
}

/** Where the number or word begins that the byte at `at` is in. False: the bytes cannot be had now. */
static bool word_begin(struct reader *reader, uint64_t at, uint64_t *begin)
{
    struct span before = {0};
    uint64_t from = at > BLANKS_MAX ? at - BLANKS_MAX : 0;
    *begin = at;
    if (at > from && reader_span(reader, from, (size_t)(at - from), &before) == READER_GIVEN_UP)
        return false;
    while (before.length > 0 && before.data[before.length - 1] &&
           !strchr(" \t\r\n\x1e\"[]{},:", before.data[before.length - 1])) {
        before.length--;
        --*begin;
    }
    return true;
}

/** Of documents that stand one behind the other, the one that the byte at `at` is in; the first begins at `first`. */
static enum nesting_answer document_among(struct nesting *nesting, struct reader *reader, uint64_t first,
                                          uint64_t at, uint64_t *begin)
{
    struct brackets_state base, here;
    uint64_t next = at, below;
    char byte;
    enum nesting_answer answer = nesting_state(nesting, reader, first, &base);
    if (answer == NESTING_FOUND)
        answer = nesting_state(nesting, reader, at, &here);
    *begin = first;
    if (answer != NESTING_FOUND || at <= first)
        return answer;
    /* Too much was closed: nobody knows any more where one begins. */
    answer = nesting_up(nesting, reader, at, base.depth - 1, &below);
    if (answer != NESTING_NONE)
        return answer;
    if (here.depth > base.depth)
        return nesting_up(nesting, reader, at, base.depth, begin);
    if (here.inside)
        return nesting_quote(nesting, reader, at, false, begin);
    if (!json_behind_blanks(reader, &next, &byte))
        return NESTING_FAILED;
    if (next == at && byte && !strchr("\"[{]},:", byte))
        return word_begin(reader, at, begin) ? NESTING_FOUND : NESTING_FAILED;
    *begin = next;
    if (byte && json_begins_value(byte))
        return NESTING_FOUND;
    answer = close_before(reader, at, &next);
    *begin = first;
    return answer == NESTING_FOUND ? nesting_up(nesting, reader, next, base.depth, begin) : answer;
}

/** The document in a line of something else. */
static enum nesting_answer document_in_line(struct nesting *nesting, struct reader *reader,
                                            const struct summary *lines, uint64_t at, uint64_t *begin,
                                            bool *json)
{
    uint64_t line;
    enum nesting_answer answer = lines_answer(lines_begin(lines, reader, at, LINES_LONG, &line));
    if (answer == NESTING_FOUND)
        answer = json_in_line(nesting, reader, line, begin);
    *json = answer == NESTING_FOUND;
    return answer == NESTING_NONE ? NESTING_FOUND : answer;
}

enum nesting_answer json_documents_by_line(struct nesting *nesting, struct reader *reader,
                                           const struct summary *lines)
{
    uint64_t first;
    char byte;
    if (!documents_begin(reader, &first) || !json_behind_blanks(reader, &first, &byte))
        return NESTING_FAILED;
    return json_begins_value(byte) ? documents_are_lines(nesting, reader, lines, first, byte) : NESTING_NONE;
}

enum nesting_answer json_document(struct nesting *nesting, struct reader *reader, const struct summary *lines,
                                  uint64_t at, uint64_t *begin, bool *json)
{
    uint64_t first, line;
    struct span span = {0};
    char byte;
    *json = false;
    if (!documents_begin(reader, begin))
        return NESTING_FAILED;
    first = *begin;
    if (!json_behind_blanks(reader, &first, &byte))
        return NESTING_FAILED;
    if (reader_span(reader, first, LINE_LOOK, &span) == READER_GIVEN_UP)
        return NESTING_FAILED;
    if (!json_is_line(span))
        return document_in_line(nesting, reader, lines, at, begin, json);
    *json = true;
    enum nesting_answer answer = documents_are_lines(nesting, reader, lines, first, byte);
    if (answer == NESTING_NONE)
        answer = document_among(nesting, reader, first, at, begin);
    else if (answer == NESTING_FOUND) {
        answer = lines_answer(lines_begin(lines, reader, at, LINES_LONG, &line));
        *begin = line > *begin ? line : *begin;
    }
    return answer == NESTING_NONE ? NESTING_FOUND : answer;
}
