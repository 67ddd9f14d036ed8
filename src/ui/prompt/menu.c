/* SPDX-License-Identifier: MIT */
/** ui: a list of words above the prompt (see the header). */
#include "folio/ui/prompt/menu.h"

#include "folio/base/words/number.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Columns between words. */
#define MENU_GAP 2

bool menu_add(struct menu *menu, char *word)
{
    if (menu->count == menu->room) {
        size_t room = menu->room ? 2 * menu->room : 64;
        char **grown = realloc(menu->word, room * sizeof *grown);
        if (!grown) {
            free(word);
            return false;
        }
        menu->word = grown;
        menu->room = room;
    }
    menu->word[menu->count++] = word;
    return true;
}

static int menu_order(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/** Of words that are the same keep one; they stand in order. */
static void menu_once(struct menu *menu)
{
    size_t kept = 0;
    for (size_t i = 0; i < menu->count; i++)
        if (kept > 0 && strcmp(menu->word[kept - 1], menu->word[i]) == 0)
            free(menu->word[i]);
        else
            menu->word[kept++] = menu->word[i];
    menu->count = kept;
}

void menu_sort(struct menu *menu)
{
    if (menu->count > 0)
        qsort(menu->word, menu->count, sizeof(char *), menu_order);
    menu_once(menu);
    for (size_t i = 0; i < menu->count; i++) {
        unsigned width = strip_width(menu->word[i], strlen(menu->word[i]));
        menu->widest = width > menu->widest ? width : menu->widest;
    }
}

/* In order, the first and the last word differ the most. */
size_t menu_common(const struct menu *menu)
{
    size_t length = 0;
    if (menu->count == 0)
        return 0;
    const char *first = menu->word[0], *last = menu->word[menu->count - 1];
    while (first[length] != '\0' && first[length] == last[length])
        length++;
    while (length > 0 && ((unsigned char)first[length] & 0xc0) == 0x80)
        length--;
    return length;
}

static void menu_row(const struct menu *menu, size_t begin, size_t count, size_t chosen, struct strip *strip)
{
    for (size_t i = begin; i < begin + count && i < menu->count; i++) {
        unsigned column = (unsigned)(i - begin) * (menu->widest + MENU_GAP);
        while (strip->used < column)
            strip_put(strip, " ", 1);
        strip_put_styled(strip, menu->word[i], strlen(menu->word[i]),
                         i == chosen ? STYLE_CURSOR : STYLE_EDGE);
    }
    (void)strip_break(strip);
}

/** How many there are, and which is chosen. */
static void menu_count(const struct menu *menu, size_t chosen, struct strip *strip)
{
    char count[32], number[32], text[80];
    number_group(menu->count, count, sizeof count);
    number_group(chosen + 1, number, sizeof number);
    if (chosen < menu->count)
        snprintf(text, sizeof text, "(%s of %s)", number, count);
    else
        snprintf(text, sizeof text, "(%s; Tab goes through them)", count);
    strip_put_styled(strip, text, strlen(text), STYLE_NUMBER);
    (void)strip_break(strip);
}

void menu_draw(const struct menu *menu, size_t chosen, unsigned rows, struct strip *strip)
{
    unsigned width = menu->widest + MENU_GAP;
    size_t across = (strip->columns + MENU_GAP) / width;
    across = across > 0 ? across : 1;
    size_t needed = (menu->count + across - 1) / across;
    unsigned room = strip->columns > 0 ? STRIP_COLUMNS / strip->columns - 1 : 0;
    rows = rows < room ? rows : room;
    if (rows == 0 || menu->count == 0)
        return;
    bool all = needed <= rows;
    size_t shown = all ? needed : rows > 1 ? rows - 1 : 1;
    size_t first = all || chosen >= menu->count ? 0 : chosen / across / shown * shown;
    /* The last page is as high as the others. */
    first = first + shown > needed ? needed - shown : first;
    for (size_t i = first; i < first + shown && i < needed; i++)
        menu_row(menu, i * across, across, chosen, strip);
    if (!all && rows > 1)
        menu_count(menu, chosen, strip);
}

void menu_release(struct menu *menu)
{
    for (size_t i = 0; i < menu->count; i++)
        free(menu->word[i]);
    free(menu->word);
    *menu = (struct menu){0};
}
