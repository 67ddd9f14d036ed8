/* SPDX-License-Identifier: MIT */
/* model: which containers of a JSON file are closed (see the header). View thread. */
#include "folio/model/json/folds.h"

void json_folds_init(struct json_folds *folds, uint64_t level)
{
    folds->level = level;
    folds->count = 0;
}

void json_folds_renew(struct json_folds *folds, unsigned generation)
{
    if (folds->generation != generation)
        folds->count = 0;
    folds->generation = generation;
}

/** Does `fold` say all that there is to say of the containers that `other` is about? */
static bool fold_voids(const struct json_fold *fold, const struct json_fold *other)
{
    bool same = fold->range.begin == other->range.begin && fold->depth == other->depth;
    bool holds = fold->range.begin <= other->range.begin && fold->range.end >= other->range.end;
    if (fold->reach == JSON_ALL)
        return holds && fold->depth <= other->depth;
    if (fold->reach == JSON_CHILDREN && other->reach == JSON_SELF)
        return holds && !same && other->depth == fold->depth + 1;
    return same && fold->reach == other->reach;
}

bool json_folds_add(struct json_folds *folds, struct json_fold fold)
{
    size_t kept = 0;
    for (size_t i = 0; i < folds->count; i++)
        if (!fold_voids(&fold, &folds->fold[i]))
            folds->fold[kept++] = folds->fold[i];
    folds->count = kept;
    if (kept == FOLDS_MAX)
        return false;
    folds->fold[folds->count++] = fold;
    return true;
}

/** Is the wish about this container? */
static bool fold_reaches(const struct json_fold *fold, uint64_t opener, int64_t depth)
{
    bool whole = fold->depth < 0, itself = !whole && opener == fold->range.begin && depth == fold->depth;
    bool in = whole || (opener > fold->range.begin && opener < fold->range.end && depth > fold->depth);
    switch (fold->reach) {
    case JSON_SELF:
        return itself;
    case JSON_CHILDREN:
        return in && depth == fold->depth + 1;
    case JSON_ALL:
        break;
    }
    return itself || in;
}

/** Does a wish that is about a container at `depth` close it? */
static bool fold_closes(const struct json_fold *fold, int64_t depth)
{
    return fold->reach == JSON_ALL ? (uint64_t)(depth - fold->depth) >= fold->open : fold->open == 0;
}

/** The wish that decides of a container. NULL: none is about it. */
static const struct json_fold *folds_last(const struct json_folds *folds, uint64_t opener, int64_t depth)
{
    for (size_t i = folds && depth >= 0 ? folds->count : 0; i-- > 0;)
        if (fold_reaches(&folds->fold[i], opener, depth))
            return &folds->fold[i];
    return NULL;
}

bool json_folds_close(const struct json_folds *folds, uint64_t opener, int64_t depth)
{
    const struct json_fold *fold = folds_last(folds, opener, depth);
    if (fold)
        return fold_closes(fold, depth);
    return folds && depth >= 0 && (uint64_t)depth >= folds->level;
}

bool json_folds_open_below(const struct json_folds *folds, uint64_t opener, int64_t depth)
{
    const struct json_fold *fold = folds_last(folds, opener, depth);
    return fold && fold->reach == JSON_ALL && fold->open == UINT64_MAX;
}

bool json_folds_all_open(const struct json_folds *folds)
{
    return !folds || (folds->level == UINT64_MAX && folds->count == 0);
}
