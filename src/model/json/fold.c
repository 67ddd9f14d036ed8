/* SPDX-License-Identifier: MIT */
/*
 * model: which closed container a byte is in (see walk.h). View thread.
 *
 * A byte has as many ancestors as it is deep, which may be a hundred thousand. A wish (folds.h) closes containers from one
 * level on; so of each wish that the byte is within, the ancestor at that level is looked at, and the next one only if a
 * later wish opened it.
 */
#include "bytes.h"
#include "walk.h"

/** The ancestors of a byte. */
struct ancestors {
    const struct walk *walk;
    uint64_t at;
    int64_t base;  /**< how deep the document begins */
    int64_t count; /**< so many there are */
    /** The outermost closed one so far; `depth` is `count` while there is none. */
    uint64_t opener;
    int64_t depth;
};

enum nesting_answer walk_base(const struct walk *walk, int64_t *base)
{
    struct brackets_state state;
    enum nesting_answer answer =
        nesting_state(walk->rows->nesting, walk->rows->reader, walk->document.begin, &state);
    *base = state.depth;
    return answer;
}

/** Look at the ancestors from `depth` on, at one or until one is closed. */
static enum nesting_answer ancestors_look(struct ancestors *ancestors, int64_t depth, bool one)
{
    const struct json_rows *rows = ancestors->walk->rows;
    for (depth = depth < 0 ? 0 : depth; depth < ancestors->depth; depth++) {
        uint64_t opener;
        enum nesting_answer answer =
            nesting_up(rows->nesting, rows->reader, ancestors->at, ancestors->base + depth, &opener);
        if (answer == NESTING_UNKNOWN || answer == NESTING_FAILED)
            return answer;
        bool here = answer == NESTING_FOUND && opener >= ancestors->walk->document.begin;
        if (here && json_folds_close(rows->folds, opener, depth)) {
            ancestors->opener = opener;
            ancestors->depth = depth;
        }
        if (one || !here || json_folds_open_below(rows->folds, opener, depth))
            return NESTING_FOUND;
    }
    return NESTING_FOUND;
}

/** The first level that a wish closes, from which on its ancestors are looked at. False: it closes none of them. */
static bool fold_level(const struct json_fold *fold, uint64_t at, int64_t *level)
{
    bool in = fold->depth < 0 || (at > fold->range.begin && at < fold->range.end);
    *level = fold->depth + (fold->reach == JSON_CHILDREN ? 1 : 0);
    if (!in || fold->reach != JSON_ALL)
        return in && fold->open == 0;
    bool some = fold->open < INT64_MAX / 2;
    *level = some ? fold->depth + (int64_t)fold->open : 0;
    return some;
}

static enum nesting_answer ancestors_find(struct ancestors *ancestors)
{
    const struct json_folds *folds = ancestors->walk->rows->folds;
    enum nesting_answer answer = NESTING_FOUND;
    int64_t level;
    if (folds->level < INT64_MAX)
        answer = ancestors_look(ancestors, (int64_t)folds->level, false);
    for (size_t i = 0; i < folds->count && answer == NESTING_FOUND; i++)
        if (fold_level(&folds->fold[i], ancestors->at, &level))
            answer = ancestors_look(ancestors, level, folds->fold[i].reach != JSON_ALL);
    return answer;
}

enum nesting_answer walk_folded(const struct walk *walk, uint64_t at, uint64_t *opener)
{
    struct ancestors ancestors = {.walk = walk, .at = at};
    struct brackets_state state;
    *opener = at;
    if (json_folds_all_open(walk->rows->folds))
        return NESTING_NONE;
    enum nesting_answer answer = walk_base(walk, &ancestors.base);
    if (answer == NESTING_FOUND)
        answer = nesting_state(walk->rows->nesting, walk->rows->reader, at, &state);
    if (answer != NESTING_FOUND)
        return answer;
    ancestors.count = ancestors.depth = state.depth - ancestors.base;
    answer = ancestors_find(&ancestors);
    *opener = ancestors.opener;
    return answer == NESTING_FOUND && ancestors.depth >= ancestors.count ? NESTING_NONE : answer;
}

enum nesting_answer walk_is_folded(const struct walk *walk, uint64_t opener, bool *folded, uint64_t *close)
{
    const struct json_rows *rows = walk->rows;
    struct brackets_state state;
    uint64_t behind = opener + 1;
    int64_t base;
    char byte;
    *folded = false;
    if (json_folds_all_open(rows->folds))
        return NESTING_FOUND;
    if (!json_byte(rows->reader, opener, &byte))
        return NESTING_FAILED;
    enum nesting_answer answer = json_opens(byte) ? walk_base(walk, &base) : NESTING_NONE;
    if (answer == NESTING_FOUND)
        answer = nesting_state(rows->nesting, rows->reader, opener, &state);
    if (answer != NESTING_FOUND)
        return answer == NESTING_NONE ? NESTING_FOUND : answer;
    *folded = json_folds_close(rows->folds, opener, state.depth - base);
    if (!*folded)
        return NESTING_FOUND;
    if (!json_behind_blanks(rows->reader, &behind, &byte))
        return NESTING_FAILED;
    *folded = !json_closes(byte);
    answer = nesting_down(rows->nesting, rows->reader, opener + 1, state.depth, close);
    bool ends = answer == NESTING_FOUND && *close <= walk->document.end;
    *close = ends ? *close - 1 : walk->document.end;
    return answer == NESTING_NONE ? NESTING_FOUND : answer;
}
