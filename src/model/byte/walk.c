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

size_t diff_same_length(const char *one, const char *two, size_t length)
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
            at += diff_same_length(one + at, two + at, length - at);
            if (at < length)
                compare_start(compare, offset + at);
        }
    }
}

/** Past the page of the other file that cannot be read. */
static void walk_skip(struct diff_walk *walk)
{
    walk->at += SURVEY_PAGE - diff_walk_other(walk, walk->at) % SURVEY_PAGE;
    walk->compare.differing = false;
}

/** Go over what both files have up to `end`. False: not to its end. */
static bool walk_common(struct diff_walk *walk, uint64_t end)
{
    for (unsigned bad = 0; walk->at < end && !walk->compare.ended;) {
        switch (walk->bring(walk, end)) {
        case BROUGHT_SOME:
            break;
        case BROUGHT_BAD:
            walk_skip(walk);
            if (++bad == BAD_PAGES)
                walk->at = end;
            break;
        case BROUGHT_NONE:
            return false;
        }
    }
    return true;
}

/** What only one of the files has stands at `unit`: a difference, unless it goes on from before. */
static void walk_alone(struct diff_walk *walk, uint64_t unit)
{
    if (!walk->compare.differing && !walk->compare.ended)
        compare_start(&walk->compare, unit);
}

/** Go over a stretch that is shifted by the same all along, up to `end`. False: not to its end. */
static bool walk_stretch(struct diff_walk *walk, const struct shift_stretch *stretch, uint64_t end)
{
    uint64_t size = walk->pair->other_size, ends = size - (uint64_t)stretch->by;
    if (stretch->by > 0 && (uint64_t)stretch->by > size)
        ends = 0;
    walk->by = stretch->by;
    if (stretch->more && stretch->range.begin == walk->at)
        walk_alone(walk, walk->at);
    if (stretch->only)
        ends = stretch->range.begin;
    if (ends < walk->at) {
        walk->compare.differing = true; /* since a block before */
        ends = walk->at;
    }
    if (!walk_common(walk, ends < end ? ends : end))
        return false;
    if (ends < end)
        walk_alone(walk, ends);
    walk->at = end > walk->at ? end : walk->at;
    return true;
}

bool diff_walk_block(struct diff_walk *walk, const struct survey_block *block)
{
    struct comparison *compare = &walk->compare;
    uint64_t back = block->begin < DIFF_LOOK_BACK ? block->begin : DIFF_LOOK_BACK;
    uint64_t end = block->offset + block->end;
    walk->block = block;
    walk->at = block->offset + block->begin - back;
    compare->from = block->offset + block->begin;
    compare->differing = false;
    while (walk->at < end && !compare->ended) {
        struct shift_stretch stretch = shifts_at(walk->pair->shifts, walk->at);
        if (!walk_stretch(walk, &stretch, stretch.range.end < end ? stretch.range.end : end))
            return false;
    }
    if (end == block->size && diff_walk_other(walk, end) < walk->pair->other_size)
        walk_alone(walk, end);
    return true;
}
