/* SPDX-License-Identifier: MIT */
/**
 * ui: a list of words above the prompt, of which one may be chosen. Pure; UI thread, but for menu_sort.
 */
#ifndef FOLIO_UI_PROMPT_MENU_H
#define FOLIO_UI_PROMPT_MENU_H

#include "folio/ui/terminal/strip.h"

#include <stdbool.h>
#include <stddef.h>

/** A value. All zero: no words. */
struct menu {
    char **word; /**< malloc'd, each of them too; bytes from anywhere */
    size_t count, room;
    unsigned widest; /**< columns of the widest word, once menu_sort has been called */
};

/** Add a word, which is taken over. False when out of memory: it is freed. */
bool menu_add(struct menu *menu, char *word);

/** Put the words in order, each of them once, when all are there; any thread. */
void menu_sort(struct menu *menu);

/** The bytes, up to the end of a character, with which all words begin. */
size_t menu_common(const struct menu *menu);

/**
 * Put the words into rows of `strip`, at most `rows` of them, and begin a row below for what comes. Where not all of them
 * fit, those around `chosen` are shown (its number; the count: none is) and a row says how many there are.
 */
void menu_draw(const struct menu *menu, size_t chosen, unsigned rows, struct strip *strip);

/** Free all memory. */
void menu_release(struct menu *menu);

#endif
