/* SPDX-License-Identifier: MIT */
/*
 * base: the door to the brackets of JSON, and how two stretches are put together. Any thread.
 *
 * An escape that is pending where a stretch begins concerns its leading backslashes, and the byte behind them. If that is
 * a quote, it is a true one where it was not without the escape, and the other way round: from it on, all is as in the
 * other case, and before it there was nothing. So two cases are enough for four.
 */
#include "folio/base/scan/brackets.h"

#include "way.h"

const struct brackets brackets_nothing = {.from = {{.inside = false}, {.inside = true}}, .all = true};

struct brackets brackets_scan(const char *data, size_t length, bool lines)
{
    if (length == 0)
        return brackets_nothing;
    struct brackets result = scan_table()->brackets->scan(data, length, lines);
    size_t behind = 0;
    while (behind < length && data[behind] == '\\')
        behind++;
    result.all = behind == length;
    result.lead = behind < length && data[behind] == '"';
    if (result.lead && result.quotes == 0)
        result.quotes = 1;
    return result;
}

const struct brackets_case *brackets_as(const struct brackets *stretch, struct brackets_state state)
{
    return &stretch->from[state.inside != (state.escaped && stretch->lead)];
}

/** What is pending behind a stretch before which an escape is, or is not. */
static bool brackets_pending(bool escaped, const struct brackets *stretch)
{
    return stretch->all ? escaped != stretch->trailing : stretch->trailing;
}

struct brackets_state brackets_after(struct brackets_state state, const struct brackets *stretch)
{
    const struct brackets_case *as = brackets_as(stretch, state);
    return (struct brackets_state){as->inside, brackets_pending(state.escaped, stretch),
                                   state.depth + as->net};
}

/** One case and then another. */
static struct brackets_case case_join(const struct brackets_case *first, const struct brackets_case *second)
{
    int64_t least = first->net + second->least;
    struct brackets_case both = {.net = first->net + second->net, .inside = second->inside};
    both.least = first->least < least ? first->least : least;
    both.commas =
        (first->least == both.least ? first->commas : 0) + (least == both.least ? second->commas : 0);
    both.junk = first->junk || second->junk;
    return both;
}

struct brackets brackets_join(const struct brackets *first, const struct brackets *second)
{
    struct brackets both = {.quotes = first->quotes + second->quotes};
    for (int i = 0; i < 2; i++) {
        struct brackets_state between = {.inside = first->from[i].inside, .escaped = first->trailing};
        both.from[i] = case_join(&first->from[i], brackets_as(second, between));
    }
    both.trailing = brackets_pending(first->trailing, second);
    both.all = first->all && second->all;
    both.lead = first->all ? second->lead : first->lead;
    both.newline = first->newline || second->newline;
    return both;
}

void brackets_map(struct brackets_map *map, size_t at, const char *data, size_t length,
                  struct brackets_state state, bool lines)
{
    if (length > 0)
        scan_table()->brackets->map(map, at / 64, data, length, state, lines);
}
