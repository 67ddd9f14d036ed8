/* SPDX-License-Identifier: MIT */
/* model: matches by number, and what the parentheses of a pattern matched. View thread. */
#include "folio/model/search/select.h"

#include "inside.h"

enum matches_result matches_select(struct matches *matches, struct reader *reader, uint64_t nth,
                                   uint64_t *unit)
{
    struct matches_replay context = {.matches = matches, .reader = reader};
    struct replay replay = matches_ask(&context);
    return replay_select(&replay, nth, unit);
}

bool matches_group(struct matches *matches, struct span line, uint64_t offset, unsigned number,
                   struct range *hit)
{
    struct sight sight = searcher_look_line(matches->searcher, line, offset);
    struct hit group = {.begin = sight_text(&sight, (size_t)(hit->begin - offset))};
    if (!matcher_group(matches->searcher->matcher, sight.text, number, &group))
        return false;
    bool empty = group.end <= group.begin;
    hit->begin = offset + sight_byte(&sight, group.begin);
    hit->end = empty ? hit->begin : offset + sight_end(&sight, group.end);
    return true;
}
