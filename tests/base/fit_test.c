/* SPDX-License-Identifier: MIT */
/*
 * tests: base/glyph/fit: where rows end, against the plainest way to say so, glyph by glyph.
 *
 * The plain way is written down here a second time and knows no shortcut: it asks glyph_next for every glyph of the
 * data and then looks at the list. Data are random mixtures of everything that a shortcut could get wrong, put right
 * before a fence, so that a byte read behind the end is a crash.
 */
#include "folio/base/glyph/fit.h"

#include "fence.h"
#include "test.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH_MAX (200u << 10)

#define WIDE       "\xe6\x97\xa5"
#define ACUTE      "\xcc\x81"
#define RED        "\x1b[31m"

static struct fence fence;
static uint64_t seed = 88172645463325252u;

static uint64_t below(uint64_t bound)
{
    return random_next(&seed) % bound;
}

/* One glyph of the data as the plain way sees it. */
struct plain {
    size_t begin;
    struct glyph glyph;
};

static bool plain_blank(const struct glyph *glyph)
{
    return glyph->kind == GLYPH_TAB || (glyph->kind == GLYPH_TEXT && glyph->rune_count == 1 &&
                                        glyph->rune[0] == ' ' && glyph->struck == 0);
}

/* The glyph at `at` of `span`, in column `column`. */
static struct glyph plain_glyph(const struct fit *fit, struct span span, size_t at, uint64_t column)
{
    struct glyph glyph;
    glyph_next(span.data + at, span.length - at, (struct glyph_place){column, &fit->rules}, &glyph);
    return glyph;
}

/* Everything that may go on a row, taken while it fits; then by words; then what is free. */
static size_t plain_row(const struct fit *fit, struct span span, unsigned *used)
{
    size_t limit = span.length, at = 0, blank_end = 0;
    if (span.length >= fit_ahead(fit)) {
        span.length = fit_ahead(fit);
        limit = span.length - glyph_ahead(&fit->rules);
    }
    uint64_t column = 0, blank_column = 0;
    bool text = false, blank_row = false;
    struct glyph glyph;
    while (at < limit) {
        glyph = plain_glyph(fit, span, at, column);
        if (glyph.kind == GLYPH_NEWLINE)
            break;
        if (glyph.width > 0 && column > 0 && column + glyph.width > fit->width) {
            blank_row = fit->word && plain_blank(&glyph);
            if (fit->word && !blank_row && blank_end > 0) {
                at = blank_end;
                column = blank_column;
            }
            break;
        }
        at += glyph.length;
        column += glyph.width;
        text = text || (glyph.width > 0 && !plain_blank(&glyph));
        if (text && plain_blank(&glyph)) {
            blank_end = at;
            blank_column = column;
        }
    }
    while (at < limit) {
        glyph = plain_glyph(fit, span, at, column);
        if (glyph.kind == GLYPH_NEWLINE || (glyph.width > 0 && !(blank_row && plain_blank(&glyph))))
            break;
        at += glyph.length;
    }
    *used = (unsigned)column;
    return at;
}

static size_t plain_walk(const struct fit *fit, struct span span, uint64_t *column, uint64_t until,
                         size_t limit)
{
    size_t at = 0;
    while (at < span.length && at < limit) {
        struct glyph glyph = plain_glyph(fit, span, at, *column);
        if (glyph.kind == GLYPH_NEWLINE || *column + glyph.width > until)
            break;
        at += glyph.length;
        *column += glyph.width;
    }
    return at;
}

/* Pieces of text; what comes after what is left to chance. */
static const char *const piece[] = {
    "a",
    "b",
    " ",
    "  ",
    "word",
    "hello world ",
    "{\"key\": \"value\", \"n\": 12345}",
    "\t",
    "\x01",
    "\x7f",
    "\b",
    "a\ba",
    "_\bx",
    "x\bx\bx",
    "\b\b",
    "_\b" WIDE,
    WIDE "\b" WIDE,
    "\xc3\xa9\b\xc3\xa9",
    "\r",
    "\r\n",
    "\xc3\xa9",
    "\xd0\x96\xd0\xb8",
    "\xe2\x82\xac",
    WIDE,
    WIDE WIDE,
    "\xed\x95\x9c",
    "\xef\xbc\xa1",
    "\xf0\x9f\x98\x80",
    "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb",
    "\xe2\x9d\xa4\xef\xb8\x8f",
    "\xf0\x90\x8d\x88",
    ACUTE,
    "e" ACUTE,
    "e" ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE,
    "\xe0\xa4\x95\xe0\xa5\x8d",
    "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab",
    "\xe2\x80\x8d",
    "\xe2\x80\xae",
    "\xc2\xad",
    "\xc2\x85",
    "\xe2\x80\xa8",
    "\xef\xbf\xbf",
    "\xef\xbf\xbd",
    "\xee\x82\xb0",
    "\xf3\xa0\x84\x80",
    "\xf4\x8f\xbf\xbd",
    "\xff",
    "\xc3",
    "\xe6\x97",
    "\xf0\x9f\x98",
    "\xc0\xaf",
    "\xe0\x80\xaf",
    "\xed\xa0\x80",
    "\xf4\x90\x80\x80",
    "\x80",
    "\x9b"
    "31m",
    "\x1b",
    "\x1b[",
    "\x1b[m",
    RED,
    "\x1b[0m",
    "\x1b[1;4;38;5;208m",
    "\x1b[38;2;10;200;30;48:2::1:2:3m",
    "\x1b[K",
    "\x1b[0K",
    "\x1b[2J",
    "\x1b[?25l",
    "\x1b[31",
    "\x1b[3 m",
    "\x1b[<1m",
    "\x1b[>4;1m",
    "\x1b[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;20;21;22;23m",
    "\x1b]8;;http://example.org/a b\x1b\\",
    "\x1b]8;;\x1b\\",
    "\x1b]8;;http://x/\x07",
    "\x1b]0;title\x07",
    "\x1b]8;;http://unfinished",
    "\x1b(0",
    "\x1b"
    "c",
    "\x1b[31m\b",
    "a\x1b[1m\ba",
    "\xe2\x80\x8b",
    "~",
    "\x1f",
};

/* Fill `length` bytes with a mixture: `sort` tells what there is much of. Returns how many were filled. */
static size_t mixture_make(char *data, size_t length, unsigned sort)
{
    size_t at = 0, count = sizeof piece / sizeof *piece;
    static const char *const often[] = {"a",        "lorem ipsum ", WIDE,  RED,
                                        "\xd0\xb6", "  ",           ACUTE, "\xf0\x9f\x98\x80"};
    while (at < length) {
        const char *text = piece[below(count)];
        if (sort > 0 && below(8) > 0)
            text = below(2) ? often[(sort - 1) % 8] : often[below(8)];
        size_t size = strlen(text), repeat = 1 + (below(10) == 0 ? below(20) : 0);
        for (; repeat > 0 && at < length; repeat--) {
            size_t take = size < length - at ? size : length - at;
            memcpy(data + at, text, take);
            at += take;
        }
        if (below(200) == 0 && at < length)
            data[at++] = "\n\0\x1b\x80"[below(4)];
    }
    return at;
}

/* Every row of `span`, newline by newline, both ways. */
static void rows_same(const struct fit *fit, struct span span)
{
    for (size_t at = 0; at < span.length;) {
        struct span rest = {span.data + at, span.length - at};
        unsigned used, expected_used;
        size_t expected = plain_row(fit, rest, &expected_used);
        assert_int_equal(fit_row(fit, rest, &used), expected);
        assert_int_equal(used, expected_used);
        assert_int_equal(fit_row(fit, rest, NULL), expected);
        /* No more than fit_ahead is looked at. */
        if (rest.length > fit_ahead(fit)) {
            rest.length = fit_ahead(fit);
            assert_int_equal(fit_row(fit, rest, &used), expected);
        }
        at += expected ? expected : fit->rules.encoding ? fit->rules.encoding->unit : 1;
        if (expected == 0)
            continue;
        assert_true(at <= span.length);
    }
}

static void walks_same(const struct fit *fit, struct span span)
{
    for (int round = 0; round < 30; round++) {
        uint64_t column = below(300), until = column + below(400), expected = column, start = column;
        size_t length = plain_walk(fit, span, &expected, until, SIZE_MAX);
        assert_int_equal(fit_walk(fit, span, &column, until), length);
        assert_int_equal(column, expected);
        size_t limit = below(span.length + 10);
        column = expected = start;
        length = plain_walk(fit, span, &expected, UINT64_MAX, limit);
        assert_int_equal(fit_pass(fit, span, &column, limit), length);
        assert_int_equal(column, expected);
    }
}

static struct fit fit_random(const struct encoding *encoding)
{
    static const unsigned width[] = {1, 2, 3, 5, 8, 20, 79, 80, 200};
    struct fit fit = {
        .rules = {.encoding = encoding, .sgr = below(2), .tab_width = below(4) ? 8 : 1 + (unsigned)below(20)},
        .width = width[below(sizeof width / sizeof *width)],
        .word = below(3) == 0};
    if (below(4) == 0) {
        fit.rules.stop_count = 2;
        fit.rules.stop[0] = 3;
        fit.rules.stop[1] = 17;
    }
    return fit;
}

static void mixtures_same(const struct encoding *encoding, unsigned rounds)
{
    for (unsigned round = 0; round < rounds; round++) {
        struct fit fit = fit_random(encoding);
        size_t length = 1 + below(round % 16 ? 700 : 6000);
        char *data = fence.data + fence.length - length;
        mixture_make(data, length, round % 9);
        struct span span = {data, length};
        rows_same(&fit, span);
        walks_same(&fit, span);
    }
}

static void rows_are_those_of_the_plain_way(void **state)
{
    (void)state;
    mixtures_same(NULL, 4000);
}

/* Random bytes and text read as if it were in another encoding: rows must agree there too. */
static void rows_in_other_encodings(void **state)
{
    static const char *const name[] = {"UTF-8",      "UTF-16LE",     "UTF-16BE",  "UTF-32LE",
                                       "ISO-8859-1", "WINDOWS-1258", "SHIFT_JIS", "GB18030"};
    (void)state;
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        struct error error;
        const struct encoding *encoding = encoding_find(name[i], &error);
        assert_non_null(encoding);
        mixtures_same(encoding, 400);
        /* Text of the encoding itself: ASCII widened to its unit. */
        for (unsigned round = 0; round < 200; round++) {
            struct fit fit = fit_random(encoding);
            char text[512];
            size_t unit = encoding->unit, count = mixture_make(text, sizeof text, round % 9);
            char *data = fence.data + fence.length - count * unit;
            memset(data, 0, count * unit);
            for (size_t at = 0; at < count; at++)
                data[at * unit + (encoding->big_endian ? unit - 1 : 0)] = text[at];
            rows_same(&fit, (struct span){data, count * unit});
            walks_same(&fit, (struct span){data, count * unit});
        }
    }
}

/* Every code point alone, between letters, and with a mark behind it. */
static void every_character(void **state)
{
    (void)state;
    struct fit fit = {.rules = {.sgr = true, .tab_width = 8}, .width = 4};
    for (uint32_t rune = 1; rune <= 0x10ffff; rune += rune < 0x20000 || rune > 0xe0000 ? 1 : 61) {
        char text[64], *end = text;
        for (int i = 0; i < 3; i++) {
            end += utf8_encode(rune, end);
            memcpy(end, "ab" ACUTE, 4);
            end += i == 1 ? 4 : i;
        }
        struct span span = {fence.data + fence.length - (end - text), (size_t)(end - text)};
        memcpy((char *)(uintptr_t)span.data, text, span.length);
        rows_same(&fit, span);
    }
}

/* Every pair of bytes behind a letter and behind a wide character. */
static void every_pair_of_bytes(void **state)
{
    (void)state;
    struct fit fit = {.rules = {.sgr = true, .tab_width = 8}, .width = 2};
    for (unsigned pair = 0; pair < 65536; pair++) {
        char text[] = "a??b" WIDE "??" WIDE "0123456789";
        text[1] = text[7] = (char)(pair >> 8);
        text[2] = text[8] = (char)pair;
        rows_same(&fit, (struct span){text, sizeof text - 1});
    }
}

/* What takes no column could fill any row: it is cut at the same place whatever is behind it. */
static void a_row_without_columns_ends(void **state)
{
    static const char *const free_text[] = {RED, "\xe2\x80\x8d", ACUTE, "a\b",
                                            "x\x1b]8;;http://example.org/\x1b\\"};
    (void)state;
    for (size_t i = 0; i < sizeof free_text / sizeof *free_text; i++) {
        for (unsigned width = 1; width < 3000; width = width * 7 + 3) {
            struct fit fit = {.rules = {.sgr = true, .tab_width = 8}, .width = width, .word = width % 2};
            size_t size = strlen(free_text[i]), length = fence.length;
            for (size_t at = 0; at < length; at++)
                fence.data[at] = free_text[i][at % size];
            struct span span = {fence.data, length};
            for (int row = 0; row < 3; row++) {
                unsigned used, expected_used;
                size_t expected = plain_row(&fit, span, &expected_used);
                assert_int_equal(fit_row(&fit, span, &used), expected);
                assert_int_equal(used, expected_used);
                assert_true(expected > 0 && expected <= FIT_AHEAD_MAX);
                assert_true(fit_ahead(&fit) <= FIT_AHEAD_MAX);
                span.data += expected;
                span.length -= expected;
            }
        }
    }
}

/* A line, how it is broken, and where its rows begin: "|" stands where a row ends. */
struct example {
    unsigned width;
    bool word;
    const char *rows;
};

static const struct example examples[] = {
    {4, false, "abcd|efgh|i"},
    {4, false, "abcd"},
    {4, false, "ab c|d"},
    {4, false, "abc|" WIDE "a"},
    {4, false,
     "abc"
     "e" ACUTE "|x"},
    {4, false,
     "abcd" RED "|efgh"
     "\x1b[0m"}, /* an ink belongs behind the row that is full, so no row is empty */
    {4, false, RED "abcd\x1b[m" RED "|e"},
    {4, false, "abcd|\t|x"},
    {1, false, "a|" WIDE "|b"},
    {4, false, "a|\xe2\x80\xae|b"},
    {4, false, "abc_\bd|x"},
    {4, false, "abcd\xe2\x80\x8d|x"},
    {8, true, "one two |three"},
    {8, true, "one two   |three"},
    {7, true, "one two   |three"},
    {6, true, "one " RED "|three\x1b[m |f"},
    {4, true, "abcd|efgh|ij |kl"},
    {4, true, "  ab|cdef"}, /* blanks before the first word are no place to break */
    {4, true, "ab\t    |c"},
    {4, true, "abcd      "},
    {4, true, "a b |\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac|d"},
    {4, true,
     "a \xcc\x81"
     "bc|d"}, /* a blank with a mark is none */
};

static void examples_hold(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const struct example *example = &examples[i];
        struct fit fit = {
            .rules = {.sgr = true, .tab_width = 8}, .width = example->width, .word = example->word};
        char text[128] = "";
        for (const char *from = example->rows; *from; from++)
            if (*from != '|')
                strncat(text, from, 1);
        size_t length = strlen(text), at = 0;
        for (const char *row = example->rows; at < length;) {
            unsigned used;
            size_t expected = strcspn(row, "|");
            assert_int_equal(fit_row(&fit, (struct span){text + at, length - at}, &used), expected);
            at += expected;
            row += expected + 1;
        }
    }
}

static void same_is_what_breaks_alike(void **state)
{
    (void)state;
    struct fit fit = {.rules = {.tab_width = 8, .stop_count = 1, .stop = {4, 5}}, .width = 80}, other = fit;
    other.rules.encoding = &encoding_utf8;
    other.rules.stop[1] = 9; /* not in use */
    assert_true(fit_same(&fit, &other));
    other.width = 81;
    assert_false(fit_same(&fit, &other));
    other = fit;
    other.word = true;
    assert_false(fit_same(&fit, &other));
    other = fit;
    other.rules.sgr = true;
    assert_false(fit_same(&fit, &other));
    other = fit;
    other.rules.tab_width = 4;
    assert_false(fit_same(&fit, &other));
    other = fit;
    other.rules.stop[0] = 3;
    assert_false(fit_same(&fit, &other));
    other = fit;
    other.rules.stop_count = 2;
    assert_false(fit_same(&fit, &other));
    other = fit;
    other.rules.encoding = encoding_find("UTF-16LE", NULL);
    assert_non_null(other.rules.encoding);
    assert_false(fit_same(&fit, &other));
}

static int fence_up(void **state)
{
    (void)state;
    fence = fence_open(LENGTH_MAX);
    return 0;
}

static int fence_down(void **state)
{
    (void)state;
    fence_close(&fence);
    return 0;
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples_hold),
        cmocka_unit_test(every_pair_of_bytes),
        cmocka_unit_test(every_character),
        cmocka_unit_test(rows_are_those_of_the_plain_way),
        cmocka_unit_test(rows_in_other_encodings),
        cmocka_unit_test(a_row_without_columns_ends),
        cmocka_unit_test(same_is_what_breaks_alike),
    };
    return cmocka_run_group_tests(tests, fence_up, fence_down);
}
