/* SPDX-License-Identifier: MIT */
/*
 * model: the ends of words in expressions (see the header). Any thread.
 *
 * A walk over the items of an expression, as far as it must know them: what is a backslash with its letter, and where
 * a class, a quote (\Q to \E), a comment or a verb ends, in which the two characters are no word's end.
 */
#include "words.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/** How the two are spelled. In a group, so that a quantifier behind them is one of the whole. */
#define WORD_BEGINS "(?:\\b(?=\\w))"
#define WORD_ENDS   "(?:\\b(?<=\\w))"

/** The walk: `at` is the next item. */
struct words_walk {
    const char *text;
    size_t length, at;
    bool in_class;
};

/** Does `mark` stand at `at`? */
static bool walk_is(const struct words_walk *walk, const char *mark)
{
    const size_t length = strlen(mark);
    return walk->length - walk->at >= length && memcmp(walk->text + walk->at, mark, length) == 0;
}

/** The length of what begins at `at` and ends behind the next `mark`, or with the text. */
static size_t walk_up_to(const struct words_walk *walk, const char *mark)
{
    const char *begin = walk->text + walk->at;
    const char *end = memmem(begin, walk->length - walk->at, mark, strlen(mark));
    return end ? (size_t)(end - begin) + strlen(mark) : walk->length - walk->at;
}

/** A backslash and what belongs to it. */
static size_t walk_escape(const struct words_walk *walk)
{
    const size_t rest = walk->length - walk->at;
    if (walk_is(walk, "\\Q"))
        return walk_up_to(walk, "\\E");
    const size_t wanted = walk_is(walk, "\\c") ? 3 : 2; /* \c takes any character, a backslash too */
    return rest < wanted ? rest : wanted;
}

/** `[`, with `^` and with a `]` that cannot end a class yet. */
static size_t walk_open(const struct words_walk *walk)
{
    static const char *const opening[] = {"[^]", "[]", "[^"};
    for (size_t i = 0; i < sizeof opening / sizeof *opening; i++)
        if (walk_is(walk, opening[i]))
            return strlen(opening[i]);
    return 1;
}

/** The next item inside a class. A name in it, as [:alpha:], ends with a bracket of its own. */
static size_t walk_member(struct words_walk *walk)
{
    if (walk->text[walk->at] == '\\')
        return walk_escape(walk);
    if (walk_is(walk, "[:"))
        return walk_up_to(walk, ":]");
    walk->in_class = walk->text[walk->at] != ']';
    return 1;
}

/** The length of the next item. */
static size_t walk_item(struct words_walk *walk)
{
    if (walk->in_class)
        return walk_member(walk);
    if (walk->text[walk->at] == '\\')
        return walk_escape(walk);
    if (walk_is(walk, "(?#"))
        return walk_up_to(walk, ")");
    if (walk_is(walk, "(*") && walk->length - walk->at > 2 && (walk->text[walk->at + 2] & 0x60) == 0x40)
        return walk_up_to(walk, ")"); /* a verb, by its capital letter */
    walk->in_class = walk->text[walk->at] == '[';
    return walk->in_class ? walk_open(walk) : 1;
}

/** How the item at `at` is spelled, where it is one of the two; otherwise NULL. */
static const char *walk_word(const struct words_walk *walk)
{
    if (walk->in_class || !(walk_is(walk, "\\<") || walk_is(walk, "\\>")))
        return NULL;
    return walk->text[walk->at + 1] == '<' ? WORD_BEGINS : WORD_ENDS;
}

struct words words_spell(const char *text, size_t length)
{
    struct words_walk walk = {.text = text, .length = length};
    struct words words = {.text = malloc(length * (sizeof WORD_ENDS / 2) + 1)};
    while (words.text && walk.at < length) {
        const char *word = walk_word(&walk);
        const size_t item = walk_item(&walk), spelled = word ? strlen(word) : item;
        const char *from = word ? word : text + walk.at;
        for (size_t i = 0; i < spelled; i++)
            words.text[words.length++] = from[i];
        walk.at += item;
    }
    return words;
}

size_t words_offset(const char *text, size_t length, size_t offset)
{
    struct words_walk walk = {.text = text, .length = length};
    size_t spelled = 0;
    while (walk.at < length) {
        const char *word = walk_word(&walk);
        const size_t item = walk_item(&walk), here = word ? strlen(word) : item;
        if (spelled + here > offset)
            return walk.at + (word ? 0 : offset - spelled);
        spelled += here;
        walk.at += item;
    }
    return length;
}
