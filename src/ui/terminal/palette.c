/* SPDX-License-Identifier: MIT */
/**
 * ui: nearest colours, and the table of pairs.
 *
 * The table is a hash with chains from colours to number, and a ring in the order of use through all numbers given
 * out, with [0] as its head: what was used last stands behind the head, what may go stands before it. A pair of the
 * picture that is being made is never given up, so the search for one to give up looks at a single pair: when the
 * last of the ring is needed, all others are too. Pure; main thread.
 */
#include "folio/ui/terminal/palette.h"

#include "folio/base/glyph/ink.h"

#include <stdlib.h>

/** Pairs for which room is made at first. */
#define PAIRS_FIRST 64

struct pair {
    int foreground, background;
    uint32_t next;         /**< of the same bucket */
    uint32_t newer, older; /**< in the ring */
    uint32_t frame;        /**< the last that used it */
};

/** xterm's first 16 colours. Themes change them; for the few that a small terminal has it is the best guess. */
static const uint32_t palette_base[16] = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
                                          0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
                                          0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff};

static unsigned palette_distance(uint32_t left, uint32_t right)
{
    unsigned sum = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        int apart = (int)(left >> shift & 0xff) - (int)(right >> shift & 0xff);
        sum += (unsigned)(apart * apart);
    }
    return sum;
}

/** One of the six steps of the cube: 0, 95, 135, 175, 215, 255. */
static uint32_t palette_level(unsigned step)
{
    return step == 0 ? 0 : 55 + 40 * step;
}

static unsigned palette_step(uint32_t value)
{
    return value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40;
}

/** Red, green and blue of one of the 256 colours. */
static uint32_t palette_rgb(unsigned number)
{
    if (number < 16)
        return palette_base[number];
    if (number >= 232)
        return (8 + 10 * (number - 232)) * 0x010101;
    number -= 16;
    return palette_level(number / 36) << 16 | palette_level(number / 6 % 6) << 8 | palette_level(number % 6);
}

/** Of the cube and the greys; both are computed. */
static int palette_nearest_256(uint32_t rgb)
{
    unsigned red = rgb >> 16 & 0xff;
    unsigned green = rgb >> 8 & 0xff;
    unsigned blue = rgb & 0xff;
    unsigned cube = 16 + 36 * palette_step(red) + 6 * palette_step(green) + palette_step(blue);
    unsigned mean = (red + green + blue) / 3;
    unsigned grey = 232 + (mean < 3 ? 0 : mean > 238 ? 23 : (mean - 3) / 10);
    return (int)(palette_distance(rgb, palette_rgb(grey)) < palette_distance(rgb, palette_rgb(cube)) ? grey
                                                                                                     : cube);
}

int palette_nearest(uint32_t rgb, int colors)
{
    if (colors >= 256)
        return palette_nearest_256(rgb);
    int best = 0;
    for (int i = 1; i < colors && i < 16; i++)
        if (palette_distance(rgb, palette_base[i]) < palette_distance(rgb, palette_base[best]))
            best = i;
    return best;
}

int palette_color(const struct palette *palette, uint32_t color)
{
    uint32_t value = color & 0xffffff;
    bool indexed = color >> 24 == 1;
    if (palette->colors < 8 || color == INK_DEFAULT)
        return PALETTE_OWN;
    if (palette->colors >= 1 << 24) {
        if (indexed && (int)value < palette->indexed)
            return (int)value;
        value = indexed ? palette_rgb(value & 0xff) : value;
        if (palette->base > 0)
            return palette->base + (int)value;
        /* The darkest blues are numbers of the palette there: the next one up cannot be told from them. */
        return (int)value < palette->indexed ? palette->indexed : (int)value;
    }
    if (indexed && (int)value < palette->colors && (value < 16 || palette->colors >= 256))
        return (int)value;
    return palette_nearest(indexed ? palette_rgb(value & 0xff) : value, palette->colors);
}

void pairs_init(struct pairs *pairs, unsigned capacity)
{
    *pairs = (struct pairs){.capacity = capacity, .frame = 1};
}

void pairs_clear(struct pairs *pairs)
{
    free(pairs->pair);
    free(pairs->bucket);
    pairs_init(pairs, pairs->capacity);
}

void pairs_begin(struct pairs *pairs)
{
    pairs->frame++;
}

static uint32_t *pairs_bucket(const struct pairs *pairs, int foreground, int background)
{
    uint64_t mixed =
        ((uint64_t)(uint32_t)foreground << 32 | (uint32_t)background) * UINT64_C(0x9e3779b97f4a7c15);
    return &pairs->bucket[mixed >> 40 & pairs->mask];
}

static void pairs_unlink(struct pairs *pairs, uint32_t number)
{
    struct pair *pair = &pairs->pair[number];
    pairs->pair[pair->newer].older = pair->older;
    pairs->pair[pair->older].newer = pair->newer;
}

/** Make it the one used last. */
static void pairs_link(struct pairs *pairs, uint32_t number)
{
    struct pair *pair = &pairs->pair[number];
    pair->frame = pairs->frame;
    pair->newer = 0;
    pair->older = pairs->pair[0].older;
    pairs->pair[pair->older].newer = number;
    pairs->pair[0].older = number;
}

void pairs_keep(struct pairs *pairs, unsigned number)
{
    if (number != 0 && number <= pairs->count && pairs->pair[number].frame != pairs->frame) {
        pairs_unlink(pairs, number);
        pairs_link(pairs, number);
    }
}

static void pairs_enter(struct pairs *pairs, uint32_t number)
{
    struct pair *pair = &pairs->pair[number];
    uint32_t *bucket = pairs_bucket(pairs, pair->foreground, pair->background);
    pair->next = *bucket;
    *bucket = number;
}

/** Twice the room, and all buckets anew. False when memory is short; everything is as it was then. */
static bool pairs_grow(struct pairs *pairs)
{
    unsigned room = pairs->allocated == 0 ? PAIRS_FIRST : 2 * pairs->allocated;
    struct pair *pair = realloc(pairs->pair, (room + 1) * sizeof *pair);
    if (!pair)
        return false;
    if (pairs->allocated == 0)
        pair[0] = (struct pair){0};
    pairs->pair = pair;
    uint32_t *bucket = calloc(2 * (size_t)room, sizeof *bucket);
    if (!bucket)
        return false;
    free(pairs->bucket);
    pairs->bucket = bucket;
    pairs->mask = 2 * room - 1;
    pairs->allocated = room;
    for (uint32_t number = 1; number <= pairs->count; number++)
        pairs_enter(pairs, number);
    return true;
}

/** The number used least lately, free to stand for something else; 0 when this picture needs them all. */
static uint32_t pairs_oldest(struct pairs *pairs)
{
    uint32_t number = pairs->count > 0 ? pairs->pair[0].newer : 0;
    if (number == 0 || pairs->pair[number].frame == pairs->frame)
        return 0;
    uint32_t *at = pairs_bucket(pairs, pairs->pair[number].foreground, pairs->pair[number].background);
    while (*at != number)
        at = &pairs->pair[*at].next;
    *at = pairs->pair[number].next;
    pairs_unlink(pairs, number);
    return number;
}

unsigned pairs_find(struct pairs *pairs, int foreground, int background, enum pairs_found *found)
{
    *found = PAIRS_KNOWN;
    if (foreground == PALETTE_OWN && background == PALETTE_OWN)
        return 0;
    uint32_t number = pairs->count > 0 ? *pairs_bucket(pairs, foreground, background) : 0;
    while (number != 0 &&
           (pairs->pair[number].foreground != foreground || pairs->pair[number].background != background))
        number = pairs->pair[number].next;
    if (number != 0) {
        pairs_keep(pairs, number);
        return number;
    }
    if (pairs->count < pairs->capacity && (pairs->count < pairs->allocated || pairs_grow(pairs))) {
        number = ++pairs->count;
        *found = PAIRS_NEW;
    } else {
        number = pairs_oldest(pairs);
        *found = PAIRS_TAKEN;
    }
    if (number != 0) {
        pairs->pair[number].foreground = foreground;
        pairs->pair[number].background = background;
        pairs_enter(pairs, number);
        pairs_link(pairs, number);
    }
    return number;
}
