/* SPDX-License-Identifier: MIT */
/*
 * tests: base/glyph where the rules carry things out: colours, hyperlinks, overstrike; and in all encodings. That
 * nothing else is carried out, however near it comes.
 */
#include "fence.h"
#include "glyph_check.h"
#include "test.h"

#include "folio/base/glyph/glyph.h"
#include "folio/base/text/utf8.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

static const struct glyph_rules sgr = {.sgr = true, .tab_width = 8};

static const struct encoding utf16[2] = {
    {.name = "UTF-16LE", .form = ENCODING_UTF16, .unit = 2},
    {.name = "UTF-16BE", .form = ENCODING_UTF16, .unit = 2, .big_endian = true},
};
static const struct encoding utf32[2] = {
    {.name = "UTF-32LE", .form = ENCODING_UTF32, .unit = 4},
    {.name = "UTF-32BE", .form = ENCODING_UTF32, .unit = 4, .big_endian = true},
};

#define LENGTH(array) (sizeof array / sizeof((array)[0]))

/* Bytes, and their glyphs, written down: a replacement in braces, what is bold as B(x), underlined U(x), both BU(x);
 * {-} dropped, {} a sequence that does nothing, {+} one that does something. */
struct row {
    const char *data;
    size_t length;
    const char *expected;
};

#define ROW(data, expected)                                                                                  \
    {                                                                                                        \
        data, sizeof data - 1, expected                                                                      \
    }

static void transcribe_glyph(const struct glyph *glyph, char *out)
{
    static const char *const around[] = {
        [0] = "", [INK_BOLD] = "B(", [INK_UNDERLINE] = "U(", [INK_BOLD | INK_UNDERLINE] = "BU("};
    static const char *const name[] = {
        [GLYPH_TAB] = "{tab}", [GLYPH_DROPPED] = "{-}", [GLYPH_NEWLINE] = "{nl}"};
    char text[GLYPH_RUNE_MAX * UTF8_LENGTH_MAX + 1];
    size_t length = 0;
    for (size_t i = 0; i < glyph->rune_count; i++)
        length += utf8_encode(glyph->rune[i], text + length);
    text[length] = '\0';
    if (glyph->kind == GLYPH_TEXT)
        sprintf(out, "%s%s%s", around[glyph->struck], text, glyph->struck ? ")" : "");
    else if (glyph->kind == GLYPH_SEQUENCE)
        strcpy(out, glyph->change.fields ? "{+}" : "{}");
    else if (glyph->rune_count > 0)
        sprintf(out, "{%s}", text);
    else
        strcpy(out, name[glyph->kind]);
}

static void transcribe(const struct glyph_rules *rules, const char *data, size_t length, char *out,
                       size_t capacity)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t at = 0; at < length;) {
        struct glyph glyph;
        glyph_next(data + at, length - at, (struct glyph_place){0, rules}, &glyph);
        check_glyph(&glyph, length - at);
        assert_true(used + 128 < capacity);
        transcribe_glyph(&glyph, out + used);
        used += strlen(out + used);
        at += glyph.length;
    }
}

#define ACUTE  "\xcc\x81"
#define NI     "\xe6\x97\xa5"
#define EACUTE "\xc3\xa9"

static const struct row rows[] = {
    /* Colours and attributes. */
    ROW("\033[m", "{+}"),
    ROW("\033[0m", "{+}"),
    ROW("\033[1;31mred\033[0m", "{+}red{+}"),
    ROW("\033[38;2;1;2;3mx", "{+}x"),
    ROW("\033[38:2::1:2:3mx", "{+}x"),
    ROW("\033[4:3mx", "{+}x"),
    ROW("\033[58:2::1:2:3mx", "{}x"),
    ROW("\033[10mx", "{}x"),
    ROW("a\033[1mb", "a{+}b"),
    ROW("a\033[1m" ACUTE, "a{+}{<U+0301>}"),
    /* What grep and tput put beside them. */
    ROW("\033[Kx", "{}x"),
    ROW("\033[01;31m\033[Kx\033[m\033[K", "{+}{}x{+}{}"),
    ROW("\033[2Kx", "{}x"),
    ROW("\033[1;2Kx", "{}x"),
    ROW("\033(B\033[m", "{}{+}"),
    /* Hyperlinks. */
    ROW("\033]8;;http://a/\033\\text\033]8;;\033\\", "{+}text{+}"),
    ROW("\033]8;;http://a/\atext\033]8;;\a", "{+}text{+}"),
    ROW("\033]8;id=1:x=2;http://a/;b\ax", "{+}x"),
    ROW("\033]8;;file:///" NI "\ax", "{+}x"),
    ROW("\033]8;;\xe2\x80\xae\ax", "{+}x"),
    /* Not well-formed. */
    ROW("\033", "{ESC}"),
    ROW("\033[", "{ESC}["),
    ROW("\033[31", "{ESC}[31"),
    ROW("\033[31\n", "{ESC}[31{nl}"),
    ROW("\033[31\033[32m", "{ESC}[31{+}"),
    ROW("\033[3 1m", "{ESC}[3 1m"),
    ROW("\033[?1m", "{ESC}[?1m"),
    ROW("\033[>4;2m", "{ESC}[>4;2m"),
    ROW("\033[1$m", "{ESC}[1$m"),
    ROW("\033[?K", "{ESC}[?K"),
    ROW("\033[1\xcc\x81m", "{ESC}[1" ACUTE "m"),
    ROW("\033\033[1m", "{ESC}{+}"),
    ROW("\033]8", "{ESC}]8"),
    ROW("\033]8;;http://a/", "{ESC}]8;;http://a/"),
    ROW("\033]8;;http://a/\033", "{ESC}]8;;http://a/{ESC}"),
    ROW("\033]8;;http://a/\033x", "{ESC}]8;;http://a/{ESC}x"),
    ROW("\033]8;;http://a/\033[m", "{ESC}]8;;http://a/{+}"),
    ROW("\033]8;;a\nb\a", "{ESC}]8;;a{nl}b{^G}"),
    ROW("\033]8;;a\tb\a", "{ESC}]8;;a{tab}b{^G}"),
    ROW("\033]8;;a\x7f"
        "b\a",
        "{ESC}]8;;a{^?}b{^G}"),
    ROW("\033]8;;a\xc2\x9c"
        "b\a",
        "{ESC}]8;;a{<U+009C>}b{^G}"),
    ROW("\033]8;;a\x9c"
        "b\a",
        "{ESC}]8;;a{<9C>}b{^G}"),
    ROW("\033]8;\a", "{ESC}]8;{^G}"),
    ROW("\033]8\a", "{ESC}]8{^G}"),
    ROW("\033]88;;a\a", "{ESC}]88;;a{^G}"),
    ROW("\033]08;;a\a", "{ESC}]08;;a{^G}"),
    /* Everything else that a terminal understands. */
    ROW("\033[2J", "{ESC}[2J"),
    ROW("\033[H", "{ESC}[H"),
    ROW("\033[1;1H", "{ESC}[1;1H"),
    ROW("\033[6n", "{ESC}[6n"),
    ROW("\033[?1049h", "{ESC}[?1049h"),
    ROW("\033[5A", "{ESC}[5A"),
    ROW("\033[3J", "{ESC}[3J"),
    ROW("\033[21t", "{ESC}[21t"),
    ROW("\033c", "{ESC}c"),
    ROW("\033(0", "{ESC}(0"),
    ROW("\033)B", "{ESC})B"),
    ROW("\0337", "{ESC}7"),
    ROW("\033]0;title\a", "{ESC}]0;title{^G}"),
    ROW("\033]2;title\033\\", "{ESC}]2;title{ESC}\\"),
    ROW("\033]52;c;eA==\a", "{ESC}]52;c;eA=={^G}"),
    ROW("\033]1337;File=:\a", "{ESC}]1337;File=:{^G}"),
    ROW("\033P$q\"p\033\\", "{ESC}P$q\"p{ESC}\\"),
    ROW("\033_Ga=T\033\\", "{ESC}_Ga=T{ESC}\\"),
    ROW("\033^x\033\\", "{ESC}^x{ESC}\\"),
    ROW("\033Xx\033\\", "{ESC}Xx{ESC}\\"),
    ROW("\xc2\x9b"
        "31m",
        "{<U+009B>}31m"),
    ROW("\x9b"
        "31m",
        "{<9B>}31m"),
    ROW("\xc2\x9d"
        "8;;a\a",
        "{<U+009D>}8;;a{^G}"),
    /* Struck over itself, or over and under an underscore. */
    ROW("A\bA", "B(A)"),
    ROW("A\bAB\bB", "B(A)B(B)"),
    ROW("_\bA", "U(A)"),
    ROW("A\b_", "U(A)"),
    ROW("_\bA\bA", "BU(A)"),
    ROW("A\bA\b_", "BU(A)"),
    ROW("A\b_\bA", "BU(A)"),
    ROW("A\bA\bA\bA", "B(A)"),
    ROW(EACUTE "\b" EACUTE "x", "B(" EACUTE ")x"),
    ROW("_\b" EACUTE "_", "U(" EACUTE ")_"),
    ROW(NI "\b" NI "x", "B(" NI ")x"),
    ROW(NI "\b\b" NI "x", "B(" NI ")x"),
    ROW("_\b" NI "x", "U(" NI ")x"),
    ROW("_\b" NI "\b" NI, "BU(" NI ")"),
    ROW(NI "\b_x", "U(" NI ")x"),
    ROW(NI "\b\b__x", "U(" NI ")x"),
    ROW("e" ACUTE "\be" ACUTE "x", "B(e" ACUTE ")x"),
    ROW("_\be" ACUTE, "U(e" ACUTE ")"),
    ROW("e" ACUTE "\b_", "U(e" ACUTE ")"),
    ROW("\033[1mA\bA", "{+}B(A)"),
    /* Others: the last one is seen. A blank hides nothing. */
    ROW("+\bo", "o"),
    ROW("o\b+", "+"),
    ROW("a\bb\bc", "c"),
    ROW("a\ba\bb", "B(b)"),
    ROW("+\b+\bo\bo", "B(o)"),
    ROW("a\b ", "a"),
    ROW(" \ba", "a"),
    ROW(" \b ", "B( )"),
    ROW("_\b ", "U( )"),
    ROW(" \b_", "U( )"),
    ROW(NI "\ba", "a"),
    /* Underscores over underscores. */
    ROW("_\b_", "B(_)"),
    ROW("_\b_\b_", "BU(_)"),
    ROW("a\ba_\b_b\bb", "B(a)B(_)B(b)"),
    ROW("_\ba_\b__\bb", "U(a)U(_)U(b)"),
    ROW("_\b__\b__\b_b\bb", "B(_)B(_)B(_)B(b)"),
    ROW("_\b__\b__\b__\bb", "U(_)U(_)U(_)U(b)"),
    ROW("_\b__\b", "B(_)_{^H}"),
    ROW("_\b__\b\n", "B(_)_{^H}{nl}"),
    ROW("_\b_\b__\ba\ba", "BU(_)BU(a)"),
    ROW("__", "__"),
    /* A BS that strikes nothing. */
    ROW("\b", "{^H}"),
    ROW("\ba", "{^H}a"),
    ROW("a\b", "a{^H}"),
    ROW("a\b\n", "a{^H}{nl}"),
    ROW("a\b\ba", "a{^H}{^H}a"),
    ROW("a\b\t", "a{^H}{tab}"),
    ROW("a\b\x01", "a{^H}{^A}"),
    ROW("a\b\xff", "a{^H}{<FF>}"),
    ROW("a\b" ACUTE, "a{^H}{<U+0301>}"),
    ROW("a\b\xe2\x80\xae", "a{^H}{<U+202E>}"),
    ROW("a\b\xe2\x80\x8d"
        "b",
        "a{^H}{-}b"),
    ROW("a\b\033[1ma", "a{^H}{+}a"),
    ROW("a\033[1m\ba", "a{+}{^H}a"),
    ROW("\n\ba", "{nl}{^H}a"),
    ROW("\t\ba", "{tab}{^H}a"),
    ROW("\x01\ba", "{^A}{^H}a"),
    ROW(NI "\b\b\b" NI, NI "{^H}{^H}{^H}" NI),
    /* Lines that end in CR, with sequences before the newline. */
    ROW("a\r\n", "a{-}{nl}"),
    ROW("a\r\033[m\n", "a{-}{+}{nl}"),
    ROW("a\r\033[m\033[K\033]8;;\a\n", "a{-}{+}{}{+}{nl}"),
    ROW("a\r\033[mb\n", "a{^M}{+}b{nl}"),
    ROW("a\r\033[m\r\n", "a{^M}{+}{-}{nl}"),
    ROW("a\r\033[2J\n", "a{^M}{ESC}[2J{nl}"),
    ROW("a\r\033[m", "a{^M}{+}"),
    ROW("\r\ba", "{^M}{^H}a"),
};

static void rows_are_as_written(void **state)
{
    (void)state;
    struct fence fence = fence_open(1024);
    for (size_t i = 0; i < LENGTH(rows); i++) {
        char *data = fence.data + fence.length - rows[i].length;
        char text[1024];
        memcpy(data, rows[i].data, rows[i].length);
        transcribe(&sgr, data, rows[i].length, text, sizeof text);
        if (strcmp(text, rows[i].expected) != 0)
            fail_msg("row %zu: %s is not %s", i, text, rows[i].expected);
    }
    fence_close(&fence);
}

/* Without the rule, the very same bytes are controls. */
static void nothing_is_carried_out_unasked(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        for (size_t at = 0; at < rows[i].length;) {
            struct glyph glyph;
            glyph_next(rows[i].data + at, rows[i].length - at, (struct glyph_place){0, &glyph_plain}, &glyph);
            assert_int_not_equal(glyph.kind, GLYPH_SEQUENCE);
            assert_int_equal(glyph.struck, 0);
            if (rows[i].data[at] == '\033' || rows[i].data[at] == '\b') {
                assert_int_equal(glyph.kind, GLYPH_CONTROL);
                assert_int_equal(glyph.length, 1);
            }
            at += glyph.length;
        }
    }
    char text[256];
    transcribe(&glyph_plain, "\r\033[m\n", 5, text, sizeof text);
    assert_string_equal(text, "{^M}{ESC}[m{nl}");
    assert_int_equal(glyph_ahead(&sgr), GLYPH_SEQUENCE_MAX);
    assert_int_equal(glyph_ahead(&glyph_plain), GLYPH_LENGTH_MAX);
}

static const struct row sequences[] = {
    ROW("\033[m", ""),
    ROW("\033[1;38;5;208m", "1;38;5;208"),
    ROW("\033[38:2::1:2:3;4:3m", "38:2::1:2:3;4:3"),
    ROW("\033[0;97;41m", "0;97;41"),
    ROW("\033[4294967297;1m", "4294967297;1"),
};

static const struct row links[] = {
    ROW("\033]8;;http://a.example/b?c=d;e\033\\", "http://a.example/b?c=d;e"),
    ROW("\033]8;id=7;file:///tmp/x\a", "file:///tmp/x"),
    ROW("\033]8;;\033\\", ""),
    ROW("\033]8;id=7;\a", ""),
    ROW("\033]8;;caf\xc3\xa9/\xe2\x80\xae\a", "caf\xc3\xa9/<U+202E>"),
};

static void sequences_change_the_ink(void **state)
{
    (void)state;
    struct glyph glyph;
    for (size_t i = 0; i < LENGTH(sequences); i++) {
        struct ink_change wanted = ink_parse(sequences[i].expected, strlen(sequences[i].expected));
        glyph_next(sequences[i].data, sequences[i].length, (struct glyph_place){0, &sgr}, &glyph);
        assert_int_equal(glyph.kind, GLYPH_SEQUENCE);
        assert_int_equal(glyph.length, sequences[i].length);
        assert_int_equal(glyph.change.fields, wanted.fields);
        assert_true(ink_same(glyph.change.to, wanted.to));
    }
    for (size_t i = 0; i < LENGTH(links); i++) {
        glyph_next(links[i].data, links[i].length, (struct glyph_place){0, &sgr}, &glyph);
        assert_int_equal(glyph.kind, GLYPH_SEQUENCE);
        assert_int_equal(glyph.length, links[i].length);
        assert_int_equal(glyph.change.fields, INK_LINK);
        assert_true(ink_same(glyph.change.to, (struct ink){.flags = links[i].expected[0] ? INK_LINK : 0}));
    }
}

static void links_say_their_target(void **state)
{
    (void)state;
    char out[64];
    for (size_t i = 0; i < LENGTH(links); i++) {
        size_t length = glyph_link(&sgr, links[i].data, links[i].length, out, sizeof out);
        assert_string_equal(out, links[i].expected);
        assert_int_equal(length, strlen(links[i].expected));
        /* Cut anywhere it is none. */
        for (size_t cut = 0; cut < links[i].length; cut++)
            assert_int_equal(glyph_link(&sgr, links[i].data, cut, out, sizeof out), 0);
    }
    assert_int_equal(glyph_link(&sgr, "\033]8;;abc\a", 9, out, 3), 2);
    assert_string_equal(out, "ab");
    out[0] = '#';
    assert_int_equal(glyph_link(&sgr, "\033]8;;abc\a", 9, out, 0), 0);
    assert_int_equal(out[0], '#');
    static const struct row none[] = {ROW("\033[1m", ""), ROW("text", ""), ROW("\033]0;abc\a", ""),
                                      ROW("\033]8;;a\nb\a", ""), ROW("]8;;a\a", "")};
    for (size_t i = 0; i < LENGTH(none); i++)
        assert_int_equal(glyph_link(&sgr, none[i].data, none[i].length, out, sizeof out), 0);
}

/* A sequence in pieces, or with something in it, is none: its ESC is seen. */
static void assert_no_sequence(const char *data, size_t length)
{
    struct glyph glyph;
    glyph_next(data, length, (struct glyph_place){0, &sgr}, &glyph);
    assert_int_equal(glyph.kind, GLYPH_CONTROL);
    assert_int_equal(glyph.length, 1);
    assert_int_equal(glyph.rune[0], 'E');
}

static void check_cuts(const struct row *row)
{
    static const char foreign[] = "\n\r\t\0\b\x18\x1a\x7f\x80\xff";
    struct fence fence = fence_open(256);
    for (size_t cut = 1; cut < row->length; cut++) {
        char *data = fence.data + fence.length - cut;
        memcpy(data, row->data, cut);
        assert_no_sequence(data, cut);
        for (size_t i = 0; i < sizeof foreign - 1; i++) {
            char text[128];
            memcpy(text, row->data, cut);
            text[cut] = foreign[i];
            memcpy(text + cut + 1, row->data + cut, row->length - cut);
            assert_no_sequence(text, row->length + 1);
        }
    }
    fence_close(&fence);
}

static void a_cut_sequence_is_none(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(sequences); i++)
        check_cuts(&sequences[i]);
    for (size_t i = 0; i < LENGTH(links); i++)
        check_cuts(&links[i]);
}

/* `head`, as many `fill` as make it `length` long, `tail`. */
static void build(char *data, size_t length, const char *head, char fill, const char *tail)
{
    memset(data, fill, length);
    memcpy(data, head, strlen(head));
    memcpy(data + length - strlen(tail), tail, strlen(tail));
}

static void a_long_sequence_is_none(void **state)
{
    (void)state;
    static char data[GLYPH_SEQUENCE_MAX + 8];
    static const char *const part[][2] = {
        {"\033[", "m"}, {"\033[", "K"}, {"\033]8;;", "\a"}, {"\033]8;;", "\033\\"}};
    for (size_t i = 0; i < LENGTH(part); i++) {
        for (size_t length = GLYPH_SEQUENCE_MAX - 2; length < GLYPH_SEQUENCE_MAX + 4; length++) {
            struct glyph glyph;
            build(data, length, part[i][0], '3', part[i][1]);
            glyph_next(data, length, (struct glyph_place){0, &sgr}, &glyph);
            if (length <= GLYPH_SEQUENCE_MAX) {
                assert_int_equal(glyph.kind, GLYPH_SEQUENCE);
                assert_int_equal(glyph.length, length);
            } else {
                assert_no_sequence(data, length);
            }
        }
    }
    /* A CR sees as far as that, too, and no further: whether more is given or not. */
    for (size_t length = GLYPH_SEQUENCE_MAX - 2; length < GLYPH_SEQUENCE_MAX + 4; length++) {
        struct glyph glyph;
        build(data, length, "\r\033[", '3', "m\n");
        glyph_next(data, length, (struct glyph_place){0, &sgr}, &glyph);
        assert_int_equal(glyph.kind, length <= GLYPH_SEQUENCE_MAX ? GLYPH_DROPPED : GLYPH_CONTROL);
    }
}

static void overstrike_has_an_end(void **state)
{
    (void)state;
    /* A thousand times the same over itself: each glyph takes its share, then a BS is seen. */
    static char data[2001];
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = i % 2 ? '\b' : 'x';
    size_t at = 0;
    for (struct glyph glyph; at < sizeof data; at += glyph.length) {
        glyph_next(data + at, sizeof data - at, (struct glyph_place){0, &sgr}, &glyph);
        check_glyph(&glyph, sizeof data - at);
        assert_int_equal(glyph.kind, data[at] == 'x' ? GLYPH_TEXT : GLYPH_CONTROL);
        assert_int_equal(glyph.struck, glyph.length > 1 ? INK_BOLD : 0);
    }
    assert_int_equal(at, sizeof data);
    /* The choice between bold and underlined underscores looks no further than a glyph may. */
    for (size_t i = 0; i < 999; i++)
        memcpy(data + i * 2 % 1998, "_\b", 2);
    struct glyph glyph, same;
    glyph_next(data, 1998, (struct glyph_place){0, &sgr}, &glyph);
    glyph_next(data, GLYPH_LENGTH_MAX, (struct glyph_place){0, &sgr}, &same);
    check_same(&glyph, &same);
}

/* Anything, but often what nearly makes a sequence or overstrike. Returns the length, up to `capacity`. */
static size_t torture(char *data, size_t capacity, uint64_t *seed)
{
    static const struct row piece[] = {
        ROW("\033", ""),    ROW("[", ""),      ROW("]8;", ""), ROW(";", ""),    ROW("m", ""),
        ROW("K", ""),       ROW("\a", ""),     ROW("\\", ""),  ROW("\b", ""),   ROW("_", ""),
        ROW("a", ""),       ROW(NI, ""),       ROW(ACUTE, ""), ROW("\r", ""),   ROW("\n", ""),
        ROW("\033[1m", ""), ROW("\033[K", ""), ROW("_\b", ""), ROW("a\ba", ""), ROW("\033]8;;x\a", ""),
        ROW("31", ""),      ROW("\xcc", ""),   ROW("\0", ""),  ROW("\t", ""),   ROW("\xe2\x80\xae", ""),
        ROW("\x9b", ""),    ROW(" ", ""),      ROW("(B", ""),  ROW("\x7f", ""), ROW("\xe2\x80\x8d", ""),
    };
    size_t length = 0;
    for (;;) {
        uint64_t random = random_next(seed) >> 16;
        const struct row *next = &piece[random % LENGTH(piece)];
        if (length + next->length > capacity)
            return length;
        memcpy(data + length, next->data, next->length);
        length += next->length;
        if (random >> 16 & 15)
            continue;
        if (length < capacity)
            data[length++] = (char)(random >> 32);
    }
}

/* All glyphs are harmless and made of all bytes, and as many as glyph_ahead says are enough to know each of them. */
static void check_bytes(const struct glyph_rules *rules, struct fence *fence, size_t length)
{
    char *data = fence->data + fence->length - length;
    struct glyph_place place = {0, rules};
    size_t look = glyph_ahead(rules), at = 0;
    memmove(data, fence->data, length);
    for (struct glyph glyph, same; at < length; at += glyph.length) {
        glyph_next(data + at, length - at, place, &glyph);
        check_glyph(&glyph, length - at);
        if (!rules->sgr && (glyph.kind == GLYPH_SEQUENCE || glyph.struck))
            fail_msg("kind %d, struck %x", (int)glyph.kind, glyph.struck);
        if (length - at > look) {
            glyph_next(data + at, look, place, &same);
            check_same(&glyph, &same);
        }
        /* A glyph that ends before the end does not depend on where that is. */
        if (glyph.kind == GLYPH_SEQUENCE) {
            glyph_next(data + at, glyph.length, place, &same);
            check_same(&glyph, &same);
        }
    }
    assert_int_equal(at, length);
}

static void random_bytes_are_harmless(void **state)
{
    (void)state;
    static const struct encoding *const encoding[] = {NULL,      &encoding_utf8, &utf16[0],
                                                      &utf16[1], &utf32[0],      &utf32[1]};
    struct fence fence = fence_open(8192);
    uint64_t seed = 362436069;
    for (size_t round = 0; round < 300000; round++) {
        struct glyph_rules rules = sgr;
        rules.encoding = encoding[round % LENGTH(encoding)];
        rules.sgr = round / 8 % 8 != 0;
        size_t length = torture(fence.data, round % 1000 ? 32 : 5000, &seed);
        check_bytes(&rules, &fence, length);
    }
    fence_close(&fence);
}

/* UTF-8 in another encoding; the number of bytes. */
static size_t convert(const char *data, size_t length, const struct encoding *encoding, char *out)
{
    size_t used = 0;
    for (struct utf8 next; length > 0; data += next.length, length -= next.length) {
        next = utf8_decode(data, length);
        uint32_t unit[2] = {next.rune, 0};
        size_t count = 1;
        if (encoding->unit == 2 && next.rune >= 0x10000) {
            unit[0] = 0xd800 | (next.rune - 0x10000) >> 10;
            unit[1] = 0xdc00 | (next.rune & 0x3ff);
            count = 2;
        }
        for (size_t i = 0; i < count; i++)
            for (unsigned k = 0; k < encoding->unit; k++)
                out[used++] = (char)(unit[i] >> 8 * (encoding->big_endian ? encoding->unit - 1U - k : k));
    }
    return used;
}

static bool is_valid(const char *data, size_t length)
{
    for (struct utf8 next; length > 0; data += next.length, length -= next.length) {
        next = utf8_decode(data, length);
        if (!next.valid)
            return false;
    }
    return true;
}

/* What is text in one encoding is the same text in all. */
static void encodings_make_the_same_glyphs(void **state)
{
    (void)state;
    static const struct encoding *const encoding[] = {&utf16[0], &utf16[1], &utf32[0], &utf32[1]};
    uint64_t seed = 521288629;
    for (size_t round = 0; round < 40000; round++) {
        char data[40], wide[sizeof data * 4], expected[2048], text[2048], target[2][512];
        const struct row *row = &rows[round % LENGTH(rows)];
        size_t length = row->length < sizeof data && round < LENGTH(rows) * 4 ? row->length : 0;
        memcpy(data, row->data, length);
        if (length == 0)
            length = torture(data, 24, &seed);
        if (!is_valid(data, length))
            continue;
        struct glyph_rules rules = sgr;
        transcribe(&rules, data, length, expected, sizeof expected);
        glyph_link(&rules, data, length, target[0], sizeof target[0]);
        rules.encoding = encoding[round % LENGTH(encoding)];
        size_t wide_length = convert(data, length, rules.encoding, wide);
        transcribe(&rules, wide, wide_length, text, sizeof text);
        assert_string_equal(text, expected);
        glyph_link(&rules, wide, wide_length, target[1], sizeof target[1]);
        assert_string_equal(target[1], target[0]);
    }
}

static void changes_are_read_in_wide_units(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(sequences) * 2; i++) {
        char wide[256];
        const struct row *row = &sequences[i / 2];
        struct glyph_rules rules = sgr;
        rules.encoding = i % 2 ? &utf16[0] : &utf32[1];
        size_t length = convert(row->data, row->length, rules.encoding, wide);
        struct glyph glyph;
        glyph_next(wide, length, (struct glyph_place){0, &rules}, &glyph);
        struct ink_change wanted = ink_parse(row->expected, strlen(row->expected));
        assert_int_equal(glyph.length, length);
        assert_int_equal(glyph.change.fields, wanted.fields);
        assert_true(ink_same(glyph.change.to, wanted.to));
    }
    /* As long as one may be, in the units that make the most characters of it. */
    static char data[GLYPH_SEQUENCE_MAX / 2], wide[GLYPH_SEQUENCE_MAX];
    struct glyph_rules rules = sgr;
    rules.encoding = &utf16[1];
    build(data, sizeof data, "\033[", ';', "1m");
    assert_int_equal(convert(data, sizeof data, &utf16[1], wide), sizeof wide);
    struct glyph glyph;
    glyph_next(wide, sizeof wide, (struct glyph_place){0, &rules}, &glyph);
    assert_int_equal(glyph.length, sizeof wide);
    assert_int_equal(glyph.change.to.flags, INK_BOLD);
}

static void broken_units_show_their_value(void **state)
{
    (void)state;
    static const struct {
        const struct encoding *encoding;
        struct row row;
    } broken[] = {
        {&utf16[0], ROW("a\0\0\xd8"
                        "b\0",
                        "a{<D800>}b")},
        {&utf16[0], ROW("\xff\xdf", "{<DFFF>}")},
        {&utf16[0], ROW("a\0b", "a{<62>}")},
        {&utf16[0], ROW("\r", "{<0D>}")},
        {&utf16[0], ROW("\n\0\0\n", "{nl}{<U+0A00>}")},
        {&utf16[0], ROW("\0\0\xfe\xff", "{^@}{<U+FFFE>}")},
        {&utf16[1], ROW("\xfe\xff\0a", "{<U+FEFF>}a")},
        {&utf16[1], ROW("\0a\xd8\x3d", "a{<D83D>}")},
        {&utf16[1], ROW("\xd8\x3d\xde\0", "\xf0\x9f\x98\x80")},
        {&utf16[1], ROW("\x06\x16\x20\x2e", "{<U+0616>}{<U+202E>}")},
        {&utf32[0], ROW("\xff\xff\xff\xff"
                        "a\0\0\0",
                        "{<FFFFFFFF>}a")},
        {&utf32[0], ROW("\0\xd8\0\0", "{<0000D800>}")},
        {&utf32[1], ROW("\0\x11\0\0", "{<00110000>}")},
        {&utf32[1], ROW("\0\0\0a\0\x01\xf6", "a{<00>}{<01>}{<F6>}")},
    };
    for (size_t i = 0; i < LENGTH(broken); i++) {
        char text[256];
        struct glyph_rules rules = sgr;
        rules.encoding = broken[i].encoding;
        transcribe(&rules, broken[i].row.data, broken[i].row.length, text, sizeof text);
        if (strcmp(text, broken[i].row.expected) != 0)
            fail_msg("row %zu: %s is not %s", i, text, broken[i].row.expected);
    }
}

/* One byte a character: as ISO 8859-1 has it, but with what such tables can also have. */
static void bytes_are_what_their_table_says(void **state)
{
    (void)state;
    static uint32_t table[256];
    for (uint32_t i = 0; i < 256; i++)
        table[i] = i;
    table[0x81] = UINT32_MAX;
    table[0xcc] = 0x301;
    table[0xfe] = 0x200f;
    struct encoding encoding = {.name = "TEST", .form = ENCODING_BYTES, .unit = 1, .table = table};
    struct glyph_rules rules = sgr;
    rules.encoding = &encoding;
    static const struct row row[] = {
        ROW("a\xe9z", "a" EACUTE "z"),
        ROW("\xe9\b\xe9", "B(" EACUTE ")"),
        ROW("_\b\xe9", "U(" EACUTE ")"),
        ROW("e\xccx", "e" ACUTE "x"),
        ROW("\xcc\xcc\xccx", "{<+3>}x"),
        ROW("\x81\x80", "{<81>}{<U+0080>}"),
        ROW("\xfe\xad", "{<U+200F>}{<U+00AD>}"),
        ROW("\r\n\t\033[1m\033[\xe9m", "{-}{nl}{tab}{+}{ESC}[" EACUTE "m"),
        ROW("\x9b"
            "1m",
            "{<U+009B>}1m"),
    };
    for (size_t i = 0; i < LENGTH(row); i++) {
        char text[256];
        transcribe(&rules, row[i].data, row[i].length, text, sizeof text);
        assert_string_equal(text, row[i].expected);
    }
    /* More marks than two digits count. */
    char many[200], text[1024];
    memset(many, 0xcc, sizeof many);
    transcribe(&rules, many, sizeof many, text, sizeof text);
    assert_string_equal(text, "{<+128>}{<+72>}");
    char out[32];
    glyph_link(&rules, "\033]8;;\xe9\a", 7, out, sizeof out);
    assert_string_equal(out, EACUTE);
}

/* Characters whose second byte looks like ASCII, in an encoding that has many of them. */
static void second_bytes_are_no_ascii(void **state)
{
    (void)state;
    struct error error = {0};
    struct glyph_rules rules = sgr;
    rules.encoding = encoding_find("CP932", &error);
    assert_non_null(rules.encoding);
    static const struct row row[] = {
        ROW("\x93\xfa\b\x93\xfa", "B(" NI ")"),
        ROW("_\b\x93\xfa", "U(" NI ")"),
        ROW("\033\x83[31m", "{ESC}\xe3\x82\xbc"
                            "31m"),
        ROW("\033]8;;\x95\\\033\\x", "{+}x"),
        ROW("\033]8;;a\033\x95\\", "{ESC}]8;;a{ESC}\xe8\xa1\xa8"),
        ROW("\x95\n\x95", "{<95>}{nl}{<95>}"),
    };
    for (size_t i = 0; i < LENGTH(row); i++) {
        char text[256];
        transcribe(&rules, row[i].data, row[i].length, text, sizeof text);
        assert_string_equal(text, row[i].expected);
    }
}

static void random_bytes_are_harmless_in_all_encodings(void **state)
{
    (void)state;
    static const char *const name[] = {"LATIN1", "WINDOWS-1258", "KOI8-R", "GB18030",
                                       "EUC-JP", "BIG5-HKSCS",   "CP949",  "TIS-620"};
    struct fence fence = fence_open(512);
    uint64_t seed = 88675123;
    for (size_t i = 0; i < LENGTH(name); i++) {
        struct error error = {0};
        struct glyph_rules rules = sgr;
        rules.encoding = encoding_find(name[i], &error);
        assert_non_null(rules.encoding);
        for (size_t round = 0; round < 10000; round++) {
            size_t length = torture(fence.data, 64, &seed);
            for (size_t k = 0; k < length; k += 3)
                fence.data[k] |= (char)(random_next(&seed) >> 20 & 0x80);
            check_bytes(&rules, &fence, length);
        }
    }
    fence_close(&fence);
}

int main(void)
{
    if (!setlocale(LC_CTYPE, "C.UTF-8")) {
        (void)fputs("no locale C.UTF-8 here\n", stderr);
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_as_written),
        cmocka_unit_test(nothing_is_carried_out_unasked),
        cmocka_unit_test(sequences_change_the_ink),
        cmocka_unit_test(links_say_their_target),
        cmocka_unit_test(a_cut_sequence_is_none),
        cmocka_unit_test(a_long_sequence_is_none),
        cmocka_unit_test(overstrike_has_an_end),
        cmocka_unit_test(random_bytes_are_harmless),
        cmocka_unit_test(encodings_make_the_same_glyphs),
        cmocka_unit_test(changes_are_read_in_wide_units),
        cmocka_unit_test(broken_units_show_their_value),
        cmocka_unit_test(bytes_are_what_their_table_says),
        cmocka_unit_test(second_bytes_are_no_ascii),
        cmocka_unit_test(random_bytes_are_harmless_in_all_encodings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
