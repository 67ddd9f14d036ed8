/* SPDX-License-Identifier: MIT */
/*
 * model: the way to a byte that is in closed containers (see the header). View thread.
 *
 * From the outermost closed container inward each gets a wish of its own, so that nothing beside the way opens. Below
 * a depth that nobody sees at once one wish opens the rest: a byte may have a hundred thousand ancestors.
 */
#include "folio/model/json/way.h"

#include "walk.h"

/** Containers that are opened one by one. */
#define WAY_SINGLE 64u

/** A wish that opens the container at `opener`: it alone, or (JSON_ALL) all that is in it. */
static enum nesting_answer way_wish(const struct walk *walk, uint64_t opener, enum json_reach reach,
                                    struct json_fold *fold)
{
    const struct json_rows *rows = walk->rows;
    struct brackets_state state;
    int64_t base;
    enum nesting_answer answer = walk_base(walk, &base);
    if (answer == NESTING_FOUND)
        answer = nesting_state(rows->nesting, rows->reader, opener, &state);
    if (answer != NESTING_FOUND)
        return answer;
    *fold = (struct json_fold){.range = {opener, UINT64_MAX}, .depth = state.depth - base, .reach = reach};
    fold->open = reach == JSON_ALL ? UINT64_MAX : 1;
    answer = nesting_down(rows->nesting, rows->reader, opener + 1, state.depth, &fold->range.end);
    if (answer != NESTING_NONE)
        return answer;
    fold->range.end = UINT64_MAX;
    return NESTING_FOUND;
}

/** Open all that the byte at `at` is in. `*count`: so many wishes it took. */
static enum nesting_answer way_open(const struct json_rows *rows, struct json_folds *folds, uint64_t at,
                                    unsigned *count)
{
    struct walk walk;
    struct json_fold fold;
    uint64_t opener;
    enum nesting_answer answer = walk_begin(&walk, rows, at);
    *count = 0;
    while (answer == NESTING_FOUND) {
        answer = walk_folded(&walk, at, &opener);
        if (answer != NESTING_FOUND)
            break;
        answer = way_wish(&walk, opener, *count < WAY_SINGLE ? JSON_SELF : JSON_ALL, &fold);
        if (answer == NESTING_FOUND && !json_folds_add(folds, fold))
            return NESTING_NONE;
        ++*count;
    }
    return answer == NESTING_NONE ? NESTING_FOUND : answer;
}

/** What was opened is closed again. */
static void way_close(struct json_way *way, struct json_folds *folds)
{
    if (way->opened && way->before.generation == folds->generation)
        *folds = way->before;
    way->opened = false;
}

/** Nothing being opened by a way, open that to `at`; as it was where that cannot be done. */
static enum nesting_answer way_begin(struct json_way *way, const struct json_rows *rows,
                                     struct json_folds *folds, uint64_t at)
{
    unsigned count;
    way->before = *folds;
    enum nesting_answer answer = way_open(rows, folds, at, &count);
    way->opened = answer == NESTING_FOUND && count > 0;
    if (answer != NESTING_FOUND)
        *folds = way->before;
    return answer;
}

enum nesting_answer json_way_to(struct json_way *way, const struct json_rows *rows, struct json_folds *folds,
                                uint64_t at)
{
    way_close(way, folds);
    enum nesting_answer answer = way_begin(way, rows, folds, at);
    way->at = at;
    way->awaited = answer == NESTING_UNKNOWN || answer == NESTING_FAILED;
    return answer;
}

bool json_way_leave(struct json_way *way, const struct json_rows *rows, struct json_folds *folds, uint64_t at)
{
    uint64_t begin;
    way->awaited = way->awaited && way->at == at;
    /* Of a closed container that the cursor is on, not what it holds. */
    if (!way->opened || json_rows_holding(rows, at, &begin) != NESTING_FOUND)
        return false;
    way_close(way, folds);
    way_begin(way, rows, folds, begin);
    return true;
}

void json_way_keep(struct json_way *way)
{
    way->opened = way->awaited = false;
}
