/* SPDX-License-Identifier: MIT */
/*
 * model: from one value of a JSON file to another (see the header). View thread.
 *
 * Where a value stands is a boundary before which its container's content is as deep as it is: the bracket that opens it,
 * or any byte of its row. Commas at that depth part it from its siblings, so the millionth is as near as the next.
 */
#include "folio/model/json/step.h"

#include "bytes.h"
#include "walk.h"

/** A step being made. */
struct stepping {
    struct walk walk;
    uint64_t begin; /**< of the row */
    uint64_t place; /**< the value's boundary */
    int64_t depth;  /**< there */
    bool closing;   /**< the row is one of a closing bracket */
};

static struct nesting *stepping_nesting(const struct stepping *stepping)
{
    return stepping->walk.rows->nesting;
}

static struct reader *stepping_reader(const struct stepping *stepping)
{
    return stepping->walk.rows->reader;
}

/** From the row of the byte at `at`: what is found out of it. */
static enum nesting_answer stepping_begin(struct stepping *stepping, const struct json_rows *rows,
                                          uint64_t at)
{
    struct brackets_state state;
    char byte;
    enum nesting_answer answer = json_rows_holding(rows, at, &stepping->begin);
    if (answer == NESTING_FOUND)
        answer = walk_begin(&stepping->walk, rows, stepping->begin);
    if (answer == NESTING_FOUND && !json_byte(rows->reader, stepping->begin, &byte))
        answer = NESTING_FAILED;
    if (answer == NESTING_FOUND)
        answer = nesting_state(rows->nesting, rows->reader, stepping->begin, &state);
    if (answer != NESTING_FOUND)
        return answer;
    stepping->closing = json_closes(byte);
    stepping->place = stepping->begin;
    stepping->depth = state.depth - stepping->closing;
    if (stepping->closing)
        answer = nesting_up(rows->nesting, rows->reader, stepping->begin, stepping->depth, &stepping->place);
    return answer == NESTING_FOUND && stepping->place < stepping->walk.document.begin ? NESTING_NONE : answer;
}

/** The row that begins behind the token at `token`, if it is one of a value. */
static enum nesting_answer row_behind(const struct stepping *stepping, uint64_t token, uint64_t *to)
{
    char byte;
    enum nesting_answer answer = walk_behind(&stepping->walk, token, to);
    if (answer != NESTING_FOUND)
        return answer;
    if (*to >= reader_size(stepping_reader(stepping)))
        return NESTING_NONE;
    if (!json_byte(stepping_reader(stepping), *to, &byte))
        return NESTING_FAILED;
    return json_closes(byte) ? NESTING_NONE : NESTING_FOUND;
}

/** The row of the value whose last byte is before `end`. */
static enum nesting_answer row_before(const struct stepping *stepping, uint64_t end, uint64_t *to)
{
    struct stepping last;
    enum nesting_answer answer =
        end == 0 ? NESTING_NONE : stepping_begin(&last, stepping->walk.rows, end - 1);
    return answer == NESTING_FOUND ? json_rows_holding(stepping->walk.rows, last.place, to) : answer;
}

/** The bracket that the value is in. NONE: it is in none. */
static enum nesting_answer opener_find(const struct stepping *stepping, uint64_t *opener)
{
    enum nesting_answer answer = nesting_up(stepping_nesting(stepping), stepping_reader(stepping),
                                            stepping->place, stepping->depth - 1, opener);
    return answer == NESTING_FOUND && *opener < stepping->walk.document.begin ? NESTING_NONE : answer;
}

static enum nesting_answer step_parent(const struct stepping *stepping, uint64_t count, uint64_t *to)
{
    uint64_t opener;
    (void)count;
    enum nesting_answer answer = opener_find(stepping, &opener);
    return answer == NESTING_FOUND ? json_rows_holding(stepping->walk.rows, opener, to) : answer;
}

/** Of values in no container: documents, which no comma parts. */
static enum nesting_answer document_next(const struct stepping *stepping, uint64_t *to)
{
    const struct json_rows *rows = stepping->walk.rows;
    uint64_t token;
    enum nesting_answer answer = walk_token(&stepping->walk, stepping->place, true, &token);
    *to = stepping->walk.document.end;
    if (answer == NESTING_FOUND)
        answer = nesting_down(rows->nesting, rows->reader, token + 1, stepping->depth, &token);
    if (answer == NESTING_FOUND && token <= stepping->walk.document.end)
        return row_behind(stepping, token - 1, to);
    return answer == NESTING_NONE || answer == NESTING_FOUND
               ? (*to < reader_size(rows->reader) ? NESTING_FOUND : NESTING_NONE)
               : answer;
}

static enum nesting_answer step_next(const struct stepping *stepping, uint64_t count, uint64_t *to)
{
    uint64_t comma;
    struct stepping one = *stepping;
    enum nesting_answer answer = opener_find(stepping, &comma);
    if (answer == NESTING_FOUND) {
        answer = nesting_comma(stepping_nesting(stepping), stepping_reader(stepping), stepping->place,
                               stepping->depth, count - 1, &comma);
        return answer == NESTING_FOUND ? row_behind(stepping, comma, to) : answer;
    }
    for (; answer == NESTING_NONE && count > 0; count--) {
        answer = document_next(&one, to);
        if (answer == NESTING_FOUND && count > 1)
            answer = stepping_begin(&one, stepping->walk.rows, *to);
        if (answer != NESTING_FOUND)
            return answer;
        answer = NESTING_NONE;
    }
    return answer == NESTING_NONE ? NESTING_FOUND : answer;
}

static enum nesting_answer step_previous(const struct stepping *stepping, uint64_t count, uint64_t *to)
{
    struct stepping one = *stepping;
    uint64_t opener, begin;
    enum nesting_answer answer = opener_find(stepping, &opener);
    if (answer != NESTING_FOUND && answer != NESTING_NONE)
        return answer;
    bool inside = answer == NESTING_FOUND;
    for (answer = NESTING_FOUND; answer == NESTING_FOUND && count > 0; count--) {
        answer = json_rows_holding(stepping->walk.rows, one.place, &begin);
        if (answer == NESTING_FOUND && inside && begin > 0) {
            uint64_t first;
            answer = walk_behind(&stepping->walk, opener, &first);
            if (answer == NESTING_FOUND && begin <= first)
                return NESTING_NONE;
        }
        if (answer == NESTING_FOUND)
            answer = row_before(&one, begin, to);
        if (answer == NESTING_FOUND)
            answer = stepping_begin(&one, stepping->walk.rows, *to);
    }
    return answer;
}

static enum nesting_answer step_first(const struct stepping *stepping, uint64_t count, uint64_t *to)
{
    uint64_t opener;
    (void)count;
    enum nesting_answer answer = opener_find(stepping, &opener);
    if (answer == NESTING_NONE) {
        *to = 0;
        return NESTING_FOUND;
    }
    return answer == NESTING_FOUND ? row_behind(stepping, opener, to) : answer;
}

static enum nesting_answer step_last(const struct stepping *stepping, uint64_t count, uint64_t *to)
{
    uint64_t end;
    (void)count;
    enum nesting_answer answer = opener_find(stepping, &end);
    if (answer == NESTING_NONE)
        return row_before(stepping, reader_size(stepping_reader(stepping)), to);
    if (answer == NESTING_FOUND)
        answer = nesting_down(stepping_nesting(stepping), stepping_reader(stepping), stepping->place,
                              stepping->depth - 1, &end);
    if (answer == NESTING_FOUND && end <= stepping->walk.document.end)
        return row_before(stepping, end - 1, to);
    return answer == NESTING_FOUND || answer == NESTING_NONE
               ? row_before(stepping, stepping->walk.document.end, to)
               : answer;
}

/** The bracket that opens the value, if that is a container and has children. */
static enum nesting_answer bracket_find(const struct stepping *stepping, uint64_t *bracket)
{
    uint64_t behind;
    char byte;
    enum nesting_answer answer = walk_token(&stepping->walk, stepping->place, true, bracket);
    if (answer == NESTING_FOUND && !json_byte(stepping_reader(stepping), *bracket, &byte))
        return NESTING_FAILED;
    if (answer != NESTING_FOUND || !json_opens(byte))
        return answer == NESTING_FOUND ? NESTING_NONE : answer;
    behind = *bracket + 1;
    if (!json_behind_blanks(stepping_reader(stepping), &behind, &byte))
        return NESTING_FAILED;
    return json_closes(byte) ? NESTING_NONE : NESTING_FOUND;
}

static enum nesting_answer step_child(const struct stepping *stepping, uint64_t count, uint64_t *to)
{
    uint64_t token;
    enum nesting_answer answer = bracket_find(stepping, &token);
    if (answer == NESTING_FOUND && count > 1)
        answer = nesting_comma(stepping_nesting(stepping), stepping_reader(stepping), token + 1,
                               stepping->depth + 1, count - 2, &token);
    return answer == NESTING_FOUND ? row_behind(stepping, token, to) : answer;
}

static enum nesting_answer step_other(const struct stepping *stepping, uint64_t count, uint64_t *to)
{
    uint64_t bracket, end;
    (void)count;
    if (stepping->closing)
        return json_rows_holding(stepping->walk.rows, stepping->place, to);
    enum nesting_answer answer = bracket_find(stepping, &bracket);
    if (answer == NESTING_FOUND)
        answer = nesting_down(stepping_nesting(stepping), stepping_reader(stepping), bracket + 1,
                              stepping->depth, &end);
    return answer == NESTING_FOUND ? json_rows_holding(stepping->walk.rows, end - 1, to) : answer;
}

/** A step where each closing bracket has a row. */
static enum nesting_answer step_take(const struct json_rows *rows, uint64_t at, enum json_step step,
                                     uint64_t count, uint64_t *to)
{
    static enum nesting_answer (*const steps[])(const struct stepping *, uint64_t, uint64_t *) = {
        [JSON_TO_PARENT] = step_parent, [JSON_TO_NEXT] = step_next, [JSON_TO_PREVIOUS] = step_previous,
        [JSON_TO_FIRST] = step_first,   [JSON_TO_LAST] = step_last, [JSON_TO_CHILD] = step_child,
        [JSON_TO_OTHER] = step_other,
    };
    struct stepping stepping;
    enum nesting_answer answer = stepping_begin(&stepping, rows, at);
    return answer == NESTING_FOUND ? steps[step](&stepping, count, to) : answer;
}

enum nesting_answer json_step(const struct json_rows *rows, uint64_t at, enum json_step step, uint64_t count,
                              uint64_t *to)
{
    struct json_rows all = *rows;
    uint64_t begin = at;
    all.data = false;
    enum nesting_answer answer = rows->data ? json_rows_holding(rows, at, &begin) : NESTING_FOUND;
    if (answer == NESTING_FOUND)
        answer = step_take(&all, begin, step, count, to);
    if (answer != NESTING_FOUND || !rows->data)
        return answer;
    answer = json_rows_holding(rows, *to, &begin);
    return answer == NESTING_FOUND && begin != *to ? NESTING_NONE : answer;
}
