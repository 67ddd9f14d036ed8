/* SPDX-License-Identifier: MIT */
/**
 * base, private: going over brackets and strings, the same for every way to scan.
 *
 * Included once by each way, which says before how 64 bytes become masks, and for which processor:
 *
 *     WALK(name)    name of the way's own copy of a function
 *     WALK_TARGET   attributes of its functions
 *     WALK(classes) (data): the masks of 64 bytes, bit N for byte N
 *     WALK(parity)  (bits): bit N is the exclusive or of bits 0 to N
 *
 * In a word of 64 bytes, first the escaped bytes are found, so the true quotes are known; the exclusive or of all bits
 * up to each then says which bytes are inside a string. Both cases differ in one bit that goes in, so they share it. Most
 * words do not come down to the least depth, which two population counts tell: that is asked before all else, for it is
 * what processors foretell. Whether a word has brackets at all is not, and asking that first cost a fifth.
 *
 * How escaped bytes are found (a run of backslashes that begins at an even place and ends at an odd one is of odd length)
 * is from G. Langdale, D. Lemire: Parsing Gigabytes of JSON per Second, VLDB Journal 28 (2019), section 3.1.1.
 */
#include "way.h"

#include <string.h>

#define WALK_WORD 64u
/** The words' functions are one loop, so that what goes from word to word stays in registers. */
#define WALK_INLINE WALK_TARGET __attribute__((always_inline)) static inline
#define WALK_EVEN   0x5555555555555555U

/** What goes from word to word. */
struct WALK(carry) {
    uint64_t escaped;   /**< 1: the first byte of the next word is */
    uint64_t inside[2]; /**< in each case; all bits set, or none */
    uint64_t junk[2];   /**< bits of words in which something cannot stand: so far */
};

/** The bytes that are escaped. */
WALK_INLINE uint64_t WALK(escaped)(uint64_t backslash, uint64_t *pending)
{
    uint64_t escaped = *pending, sum;
    backslash &= ~escaped;
    *pending = 0;
    if (!backslash)
        return escaped;
    uint64_t begin = backslash & ~(backslash << 1);
    escaped |= (backslash + (begin & WALK_EVEN)) & ~backslash & ~WALK_EVEN;
    *pending = __builtin_add_overflow(backslash, begin & ~WALK_EVEN, &sum);
    return escaped | (sum & ~backslash & WALK_EVEN);
}

/** A newline ends a string: from each that stands in one, all is the other way round. */
WALK_INLINE uint64_t WALK(broken)(uint64_t in, uint64_t newline)
{
    for (uint64_t broken = in & newline; broken; broken = in & newline & ~(broken ^ (broken - 1)))
        in ^= ~(broken ^ (broken - 1));
    return in;
}

/**
 * The bytes inside strings, their opening quotes among them, of a word with this parity of quotes. A newline, where there
 * are some, ends a string.
 */
WALK_INLINE uint64_t WALK(strings)(uint64_t parity, uint64_t newline, uint64_t *inside)
{
    uint64_t in = parity ^ *inside;
    if (newline)
        in = WALK(broken)(in, newline);
    *inside = (uint64_t)((int64_t)(in & ~newline) >> (WALK_WORD - 1));
    return in;
}

/**
 * A word in which the least depth is reached. Only a closing bracket reaches it, and the commas from there to the next
 * bracket stand at it; so do those before the first, where the word begins there.
 */
WALK_INLINE void WALK(case_closes)(struct brackets_case *into, const struct scan_brackets *word)
{
    const uint64_t any = word->open | word->close, first = any & -any;
    int64_t depth = into->net;
    if (depth == into->least)
        into->commas += (uint64_t)__builtin_popcountll(word->comma & (first - 1));
    for (uint64_t close = word->close, closes = 1; close; close &= close - 1, closes++) {
        uint64_t bit = close & -close, behind = any & ~(bit ^ (bit - 1)), end = behind & -behind;
        uint64_t here = (uint64_t)__builtin_popcountll(word->comma & (end - 1) & ~(bit - 1));
        depth = into->net + __builtin_popcountll(word->open & (bit - 1)) - (int64_t)closes;
        into->commas = (depth < into->least ? 0 : into->commas) + (depth <= into->least ? here : 0);
        into->least = depth < into->least ? depth : into->least;
    }
    into->net += __builtin_popcountll(word->open) - __builtin_popcountll(word->close);
}

/** Take in the brackets and commas of a word. */
WALK_INLINE void WALK(case_word)(struct brackets_case *into, const struct scan_brackets *word,
                                 uint64_t inside)
{
    struct scan_brackets out = {.open = word->open & ~inside, .close = word->close & ~inside};
    out.comma = word->comma & ~inside;
    int64_t closes = __builtin_popcountll(out.close);
    if (into->net - closes > into->least)
        into->net += __builtin_popcountll(out.open) - closes;
    else if (out.open | out.close)
        WALK(case_closes)(into, &out);
    else
        into->commas += (uint64_t)__builtin_popcountll(out.comma);
}

/** Take in a word, of which `length` bytes are the stretch's. */
WALK_INLINE void WALK(brackets_word)(struct brackets *into, struct WALK(carry) * carry, const char *data,
                                     size_t length, bool lines)
{
    const struct scan_brackets word = WALK(classes)(data);
    uint64_t escaped = WALK(escaped)(word.backslash, &carry->escaped);
    uint64_t quote = word.quote & ~escaped, newline = lines ? word.newline : 0;
    uint64_t parity = WALK(parity)(quote);
    if (length < WALK_WORD)
        carry->escaped = escaped >> length & 1;
    into->quotes += (uint64_t)__builtin_popcountll(quote);
    into->newline = into->newline || newline;
    for (int i = 0; i < 2; i++) {
        uint64_t inside = WALK(strings)(parity, newline, &carry->inside[i]);
        carry->junk[i] |= word.junk & ~inside;
        WALK(case_word)(&into->from[i], &word, inside);
    }
}

/** The last bytes, fewer than a word, with blanks behind them, which mean nothing. */
WALK_INLINE void WALK(tail)(char copy[WALK_WORD], const char *data, size_t length)
{
    memset(copy, ' ', WALK_WORD);
    memcpy(copy, data, length);
}

/** brackets_scan but for what depends on its first bytes. */
WALK_TARGET static struct brackets WALK(brackets)(const char *data, size_t length, bool lines)
{
    struct brackets result = {0};
    struct WALK(carry) carry = {.inside = {0, UINT64_MAX}};
    char copy[WALK_WORD];
    size_t at = 0;
    for (; length - at >= WALK_WORD; at += WALK_WORD)
        WALK(brackets_word)(&result, &carry, data + at, WALK_WORD, lines);
    if (at < length) {
        WALK(tail)(copy, data + at, length - at);
        WALK(brackets_word)(&result, &carry, copy, length - at, lines);
    }
    result.trailing = carry.escaped;
    for (int i = 0; i < 2; i++) {
        result.from[i].inside = carry.inside[i];
        result.from[i].junk = carry.junk[i];
    }
    return result;
}

/** The bits of one word of a map. */
WALK_INLINE void WALK(map_word)(struct brackets_map *map, size_t at, struct WALK(carry) * carry,
                                const char *data, bool lines)
{
    const struct scan_brackets word = WALK(classes)(data);
    uint64_t quote = word.quote & ~WALK(escaped)(word.backslash, &carry->escaped);
    uint64_t inside = WALK(strings)(WALK(parity)(quote), lines ? word.newline : 0, carry->inside);
    map->open[at] = word.open & ~inside;
    map->close[at] = word.close & ~inside;
    map->comma[at] = word.comma & ~inside;
    map->quote[at] = quote;
}

WALK_TARGET static void WALK(brackets_map)(struct brackets_map *map, size_t first, const char *data,
                                           size_t length, struct brackets_state state, bool lines)
{
    struct WALK(carry) carry = {.escaped = state.escaped, .inside = {state.inside ? UINT64_MAX : 0}};
    char copy[WALK_WORD];
    size_t at = 0;
    for (; length - at >= WALK_WORD; at += WALK_WORD)
        WALK(map_word)(map, first + at / WALK_WORD, &carry, data + at, lines);
    if (at < length) {
        WALK(tail)(copy, data + at, length - at);
        WALK(map_word)(map, first + at / WALK_WORD, &carry, copy, lines);
    }
}
