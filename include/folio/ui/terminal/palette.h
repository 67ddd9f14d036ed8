/* SPDX-License-Identifier: MIT */
/**
 * ui: colours of a file as colours of a terminal, and the pairs that curses wants them in. Pure; main thread.
 *
 * A *terminal colour* is what curses takes: a number below the count of colours, red, green and blue in one number
 * where a terminal has direct colour, or PALETTE_OWN, the terminal's own. curses colours text by numbered pairs of
 * them, of which there may be as few as 63: a struct pairs says which number stands for which pair, and gives up
 * those that have not been used for longest. It calls nothing of curses; who owns it tells curses what changed.
 */
#ifndef FOLIO_UI_TERMINAL_PALETTE_H
#define FOLIO_UI_TERMINAL_PALETTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The terminal's own colour. */
#define PALETTE_OWN (-1)

/** How many colours a terminal has, and how they are numbered. */
struct palette {
    int colors; /**< how many it has: 8, 16, 88, 256, 1 << 24; 0: none are used */
    int indexed; /**< with direct colour: numbers below this one are still of the palette, all others are RGB */
    int base;    /**< the number of black there; 0: it is the number of a colour of the palette as well */
};

/**
 * The number of the colour that is nearest to `rgb`, among the first `colors` (8, 16, 256). Of 256 colours it is
 * never one of the first 16, which people give other values.
 */
int palette_nearest(uint32_t rgb, int colors);

/** A colour of an ink (INK_DEFAULT, INK_PALETTE, INK_RGB) as one of the terminal. */
int palette_color(const struct palette *palette, uint32_t color);

/** Numbered pairs; number 0 is the terminal's own colours and never given out. */
struct pairs {
    struct pair *pair; /**< `count` + 1 of them, owned; [0] ends the list of use */
    uint32_t *bucket;  /**< numbers of pairs by hash, 0 where there is none; owned */
    unsigned capacity; /**< the highest number */
    unsigned count;    /**< numbers given out */
    unsigned allocated, mask;
    uint32_t frame; /**< pairs used in this one stay */
};

/** Make it empty, for numbers from 1 to `capacity`. No memory is taken before the first pair is asked for. */
void pairs_init(struct pairs *pairs, unsigned capacity);

/** Forget all pairs and free their memory; `pairs` may be used again. */
void pairs_clear(struct pairs *pairs);

/**
 * A new picture begins: a pair that the one before used may be given up, unless pairs_keep says that it is still
 * shown.
 */
void pairs_begin(struct pairs *pairs);

/** The pair with this number is still on the screen: it is not given up in this picture. */
void pairs_keep(struct pairs *pairs, unsigned number);

/** What pairs_find had to do. */
enum pairs_found {
    PAIRS_KNOWN, /**< the number stands for these colours already */
    PAIRS_NEW,   /**< it has never stood for any */
    PAIRS_TAKEN, /**< it stood for others, which were given up */
};

/**
 * The number for these colours. 0 for the terminal's own, and also where every number is used in this picture or
 * memory is short: the text is shown without colours then.
 */
unsigned pairs_find(struct pairs *pairs, int foreground, int background, enum pairs_found *found);

#endif
