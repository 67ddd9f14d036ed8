/* SPDX-License-Identifier: MIT */
/*
 * model: the pass over two files that are aligned (see the header).
 *
 *     first   a b c d e f g h i j k l           the files part at d: the next places alike are looked for (anchor.c), here
 *     other   a b c X Y Z d e f g h i j k l     found somewhere in `f g h`, and extended backward byte by byte
 *                   ^^^^^
 *
 * A few changed bytes, after which both go on as they stood, are no reason to look. Bytes that are the same by accident
 * (zeros, most of all) hide where something was put in: both seem to go on alike, and part again later. Therefore what
 * was found is extended backward over them as well, and the shift begins where the files parted for the first time.
 */
#include "aligner.h"
#include "walk.h"

#include <stdlib.h>

/** After a changed byte the files may go on alike so soon, with so many bytes the same. */
#define NEAR_REACH 4096u
#define NEAR_ALIKE 32u
/** They part again before so many bytes: perhaps only by accident they were the same. So often that is let pass at first. */
#define NEAR_POOR     256u
#define NEAR_PATIENCE 4u
/** How far a run is extended backward over bytes that are the same either way. */
#define BACK_REACH 65536u
/** Pages that cannot be read before one gives up: each may take a dying disk seconds. */
#define BAD_PAGES 16u

/** The pass: where it is, and how that is shifted. */
struct pass {
    struct aligner *aligner;
    struct places now;
    /** Where in both files the shift of now begins. */
    struct places begin;
    /** Where they parted last, how often soon after the time before, and how often that is let pass. */
    uint64_t parted;
    unsigned poor, patience;
    unsigned bad;
};

/** Go on as far as both are the same. False: one of them is at its end, or nothing more can be read. */
static bool pass_same(struct pass *pass)
{
    struct aligner *aligner = pass->aligner;
    const uint64_t *size = aligner->source->size;
    while (pass->now.at[0] < size[0] && pass->now.at[1] < size[1]) {
        const char *data[2];
        size_t length[2];
        for (unsigned file = 0; file < 2; file++)
            length[file] = peek_forward(aligner, &aligner->peek[file], pass->now.at[file], &data[file]);
        size_t some = length[0] < length[1] ? length[0] : length[1], same;
        if (some) {
            same = diff_same_length(data[0], data[1], some);
        } else { /* past the page */
            unsigned file = length[0] ? 1 : 0;
            if (aligner->source->stopped(aligner->source->context) || ++pass->bad > BAD_PAGES)
                return false;
            same = SURVEY_PAGE - (size_t)(pass->now.at[file] % SURVEY_PAGE);
            some = same;
        }
        pass->now.at[0] += same;
        pass->now.at[1] += same;
        if (same < some)
            return true;
    }
    return false;
}

/** Do they go on alike soon, as they stand? Then there. */
static bool pass_near(const struct pass *pass, struct places *found)
{
    struct aligner *aligner = pass->aligner;
    unsigned alike = 0;
    for (unsigned away = 1; away < NEAR_REACH;) {
        const char *one = NULL, *two = NULL;
        size_t first = peek_forward(aligner, &aligner->peek[PEEK_FIRST], pass->now.at[0] + away, &one);
        size_t other = peek_forward(aligner, &aligner->peek[PEEK_OTHER], pass->now.at[1] + away, &two);
        size_t length = first < other ? first : other;
        for (size_t i = 0; i < length && away < NEAR_REACH; i++, away++) {
            alike = one[i] == two[i] ? alike + 1 : 0;
            if (alike < NEAR_ALIKE)
                continue;
            away -= NEAR_ALIKE - 1;
            *found = (struct places){{pass->now.at[0] + away, pass->now.at[1] + away}};
            /* What lies between may be shifted to and fro. */
            if (away > 2 * NEAR_ALIKE)
                anchor_nearer(aligner, pass->now, found);
            return true;
        }
        if (length == 0)
            break;
    }
    return false;
}

/** The files part. Have they done so again and again, so that it may be another shift that they have? */
static bool pass_suspects(struct pass *pass)
{
    pass->poor = pass->now.at[0] - pass->parted < NEAR_POOR ? pass->poor + 1 : 0;
    pass->parted = pass->now.at[0];
    return pass->poor > pass->patience;
}

/** The first byte of the first file from `from` on that is not the same as the files stand now. */
static uint64_t pass_parted(const struct pass *pass, uint64_t from)
{
    uint64_t shifted = pass->now.at[1] - pass->now.at[0];
    uint64_t same =
        peek_alike(pass->aligner, (struct places){{from, from + shifted}}, pass->now.at[0] - from);
    return from + same;
}

/** The files go on alike at `found`, shifted otherwise than before: the table learns from where on. */
static void pass_shift(struct pass *pass, struct places found)
{
    struct shifts *shifts = pass->aligner->shifts;
    uint64_t before = pass->now.at[1] - pass->now.at[0], after = found.at[1] - found.at[0];
    uint64_t first = found.at[0] - pass->begin.at[0], other = found.at[1] - pass->begin.at[1];
    uint64_t room = first < other ? first : other, near = found.at[0] - pass->now.at[0] + BACK_REACH;
    uint64_t back = peek_alike_before(pass->aligner, found, room < near ? room : near);
    uint64_t gone = (int64_t)(after - before) < 0 ? before - after : 0;
    /* What only the first file has lies before what is the same. */
    uint64_t begin =
        found.at[0] - back < pass->begin.at[0] + gone ? pass->begin.at[0] : found.at[0] - back - gone;
    uint64_t parted = begin < pass->now.at[0] ? pass_parted(pass, begin) : begin;
    shifts->shift[shifts->count++] = (struct shift){parted, (int64_t)after};
    pass->begin = (struct places){{parted + gone, parted + gone + after}};
    pass->now = found;
}

/** Where do they go on alike? First it is looked nearby, unless it is suspected that they only seem to do so there. */
static bool pass_found(struct pass *pass, struct places *found)
{
    if (!pass_suspects(pass))
        return pass_near(pass, found) || anchor_find(pass->aligner, pass->now, found);
    if (!anchor_find(pass->aligner, pass->now, found))
        return pass_near(pass, found);
    bool same = found->at[1] - found->at[0] == pass->now.at[1] - pass->now.at[0];
    pass->patience = same ? pass->patience * 2 : NEAR_PATIENCE;
    pass->poor = 0;
    return true;
}

/** The files part: go where they go on alike. False: nowhere, or there is no room for another shift. */
static bool pass_resume(struct pass *pass)
{
    struct places found;
    struct shifts *shifts = pass->aligner->shifts;
    if (!pass_found(pass, &found))
        return false;
    if (found.at[1] - found.at[0] == pass->now.at[1] - pass->now.at[0]) {
        pass->now = found;
        return true;
    }
    shifts->full = shifts->count == SHIFTS_MAX;
    if (!shifts->full)
        pass_shift(pass, found);
    return !shifts->full;
}

bool align_files(const struct align_source *source, struct shifts *shifts)
{
    struct aligner *aligner = calloc(1, sizeof *aligner);
    shifts->count = 0;
    shifts->full = false;
    if (!aligner)
        return false;
    aligner->source = source;
    aligner->shifts = shifts;
    aligner->peek[PEEK_OTHER].file = aligner->peek[PEEK_TWO].file = 1;
    struct pass pass = {.aligner = aligner, .patience = NEAR_PATIENCE};
    while (pass_same(&pass) && pass_resume(&pass))
        continue;
    free(aligner);
    return !source->stopped(source->context);
}
