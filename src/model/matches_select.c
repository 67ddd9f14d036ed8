/* SPDX-License-Identifier: MIT */
/* model: matches by number, and the groups of one match. View thread. */
#include "folio/model/matches_select.h"

#include "matches_body.h"

/** A replay that looks for the unit with `left` units of its block before it. */
struct selection {
    struct searcher *searcher;
    uint64_t left, unit;
    bool found;
};

static bool selection_visit(void *context, uint64_t unit)
{
    struct selection *selection = context;
    if (selection->left-- > 0)
        return true;
    selection->unit = unit;
    selection->found = true;
    return false;
}

static bool selection_walk(void *context, const struct survey_block *block)
{
    struct selection *selection = context;
    return searcher_walk(selection->searcher, block, selection_visit, selection);
}

enum matches_result matches_select(struct matches *matches, struct reader *reader, uint64_t nth,
                                   uint64_t *unit)
{
    struct range block;
    uint64_t before;
    enum summary_answer answer = summary_select(matches->summary, nth, &block, &before);
    if (answer != SUMMARY_FOUND)
        return answer == SUMMARY_NONE ? MATCHES_NONE : MATCHES_UNKNOWN;
    struct selection selection = {.searcher = matches->searcher, .left = nth - before};
    if (!lined_replay(reader, block, selection_walk, &selection))
        return MATCHES_FAILED;
    *unit = selection.unit;
    /* Not there: the file is changing under us, and will be counted again. */
    return selection.found ? MATCHES_FOUND : MATCHES_UNKNOWN;
}

bool matches_group(struct matches *matches, struct span line, uint64_t offset, unsigned number,
                   struct range *hit)
{
    struct sight sight = searcher_look(matches->searcher, line, offset);
    struct hit group = {.begin = sight_text(&sight, (size_t)(hit->begin - offset))};
    if (!matcher_group(matches->searcher->matcher, sight.text, number, &group))
        return false;
    bool empty = group.end <= group.begin;
    hit->begin = offset + sight_byte(&sight, group.begin);
    hit->end = empty ? hit->begin : offset + sight_end(&sight, group.end);
    return true;
}
