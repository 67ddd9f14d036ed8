/* SPDX-License-Identifier: MIT */
/**
 * tests: random text in colours, struck over itself, with links and broken bytes, in any encoding; and what is shown of
 * it, found the plain way: glyph by glyph from the start.
 *
 * Used by the tests of model/pattern/shown and of model/search/matches; one thread.
 */
#ifndef FOLIO_TESTS_MODEL_PAINTED_H
#define FOLIO_TESTS_MODEL_PAINTED_H

#include "model/sample.h"
#include "test.h"

#include "folio/base/glyph/glyph.h"
#include "folio/base/text/encoding.h"
#include "folio/base/text/utf8.h"

#include <iconv.h>

/** Bytes that grow. */
struct painted {
    char *data;
    size_t length, capacity;
};

static inline void painted_bytes(struct painted *painted, const char *data, size_t length)
{
    if (painted->length + length > painted->capacity) {
        painted->capacity = 2 * painted->capacity + length + 64;
        painted->data = realloc(painted->data, painted->capacity);
        assert_non_null(painted->data);
    }
    memcpy(painted->data + painted->length, data, length);
    painted->length += length;
}

/** `text`, which is UTF-8, with a character of the encoding for each that it has. */
static inline void painted_text(struct painted *painted, iconv_t way, const char *text)
{
    for (size_t at = 0, rest = strlen(text); at < rest;) {
        struct utf8 character = utf8_decode(text + at, rest - at);
        char out[8], *to = out, *from = (char *)(uintptr_t)(text + at);
        size_t length = character.length, room = sizeof out;
        if (iconv(way, &from, &length, &to, &room) != (size_t)-1)
            painted_bytes(painted, out, sizeof out - room);
        at += character.length;
    }
}

/** What the text is made of, some of it more often. */
static inline const char *painted_piece(void)
{
    static const char *const piece[] = {
        "needle",
        "ne\033[1;31med\033[mle",
        "n\bneedle",
        "_\bn_\be_\be_\bd_\bl_\be",
        "need\033]8;;http://example.org/\033\\le\033]8;;\033\\",
        "\033[38;2;1;2;3mword\033[0m ",
        "\033[K",
        "\033[m\033[1m\033[4m",
        "\033[2J",
        "\033",
        "\033[31",
        "\b",
        "x\b",
        "+\bo",
        "e\xcc\x81\b_",
        "h\xc3\xa9llo ",
        "\xe4\xb8\xad\xe6\x96\x87 ",
        "\xe4\xb8\xad\b\b__",
        "\xef\xbd\xb1\xef\xbd\xb2",
        "\xf0\x9f\x98\x80",
        "a\xcc\x88\xcc\x81\xcc\x82 ",
        "\xe2\x82\xac",
        "thread ",
        "\t",
        "\r",
        "\r\033[m\n",
        ("ne\xe2\x80\x8d"
         "edle"),
        "\xe2\x9a\xa0\xef\xb8\x8f ",
        "e\xef\xb8\x8e\b_",
        "\xe1\xa0\x8b\xe2\x80\x8c\b_",
        "\xe2\x80\x99\xef\xbc\x8c\xe1\xa0\xa0",
        "\001\177",
        "plain words that nobody paints ",
        "more of them, 123 and 456z, ",
        "n\033]8;;none",
        "dle\a",
    };
    return piece[sample_below(sizeof piece / sizeof *piece)];
}

/** About `length` bytes in lines of up to `longest` pieces; one byte in `broken` (0: none) is overwritten. */
static inline struct painted painted_make(const struct encoding *encoding, size_t length, size_t longest,
                                          size_t broken)
{
    struct painted painted = {0};
    iconv_t way = iconv_open(encoding->name, "UTF-8");
    assert_true(way != (iconv_t)-1);
    while (painted.length < length) {
        for (size_t pieces = sample_below(longest + 1); pieces-- > 0 && painted.length < length;)
            painted_text(&painted, way, painted_piece());
        painted_text(&painted, way, sample_below(8) ? "\n" : "\r\n");
    }
    iconv_close(way);
    for (size_t count = broken ? painted.length / broken : 0; count-- > 0;)
        painted.data[sample_below(painted.length)] = (char)sample_below(256);
    return painted;
}

/** What is shown, and for each byte of it the bytes of the file [begin, end) that it comes from. */
struct seen {
    struct painted text;
    uint32_t *begin, *end;
};

static inline void seen_add(struct seen *seen, const char *data, size_t length, size_t begin, size_t end)
{
    size_t before = seen->text.capacity;
    painted_bytes(&seen->text, data, length);
    if (seen->text.capacity != before) {
        seen->begin = realloc(seen->begin, seen->text.capacity * sizeof *seen->begin);
        seen->end = realloc(seen->end, seen->text.capacity * sizeof *seen->end);
        assert_true(seen->begin && seen->end);
    }
    for (size_t at = seen->text.length - length; at < seen->text.length; at++) {
        seen->begin[at] = (uint32_t)begin;
        seen->end[at] = (uint32_t)end;
    }
}

/** Is the character of four bytes the flag that letters may follow? It has four in all the UTFs. */
static inline bool seen_flag(const struct encoding *encoding, const char *data)
{
    struct utf8 character = encoding_decode(encoding, data, 4);
    return character.valid && character.rune == GLYPH_FLAG && character.length == 4;
}

/** The characters of [at, end) as they are. */
static inline void seen_verbatim(struct seen *seen, const struct encoding *encoding, struct span span,
                                 size_t at, size_t end)
{
    char out[UTF8_LENGTH_MAX];
    for (struct utf8 character; at < end; at += character.length) {
        character = encoding_decode(encoding, span.data + at, span.length - at);
        size_t length = character.valid ? utf8_encode(character.rune, out) : 0;
        if (at + character.length > end)
            character.length = (uint8_t)(end - at);
        if (character.valid && glyph_dropped(character.rune))
            continue;
        if (at >= 4 && seen_flag(encoding, span.data + at - 4)) {
            size_t tags = glyph_tags(encoding, span.data + at, span.length - at);
            character.length = (uint8_t)(tags ? tags : character.length);
            if (tags)
                continue;
        }
        if (encoding->form == ENCODING_UTF8)
            for (size_t i = at; i < at + character.length; i++)
                seen_add(seen, span.data + i, 1, i, i + 1);
        else
            seen_add(seen, length ? out : "\xff", length ? length : 1, at, at + character.length);
    }
}

/** Is there a backspace in [at, end)? */
static inline bool seen_struck(const struct encoding *encoding, struct span span, size_t at, size_t end)
{
    for (struct utf8 character; at < end; at += character.length) {
        character = encoding_decode(encoding, span.data + at, span.length - at);
        if (character.valid && character.rune == '\b')
            return true;
    }
    return false;
}

/** The same where the bytes themselves are what is searched. */
static inline struct seen seen_bytes(struct span span)
{
    struct seen seen = {0};
    for (size_t at = 0; at < span.length; at++)
        seen_add(&seen, span.data + at, 1, at, at + 1);
    return seen;
}

static inline struct seen seen_make(const struct glyph_rules *rules, struct span span)
{
    struct seen seen = {0};
    const struct encoding *encoding = rules->encoding ? rules->encoding : &encoding_utf8;
    struct glyph glyph;
    for (size_t at = 0; at < span.length; at += glyph.length) {
        glyph_next(span.data + at, span.length - at, (struct glyph_place){0, rules}, &glyph);
        size_t end = at + glyph.length;
        char out[GLYPH_RUNE_MAX * UTF8_LENGTH_MAX];
        size_t length = 0;
        if (glyph.kind == GLYPH_SEQUENCE || glyph.kind == GLYPH_DROPPED)
            continue;
        if (glyph.kind != GLYPH_TEXT || !seen_struck(encoding, span, at, end)) {
            seen_verbatim(&seen, encoding, span, at, end);
            continue;
        }
        for (unsigned i = 0; i < glyph.rune_count; i++)
            length += utf8_encode(glyph.rune[i], out + length);
        seen_add(&seen, out, length, at, end);
    }
    return seen;
}

static inline void seen_release(struct seen *seen)
{
    free(seen->text.data);
    free(seen->begin);
    free(seen->end);
}

#endif
