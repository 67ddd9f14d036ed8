/* SPDX-License-Identifier: MIT */
/*
 * model: which closing brackets have no row where JSON is shown as data (see walk.h). View thread.
 *
 * Whether one has must follow from the bytes around it, whoever asks, and a row must not become as long as a document is
 * deep: hence the limit.
 */
#include "bytes.h"
#include "walk.h"

/** Do the brackets at `opener` and `close` belong together, and does no comma before the last promise a value? */
static enum nesting_answer closes_well(const struct walk *walk, uint64_t opener, uint64_t close, bool *well)
{
    struct reader *reader = walk->rows->reader;
    uint64_t token, behind;
    char open, byte, before, next;
    *well = false;
    enum nesting_answer answer = walk_token(walk, close, false, &token);
    if (answer != NESTING_FOUND)
        return answer == NESTING_NONE ? NESTING_FOUND : answer;
    behind = token + 1;
    if (!json_byte(reader, opener, &open) || !json_byte(reader, close, &byte) ||
        !json_byte(reader, token, &before) ||
        (before == ',' && behind < close && !json_behind_blanks(reader, &behind, &next)))
        return NESTING_FAILED;
    *well = (open == '[') == (byte == ']') && (before != ',' || behind < close);
    return NESTING_FOUND;
}

/** What the bracket at `close` closes. NONE: nothing, or it is too deep. */
static enum nesting_answer opener_find(const struct walk *walk, uint64_t close, uint64_t *opener)
{
    const struct json_rows *rows = walk->rows;
    struct brackets_state state;
    int64_t base;
    enum nesting_answer answer = walk_base(walk, &base);
    if (answer == NESTING_FOUND)
        answer = nesting_state(rows->nesting, rows->reader, close, &state);
    if (answer == NESTING_FOUND && state.depth - base > JSON_DATA_DEPTH)
        answer = NESTING_NONE;
    if (answer == NESTING_FOUND)
        answer = nesting_up(rows->nesting, rows->reader, close, state.depth - 1, opener);
    return answer == NESTING_FOUND && *opener < walk->document.begin ? NESTING_NONE : answer;
}

enum nesting_answer walk_hidden(const struct walk *walk, uint64_t at, bool *hidden)
{
    uint64_t opener;
    char byte;
    *hidden = false;
    if (!walk->rows->data || at >= walk->document.end)
        return NESTING_FOUND;
    if (!json_byte(walk->rows->reader, at, &byte))
        return NESTING_FAILED;
    enum nesting_answer answer = json_closes(byte) ? opener_find(walk, at, &opener) : NESTING_NONE;
    if (answer == NESTING_FOUND)
        answer = closes_well(walk, opener, at, hidden);
    return answer == NESTING_NONE ? NESTING_FOUND : answer;
}

enum nesting_answer walk_past_hidden(const struct walk *walk, uint64_t *begin)
{
    bool hidden;
    enum nesting_answer answer = walk_hidden(walk, *begin, &hidden);
    while (answer == NESTING_FOUND && hidden) {
        answer = walk_behind(walk, *begin, begin);
        if (answer == NESTING_FOUND)
            answer = walk_hidden(walk, *begin, &hidden);
    }
    return answer;
}
