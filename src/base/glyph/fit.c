/* SPDX-License-Identifier: MIT */
/*
 * base: how much text goes on a row. Any thread.
 *
 * What a glyph is and how wide, glyph_next says. Nearly all text is so plain that its answer is known beforehand: a
 * printable ASCII byte takes one column, a character of the class `base` one or two, a colour none. So a walk is two
 * loops, one inside the other:
 *
 *     fit_plain    sixteen bytes of ASCII, one character or one colour at a time, no glyph is made
 *     fit_fill     whatever that stops at: one glyph_next, and on with fit_plain
 *
 * The invariant: a plain character is taken before it is known whether marks follow it, or a backspace that strikes
 * another over it. `base` remembers where the last one stands, and when the next byte could change it (a byte beyond
 * ASCII that is no plain character, a backspace), the walk goes back to it and asks glyph_next for the whole glyph.
 * Nothing else that follows a character can change it. The tests hold the two against each other.
 *
 * Rejected: classifying 32 bytes at once into masks. It is faster on pure ASCII, which needs no walk (columns are
 * bytes there), and no faster where characters of two and three bytes, wide and narrow, follow each other.
 */
#include "folio/base/glyph/fit.h"

#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "inside.h"

#include "folio/base/text/utf8.h"

/** Bytes for each column that a row may have, and for what takes no column on the whole row. */
#define COLUMN_LENGTH_MAX 128u
#define ROW_SPARE         (4u * GLYPH_SEQUENCE_MAX)
/** A colour of more bytes, two strides of them parameters, is left to glyph_next. */
#define COLOUR_LENGTH_MAX (2 + 2 * STRIDE)
/** `base` when the last glyph is whole. */
#define NO_BASE SIZE_MAX
/** Bytes looked at in one step. */
#define STRIDE 16u

/** A walk under way. */
struct walk {
    const struct fit *fit;
    const char *data;
    size_t length; /**< that may be looked at */
    size_t limit;  /**< glyphs that begin here or behind are not taken */
    size_t at;
    size_t base; /**< where the plain character that ends at `at` begins, and its columns */
    unsigned base_width;
    uint64_t column; /**< of the glyph at `at`, and the first one that is too far */
    uint64_t until;
    enum { FIT_WIDE, FIT_ASCII, FIT_UTF8 } way;
};

size_t fit_ahead(const struct fit *fit)
{
    uint64_t look = (uint64_t)fit->width * COLUMN_LENGTH_MAX + ROW_SPARE;
    return look < FIT_AHEAD_MAX ? (size_t)look : FIT_AHEAD_MAX;
}

bool fit_same(const struct fit *a, const struct fit *b)
{
    const struct glyph_rules *first = &a->rules, *second = &b->rules;
    const struct encoding *from = rules_encoding(first), *to = rules_encoding(second);
    if (a->width != b->width || a->word != b->word || first->sgr != second->sgr)
        return false;
    if (first->tab_width != second->tab_width || first->stop_count != second->stop_count)
        return false;
    if (memcmp(first->stop, second->stop, first->stop_count * sizeof *first->stop) != 0)
        return false;
    return from == to || (from && to && strcmp(from->name, to->name) == 0);
}
#if defined(__SSE2__)

/** How many of the first STRIDE bytes lie in [low, high]. */
static inline unsigned bytes_within(const char *data, unsigned char low, unsigned char high)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)data);
    __m128i above = _mm_sub_epi8(bytes, _mm_set1_epi8((char)low));
    __m128i most = _mm_set1_epi8((char)(high - low));
    unsigned within = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(above, most), above));
    return (unsigned)__builtin_ctz(~within);
}

#else

static inline unsigned bytes_within(const char *data, unsigned char low, unsigned char high)
{
    unsigned count = 0;
    while (count < STRIDE && (unsigned char)data[count] >= low && (unsigned char)data[count] <= high)
        count++;
    return count;
}

#endif

/** Is the byte one that follows others in a character of UTF-8? */
static inline bool byte_trails(unsigned char byte)
{
    return (byte & 0xc0) == 0x80;
}

/** Columns of a code point that is a base; 0 for any other. */
static inline unsigned rune_plain(uint32_t rune)
{
    struct rune_kind look = rune_kind(rune);
    return look.class == RUNE_BASE ? (unsigned)look.width : 0;
}

/** Columns of the character beyond ASCII at `at`, and its length, if it is plain; 0 if it is anything else. */
static inline __attribute__((always_inline)) unsigned character_plain(const struct walk *walk,
                                                                      unsigned *length)
{
    const unsigned char *byte = (const unsigned char *)walk->data + walk->at;
    size_t rest = walk->length - walk->at;
    if (walk->way != FIT_UTF8)
        return 0;
    if (byte[0] < 0xe0) {
        *length = 2;
        if (byte[0] < 0xc2 || rest < 2 || !byte_trails(byte[1]))
            return 0;
        return rune_plain((uint32_t)(byte[0] & 0x1f) << 6 | (byte[1] & 0x3f));
    }
    if (byte[0] < 0xf0) {
        *length = 3;
        if (rest < 3 || !byte_trails(byte[1]) || !byte_trails(byte[2]))
            return 0;
        uint32_t rune = (uint32_t)(byte[0] & 0xf) << 12 | (uint32_t)(byte[1] & 0x3f) << 6 | (byte[2] & 0x3f);
        return rune < 0x800 || (rune >= 0xd800 && rune < 0xe000) ? 0 : rune_plain(rune);
    }
    struct utf8 next = utf8_decode(walk->data + walk->at, rest);
    *length = next.length;
    return next.valid ? rune_plain(next.rune) : 0;
}

/** Length of the colour at `at`, if it is a short one spelled in the usual way, no ^O behind it; otherwise 0. */
static inline unsigned colour_plain(const struct walk *walk)
{
    const char *data = walk->data + walk->at;
    size_t length = walk->length - walk->at;
    if (!walk->fit->rules.sgr || length < COLOUR_LENGTH_MAX || data[1] != '[')
        return 0;
    for (unsigned at = 2; at < COLOUR_LENGTH_MAX; at += STRIDE) {
        unsigned run = bytes_within(data + at, '0', ';');
        if (run == STRIDE)
            continue;
        at += run + 1;
        bool shifted = at < length && data[at] == 0x0f; /* which belongs to it */
        return data[at - 1] == 'm' && !shifted ? at : 0;
    }
    return 0;
}

/** Take the printable ASCII that begins at `at`. */
static inline void walk_ascii(struct walk *walk)
{
    size_t begin = walk->at, end = walk->limit, at = begin;
    if (walk->until - walk->column < end - begin)
        end = begin + (size_t)(walk->until - walk->column);
    for (unsigned run = STRIDE; run == STRIDE && at < end && walk->length - at >= STRIDE; at += run)
        run = bytes_within(walk->data + at, ' ', '~');
    while (at < end && walk->length - at < STRIDE && walk->data[at] >= ' ' && walk->data[at] <= '~')
        at++;
    walk->at = at < end ? at : end;
    walk->column += walk->at - begin;
    walk->base = walk->at - 1;
    walk->base_width = 1;
}

/** Take what is plain: ASCII, characters without marks so far, colours. Stops at anything else, or at the end. */
static void fit_plain(struct walk *walk)
{
    while (walk->at < walk->limit && walk->column < walk->until) {
        unsigned char byte = (unsigned char)walk->data[walk->at];
        unsigned length = 0, width = 0;
        if (byte >= 0x20 && byte < 0x7f) {
            walk_ascii(walk);
            continue;
        }
        if (byte >= 0x80) {
            width = character_plain(walk, &length);
            if (width == 0 || width > walk->until - walk->column)
                return;
            walk->base = walk->at;
            walk->base_width = width;
        } else {
            length = byte == 0x1b ? colour_plain(walk) : 0;
            if (length == 0)
                return;
            walk->base = NO_BASE;
        }
        walk->at += length;
        walk->column += width;
    }
}

/** Could what stands at `at` change the plain character before it? */
static bool walk_changes(const struct walk *walk)
{
    unsigned length;
    if (walk->base == NO_BASE || walk->at >= walk->length)
        return false;
    unsigned char byte = (unsigned char)walk->data[walk->at];
    if (byte < 0x80)
        return byte == '\b' && walk->fit->rules.sgr;
    return character_plain(walk, &length) == 0;
}

/** The glyph at `at`. */
static void walk_glyph(const struct walk *walk, struct glyph *glyph)
{
    glyph_next(walk->data + walk->at, walk->length - walk->at,
               (struct glyph_place){walk->column, &walk->fit->rules}, glyph);
}

/** Take what takes no column. */
static void walk_trail(struct walk *walk)
{
    struct glyph glyph;
    while (walk->at < walk->limit) {
        unsigned char byte = (unsigned char)walk->data[walk->at];
        unsigned length = 0;
        if (walk->way != FIT_WIDE && byte >= 0x20 && byte != 0x7f &&
            (byte < 0x80 || character_plain(walk, &length)))
            return;
        if (walk->way != FIT_WIDE && byte == 0x1b && (length = colour_plain(walk)) > 0) {
            walk->at += length;
            continue;
        }
        walk_glyph(walk, &glyph);
        if (glyph.width > 0 || glyph.kind == GLYPH_NEWLINE)
            return;
        walk->at += glyph.length;
    }
}

/**
 * Take glyphs while they end at or before column `until`, and what takes no column behind them. `least`: the first
 * one that takes columns always. True when something else than a newline stopped it.
 */
static bool fit_fill(struct walk *walk, bool least)
{
    uint64_t begin = walk->column;
    struct glyph glyph;
    for (;;) {
        if (walk->way != FIT_WIDE)
            fit_plain(walk);
        if (walk_changes(walk)) {
            walk->at = walk->base;
            walk->column -= walk->base_width;
        } else if (walk->at >= walk->limit || walk->column >= walk->until) {
            break;
        }
        walk->base = NO_BASE;
        walk_glyph(walk, &glyph);
        if (glyph.kind == GLYPH_NEWLINE)
            return false;
        if (glyph.width > walk->until - walk->column && !(least && walk->column == begin))
            return true;
        walk->at += glyph.length;
        walk->column += glyph.width;
    }
    walk_trail(walk);
    return true;
}

/** A walk of `span` that begins at `column`. */
static struct walk walk_begin(const struct fit *fit, struct span span, uint64_t column)
{
    const struct encoding *encoding = rules_encoding(&fit->rules);
    return (struct walk){
        .fit = fit,
        .data = span.data,
        .length = span.length,
        .limit = span.length,
        .base = NO_BASE,
        .column = column,
        .until = UINT64_MAX,
        .way = !encoding             ? FIT_UTF8
               : encoding->unit == 1 ? FIT_ASCII
                                     : FIT_WIDE,
    };
}

static bool glyph_blank(const struct glyph *glyph)
{
    return glyph->kind == GLYPH_TAB || (glyph->kind == GLYPH_TEXT && glyph->rune_count == 1 &&
                                        glyph->rune[0] == ' ' && glyph->struck == 0);
}

/** Take blanks, and what takes no column between them. */
static void walk_blanks(struct walk *walk)
{
    struct glyph glyph;
    while (walk->at < walk->limit) {
        walk_glyph(walk, &glyph);
        if (!glyph_blank(&glyph) && (glyph.width > 0 || glyph.kind == GLYPH_NEWLINE))
            return;
        walk->at += glyph.length;
    }
}

/** Where the first glyph stands that takes columns and is no blank. */
static size_t words_begin(const struct walk *row)
{
    struct walk walk = *row;
    struct glyph glyph;
    for (walk.at = 0; walk.at < row->at; walk.at += glyph.length) {
        walk_glyph(&walk, &glyph);
        if (glyph.width > 0 && !glyph_blank(&glyph))
            break;
    }
    return walk.at;
}

/** Behind the last blank of the row that begins behind `first`, glyph by glyph; 0 when there is none. */
static size_t words_search(const struct walk *row, size_t first)
{
    struct walk walk = *row;
    struct glyph glyph;
    size_t found = 0;
    for (walk.at = first; walk.at < row->at; walk.at += glyph.length) {
        walk_glyph(&walk, &glyph);
        if (glyph_blank(&glyph))
            found = walk.at + glyph.length;
    }
    return found;
}

/**
 * The same backward, byte by byte. A blank that is a byte is one in the text unless it lies in a sequence, has marks or
 * was struck; where the last cannot be told from here, the row is searched forward.
 */
static size_t words_search_back(const struct walk *row, size_t first)
{
    struct walk walk = *row;
    struct glyph glyph;
    bool sgr = row->fit->rules.sgr;
    for (size_t at = row->at; at > first + 1;) {
        char byte = row->data[--at];
        if (byte != ' ' && byte != '\t')
            continue;
        if (sgr && row->data[at - 1] == '\b')
            return words_search(row, first);
        const char *escape = sgr ? memrchr(row->data, 0x1b, at) : NULL;
        if (escape) {
            walk.at = (size_t)(escape - row->data);
            walk_glyph(&walk, &glyph);
            if (walk.at + glyph.length > at) {
                at = walk.at;
                continue;
            }
        }
        walk.at = at;
        walk_glyph(&walk, &glyph);
        if (glyph_blank(&glyph))
            return at + 1;
    }
    return 0;
}

/** By words: the end of a row which holds the glyphs before walk->at, where the line may go on; its columns: `measure`. */
static void fit_words(struct walk *row, bool measure)
{
    struct glyph glyph;
    if (row->at >= row->limit)
        return;
    walk_glyph(row, &glyph);
    if (glyph.kind == GLYPH_NEWLINE)
        return;
    if (glyph_blank(&glyph)) { /* blanks that do not fit are not worth a row */
        walk_blanks(row);
        return;
    }
    size_t first = words_begin(row);
    size_t end = row->way == FIT_WIDE ? words_search(row, first) : words_search_back(row, first);
    if (end == 0)
        return;
    row->at = end;
    row->base = NO_BASE;
    walk_trail(row);
    if (!measure)
        return;
    struct walk walk = walk_begin(row->fit, (struct span){row->data, row->length}, 0);
    walk.limit = end;
    fit_fill(&walk, true);
    row->column = walk.column;
}

size_t fit_row(const struct fit *fit, struct span span, unsigned *used)
{
    size_t look = fit_ahead(fit);
    if (span.length > look)
        span.length = look;
    struct walk walk = walk_begin(fit, span, 0);
    /* A glyph that begins before the limit is whole. */
    if (span.length == look)
        walk.limit = look - glyph_ahead(&fit->rules);
    walk.until = fit->width ? fit->width : 1;
    if (fit_fill(&walk, true) && fit->word)
        fit_words(&walk, used != NULL);
    if (used)
        *used = (unsigned)walk.column;
    return walk.at;
}

size_t fit_walk(const struct fit *fit, struct span span, uint64_t *column, uint64_t until)
{
    struct walk walk = walk_begin(fit, span, *column);
    walk.until = until;
    if (until >= *column)
        fit_fill(&walk, false);
    *column = walk.column;
    return walk.at;
}

size_t fit_pass(const struct fit *fit, struct span span, uint64_t *column, size_t limit)
{
    struct walk walk = walk_begin(fit, span, *column);
    if (limit < span.length)
        walk.limit = limit;
    fit_fill(&walk, false);
    *column = walk.column;
    return walk.at;
}
