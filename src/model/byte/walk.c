/* SPDX-License-Identifier: MIT */
/* model: which differences begin in one block of two files (see walk.h). Workers, and the view thread. */
#include "walk.h"

#include <string.h>

/** The most pages of the other file that are tried in vain in one block: each may take a dying disk seconds. */
#define BAD_PAGES 4u

/** A difference begins. */
static void compare_start(struct comparison *compare, uint64_t unit)
{
    compare->differing = true;
    if (unit < compare->from)
        return;
    compare->count++;
    compare->ended = compare->visit && !compare->visit(compare->visitor, unit);
}

static uint64_t load(const char *data)
{
    uint64_t word;
    memcpy(&word, data, sizeof word);
    return word;
}

/** How many bytes are the same from the first on. */
static size_t same_length(const char *one, const char *two, size_t length)
{
    size_t at = 0;
    while (length - at >= 4096 && memcmp(one + at, two + at, 4096) == 0)
        at += 4096;
    while (length - at >= 8 && load(one + at) == load(two + at))
        at += 8;
    while (at < length && one[at] == two[at])
        at++;
    return at;
}

/** How many differ. */
static size_t different_length(const char *one, const char *two, size_t length)
{
    const uint64_t low = UINT64_MAX / 255, high = low << 7;
    size_t at = 0;
    for (; length - at >= 8; at += 8) {
        uint64_t unlike = load(one + at) ^ load(two + at);
        if ((unlike - low) & ~unlike & high)
            break; /* one of the eight is zero */
    }
    while (at < length && one[at] != two[at])
        at++;
    return at;
}

void diff_compare(struct comparison *compare, const char *one, const char *two, size_t length,
                  uint64_t offset)
{
    for (size_t at = 0; at < length && !compare->ended;) {
        if (compare->differing) {
            at += different_length(one + at, two + at, length - at);
            compare->differing = at == length;
        } else {
            at += same_length(one + at, two + at, length - at);
            if (at < length)
                compare_start(compare, offset + at);
        }
    }
}

/** Go over what both files have of the block. False: not to its end. */
static bool walk_common(struct diff_walk *walk, uint64_t end)
{
    for (unsigned bad = 0; walk->at < end && !walk->compare.ended;) {
        switch (walk->bring(walk, end)) {
        case BROUGHT_SOME:
            break;
        case BROUGHT_BAD:
            walk->at += SURVEY_PAGE - walk->at % SURVEY_PAGE;
            walk->compare.differing = false;
            if (++bad == BAD_PAGES)
                walk->at = end;
            break;
        case BROUGHT_NONE:
            return false;
        }
    }
    return true;
}

bool diff_walk_block(struct diff_walk *walk, const struct survey_block *block)
{
    struct comparison *compare = &walk->compare;
    uint64_t back = block->begin < DIFF_LOOK_BACK ? block->begin : DIFF_LOOK_BACK,
             ends = walk->pair->other_size;
    uint64_t end = block->offset + block->end;
    walk->block = block;
    walk->at = block->offset + block->begin - back;
    compare->from = block->offset + block->begin;
    compare->differing = false;
    if (!walk_common(walk, ends < end ? ends : end))
        return false;
    if (ends < walk->at)
        compare->differing = true; /* since a block before */
    if (ends < end && !compare->differing && !compare->ended)
        compare_start(compare, ends);
    if (end == block->size && ends > end && !compare->differing && !compare->ended)
        compare_start(compare, end);
    return true;
}
