/* SPDX-License-Identifier: MIT */
/*
 * model: the rows of a JSON file (see the header). View thread.
 *
 * Both ways are made of one function, walk_behind: where the first row begins behind a bracket or comma. Forward it is
 * asked of the row's last one; backward of the one before the byte, again and again, until the row begins before the byte.
 */
#include "bytes.h"
#include "walk.h"

/** Does the byte at `at` close a container that is not empty? Of an empty one `*opener` is what opens it. */
static enum nesting_answer walk_closes(const struct walk *walk, uint64_t at, bool *row, uint64_t *opener)
{
    uint64_t token, behind;
    char byte, next;
    *row = false;
    *opener = at;
    enum nesting_answer answer = walk_token(walk, at, true, &token);
    if (answer != NESTING_FOUND || token != at)
        return answer == NESTING_NONE ? NESTING_FOUND : answer;
    if (!json_byte(walk->rows->reader, at, &byte))
        return NESTING_FAILED;
    if (!json_closes(byte))
        return NESTING_FOUND;
    answer = walk_token(walk, at, false, &token);
    if (answer == NESTING_FOUND)
        answer = walk_look(walk, token, &byte, &behind, &next);
    else
        byte = '\0';
    bool hidden = false, filled = !json_opens(byte) || behind != at;
    *opener = filled ? at : token;
    if (answer == NESTING_FOUND || answer == NESTING_NONE)
        answer = filled ? walk_hidden(walk, at, &hidden) : NESTING_FOUND;
    *row = filled && !hidden;
    return answer;
}

/**
 * One step back from `*at`. True: `*at` is where the row begins; otherwise it is an earlier byte of the same row.
 */
static enum nesting_answer walk_back(const struct walk *walk, uint64_t *at, bool *begins)
{
    uint64_t token, behind, opener;
    char byte, next;
    *begins = false;
    enum nesting_answer answer = walk_folded(walk, *at, &opener);
    if (answer == NESTING_NONE)
        answer = walk_closes(walk, *at, begins, &opener);
    if (answer != NESTING_FOUND || *begins)
        return answer;
    if (opener != *at) {
        *at = opener;
        return NESTING_FOUND;
    }
    answer = walk_token(walk, *at, false, &token);
    if (answer == NESTING_NONE) {
        *begins = true;
        *at = walk->document.begin;
        return NESTING_FOUND;
    }
    if (answer == NESTING_FOUND)
        answer = walk_look(walk, token, &byte, &behind, &next);
    if (answer != NESTING_FOUND)
        return answer;
    bool hidden = false;
    *begins = behind <= *at && !(json_closes(byte) && next == ',');
    if (*begins)
        answer = walk_hidden(walk, behind, &hidden);
    *begins = *begins && !hidden;
    *at = *begins ? behind : token;
    return answer;
}

enum nesting_answer json_rows_holding(const struct json_rows *rows, uint64_t at, uint64_t *begin)
{
    struct walk walk;
    bool begins = false;
    uint64_t size = reader_size(rows->reader);
    if (size == 0)
        return NESTING_NONE;
    *begin = at < size ? at : size - 1;
    enum nesting_answer answer = walk_begin(&walk, rows, *begin);
    while (answer == NESTING_FOUND && !begins)
        answer = walk_back(&walk, begin, &begins);
    return answer;
}

/** Is the row that begins at `begin` one of a closing bracket? */
static bool begins_closing(const struct json_rows *rows, uint64_t begin, bool *is)
{
    char byte;
    bool had = json_byte(rows->reader, begin, &byte);
    *is = json_closes(byte);
    return had;
}

/** Behind the opening bracket or comma at `token`, and all of the container if that is closed. */
static enum nesting_answer walk_over(const struct walk *walk, uint64_t token, uint64_t *next)
{
    bool folded;
    uint64_t close;
    enum nesting_answer answer = walk_is_folded(walk, token, &folded, &close);
    if (answer != NESTING_FOUND || !folded)
        return answer == NESTING_FOUND ? walk_behind(walk, token, next) : answer;
    *next = walk->document.end;
    return close < walk->document.end ? walk_behind(walk, close, next) : NESTING_FOUND;
}

/** Where the row ends if every closing bracket has one. */
static enum nesting_answer walk_next_token(const struct walk *walk, uint64_t begin, uint64_t *next)
{
    uint64_t token = begin;
    bool closing, other;
    *next = walk->document.end;
    if (!begins_closing(walk->rows, begin, &closing))
        return NESTING_FAILED;
    enum nesting_answer answer = closing ? NESTING_FOUND : walk_token(walk, begin, true, &token);
    if (answer != NESTING_FOUND)
        return answer == NESTING_NONE ? NESTING_FOUND : answer;
    if (!begins_closing(walk->rows, token, &other))
        return NESTING_FAILED;
    if (!closing && other) {
        *next = token;
        return NESTING_FOUND;
    }
    return closing ? walk_behind(walk, token, next) : walk_over(walk, token, next);
}

static enum nesting_answer walk_next(const struct walk *walk, uint64_t begin, uint64_t *next)
{
    enum nesting_answer answer = walk_next_token(walk, begin, next);
    return answer == NESTING_FOUND ? walk_past_hidden(walk, next) : answer;
}

enum nesting_answer json_rows_next(const struct json_rows *rows, uint64_t begin, uint64_t *next)
{
    struct walk walk;
    enum nesting_answer answer = walk_begin(&walk, rows, begin);
    return answer == NESTING_FOUND ? walk_next(&walk, begin, next) : answer;
}

/* ---- what is on a row ---- */

/** How deep the row is in its document, and what it is in. */
static enum nesting_answer row_depth(const struct walk *walk, struct json_row *row)
{
    struct brackets_state base;
    struct json_around around;
    const struct json_rows *rows = walk->rows;
    enum nesting_answer answer = nesting_state(rows->nesting, rows->reader, walk->document.begin, &base);
    if (answer == NESTING_FOUND)
        answer = json_around(rows->nesting, rows->reader, walk->document.begin, row->begin, &around);
    if (answer != NESTING_FOUND)
        return answer;
    row->depth = around.depth > base.depth ? (uint64_t)(around.depth - base.depth) : 0;
    row->bracket = around.bracket;
    row->opener = around.opener;
    return NESTING_FOUND;
}

/** What is wrong with the closing bracket at `row->close`. */
static enum nesting_answer row_check_close(const struct walk *walk, struct json_row *row)
{
    struct nesting *nesting = walk->rows->nesting;
    struct reader *reader = walk->rows->reader;
    struct brackets_state state;
    uint64_t opener;
    char close, open = '\0';
    enum nesting_answer answer = nesting_state(nesting, reader, row->close, &state);
    if (answer == NESTING_FOUND)
        answer = nesting_up(nesting, reader, row->close, state.depth - 1, &opener);
    if (answer == NESTING_UNKNOWN || answer == NESTING_FAILED)
        return answer;
    bool opened = answer == NESTING_FOUND && opener >= walk->document.begin;
    if (!json_byte(reader, row->close, &close) || (opened && !json_byte(reader, opener, &open)))
        return NESTING_FAILED;
    if (!opened)
        row->mark = JSON_UNOPENED;
    else if ((open == '[') != (close == ']'))
        row->mark = JSON_OTHER_KIND;
    return NESTING_FOUND;
}

/** Does a comma before the row promise a value that is not there, or is one missing? */
static enum nesting_answer row_check_before(const struct walk *walk, struct json_row *row)
{
    uint64_t token;
    char before;
    enum nesting_answer answer = walk_token(walk, row->begin, false, &token);
    if (answer != NESTING_FOUND)
        return answer == NESTING_NONE ? NESTING_FOUND : answer;
    if (!json_byte(walk->rows->reader, token, &before))
        return NESTING_FAILED;
    if (row->mark == JSON_FINE && row->closes && before == ',') {
        uint64_t behind = token + 1;
        char byte;
        answer = walk_blanks(walk, &behind, &byte);
        row->mark = behind == row->begin ? JSON_EXPECTED : JSON_FINE;
    }
    if (row->mark == JSON_FINE && !row->closes && row->depth > 0 && json_closes(before))
        row->mark = JSON_MORE;
    return answer;
}

/** A document that ends with the row while something is still open. */
static enum nesting_answer row_check_end(const struct walk *walk, struct json_row *row)
{
    struct brackets_state begin, end;
    const struct json_rows *rows = walk->rows;
    if (row->mark != JSON_FINE || row->next < walk->document.end)
        return NESTING_FOUND;
    enum nesting_answer answer = nesting_state(rows->nesting, rows->reader, walk->document.begin, &begin);
    if (answer == NESTING_FOUND)
        answer = nesting_state(rows->nesting, rows->reader, walk->document.end, &end);
    if (answer == NESTING_FOUND && end.depth > begin.depth)
        row->mark = JSON_OPEN;
    return answer;
}

/** What the row has behind `end`, where its value or bracket ends. */
static enum nesting_answer row_read_rest(const struct walk *walk, uint64_t end, struct json_row *row)
{
    uint64_t token;
    char byte;
    enum nesting_answer answer = walk_blanks(walk, &end, &byte);
    row->rest = (struct range){end, end};
    if (answer != NESTING_FOUND || end >= row->next)
        return answer;
    row->rest.end = row->next;
    answer = walk_token(walk, end, true, &token);
    if (answer == NESTING_FOUND && token < row->next && !json_byte(walk->rows->reader, token, &byte))
        return NESTING_FAILED;
    if (answer == NESTING_FOUND && token < row->next) {
        row->rest.end = token;
        row->comma = byte == ',' ? token : UINT64_MAX;
    }
    return answer == NESTING_NONE ? NESTING_FOUND : answer;
}

/** Where each line is a document, nothing that stands behind the line is of its row. */
static void row_cut(struct json_row *row)
{
    struct json_value *value = &row->value;
    if (value->value.begin >= row->next) {
        value->value = (struct range){row->next, row->next};
        value->kind = JSON_ABSENT;
        value->ended = true;
        value->mark = value->keyed ? JSON_EXPECTED : JSON_FINE;
    }
    if (value->mark == JSON_MORE && value->marked >= row->next)
        value->mark = JSON_FINE;
}

/** Read the member that the row is of. */
static enum nesting_answer row_read_value(const struct walk *walk, struct json_row *row)
{
    const struct json_rows *rows = walk->rows;
    struct json_value *value = &row->value;
    uint64_t behind;
    char opening, byte;
    enum nesting_answer answer =
        json_value_read(rows->nesting, rows->reader, row->begin, row->bracket, value);
    if (answer != NESTING_FOUND)
        return answer;
    row_cut(row);
    row->mark = value->mark;
    if (!json_kind_contains(value->kind))
        return row_read_rest(walk, value->ended ? value->value.end : row->next, row);
    answer = walk_look(walk, value->value.begin, &opening, &behind, &byte);
    if (answer == NESTING_FOUND && !json_closes(byte)) {
        answer = walk_is_folded(walk, value->value.begin, &row->folded, &behind);
        if (answer != NESTING_FOUND || !row->folded || behind >= walk->document.end)
            return answer;
        answer = json_byte(rows->reader, behind, &byte) ? answer : NESTING_FAILED;
    }
    if (answer != NESTING_FOUND)
        return answer;
    row->close = behind;
    if ((opening == '[') != (byte == ']') && row->mark == JSON_FINE)
        row->mark = JSON_OTHER_KIND;
    return row_read_rest(walk, behind + 1, row);
}

/** Read what stands on the row, whose ends are known. */
static enum nesting_answer row_read(const struct walk *walk, struct json_row *row)
{
    uint64_t first = row->begin;
    char byte;
    enum nesting_answer answer = row_depth(walk, row);
    if (answer == NESTING_FOUND)
        answer = walk_blanks(walk, &first, &byte);
    if (answer != NESTING_FOUND)
        return answer;
    row->blank = first >= row->next;
    row->closes = first == row->begin && json_closes(byte);
    if (row->blank)
        return NESTING_FOUND;
    if (!row->closes)
        return row_read_value(walk, row);
    row->close = row->begin;
    answer = row_check_close(walk, row);
    return answer == NESTING_FOUND ? row_read_rest(walk, row->close + 1, row) : answer;
}

enum nesting_answer json_row_children(const struct json_rows *rows, const struct json_row *row,
                                      uint64_t *count)
{
    struct brackets_state state;
    struct range content = {row->value.value.end, row->close};
    enum nesting_answer answer = nesting_state(rows->nesting, rows->reader, content.begin, &state);
    if (answer == NESTING_FOUND)
        answer = nesting_commas(rows->nesting, rows->reader, content, state.depth, count);
    *count += 1; /* it is not empty */
    return answer;
}

enum nesting_answer json_row_ordinal(const struct json_rows *rows, const struct json_row *row,
                                     uint64_t *ordinal)
{
    struct brackets_state state;
    struct range before = {row->opener + 1, row->begin};
    enum nesting_answer answer = nesting_state(rows->nesting, rows->reader, before.begin, &state);
    if (answer == NESTING_FOUND)
        answer = nesting_commas(rows->nesting, rows->reader, before, state.depth, ordinal);
    return answer;
}

enum nesting_answer json_row_read(const struct json_rows *rows, uint64_t begin, struct json_row *row)
{
    struct walk walk;
    *row = (struct json_row){.begin = begin, .close = UINT64_MAX, .comma = UINT64_MAX};
    enum nesting_answer answer = walk_begin(&walk, rows, begin);
    if (answer == NESTING_FOUND)
        answer = walk_next(&walk, begin, &row->next);
    if (answer == NESTING_FOUND)
        answer = row_read(&walk, row);
    if (answer == NESTING_FOUND)
        answer = row_check_before(&walk, row);
    return answer == NESTING_FOUND ? row_check_end(&walk, row) : answer;
}
